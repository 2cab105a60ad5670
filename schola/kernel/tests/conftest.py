import datetime

import pytest
import time_machine

from schola.kernel.files import EVERYBODY, Limits, declare_purpose
from schola.kernel.models import Organization
from schola.kernel.tenants import acting_in


@pytest.fixture
def time_machine_at():
    """Move the clock on: time_machine_at(days=15)."""
    travels = []

    def move(**span):
        to = datetime.datetime.now(datetime.UTC) + datetime.timedelta(**span)
        travel = time_machine.travel(to)
        travel.start()
        travels.append(travel)

    yield move
    for travel in reversed(travels):
        travel.stop()


@pytest.fixture
def place(db, settings, tmp_path):
    """A folder of its own for files, a purpose "test" of 100 KB, and a school to own them."""
    settings.DATA = tmp_path
    declare_purpose("test", Limits(max_bytes=100_000), EVERYBODY)
    with acting_in(Organization.objects.create(name="Filed").pk):
        yield tmp_path
