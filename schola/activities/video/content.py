"""What the content host serves of a film besides its files: playlists. Here are no cookies."""

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from schola.activities.video.hls import (
    KEYS,
    LIFE_SECONDS,
    TYPE,
    pieces_playlist,
    playable,
    read_token,
    sizes_playlist,
)
from schola.kernel.files import read_by_site_of
from schola.kernel.guard import public
from schola.kernel.models import File
from schola.kernel.tenants import acting_in


@require_safe
@public("the address itself is signed")
def playlist(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """Answer with the playlist of all sizes ("film"), or of one. One query."""
    try:
        organization_id, file_id = read_token(token)
    except BadSignature as error:
        raise Http404 from error
    with acting_in(organization_id):
        files = File.objects.filter(source=file_id, key__in=KEYS)
        made = {file.key: file for file in files}
    indexes = playable(made)
    if name in indexes:
        text = pieces_playlist(made[name], indexes[name])
    elif name == "film" and indexes:
        text = sizes_playlist(indexes)
    else:
        raise Http404
    headers = {
        "Cache-Control": f"private, max-age={LIFE_SECONDS}",
        **read_by_site_of(organization_id),
    }
    return HttpResponse(text, content_type=TYPE, headers=headers)
