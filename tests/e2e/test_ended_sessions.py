"""Who is suspended or signs out hears no channel any more, within some seconds."""

import re
import time

import pytest

from tests.e2e.test_gates import client_of

SECONDS = 5  # a roll call comes each second


@pytest.fixture
def listening(live, schools):
    """Open the live page of the course as Lena, and its channel."""
    client = client_of(live, schools["north"]["people"]["lena"]["email"])
    page = client.get(f"/courses/{schools['north']['courses']['A']}/now").text
    where = re.search(r"/live/[^\"]+", page)[0]
    with client.stream("GET", where) as stream:
        assert stream.status_code == 200
        yield client, where, stream
    client.close()


def test_signing_out_hangs_up(listening):
    client, where, stream = listening

    post(client, "/signout")

    assert seconds_until_over(stream) < SECONDS
    assert client.get(where).status_code == 404


def test_a_suspension_hangs_up(listening, live, schools):
    _client, where, stream = listening
    omar = client_of(live, schools["north"]["people"]["omar"]["email"])
    lena = f"/people/{schools['north']['people']['lena']['id']}/change"

    post(omar, lena, do="suspend")
    try:
        assert seconds_until_over(stream) < SECONDS
        assert omar.get(where).status_code == 404
    finally:
        post(omar, lena, do="reinstate")
        omar.close()


def seconds_until_over(stream):
    """Read to the end; return how long that took. A channel that stays open times out."""
    began = time.monotonic()
    for _bytes in stream.iter_raw():
        assert time.monotonic() - began < SECONDS, "the channel is still open"
    return time.monotonic() - began


def post(client, path, **form):
    form |= {"csrfmiddlewaretoken": client.cookies["csrf"]}
    answer = client.post(path, data=form)
    assert answer.status_code == 302, answer.text[:500]
