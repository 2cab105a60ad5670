"""Each page once as the strongest role, in two modes; other roles where their page differs."""

from html.parser import HTMLParser

import httpx
import pytest

from tests.e2e.eyes import MODES, Seen
from tests.e2e.routes import ROUTES, STRONGEST, WHO, Row
from tests.e2e.school import CAST, PASSWORD
from tests.e2e.test_authz import objects

pytestmark = pytest.mark.browser
PAGES = [row for row in ROUTES if row.method == "GET" and row.page]
KB = 1000
DOOR, PAGE, QUIZ, REPORT, EDITOR = (
    (70, 12, 6),
    (95, 20, 20),
    (110, 25, 35),
    (135, 45, 30),
    (280, 40, 180),
)
BUDGETS = {  # kilobytes of a first visit, of a later one, of scripts; ux.md, part 2
    "signin": DOOR, "reset": DOOR, "verify": DOOR, "catalog": DOOR, "welcome/<str:token>": DOOR,
    "unsubscribe/<str:token>": DOOR,
    "courses/<slug:course>/<str:item>/attempt/<int:n>": QUIZ,
    "courses/<slug:course>/<str:item>/edit": EDITOR,
    "reports": REPORT, "reports/<slug:key>": REPORT,
    "styleguide": EDITOR,
}  # fmt: skip
states: list[str] = []  # what was looked at, for the count at the end


@pytest.fixture(scope="module")
def readers(two_schools):
    """Return a plain HTTP client for each person, signed in."""
    live, schools = two_schools
    clients = {"anon": client_of(live, None)} | {
        who: client_of(live, schools["north"]["people"][who]["email"]) for who in CAST
    }
    yield clients
    for client in clients.values():
        client.close()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.path)
def test_the_page_is_as_it_should_be(row, mode, eyes_of, schools):
    path = address(row, schools)

    seen = eyes_of(strongest(row), mode).look(path, row.ok)

    states.append(f"{mode} {path}")
    seen.faults += too_heavy(seen, BUDGETS.get(row.pattern, PAGE))
    assert not seen.faults, "\n".join(seen.faults)


def too_heavy(seen: Seen, budget: tuple[int, int, int]) -> list[str]:
    """Tell which of its budgets a page is over."""
    weights = {"first visit": seen.bytes, "later visit": seen.later, "scripts": seen.scripts}
    return [
        f"{what}: {weight} bytes, at most {most * KB}"
        for (what, weight), most in zip(weights.items(), budget, strict=True)
        if weight > most * KB
    ]


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.path)
def test_what_other_roles_see_is_as_it_should_be(row, eyes_of, readers, schools):
    path = address(row, schools)
    first = strongest(row)
    known = {skeleton(readers[first].get(path).text)}
    faults = []

    for who in people(row):
        shape = skeleton(readers[who].get(path).text)
        if shape in known:
            continue
        known.add(shape)
        states.append(f"{who} {path}")
        seen = eyes_of(who, "phone, light").look(path, row.ok)
        faults += [f"{who}: {fault}" for fault in seen.faults]

    assert not faults, "\n".join(faults)


def test_how_many_states_were_seen(capsys):
    with capsys.disabled():
        print(f"\n{len(PAGES)} pages, {len(states)} states seen in Chromium")  # noqa: T201

    assert len(states) >= 2 * len(PAGES)


def address(row: Row, schools: dict) -> str:
    """Return the address with the things of A."""
    things = objects(schools["north"], schools["south"])
    path = row.path
    for kind in things:
        key = next(iter(things[kind]))
        path = path.replace(f":{kind}}}", f":{things[kind][key]['id']}}}")
    return "/".join(part.partition(":")[2].rstrip("}") or part for part in path.split("/"))


def people(row: Row) -> list[str]:
    """Return who may open the page with the things of A, or the course that is open to all."""
    own = "C" if ":open_course}" in row.path else "A"
    return WHO[row.who].get(own if "{" in row.path else "*", [])


def strongest(row: Row) -> str:
    return next(who for who in STRONGEST if who in people(row))


def client_of(live, email: str | None, school: str = "schola") -> httpx.Client:
    host = f"{school}.localhost:{live.port}"
    client = httpx.Client(base_url=f"http://127.0.0.1:{live.port}", headers={"Host": host})
    if email:
        token = client.get("/signin").cookies["csrf"]
        form = {"email": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        assert client.post("/signin", data=form).status_code == 302
    return client


class Skeleton(HTMLParser):
    """The tags of a page with their classes, each kind once below each kind of parent."""

    def __init__(self) -> None:
        super().__init__()
        self.parents: list[str] = []
        self.bones: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attributes: list) -> None:
        bone = f"{tag}.{dict(attributes).get('class') or ''}"
        self.bones.add((self.parents[-1] if self.parents else "", bone))
        if tag not in ("input", "link", "meta", "img", "br", "hr", "use", "path", "source"):
            self.parents.append(bone)

    def handle_endtag(self, tag: str) -> None:
        while self.parents and self.parents.pop().partition(".")[0] != tag:
            continue


def skeleton(html: str) -> frozenset[tuple[str, str]]:
    reader = Skeleton()
    reader.feed(html)
    return frozenset(reader.bones)
