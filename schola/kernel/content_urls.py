"""The addresses of the content host, where files and packages of others live, without cookies.

Plugins add theirs when they are loaded: `on_content_host(path("p/…", send_piece))`.
"""

from django.urls import URLPattern, path

from schola.kernel.files import serve_file

urlpatterns: list[URLPattern] = [
    path("f/<str:sha256>/<str:token>/<str:name>", serve_file, name="file"),
]


def on_content_host(*routes: URLPattern) -> None:
    """Serve these on the content host, and nowhere else."""
    urlpatterns.extend(routes)


handler400 = "schola.kernel.errors.bad_request"
handler403 = "schola.kernel.errors.forbidden"
handler404 = "schola.kernel.errors.not_found"
handler500 = "schola.kernel.errors.failed"
