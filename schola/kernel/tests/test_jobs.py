import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from schola.kernel.jobs import discard, replay, run_waiting, schedules
from schola.kernel.jobs.running import LeaseLost, _current, checkpoint, held
from schola.kernel.jobs.worker import claim, forget_done, give_back, reap, run_one
from schola.kernel.models import Job, Organization
from schola.kernel.tenants import acting_in
from schola.kernel.tests import tasks

LANES = ("default", "media")


@pytest.fixture
def organization(db):
    tasks.ran.clear()
    organization = Organization.objects.create(name="Busy")
    with acting_in(organization.pk):
        yield organization


def test_a_job_runs_once_in_its_organization(organization):
    tasks.note.enqueue(word="hello")

    assert run_waiting() == 1
    assert tasks.ran == ["hello"]
    assert Job.objects.get().state == "done"


def test_a_job_is_enqueued_with_the_transaction_or_not_at_all(organization):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tasks.note.enqueue(word="hello")
        raise ZeroDivisionError

    assert run_waiting() == 0


def test_one_unfinished_job_per_key(organization):
    tasks.note.enqueue_once("k", word="one")
    tasks.note.enqueue_once("k", word="two")
    assert run_waiting() == 1

    tasks.note.enqueue_once("k", word="three")
    assert run_waiting() == 1
    assert tasks.ran == ["one", "three"]


def test_a_failing_job_is_tried_again_later_then_kept_to_be_read(organization):
    row = tasks.fall.enqueue(word="it")
    run_waiting()
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 1)
    assert row.run_at > timezone.now()

    Job.objects.update(run_at=timezone.now())
    run_waiting()

    row.refresh_from_db()
    assert row.state == "failed"
    assert "RuntimeError: it" in row.error


def test_a_dead_letter_is_replayed_or_discarded(organization):
    row = tasks.fall.enqueue(word="it")
    with pytest.raises(ValidationError, match="has not failed"):
        replay(row)
    Job.objects.update(state="failed", tries=2)

    replay(row)
    assert (row.state, row.tries) == ("waiting", 0)

    Job.objects.update(state="failed")
    discard(row)
    assert row.state == "discarded"


def test_a_dead_letter_is_not_replayed_beside_its_successor(organization):
    tasks.note.enqueue_once("k", word="one")
    Job.objects.update(state="failed")
    tasks.note.enqueue_once("k", word="two")

    with pytest.raises(ValidationError, match="waits already"):
        replay(Job.objects.get(state="failed"))


def test_who_lost_the_lease_changes_nothing(organization):
    tasks.note.enqueue(word="x")
    mine = claim("first", LANES)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert reap() == 1
    theirs = claim("second", LANES)

    token = _current.set(mine)
    with pytest.raises(LeaseLost):
        checkpoint(step=1)
    _current.reset(token)

    assert not held(mine).exists()
    assert held(theirs).exists()


def test_a_worker_that_dies_each_time_ends_in_a_dead_letter(organization):
    tasks.note.enqueue(word="x")
    for _ in range(3):
        claim("w", LANES)
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        reap()

    assert Job.objects.get().state == "failed"


def test_what_a_stopping_worker_gives_back_is_not_counted_as_a_try(organization):
    tasks.note.enqueue(word="x")
    claim("w", LANES)

    assert give_back(["w"]) == 1
    assert (Job.objects.get().state, Job.objects.get().tries) == ("waiting", 0)


def test_an_unknown_job_says_so(organization):
    row = tasks.note.enqueue(word="x")
    Job.objects.update(name="gone.app", limit=1)

    run_waiting()

    row.refresh_from_db()
    assert "knows no job 'gone.app'" in row.error


def test_what_is_done_is_forgotten_and_dead_letters_are_not(organization):
    for state in ("done", "failed", "discarded", "waiting"):
        tasks.note.enqueue(word="x")
        Job.objects.filter(state="waiting").update(
            state=state, finished_at=timezone.now() - timedelta(days=8)
        )

    assert forget_done() == 2


def test_a_task_of_a_library_runs_in_our_worker(organization):
    result = tasks.add.enqueue(2, b=3)
    assert result.status == "READY"

    assert run_waiting() == 1

    result.refresh()
    assert (result.status, result.return_value) == ("SUCCESSFUL", 5)


@pytest.mark.parametrize(
    ("cron", "after", "then"),
    [
        ("0 3 * * *", "2027-01-01T12:00", "2027-01-02T02:00"),
        ("0 3 * * *", "2027-06-01T12:00", "2027-06-02T01:00"),
        ("30 2 * * *", "2027-03-27T12:00", "2027-03-28T01:00"),  # 2:30 does not exist: at 3:00
        ("30 2 * * *", "2027-10-30T12:00", "2027-10-31T00:30"),  # 2:30 comes twice: the first
        ("30 2 * * *", "2027-10-31T00:30", "2027-11-01T01:30"),
    ],
)
def test_schedules_follow_the_clock_on_the_wall(cron, after, then):
    moment = schedules.next_time(
        cron, "Europe/Berlin", datetime.fromisoformat(after).replace(tzinfo=UTC)
    )

    assert moment.astimezone(UTC) == datetime.fromisoformat(then).replace(tzinfo=UTC)


def test_a_schedule_comes_once_for_each_organization(organization, time_machine_at, monkeypatch):
    monkeypatch.setattr(
        schedules, "scheduled", {"n": schedules.Scheduled(tasks.note, "*/10 * * * *")}
    )
    assert schedules.enqueue_due() == 0

    time_machine_at(minutes=11)

    assert schedules.enqueue_due() == 1
    assert schedules.enqueue_due() == 0


class Place:
    """A database and a data folder of their own, for processes that are really killed."""

    def __init__(self, folder):
        self.path = folder / "jobs.sqlite3"
        self.environ = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/jobs.sqlite3",
            "SCHOLA_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "schola.settings",
        }
        migrate = [sys.executable, "-m", "schola", "migrate", "kernel", "-v0"]
        subprocess.run(migrate, env=self.environ, check=True)
        self.do("Organization.objects.create(name='School')")

    def do(self, words):
        code = (
            "import django; django.setup()\n"
            "from schola.kernel.models import *\n"
            "from schola.kernel.tests import tasks\n"
            "from schola.kernel.tenants import acting_in\n"
            f"with acting_in(1):\n    {words}\n"
        )
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=self.environ, check=True, capture_output=True)
        return done.stdout.decode().strip()

    def worker(self):
        code = (
            "import sys, django; django.setup()\n"
            "from schola.kernel.tests import tasks\n"
            "from django.core.management import call_command\n"
            "call_command('worker', grace=1)\n"
        )
        return subprocess.Popen([sys.executable, "-c", code], env=self.environ)

    def wait(self, sql, wanted):
        until = time.monotonic() + 15
        while (told := self.ask(sql)) != wanted:
            assert time.monotonic() < until, told
            time.sleep(0.02)

    def ask(self, sql):
        with closing(sqlite3.connect(self.path)) as database:
            return database.execute(sql).fetchone()[0]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return Place(tmp_path_factory.mktemp("jobs"))


def test_a_worker_that_is_killed_loses_and_repeats_nothing(place):
    place.do("tasks.slow_rows.enqueue(total=25, pause=0.06)")
    first = place.worker()
    place.wait("SELECT count(*) > 4 FROM kernel_signal", 1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    place.do("Job.objects.update(lease_until='2020-01-01T00:00Z')")

    second = place.worker()
    place.wait("SELECT state FROM kernel_job", "done")
    second.send_signal(signal.SIGTERM)

    assert second.wait(10) == 0
    assert place.do("print(tasks.steps())") == str(list(range(25)))


def test_a_worker_that_is_told_to_stop_gives_its_job_back(place):
    place.do("Job.objects.all().delete(); tasks.slow_rows.enqueue(total=500, pause=0.05)")
    worker = place.worker()
    place.wait("SELECT done > 1 FROM kernel_job", 1)

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(10) == 0
    assert place.ask("SELECT state || tries FROM kernel_job") == "waiting0"


def test_media_is_worked_on_in_a_child(place):
    place.do(
        "import io; from PIL import Image; from schola.kernel.files import store_picture; "
        "b = io.BytesIO(); Image.new('RGB', (1000, 9)).save(b, 'PNG'); "
        "Job.objects.all().delete(); store_picture(b, 'a.png', 'test')"
    )
    worker = place.worker()

    place.wait("SELECT state FROM kernel_job", "done")
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(10) == 0
    assert place.ask("SELECT group_concat(key) FROM kernel_file WHERE key != ''") == "480,960"


@pytest.mark.parametrize(
    ("program", "words"), [("exit 3", "ended with code 3"), ("sleep 60", "longer than 1 seconds")]
)
def test_a_child_that_fails_or_hangs_fails_its_job(
    organization, monkeypatch, tmp_path, program, words
):
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\n{program}\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    tasks.film.enqueue()

    run_one("w", LANES, apart=True)

    row = Job.objects.get()
    assert row.state == "failed"
    assert words in row.error


def test_the_memory_of_a_child_has_an_end():
    code = "from schola.kernel.jobs.apart import *; limit_this_process(9); bytearray(4 * 2**30)"
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "schola.settings"}
    code = f"import django; django.setup()\n{code}"

    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, check=False
    )

    assert b"MemoryError" in done.stderr
