"""The live site with its schools: made once for all tests of a process that ask for it."""

import pytest

from tests.e2e.live import Live, free_port, fresh_database, open_school


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Return (live, schools): the running site, and what is in it."""
    home = tmp_path_factory.mktemp("live")
    live = Live(home, free_port(), fresh_database(home))
    schools = open_school(live)
    live.start()
    yield live, schools
    live.stop()


@pytest.fixture
def live(site):
    return site[0]


@pytest.fixture
def schools(site):
    return site[1]


@pytest.fixture
def school(schools):
    """The school of the cast: Amara learns, Lena teaches, Omar runs it."""
    return schools["north"]
