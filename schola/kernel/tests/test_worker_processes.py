"""Workers as processes of their own, which are really killed. Some 10 seconds in all."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest


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


def test_the_memory_of_a_child_has_an_end():
    code = "from schola.kernel.jobs.apart import *; limit_this_process(9); bytearray(4 * 2**30)"
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "schola.settings"}
    code = f"import django; django.setup()\n{code}"

    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, check=False
    )

    assert b"MemoryError" in done.stderr
