"""Uploads in pieces over HTTP. The architect of an address guards it; these ask whose upload it is.

POST   /uploads       {name, size, purpose}          201, Location, Upload-Offset: 0
                                                     403 if the purpose asks for another role,
                                                     413 if it is too much, 507 if nothing fits
HEAD   /uploads/<id>                                 200, Upload-Offset, Upload-Length
PATCH  /uploads/<id>  Upload-Offset, then the bytes  204, Upload-Offset; 409 if it stands elsewhere
                                                     200 {"file": id} with the last piece
DELETE /uploads/<id>                                 204, and it is forgotten; 409 if it is a file
"""

import errno
from uuid import UUID

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schola.kernel.files.purposes import MEGABYTE, not_taken
from schola.kernel.files.room import NO_ROOM, no_room
from schola.kernel.files.store import store
from schola.kernel.files.uploads import (
    OffsetConflict,
    append_chunk,
    begin_upload,
    finish_upload,
    give_up,
)
from schola.kernel.models import File, Upload
from schola.kernel.numbers import whole

PIECE_BYTES = 2 * MEGABYTE  # what a browser may send at once
PIECE_METHODS = ("HEAD", "PATCH", "DELETE")
FULL = (errno.ENOSPC, errno.EDQUOT)
STATUS = {"too_large": 413, NO_ROOM: 507}  # of what is not taken; else 422


@require_POST
def uploads(request: HttpRequest) -> HttpResponse:
    """Begin an upload."""
    try:
        size = int(request.POST.get("size", ""))
        name, purpose = request.POST.get("name", ""), request.POST.get("purpose", "")
        upload = begin_upload(request.person, name, purpose, size)
    except ValueError:
        return _refuse(_("Say how many bytes the file has."), 422)
    except PermissionDenied as error:
        return _refuse(str(error), 403)
    except ValidationError as error:
        return _refuse(" ".join(error.messages), STATUS.get(error.code, 422))
    headers = {"Location": f"/uploads/{upload.pk}", "Upload-Offset": "0"}
    return HttpResponse(status=201, headers=headers)


def begin_below(request: HttpRequest, where: str, purpose: str) -> HttpResponse:
    """Begin an upload for this purpose whose pieces go to <where>/<id>."""
    if request.POST.get("purpose") != purpose:
        return _refuse(not_taken(), 422)
    response = uploads(request)
    if "Location" in response:
        response["Location"] = f"{where}/{response['Location'].rpartition('/')[2]}"
    return response


def sent_file(request: HttpRequest, purpose: str) -> File:
    """Return the file of a form: sent with it as `file`, or before it in pieces as `uploaded`.

    Raises ValidationError if there is none, or it is not taken.
    """
    if sent := request.FILES.get("file"):
        return store(sent, sent.name, purpose)
    number = whole(request.POST.get("uploaded"))
    mine = Upload.objects.filter(person_id=request.person.pk, purpose=purpose)
    done = mine.filter(file_id=number).first()
    if done is None:
        raise ValidationError(_("Choose a file first."))
    return done.file


@require_http_methods(PIECE_METHODS)
def one_upload(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Say where an upload stands, take its next piece, or forget it."""
    row = Upload.objects.filter(pk=upload, person_id=request.person.pk).first()
    if row is None:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse(headers=_where(row) | {"Cache-Control": "no-store"})
    try:
        return _forget(row) if request.method == "DELETE" else _piece(request, row)
    except Upload.DoesNotExist as error:  # given up meanwhile
        raise Http404 from error


def _piece(request: HttpRequest, row: Upload) -> HttpResponse:
    """Take a piece, or say in words and with a status why not."""
    try:
        return _take(request, row)
    except OffsetConflict as conflict:
        return HttpResponse(status=409, headers={"Upload-Offset": str(conflict.offset)})
    except ValidationError as error:
        return _refuse(" ".join(error.messages), STATUS.get(error.code, 422))
    except RequestDataTooBig:
        return _refuse(_("Send at most 2 MB at once."), 413)
    except OSError as error:
        if error.errno not in FULL:
            raise
        return _refuse(no_room(), 507)


def _take(request: HttpRequest, row: Upload) -> HttpResponse:
    said = request.headers.get("Upload-Offset", "")
    offset = whole(said)
    if str(offset) != said:
        return _refuse(_("Say in Upload-Offset where this piece begins."), 422)
    if len(request.body) > PIECE_BYTES:
        return _refuse(_("Send at most 2 MB at once."), 413)
    finished_before = row.offset == row.size and offset == row.size
    if not finished_before:
        row = append_chunk(row, offset, request.body)
    if row.offset < row.size:
        return HttpResponse(status=204, headers=_where(row))
    file = _finished(row)
    body = {"file": file.pk, "name": file.name, "size": file.size, "type": file.media_type}
    return JsonResponse(body, headers=_where(row))


def _finished(row: Upload) -> File:
    """Return the file. What is not taken is forgotten, so that it counts no longer."""
    try:
        return finish_upload(row)
    except ValidationError:
        give_up(row)
        raise


def _forget(row: Upload) -> HttpResponse:
    if give_up(row):
        return HttpResponse(status=204)
    return _refuse(_("This file has arrived already."), 409)


def _where(row: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(row.offset), "Upload-Length": str(row.size)}


def _refuse(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
