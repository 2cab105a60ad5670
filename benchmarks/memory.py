"""What the server weighs, at rest and while everything is asked at once.

python -m benchmarks.memory                       the default: SQLite, one web process, one worker
bin/with-postgres python -m benchmarks.memory 2   the set of the other figures, two web processes
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.core.management import call_command

import benchmarks.site  # noqa: F401
from benchmarks import perf_school
from benchmarks.processes import memory_megabytes, tree
from benchmarks.serving import database_processes, load, serving
from benchmarks.visitors import administrator, get, requests_of_learners
from schola.courses.models import Course
from schola.kernel.tenants import acting_in

PORT = 8766
AT_ONCE = 6  # clients: each sends its kind of request again and again
SECONDS = 30
REST_SECONDS = 10
LIMITS = {"at rest": 220, "under mixed load": 320}


def main(processes: int) -> None:
    """Print the proportional set size of the server tree, and apart from it PostgreSQL's."""
    call_command("migrate", verbosity=0)
    organization = perf_school.make()
    with acting_in(organization.pk):
        kinds = _kinds()
    with serving(PORT, processes) as pid:
        load(PORT, kinds[0], 20)
        time.sleep(REST_SECONDS)
        rest = memory_megabytes(tree(pid))
        most, wrong, count = _under_load(kinds, pid)
        postgres = memory_megabytes(database_processes())
    for name, found in zip(LIMITS, (rest, most), strict=True):
        mark = "" if processes > 1 or found <= LIMITS[name] else "  over"
        print(f"{name:18}{found:6.0f} MB PSS, limit {LIMITS[name]}{mark}")
    print(f"{count} requests meanwhile, {wrong} not as expected")
    if postgres:
        print(f"PostgreSQL: {postgres:.0f} MB")


def _kinds() -> list[list[dict]]:
    """Return what the clients send: the pages of learners, their answers, sign-ins, a report."""
    asked = requests_of_learners()
    chief = administrator()
    course = Course.objects.get().pk
    report = [
        get(f"/reports/course-progress.xlsx?course={course}", chief),
        get(f"/reports/course-progress.csv?course={course}", chief),
        get("/people", chief),
    ]
    pages = ("home", "course, 100 activities", "lesson, recorded", "answer saved")
    return [*(asked[name] for name in pages), asked["sign-in, the POST alone"], report]


def _under_load(kinds: list[list[dict]], pid: int) -> tuple[float, int, int]:
    """Return the most memory that was seen, the answers that were wrong, and all answers."""
    over, most = Event(), 0.0
    with ThreadPoolExecutor(AT_ONCE) as clients:
        waiting = [clients.submit(_again, kind, over) for kind in kinds]
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            most = max(most, memory_megabytes(tree(pid)))
            time.sleep(0.3)
        over.set()
        said = [each for client in waiting for each in client.result()]
    return most, sum(each["wrong"] for each in said), sum(len(each["times"]) for each in said)


def _again(kind: list[dict], over: Event) -> list[dict]:
    said = []
    while not over.is_set():
        said.append(load(PORT, kind, 20))
    return said


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
