import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse

from schola.kernel.compress import Compress

PAGE = b"<p>Standard deviation, step by step.</p>" * 50


def answer(rf, accept, response):
    return Compress(lambda request: response)(rf.get("/", headers={"Accept-Encoding": accept}))


@pytest.mark.parametrize(
    ("accept", "unpack"),
    [
        ("gzip, deflate, br", brotli.decompress),
        ("gzip, br;q=0", gzip.decompress),
        ("", bytes),
    ],
)
def test_a_page_comes_in_the_best_way_the_browser_takes(rf, accept, unpack):
    response = answer(rf, accept, HttpResponse(PAGE))

    assert unpack(response.content) == PAGE
    assert response["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(b"short"),
        HttpResponse(PAGE, content_type="image/png"),
        HttpResponse(PAGE, headers={"Content-Encoding": "gzip"}),
        StreamingHttpResponse([PAGE]),
    ],
)
def test_what_does_not_gain_is_left_alone(rf, response):
    before = response.get("Content-Encoding")

    assert answer(rf, "br", response).get("Content-Encoding") == before
