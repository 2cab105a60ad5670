from schola.demo.content.outline import Course, Part, Piece

BASICS = Part(
    "What it is about",
    (
        Piece("personal", "page", "What personal data are", "pages/personal.html", 7),
        Piece("principles", "page", "Seven principles", "pages/principles.html", 9),
        Piece("check-1", "quiz", "Check: the basics", "quizzes/basics.txt", 6, points=5),
    ),
)
DAILY = Part(
    "On an ordinary day",
    (
        Piece("desk", "page", "Mail, desk and travel", "pages/desk.html", 8),
        Piece("sharing", "page", "May I pass this on?", "pages/sharing.html", 8),
        Piece("check-2", "quiz", "Check: an ordinary day", "quizzes/daily.txt", 6, points=5),
    ),
)
RIGHTS = Part(
    "People have rights",
    (
        Piece("rights", "page", "When somebody asks for their data", "pages/rights.html", 8),
        Piece("breach", "page", "When something has gone wrong", "pages/breach.html", 8),
    ),
)
PROOF = Part(
    "Your turn",
    (
        Piece(
            "test", "quiz", "Final test", "quizzes/final.txt", 15,
            after=("personal", "principles", "desk", "sharing", "rights", "breach"),
            points=20, attempts=3, time_minutes=30, pass_percent=80, due_day=28,
        ),
        Piece(
            "promise", "assignment", "One thing I shall change", "tasks/promise.html", 10,
            after=("test",),
        ),
    ),
)  # fmt: skip

COURSE = Course(
    slug="data-protection-at-work",
    title="Data protection at work",
    summary=(
        "What everybody at Northgate has to know about personal data: what they are, what you may "
        "do with them, and whom to call when something goes wrong. Once a year, about an hour."
    ),
    cover="slate",
    instructor="tomasz",
    hours=1,
    pass_percent=80,
    parts=(BASICS, DAILY, RIGHTS, PROOF),
)
