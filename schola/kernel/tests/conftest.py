import datetime

import pytest
import time_machine


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
