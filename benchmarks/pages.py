"""What the hot pages cost: CPU, time and bytes, on the PERF school.

bin/with-postgres python -m benchmarks.pages [requests per page]
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import quantiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schola.settings")
HOME = tempfile.mkdtemp(prefix="perf-")
os.environ.setdefault("SCHOLA_DATA", HOME)
os.environ["SCHOLA_LOG_LEVEL"] = "WARNING"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import perf_school  # noqa: E402
from benchmarks.processes import cpu_seconds, memory_megabytes, named, tree  # noqa: E402
from schola.courses.models import Activity  # noqa: E402
from schola.enrollment.models import Enrollment  # noqa: E402
from schola.kernel.tenants import acting_in  # noqa: E402
from schola.people.models import Session  # noqa: E402
from schola.people.sessions import COOKIE, digest  # noqa: E402
from schola.records.actions import begin  # noqa: E402

PORT = 8765
CSRF = "c" * 32
VISITORS = 40


@dataclass(frozen=True)
class Case:
    """A page or act, its budget in milliseconds of CPU, and the requests that ask for it."""

    name: str
    budget: float
    requests: list[dict]
    count: int = 0


def main(count: int) -> None:
    """Print a line for each case."""
    call_command("migrate", verbosity=0)
    organization = perf_school.make()
    with acting_in(organization.pk):
        cases = _cases()
    server = _serve()
    try:
        print(f"{'':28}{'CPU ms':>8}{'budget':>8}{'p50':>8}{'p95':>8}{'bytes':>9}")
        for case in cases:
            _measure(case, server.pid, case.count or count)
        print(f"memory of the server tree: {memory_megabytes(tree(server.pid)):.0f} MB PSS")
    finally:
        server.terminate()
        server.wait(15)


def _cases() -> list[Case]:
    seats = list(
        Enrollment.objects.select_related("person__user", "course").order_by("pk")[:VISITORS]
    )
    cookies = [_session(seat) for seat in seats]
    slug = seats[0].course.slug
    pages = list(Activity.objects.filter(kind="page").order_by("pk").values_list("key", flat=True))
    quiz = Activity.objects.filter(kind="quiz").order_by("pk").first()
    for seat in seats:
        begin(seat.pk, quiz.pk)
    get = lambda path: [{"method": "GET", "path": path, "cookie": c} for c in cookies]  # noqa: E731
    lesson = [r for key in pages[:10] for r in get(f"/courses/{slug}/{key}")]
    answer = f"/courses/{slug}/{quiz.key}/attempt/1/answers/1"
    saves = [
        {"method": "POST", "path": answer, "cookie": f"{c}; csrf={CSRF}", "csrf": CSRF,
         "body": "rev={n}&q1="}
        for c in cookies
    ]  # fmt: skip
    email = seats[0].person.email
    enter = {
        "method": "POST", "path": "/signin", "cookie": f"csrf={CSRF}", "csrf": CSRF,
        "body": f"email={email}&password={perf_school.PASSWORD.replace(' ', '+')}", "expect": 302,
    }  # fmt: skip
    return [
        Case("sign-in page", 2.5, [{"method": "GET", "path": "/signin"}]),
        Case("home", 5, get("/")),
        Case("course, 100 activities", 5, get(f"/courses/{slug}")),
        Case("lesson, recorded", 4, lesson),
        Case("answer saved", 2.5, saves),
        Case("sign-in, the POST alone", 25, [enter], 150),
    ]


def _session(seat: Enrollment) -> str:
    token, now = secrets.token_urlsafe(32), timezone.now()
    person = seat.person
    Session.objects.create(
        digest=digest(token), user=person.user, person=person, stamp=person.user.stamp,
        created_at=now, seen_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    return f"{COOKIE}={token}"


def _serve() -> subprocess.Popen:
    url = f"http://schola.localhost:{PORT}"
    words = [
        sys.executable, "-m", "schola", "run", "--empty", "--port", str(PORT), "--processes", "2",
    ]  # fmt: skip
    server = subprocess.Popen(
        words, env=os.environ | {"SCHOLA_URL": url}, stdout=subprocess.DEVNULL
    )
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=1)
            return server
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def _measure(case: Case, pid: int, count: int) -> None:
    _load(case, 4 * VISITORS)
    before = cpu_seconds(tree(pid) + named("postgres"))
    said = _load(case, count)
    spent = cpu_seconds(tree(pid) + named("postgres")) - before
    milliseconds = 1000 * spent / count
    cuts = quantiles(said["times"], n=20)
    mark = "" if milliseconds <= case.budget else "  over"
    wrong = f"  {said['wrong']} not as expected" if said["wrong"] else ""
    print(
        f"{case.name:28}{milliseconds:8.2f}{case.budget:8.1f}{cuts[9]:8.2f}{cuts[18]:8.2f}"
        f"{said['size']:9}{mark}{wrong}",
        flush=True,
    )


def _load(case: Case, count: int) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load", str(PORT), str(count)],
        input=json.dumps(case.requests), capture_output=True, text=True, check=True,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    return json.loads(done.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
