import pytest
from django.core.signing import BadSignature

from schola.kernel.live import channel_of, live_url


def test_an_address_names_its_channel_and_cannot_be_made_up():
    url = live_url(7, "course-3")

    assert channel_of(url.removeprefix("/live/")) == "7:course-3"
    with pytest.raises(BadSignature):
        channel_of("course-3")
