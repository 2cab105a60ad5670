"""Files: bytes in a store by what they are, rows that say whose they are and what for.

declare_purpose("video", Limits(max_bytes=2_000 * MEGABYTE), "activity.edit")   who may send it
file = store(request.FILES["work"], "essay.pdf", "submission")
file_url(file)                      a signed address on the content host, the same for a week
hold(config)                        a text that names files keeps them; what nothing names goes
derive(file, "poster", stream)      a file made from a file, found by derivative(file, "poster")
"""

from schola.kernel.files.links import file_url, read_by_site_of, send_path, serve_file
from schola.kernel.files.pictures import (
    CONTENT,
    WIDTHS,
    picture_source,
    store_picture,
    with_pictures,
    without_addresses,
)
from schola.kernel.files.purposes import (
    EVERYBODY,
    MEGABYTE,
    Limits,
    declare_purpose,
    purposes,
)
from schola.kernel.files.room import NO_ROOM
from schola.kernel.files.store import derivative, derive, path_of, store, sweep, unused
from schola.kernel.files.unnamed import forget_unnamed, hold, mark_unnamed, unnamed_of
from schola.kernel.files.uploads import (
    OffsetConflict,
    append_chunk,
    begin_upload,
    finish_upload,
    reap_uploads,
)

__all__ = [
    "CONTENT",
    "EVERYBODY",
    "MEGABYTE",
    "NO_ROOM",
    "WIDTHS",
    "Limits",
    "OffsetConflict",
    "append_chunk",
    "begin_upload",
    "declare_purpose",
    "derivative",
    "derive",
    "file_url",
    "finish_upload",
    "forget_unnamed",
    "hold",
    "mark_unnamed",
    "path_of",
    "picture_source",
    "purposes",
    "read_by_site_of",
    "reap_uploads",
    "send_path",
    "serve_file",
    "store",
    "store_picture",
    "sweep",
    "unnamed_of",
    "unused",
    "with_pictures",
    "without_addresses",
]
