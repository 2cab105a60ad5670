"""Signed addresses of files, packages and live channels: who has one may use it, in its time.

The content host knows no cookies, so the answer hangs on the address alone, whoever asks; nobody
can make one up, turn it into another's, or use it later. Each host has only its own addresses.
"""

import re
import time

import pytest

from schola.activities.scorm.launches import LIFE_SECONDS, Launch, run_url
from schola.kernel.files import file_url
from schola.kernel.live import LIFE, live_url
from schola.kernel.models import File
from tests.e2e.live import SECRET, rows
from tests.e2e.routes import ROUTES
from tests.e2e.routes_content import ZIP
from tests.e2e.school import CAST
from tests.e2e.test_gates import address, client_of

FILM_SECONDS = 3 * 7 * 24 * 3600  # longer than the two weeks that an address of a file holds
ANYBODY = ["anon", *CAST, "south amara", "south omar"]


@pytest.fixture(scope="module")
def clients(two_schools):
    """Return an HTTP client for each person, signed in, who sends the cookie wherever they ask."""
    live, schools = two_schools
    made = {who: _client(live, schools, who) for who in ANYBODY}
    yield made
    for client in made.values():
        client.close()


@pytest.fixture
def ask(clients, live):
    """Return the status of an address on the site and on the content host: ask("amara", path)."""

    def status(who, path):
        return tuple(_status(clients[who], path, host) for host in _hosts(live))

    return status


@pytest.fixture(scope="module")
def package(two_schools, clients):
    """Return where Amara runs a package that Omar has brought in."""
    _live, schools = two_schools
    north = schools["north"]
    course = f"/courses/{north['courses']['A']}"
    form = {"module": north["modules"]["A"], "kind": "scorm", "title": "Package"}
    item = _post(clients["omar"], f"{course}/activities", form).headers["location"]
    item = item.removesuffix("/edit")
    _post(clients["omar"], f"{item}/package", {}, files={"package": ZIP["files"]["package"]})
    _post(clients["omar"], f"{course}/publish", {})
    _post(clients["amara"], f"{item}/start", {})
    return re.search(r"/p/[^/\"]+/_run", clients["amara"].get(item).text)[0]


@pytest.fixture
def film(live):
    """Return the row of a film of the north."""
    query = (
        "SELECT organization_id, sha256, media_type, name FROM kernel_file "
        "WHERE purpose = 'video' ORDER BY id LIMIT 1"
    )
    fields = ("organization_id", "sha256", "media_type", "name")
    return File(**dict(zip(fields, rows(live.database, query)[0], strict=True)))


@pytest.fixture
def of_the_site(settings, monkeypatch):
    """Sign with the secret of the running site: of_the_site(make, ago) as it was so long ago."""
    settings.SECRET_KEY, settings.CONTENT_URL = SECRET, ""
    now = time.time()

    def make(url, ago=0):
        with monkeypatch.context() as clock:
            clock.setattr(time, "time", lambda: now - ago)
            return url()

    return make


@pytest.fixture
def heard(schools, live, clients, of_the_site):
    """Return the address of a channel of Algebra, of an open session: heard(seconds ago)."""
    channel = f"course-{schools['north']['course_ids']['A']}"
    query = f"SELECT id FROM people_session WHERE person_id = {amara(schools)} ORDER BY id DESC"
    session = rows(live.database, query)[0][0]
    return lambda ago=0: of_the_site(lambda: live_url(1, channel, session), ago)


@pytest.mark.parametrize("who", ANYBODY)
def test_files_and_packages_are_on_the_content_host_alone(who, ask, package, film, of_the_site):
    addresses = [of_the_site(lambda: file_url(film)), package, package.replace("_run", "page.html")]

    assert [ask(who, each) for each in addresses] == [(404, 200)] * 3


@pytest.mark.parametrize("who", ANYBODY)
def test_a_channel_is_heard_on_the_site_alone(who, ask, heard):
    assert ask(who, heard()) == (200, 404)


@pytest.mark.parametrize("who", ANYBODY)
def test_what_is_forged_swapped_or_too_old_is_not_there(who, ask, wrong):
    assert {each: ask(who, each) for each in wrong} == dict.fromkeys(wrong, (404, 404))


@pytest.fixture
def wrong(package, film, heard, of_the_site, live):
    """Return addresses that nobody should get anything at."""
    launch = Launch(1, 1, 1, 1, film.sha256)
    return [
        *forged(of_the_site(lambda: file_url(film))),
        *forged(package),
        *forged(heard()),
        of_the_site(lambda: file_url(film)).replace(film.sha256, _another(live, film)),
        package.replace("_run", "..%2f..%2fschola.sqlite3"),
        package.replace("_run", "none.html"),
        of_the_site(lambda: file_url(film), FILM_SECONDS),
        of_the_site(lambda: run_url(launch), LIFE_SECONDS + 60),
        heard(LIFE.total_seconds() + 60),
        of_the_site(lambda: live_url(1, "course-1", 0)),
    ]


@pytest.mark.parametrize("who", ["anon", "amara", "omar"])
def test_no_page_of_the_site_is_on_the_content_host(who, ask, schools):
    paths = {address(row, schools) for row in ROUTES if row.method == "GET"}

    found = {path: ask(who, path)[1] for path in sorted(paths)}

    assert found == dict.fromkeys(found, 404)


def forged(path):
    """Return the address with another claim, another seal, and none."""
    token = max(path.split("/")[2:4], key=lambda word: len(re.findall("[_:]", word)))
    seal = "a" if token[-1] != "a" else "b"
    return [path.replace(token, each) for each in ("x" + token, token[:-1] + seal, "none")]


def amara(schools):
    return schools["north"]["people"]["amara"]["id"]


def _another(live, film):
    """Return the digest of a file that is not the film."""
    query = f"SELECT sha256 FROM kernel_file WHERE sha256 <> '{film.sha256}' LIMIT 1"
    return rows(live.database, query)[0][0]


def _hosts(live):
    return tuple(f"{word}schola.localhost:{live.port}" for word in ("", "content."))


def _status(client, path, host):
    with client.stream("GET", path, headers={"Host": host}) as answer:
        return answer.status_code


def _client(live, schools, who):
    if who == "anon":
        return client_of(live, None)
    school, _, key = who.rpartition(" ")
    email = schools[school or "north"]["people"][key]["email"]
    return client_of(live, email, school or "schola")


def _post(client, path, form, **more):
    """Send a form with the token of the cookie."""
    form = form | {"csrfmiddlewaretoken": client.cookies["csrf"]}
    answer = client.post(path, data=form, **more)
    assert answer.status_code < 400, answer.text[:2000]
    return answer
