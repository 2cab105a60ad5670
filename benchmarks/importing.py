"""10,000 people imported through the running server, which answers pages meanwhile.

python -m benchmarks.importing                    on SQLite; beside bin/with-postgres on PostgreSQL
"""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from threading import Event

from django.core.management import call_command

import benchmarks.site  # noqa: F401
from benchmarks import perf_school
from benchmarks.serving import load, serving
from benchmarks.visitors import CSRF, administrator, requests_of_learners
from schola.kernel.tenants import acting_in
from schola.people.models import Person, PersonImport

PORT = 8767
PEOPLE = 10_000
LIMIT_SECONDS = 60
BOUNDARY = "a-line-of-the-form"


def main() -> None:
    """Print how long the check and the apply took, and how pages were answered in that time."""
    call_command("migrate", verbosity=0)
    organization = perf_school.make()
    with acting_in(organization.pk):
        chief, asked = administrator(), requests_of_learners()
        pages = asked["home"][:5] + asked["course, 100 activities"][:5]
        before = Person.objects.count()
        with serving(PORT, 1), ThreadPoolExecutor(1) as reader:
            load(PORT, pages, 40)
            over = Event()
            reading = reader.submit(_read, pages, over)
            try:
                checked, applied = _import(chief)
            finally:
                over.set()
            times = reading.result()
        made = Person.objects.count() - before
    whole = checked + applied
    mark = "" if whole <= LIMIT_SECONDS and made == PEOPLE else "  over"
    print(f"{made} people in {whole:.1f} s, limit {LIMIT_SECONDS} s{mark}")
    print(f"upload and check {checked:.1f} s, apply {applied:.1f} s")
    cuts = quantiles(times, n=20)
    print(f"{len(times)} pages meanwhile: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms")


def _import(cookie: str) -> tuple[float, float]:
    """Upload the file, wait for its check, apply it, wait for the end; return both times."""
    started = time.monotonic()
    _send("/people/import", cookie, _form(_file()), f"multipart/form-data; boundary={BOUNDARY}")
    row = _when(PersonImport.State.CHECKED)
    checked = time.monotonic()
    kind = "application/x-www-form-urlencoded"
    _send(f"/people/import/{row.pk}/apply", cookie, b"confirmed=1", kind)
    _when(PersonImport.State.DONE)
    return checked - started, time.monotonic() - checked


def _file() -> str:
    rows = [
        f"person{n}@example.net,Person Number {n},N{n:05},Group {n % 50}" for n in range(PEOPLE)
    ]
    return "\n".join(["email,name,number,group", *rows])


def _form(text: str) -> bytes:
    head = 'Content-Disposition: form-data; name="file"; filename="people.csv"'
    lines = (f"--{BOUNDARY}", head, "Content-Type: text/csv", "", text, f"--{BOUNDARY}--", "")
    return "\r\n".join(lines).encode()


def _send(path: str, cookie: str, body: bytes, kind: str) -> None:
    headers = {"Host": f"schola.localhost:{PORT}", "Cookie": cookie, "Content-Type": kind,
               "X-CSRFToken": CSRF}  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    if answer.status != 302:
        raise SystemExit(f"{path}: {answer.status} {answer.read()[:300]!r}")


def _when(state: str) -> PersonImport:
    """Wait until the import is in a state. Raises SystemExit when it is faulty or too slow."""
    for _ in range(600):
        row = PersonImport.objects.order_by("-pk").first()
        if row and row.state == state:
            return row
        if row and row.fault:
            raise SystemExit(row.fault)
        time.sleep(0.2)
    raise SystemExit(f"the import was never {state}")


def _read(pages: list[dict], over: Event) -> list[float]:
    times: list[float] = []
    while not over.is_set():
        said = load(PORT, pages, 20)
        times += said["times"]
        if said["wrong"]:
            raise SystemExit(f"{said['wrong']} pages were not as expected")
    return times


if __name__ == "__main__":
    main()
