"""The addresses of content that is brought in: people's files, films, papers, packages, uploads."""

from tests.crash.package import MANIFEST, zipped
from tests.e2e.rows import ITEM, Row, get, post

FILM, PAPER, PACKAGE = ({"item": kind} for kind in ("film", "paper", "package"))
CSV = b"name,email\nNew One,new1@example.org\nNobody,nonsense\n"
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"  # a film by its looks; it cannot be played
PDF = b"%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF"
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
FILE = {name: {"files": {"file": (f"file.{name}", data)}} for name, data in
        (("csv", CSV), ("mp4", MP4), ("pdf", PDF), ("vtt", VTT))}  # fmt: skip
ZIP = {"files": {"package": ("small.zip", zipped({"imsmanifest.xml": MANIFEST}))}}
PIECE = {"content": b"piece", "headers": {"Upload-Offset": "0"}}
IMPORT = {"imported": "import"}
UNDONE = {"imported": "applied_import"}


def begun(purpose: str) -> dict[str, str]:
    """Return the form that begins an upload of ten bytes."""
    return {"name": "a.bin", "size": "10", "purpose": purpose}


# A piece belongs to the upload of one person: for all others it is not there.
PIECES = [
    Row(method, where, "own upload" if kind == "upload" else "own film upload",
        words | {"upload": kind}, ok=ok, more=more)
    for where, words, kind in (
        ("uploads/<uuid:upload>", {}, "upload"),
        (f"{ITEM}/film-pieces/<uuid:upload>", FILM, "film_upload"),
        (f"{ITEM}/paper-pieces/<uuid:upload>", PAPER, "paper_upload"),
    )
    for method, ok, more in (("HEAD", (200,), {}), ("PATCH", (204,), PIECE), ("DELETE", (204,), {}))
    if method != "HEAD" or kind != "upload"  # a view is not asked for HEAD
]  # fmt: skip
CONTENT = [
    get("people/import", "administrator", queries=3),
    post("people/import", "administrator", {}, ok=(302,), more=FILE["csv"]),
    get("people/import/<int:imported>", "administrator", IMPORT, queries=8),
    get("people/import/<int:imported>", "administrator", UNDONE, queries=10),
    get("people/import/<int:imported>/rejected", "administrator", IMPORT, page=False),
    post("people/import/<int:imported>/check", "administrator", {}, words=IMPORT, ok=(302,)),
    post("people/import/<int:imported>/apply", "administrator", {}, words=IMPORT, ok=(302,)),
    post("people/import/<int:imported>/undo", "administrator", {}, words=UNDONE, ok=(302, 409)),
    post("uploads", "activity.edit", begun("package"), ok=(201,)),
    get(f"{ITEM}/film-state", "course.edit", FILM, page=False),
    post(f"{ITEM}/seen", "activity.attempt", {"spans": "0-1"}, words=FILM, ok=(200,)),
    post(
        f"{ITEM}/captions", "course.edit", {"language": "en"}, words=FILM, ok=(302,),
        more=FILE["vtt"],
    ),
    post(f"{ITEM}/film-pieces", "course.edit", begun("video"), words=FILM, ok=(201,)),
    post(f"{ITEM}/film-again", "course.edit", {}, words=FILM, ok=(302,)),
    post(f"{ITEM}/film", "course.edit", {}, words=FILM, ok=(302,), more=FILE["mp4"]),
    post(f"{ITEM}/paper-pieces", "course.edit", begun("document"), words=PAPER, ok=(201,)),
    post(f"{ITEM}/paper", "course.edit", {}, words=PAPER, ok=(302,), more=FILE["pdf"]),
    post(f"{ITEM}/paper-again", "course.edit", {}, words=PAPER, ok=(302,)),
    post(f"{ITEM}/package", "course.edit", {}, words=PACKAGE, ok=(302,), more=ZIP),
    get(ITEM, "course.view", FILM, queries=6),
    get(ITEM, "course.view", PAPER, queries=5),
    get(ITEM, "course.view", PACKAGE, queries=4),
    get(f"{ITEM}/edit", "course.edit", FILM, queries=6),
    get(f"{ITEM}/edit", "course.edit", PAPER, queries=5),
    get(f"{ITEM}/edit", "course.edit", PACKAGE, queries=4),
    *PIECES,
]  # fmt: skip
