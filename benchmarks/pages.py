"""What the hot pages cost: CPU, instructions, queries, time and bytes, on the PERF school.

bin/with-postgres python -m benchmarks.pages [requests per page and pass]
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median, quantiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schola.settings")
os.environ.setdefault("SCHOLA_DATA", tempfile.mkdtemp(prefix="perf-"))
os.environ |= {"SCHOLA_LOG_LEVEL": "WARNING", "SCHOLA_DEBUG": "0", "SCHOLA_SECRET_KEY": "measured"}

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks import perf_school  # noqa: E402
from benchmarks.processes import (  # noqa: E402
    Instructions,
    cpu_seconds,
    memory_megabytes,
    perf_counts,
    tree,
)
from benchmarks.serving import database_processes, load, serving  # noqa: E402
from benchmarks.visitors import CSRF, get, post, session  # noqa: E402
from schola.courses.models import Activity  # noqa: E402
from schola.enrollment.models import Enrollment  # noqa: E402
from schola.kernel.tenants import acting_in  # noqa: E402
from schola.records.actions import begin  # noqa: E402

PORT = 8765
VISITORS = 40
PASSES = 5


@dataclass
class Case:
    """A page or act, its budget in milliseconds of CPU, and the requests that ask for it."""

    name: str
    budget: float
    requests: list[dict]
    count: int = 0
    queries: int = 0
    server: list[float] = field(default_factory=list)  # milliseconds of each pass
    database: list[float] = field(default_factory=list)
    generator: list[float] = field(default_factory=list)
    instructions: list[float] = field(default_factory=list)  # millions
    times: list[float] = field(default_factory=list)
    size: int = 0
    wrong: int = 0

    @property
    def cost(self) -> float:
        """Milliseconds of CPU of the server and the database: the median of the passes."""
        return median(map(sum, zip(self.server, self.database, strict=True)))


def main(count: int) -> None:
    """Print a line for each case, then what a whole sign-in comes to."""
    call_command("migrate", verbosity=0)
    organization = perf_school.make()
    with acting_in(organization.pk):
        cases = list(_cases(count))
    for case in cases:
        case.queries = _queries(case)
    missing = perf_counts()
    with serving(PORT, 2) as pid:
        for _ in range(PASSES):
            for case in cases:
                _measure(case, pid, not missing)
        memory = memory_megabytes(tree(pid))
    _print(cases)
    if missing:
        print(f"no instructions: {missing}")
    print(f"memory of the server tree: {memory:.0f} MB PSS")


def _cases(count: int) -> Iterator[Case]:
    seats = Enrollment.objects.select_related("person__user", "course").order_by("pk")[:VISITORS]
    seats = list(seats)
    cookies = [session(seat) for seat in seats]
    course = f"/courses/{seats[0].course.slug}"
    pages = Activity.objects.filter(kind="page").order_by("pk").values_list("key", flat=True)
    quiz = Activity.objects.filter(kind="quiz").order_by("pk").first()
    for seat in seats:
        begin(seat.pk, quiz.pk)
    answer = f"{course}/{quiz.key}/attempt/1/answers/1"
    words = f"email={seats[0].person.email}&password={perf_school.PASSWORD.replace(' ', '+')}"
    yield Case("sign-in page", 2.5, [get("/signin")], count)
    yield Case("home", 5, [get("/", each) for each in cookies], count)
    yield Case("course, 100 activities", 5, [get(course, each) for each in cookies], count)
    lessons = [get(f"{course}/{key}", each) for key in pages[:10] for each in cookies]
    yield Case("lesson, recorded", 4, lessons, count)
    saves = [post(answer, "rev={n}&q1=", each) for each in cookies]
    yield Case("answer saved", 2.5, saves, count)
    yield Case("sign-in, the POST alone", 25, [post("/signin", words, expect=302)], 60)


def _queries(case: Case) -> int:
    """Return the queries of one request, asked in this process once it knows the course."""
    each = case.requests[0]
    browser = Client(headers={"cookie": each["cookie"], "host": f"schola.localhost:{PORT}"})
    for rev in (1, 2):
        with CaptureQueriesContext(connection) as captured:
            if each["method"] == "GET":
                browser.get(each["path"])
            else:
                body = each["body"].replace("{n}", str(rev))
                kind = "application/x-www-form-urlencoded"
                browser.post(each["path"], body, kind, headers={"X-CSRFToken": CSRF})
    return sum(not each["sql"].startswith(("BEGIN", "COMMIT")) for each in captured)


def _measure(case: Case, pid: int, counts: bool) -> None:
    """One pass. The first requests warm what this page keeps in each process."""
    load(PORT, case.requests, min(case.count, 4 * VISITORS))
    server, database = tree(pid), database_processes()
    perf = Instructions()
    if counts:
        perf.start(server + database)
    before = cpu_seconds(server), cpu_seconds(database)
    said = load(PORT, case.requests, case.count)
    case.server.append(1000 * (cpu_seconds(server) - before[0]) / case.count)
    case.database.append(1000 * (cpu_seconds(database) - before[1]) / case.count)
    if counts:
        case.instructions.append(perf.stop() / case.count / 1e6)
    case.generator.append(1000 * said["cpu"] / case.count)
    case.times += said["times"]
    case.size, case.wrong = said["size"], case.wrong + said["wrong"]


def _print(cases: list[Case]) -> None:
    words = ("CPU ms", "budget", "server", "database", "Minstr", "queries", "p50", "p95", "bytes",
             "load")  # fmt: skip
    print(f"{'':26}" + "".join(f"{word:>9}" for word in words))
    for case in cases:
        cuts = quantiles(case.times, n=20)
        minstr = f"{median(case.instructions):9.1f}" if case.instructions else f"{'–':>9}"
        mark = "" if case.cost <= case.budget else "  over"
        wrong = f"  {case.wrong} not as expected" if case.wrong else ""
        print(
            f"{case.name:26}{case.cost:9.2f}{case.budget:9.1f}{median(case.server):9.2f}"
            f"{median(case.database):9.2f}{minstr}{case.queries:9}{cuts[9]:9.2f}{cuts[18]:9.2f}"
            f"{case.size:9}{median(case.generator):9.2f}{mark}{wrong}"
        )
    by_name = {case.name: case.cost for case in cases}
    whole = sum(by_name[each] for each in ("sign-in page", "sign-in, the POST alone", "home"))
    print(f"{'whole sign-in':26}{whole:9.2f}{30:9.1f}{'  over' if whole > 30 else ''}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
