from schola.demo.content.outline import Course, Part, Piece

HELLO = Part(
    "Your first day",
    (
        Piece("hello", "page", "Good to have you here", "pages/hello.html", 5),
        Piece("day", "page", "What happens today", "pages/day.html", 6),
        Piece("card", "document", "Who to ask (one page to print)", "who-to-ask.pdf", 2),
    ),
)
WORK = Part(
    "How we work",
    (
        Piece("together", "page", "How we work together", "pages/together.html", 8),
        Piece("safety", "page", "Safe in the building", "pages/safety.html", 7),
        Piece(
            "quiz", "quiz", "Do you know your way around?", "quizzes/around.txt", 5,
            after=("safety",), points=10, pass_percent=60,
        ),
    ),
)  # fmt: skip
MONTH = Part(
    "Your first month",
    (
        Piece("learning", "page", "Learning at Northgate", "pages/learning.html", 6),
        Piece(
            "letter", "assignment", "A letter after four weeks", "tasks/letter.html", 20,
            after=("together",), due_day=28,
        ),
    ),
)  # fmt: skip

COURSE = Course(
    slug="welcome-to-northgate",
    title="Welcome to Northgate",
    summary=(
        "Everything for your first month: where things are, who helps, how we work together, and "
        "how to stay safe. Take it at your own pace; most people need two hours."
    ),
    cover="spruce",
    instructor="nora",
    hours=2,
    pass_percent=60,
    parts=(HELLO, WORK, MONTH),
)
