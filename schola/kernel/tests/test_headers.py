import pytest
from django.http import HttpResponse

from schola.kernel.headers import Headers, let_in, lets_in


def policy(rf, view):
    response = Headers(view)(rf.get("/"))
    words = (part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    return dict(words)


def test_no_page_may_run_what_is_written_into_it(rf):
    seen = policy(rf, lambda request: HttpResponse())

    assert seen["default-src"] == "'none'"
    assert not any("unsafe" in sources for sources in seen.values())


def test_a_page_may_widen_its_own_policy(rf):
    @lets_in(style_src="'sha256-editor'", worker_src="'self'")
    def view(request):
        return let_in(HttpResponse(), media_src="blob:")

    seen = policy(rf, view)

    assert seen["style-src"] == "'self' 'sha256-editor'"
    assert seen["worker-src"] == "'self'"
    assert seen["media-src"].endswith("blob:")
    assert policy(rf, lambda request: HttpResponse())["style-src"] == "'self'"


def test_nobody_may_let_in_what_is_unsafe():
    with pytest.raises(ValueError, match="hash"):
        let_in(HttpResponse(), script_src="'unsafe-inline'")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://testserver"}, 200),
    ],
)
def test_a_write_from_another_site_is_refused(rf, headers, status):
    answer = Headers(lambda request: HttpResponse())(rf.post("/", headers=headers))

    assert answer.status_code == status
