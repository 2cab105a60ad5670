import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from schola.kernel import clock
from schola.kernel.jobs import discard, label_of, replay, run_now, run_waiting, schedules
from schola.kernel.jobs.backend import jobs
from schola.kernel.jobs.running import LeaseLost, _current, checkpoint, held
from schola.kernel.jobs.worker import (
    LOST_TIMES,
    claim,
    forget_done,
    give_back,
    give_back_of_dead,
    reap,
    run_one,
)
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
    with transaction.atomic():
        tasks.note.enqueue(word="hello")
        transaction.set_rollback(True)

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
    assert row.run_at > clock.now()

    Job.objects.update(run_at=clock.now())
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


def test_what_is_to_run_now_is_the_last_job_of_its_arguments_or_a_new_one(organization):
    failed = tasks.note.enqueue(word="failed")
    waiting = tasks.note.enqueue_after(timedelta(hours=1), word="waiting")
    Job.objects.filter(pk=failed.pk).update(state="failed", tries=5)
    tasks.note.enqueue(word="done")
    run_waiting()

    for word in ("failed", "waiting", "done", "new"):
        run_now(tasks.note, word=word)
    run_waiting()

    assert tasks.ran == ["done", "failed", "waiting", "done", "new"]
    assert Job.objects.count() == 5
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert Job.objects.get(pk=waiting.pk).tries == 1


def test_who_lost_the_lease_changes_nothing(organization):
    tasks.note.enqueue(word="x")
    mine = claim("first", LANES)
    Job.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    assert reap() == 1
    theirs = claim("second", LANES)

    token = _current.set(mine)
    with pytest.raises(LeaseLost):
        checkpoint(step=1)
    _current.reset(token)

    assert not held(mine).exists()
    assert held(theirs).exists()


def die(times):
    for _ in range(times):
        claim("w", LANES)
        Job.objects.update(lease_until=clock.now() - timedelta(seconds=1))
        reap()


def test_a_worker_that_dies_each_time_ends_in_a_dead_letter(organization):
    tasks.note.enqueue(word="x")

    die(LOST_TIMES * Job.objects.get().limit)

    assert Job.objects.get().state == "failed"


def test_a_job_outlives_more_deaths_of_its_worker_than_faults_of_its_own(organization):
    row = tasks.note.enqueue(word="x")

    die(row.limit)

    assert Job.objects.get().state == "waiting"


def test_what_a_stopping_worker_gives_back_is_not_counted_as_a_try(organization):
    tasks.note.enqueue(word="x")
    claim("w", LANES)

    assert give_back(["w"]) == 1
    assert (Job.objects.get().state, Job.objects.get().tries) == ("waiting", 0)


@pytest.mark.parametrize(
    ("worker", "again"),
    [
        ("{host}-{gone}-0", True),
        ("{host}-{mine}-0", True),
        ("{host}-1-media", False),
        ("elsewhere-{gone}-0", False),
    ],
)
def test_a_worker_that_starts_gives_back_what_dead_ones_of_its_host_had(
    organization, worker, again
):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    names = {"host": socket.gethostname()[:40], "gone": gone.pid, "mine": os.getpid()}
    tasks.note.enqueue(word="x")
    claim(worker.format(**names), LANES)

    given_back = give_back_of_dead()

    assert given_back == int(again)
    assert Job.objects.get().state == ("waiting" if again else "running")


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
            state=state, finished_at=clock.now() - timedelta(days=8)
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


def test_each_job_says_in_words_what_it_does():
    unnamed = [name for name, task in jobs.items() if not task.label]

    assert [name for name in unnamed if ".tests." not in name] == []
    assert label_of("gone.job") == "gone.job"
