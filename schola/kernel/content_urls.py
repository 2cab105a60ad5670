"""Addresses of the content host. It has no cookies, so that what lies there can take none."""

from django.urls import path

from schola.kernel.files import serve_file

urlpatterns = [
    path("f/<str:sha256>/<str:token>/<str:name>", serve_file, name="file"),
]
