from schola.demo.content.outline import Course, Part, Piece

DATA = Part(
    "Data and questions",
    (
        Piece("welcome", "page", "What statistics is for", "pages/welcome.html", 6),
        Piece("kinds", "page", "Kinds of data", "pages/kinds.html", 8),
        Piece("sampling", "page", "Where data come from", "pages/sampling.html", 9),
        Piece(
            "quiz-1",
            "quiz",
            "Quiz 1: Data",
            "quizzes/data.txt",
            10,
            points=10,
            attempts=3,
            pass_percent=60,
            due_day=7,
        ),
    ),
)
MIDDLE = Part(
    "The middle",
    (
        Piece("pictures", "page", "Look first: pictures of data", "pages/pictures.html", 8),
        Piece("middle", "page", "Mean, median, mode", "pages/middle.html", 9),
        Piece("outlier", "scorm", "Try it: moving the outlier", "outlier.zip", 8, points=10),
        Piece(
            "quiz-2",
            "quiz",
            "Quiz 2: The middle",
            "quizzes/middle.txt",
            10,
            after=("middle",),
            points=10,
            attempts=3,
            pass_percent=60,
            due_day=14,
        ),
    ),
)
SPREAD = Part(
    "Spread",
    (
        Piece("why-spread", "page", "Why the average is not enough", "pages/why_spread.html", 7),
        Piece("quartiles", "page", "Range and quartiles", "pages/quartiles.html", 9),
        Piece(
            "deviation-video", "video", "Standard deviation, step by step",
            "standard-deviation.mp4", 2,
        ),
        Piece(
            "deviation", "page", "Working with the standard deviation", "pages/deviation.html", 9
        ),
        Piece("formulas", "document", "Formulas on one page (PDF)", "formulas.pdf", 3),
        Piece(
            "quiz-3", "quiz", "Quiz 3: Spread", "quizzes/spread.txt", 20,
            after=("deviation",), points=20, attempts=2, time_minutes=20, pass_percent=60,
            due_day=23,
        ),
        Piece(
            "report", "assignment", "Report: describe a data set", "tasks/report.html", 90,
            after=("quiz-3",), points=30, due_day=30,
        ),
    ),
)  # fmt: skip
CHANCE = Part(
    "Chance",
    (
        Piece("probability", "page", "Counting chances", "pages/probability.html", 9),
        Piece("normal", "page", "The bell curve", "pages/normal.html", 9),
        Piece(
            "quiz-4",
            "quiz",
            "Quiz 4: Chance",
            "quizzes/chance.txt",
            12,
            points=10,
            attempts=3,
            pass_percent=60,
            due_day=35,
        ),
    ),
)
CONCLUSIONS = Part(
    "Drawing conclusions",
    (
        Piece("estimates", "page", "From a sample to everybody", "pages/estimates.html", 10),
        Piece("cause", "page", "Together is not because", "pages/cause.html", 9),
        Piece(
            "quiz-5", "quiz", "Quiz 5: Conclusions", "quizzes/conclusions.txt", 12,
            after=("estimates", "cause"), points=10, attempts=3, pass_percent=60, due_day=42,
        ),
    ),
)  # fmt: skip

COURSE = Course(
    slug="introduction-to-statistics",
    title="Introduction to Statistics",
    summary=(
        "How to read, draw and summarise data, how to reckon with chance, and how far a sample "
        "may be trusted. Five modules for people who have forgotten their school mathematics."
    ),
    cover="sea",
    instructor="lena",
    hours=30,
    pass_percent=60,
    parts=(DATA, MIDDLE, SPREAD, CHANCE, CONCLUSIONS),
)
