"""People recognize their own devices in the list of sessions."""

import pytest

from schola.kernel import clock
from schola.people.devices import device_of
from schola.people.models import Session
from schola.people.sessions import open_session


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
         "Firefox on Windows"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
         " Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
         " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
         " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_is_called_as_people_call_it(user_agent, device):
    assert device_of(user_agent) == device


def test_only_where_one_is_still_signed_in_is_listed(signed_in, ada, rf):
    browser = signed_in(ada)
    for agent, change in {
        "Firefox on Windows": {"expires_at": clock.now()},
        "Safari on iPhone": {"stamp": 0},
    }.items():
        open_session(rf.get("/", headers={"User-Agent": agent}), ada)
        Session.objects.filter(browser=agent).update(**change)
    open_session(rf.get("/", headers={"User-Agent": "curl/8.5.0"}), ada)

    page = browser.get("/me").text

    assert "curl/8.5.0" in page
    assert "Firefox" not in page
    assert "iPhone" not in page
