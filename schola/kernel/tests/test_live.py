import pytest
from django.core.signing import BadSignature
from django.db import OperationalError

from schola.kernel import live
from schola.kernel.live import live_url, read_live


def test_an_address_names_its_channel_and_cannot_be_made_up():
    url = live_url(7, "course-3", 41)

    assert read_live(url.removeprefix("/live/")) == ("7:course-3", 41)
    with pytest.raises(BadSignature):
        read_live("course-3")


def test_a_lost_connection_costs_no_listener_anything(transactional_db):
    answers = iter([OperationalError("the connection is closed"), "here"])

    def ask():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert live._on_a_line(ask) == "here"
