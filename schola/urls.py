"""Every address, in the words of the page map. No trailing slashes."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_http_methods, require_POST

from schola.kernel.files.views import PIECE_METHODS, one_upload, uploads
from schola.kernel.guard import public, signed_in
from schola.kernel.styleguide import styleguide


@public("a load balancer has no account")
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("styleguide", styleguide, name="styleguide"),
    path("uploads", require_POST(signed_in(uploads)), name="uploads"),
    path(
        "uploads/<uuid:upload>",
        require_http_methods(PIECE_METHODS)(signed_in(one_upload)),
        name="upload",
    ),
    path("", include("schola.people.urls")),
    path("", include("schola.completion.urls")),
    path("", include("schola.talk.urls")),
    path("", include("schola.reports.urls")),
    path("", include("schola.demo.urls")),
    path("", include("schola.pages.urls")),
]
handler400 = "schola.kernel.errors.bad_request"
handler403 = "schola.kernel.errors.forbidden"
handler404 = "schola.kernel.errors.not_found"
handler500 = "schola.kernel.errors.failed"
