"""The addresses of content that is brought in: people's files, films, papers, packages, uploads."""

from tests.e2e.rows import ITEM, Row, get, post

NO_UPLOAD = "=01900000-0000-7000-8000-000000000000"
FILM, PAPER, PACKAGE = ({"item": kind} for kind in ("film", "paper", "package"))
REFUSED = (302, 422)  # a form without a file is refused to who may, too
# A piece belongs to the upload of one person: what nobody has begun is there for nobody.
PIECES = [
    Row(method, where, "nobody", words, form)
    for where, words in (
        ("uploads/<uuid:upload>", {"upload": NO_UPLOAD}),
        (f"{ITEM}/film-pieces/<uuid:upload>", FILM | {"upload": NO_UPLOAD}),
        (f"{ITEM}/paper-pieces/<uuid:upload>", PAPER | {"upload": NO_UPLOAD}),
    )
    for method, form in (("HEAD", None), ("PATCH", {}))
    if method == "PATCH" or where != "uploads/<uuid:upload>"  # a view is not asked for HEAD
]
CONTENT = [
    get("people/import", "administrator"),
    post("people/import", "administrator", {}, ok=REFUSED),
    get("people/import/<int:imported>", "administrator", {"imported": "import"}),
    post(
        "people/import/<int:imported>/check", "administrator", {},
        words={"imported": "import"}, ok=REFUSED,
    ),
    post(
        "people/import/<int:imported>/apply", "administrator", {},
        words={"imported": "import"}, ok=REFUSED,
    ),
    get(
        "people/import/<int:imported>/rejected", "administrator", {"imported": "import"},
        page=False,
    ),
    post("uploads", "signed in", {}, ok=(400, 422)),
    post(f"{ITEM}/film", "course.edit", {}, words=FILM, ok=REFUSED),
    post(f"{ITEM}/film-pieces", "course.edit", {}, words=FILM, ok=(400, 422)),
    get(f"{ITEM}/film-state", "course.edit", FILM, page=False, ok=(200, 404)),  # none yet
    post(f"{ITEM}/captions", "course.edit", {}, words=FILM, ok=REFUSED),
    post(f"{ITEM}/seen", "activity.attempt", {}, words=FILM, ok=(204, 404, 422)),
    post(f"{ITEM}/paper", "course.edit", {}, words=PAPER, ok=REFUSED),
    post(f"{ITEM}/paper-pieces", "course.edit", {}, words=PAPER, ok=(400, 422)),
    post(f"{ITEM}/package", "course.edit", {}, words=PACKAGE, ok=REFUSED),
    get(ITEM, "course.view", FILM),
    get(ITEM, "course.view", PAPER),
    get(ITEM, "course.view", PACKAGE),
    get(f"{ITEM}/edit", "course.edit", FILM),
    get(f"{ITEM}/edit", "course.edit", PAPER),
    get(f"{ITEM}/edit", "course.edit", PACKAGE),
    *PIECES,
]  # fmt: skip
