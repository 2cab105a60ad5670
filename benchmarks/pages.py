"""What the hot pages cost: CPU, instructions, queries, time and bytes, on the PERF school.

bin/with-postgres python -m benchmarks.pages [requests per page and pass]
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median, quantiles

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import benchmarks.site  # noqa: F401
from benchmarks import perf_school
from benchmarks.processes import Instructions, cpu_seconds, memory_megabytes, perf_counts, tree
from benchmarks.serving import database_processes, load, serving
from benchmarks.visitors import CSRF, LEARNERS, requests_of_learners
from schola.kernel.tenants import acting_in

PORT = 8765
PASSES = 5
BUDGETS = {
    "sign-in page": 2.5,
    "home": 5,
    "course, 100 activities": 5,
    "lesson, recorded": 4,
    "answer saved": 2.5,
    "sign-in, the POST alone": 25,
}
SIGN_INS = 60  # in a pass: each is a hash of 16 ms


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
        return median(self.passes)

    @property
    def best(self) -> float:
        """The pass in which the machine was quietest."""
        return min(self.passes)

    @property
    def passes(self) -> list[float]:
        return [sum(each) for each in zip(self.server, self.database, strict=True)]


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
    for name, requests in requests_of_learners().items():
        often = SIGN_INS if name.startswith("sign-in,") else count
        yield Case(name, BUDGETS[name], requests, often)


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
    load(PORT, case.requests, min(case.count, 4 * LEARNERS))
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
    words = ("CPU ms", "budget", "best", "server", "database", "Minstr", "queries", "p50", "p95",
             "bytes", "load")  # fmt: skip
    print(f"{'':26}" + "".join(f"{word:>9}" for word in words))
    for case in cases:
        cuts = quantiles(case.times, n=20)
        minstr = f"{median(case.instructions):9.1f}" if case.instructions else f"{'–':>9}"
        mark = "" if case.cost <= case.budget else "  over"
        wrong = f"  {case.wrong} not as expected" if case.wrong else ""
        print(
            f"{case.name:26}{case.cost:9.2f}{case.budget:9.1f}{case.best:9.2f}{median(case.server):9.2f}"
            f"{median(case.database):9.2f}{minstr}{case.queries:9}{cuts[9]:9.2f}{cuts[18]:9.2f}"
            f"{case.size:9}{median(case.generator):9.2f}{mark}{wrong}"
        )
    by_name = {case.name: case.cost for case in cases}
    whole = sum(by_name[each] for each in ("sign-in page", "sign-in, the POST alone", "home"))
    print(f"{'whole sign-in':26}{whole:9.2f}{30:9.1f}{'  over' if whole > 30 else ''}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
