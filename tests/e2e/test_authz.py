"""Each address x each person x own, other's and missing object, in two organizations."""

import asyncio
import re
import sys
from argparse import Namespace
from collections import Counter
from typing import Any

from django.http import HttpResponseNotAllowed
from django.urls import get_resolver

from schola.pages.routes import ItemRoute
from tests.architecture.test_addresses import addresses
from tests.e2e.routes import ROUTES, WHO, Row
from tests.e2e.routes_content import FILE, begun
from tests.e2e.school import CAST, PASSWORD
from tests.tools.authz_matrix import Matrix

TRICKSTERS = ["anon", "nils"]  # who twists each address that is refused, not one of each row
OUTSIDER = {  # the address with which everybody signs in at the end
    "as": "omar", "method": "GET", "url": "/people?q=nils",
    "save": {"outsider": {"text": r"(nils@[\w.]+)"}},
}  # fmt: skip
SEEN_BY = {
    "person": "people.view",
    "group": "groups.view",
    "new_group": "groups.view",
}  # else: who may see the course


def test_every_address_and_method_has_a_row(rf):
    there = {
        (method, where)
        for where, pattern in addresses(get_resolver().url_patterns)
        for method in methods(rf, pattern.callback)
    }

    assert {(row.method, row.pattern) for row in ROUTES} == there


def test_nobody_gets_further_than_they_may_in_the_north(live, schools, capsys):
    assert_no_violation(config(live.url, schools["north"], schools["south"], list(CAST)), capsys)


def test_nobody_gets_further_than_they_may_in_the_south(live, schools, capsys):
    base = live.url.replace("schola.localhost", "south.localhost")
    assert_no_violation(
        config(base, schools["south"], schools["north"], list(CAST)), capsys, plain=True
    )


def assert_no_violation(asked: dict[str, Any], capsys: Any, *, plain: bool = False) -> None:
    options = Namespace(csrf=True, crawl=True, no_variants=plain, report="", tricksters=TRICKSTERS)
    matrix = Matrix(asked, options)
    matrix.canaries = [each for each in asked["may_see"] if each.startswith("canary")]

    asyncio.run(matrix.run())

    said = capsys.readouterr().out.splitlines()
    with capsys.disabled():
        sys.stdout.write(f"\n{asked['base']}: {said[-1]}\n")
    assert not matrix.fails, "\n".join(sorted(" ".join(fail) for fail in matrix.fails))


def methods(rf: Any, view: Any) -> set[str]:
    """Return what a view answers: what it refuses OPTIONS with, or what its types declare."""
    if isinstance(view, ItemRoute):
        return {m for routes in view.kinds.values() for route in routes for m in route.methods}
    request = rf.options("/")
    request.person = None
    answer = view(request)
    allowed = answer.headers["Allow"] if isinstance(answer, HttpResponseNotAllowed) else "GET"
    return set(allowed.replace(" ", "").split(",")) - {"HEAD"}


def config(
    base: str, own: dict[str, Any], other: dict[str, Any], cast: list[str]
) -> dict[str, Any]:
    """Return what the matrix needs: people, objects as A, B and S (the other school's), rows."""
    users = {key: {"user": own["people"][key]["email"], "password": PASSWORD} for key in cast}
    return {
        "base": base,
        "login_url": "/signin",
        "csrf": {"page": "/signin", "cookie": "csrf"},
        "login": {
            "method": "POST",
            "url": "/signin",
            "form": {"email": "{user}", "password": "{password}"},
        },
        "users": {"anon": None} | users,
        "setup": [OUTSIDER],
        "objects": objects(own, other),
        "missing": dict.fromkeys(UUIDS, NO_UUID),
        "may_see": dict.fromkeys(other["canaries"], ()) | own["canaries"],
        "crawl": {"start": ["/"], "max": 300},
        "policy": [policy(row, objects(own, other)) for row in ROUTES],
    }


UUIDS = ("submission", "job", "upload", "film_upload", "paper_upload")
NO_UUID = "01900000-0000-7000-8000-000000000000"


def policy(row: Row, things: dict[str, Any]) -> dict[str, Any]:
    kinds = re.findall(r":(\w+)}", row.path)
    kind = kinds[-1] if kinds else ""
    keys = things[kind] if kind else "*"
    made = {
        "method": row.method,
        "path": row.path,
        "allow": {key: who for key, who in WHO[row.who].items() if key[-1] in keys},
        "seen_by": seen_by(kind),
    }
    made |= ({"form": row.form} if row.form is not None else {}) | row.more
    return made | ({"ok": list(row.ok)} if row.ok else {})


def seen_by(kind: str) -> dict[str, list[str]]:
    """Return who may look at the thing, or at the activity that an upload is sent to."""
    who = WHO[SEEN_BY.get(kind, "course.view")]
    if not kind.endswith("_upload"):
        return who
    return {f"{key}/{key}/{upload}": who[key] for key in "AB" for upload in "AS"}


ITEMS = {  # how the rows call an activity: its kind
    "page": "page", "quiz": "quiz", "task": "assignment", "film": "video", "paper": "document",
    "package": "scorm",
}  # fmt: skip


def objects(own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return every kind of thing as A, B and S (the other school's), with what it lies in."""
    schools = (("A", own, "A"), ("B", own, "B"), ("S", other, "A"))

    def each(name: str, *above: str) -> dict[str, Any]:
        return {
            key: {"id": str(school[name][at]), "of": dict.fromkeys(above, key)}
            for key, school, at in schools
        }

    def item(kind: str) -> dict[str, Any]:
        return {
            key: {"id": school["items"][at][kind], "of": {"course": key}}
            for key, school, at in schools
        }

    modules = each("modules", "course")
    return {
        "course": each("courses"),
        "course_id": each("course_ids"),
        "module": modules,
        "named_module": {key: found | fresh_module(key) for key, found in modules.items()},
        **{name: item(kind) for name, kind in ITEMS.items()},
        **arriving(own, other),
        "draft": {key: found | fresh(key, own) for key, found in item("page").items()},
        "submission": each("submissions", "course", "item"),
        "group": each("groups"),
        **going(own, other),
        "certificate": each("certificates"),
        **single(own, other),
    }


def single(own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return the things of which each school has one."""
    things = {
        kind: {"A": {"id": own[kind]}, "S": {"id": other[kind]}}
        for kind in ("job", "invitation", "unsubscribing")
    }
    opened = {"C": {"id": own["courses"]["C"]}, "S": {"id": other["courses"]["C"]}}
    who = (("A", own, "amara"), ("S", other, "amara"), ("B", own, "bo"))
    people = {key: {"id": str(school["people"][name]["id"])} for key, school, name in who}
    return things | {"open_course": opened, "person": people}


def arriving(own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return what is on its way into the school."""
    return {
        "import": {"A": {"id": own["import"], "make": IMPORT}, "S": {"id": other["import"]}},
        "applied_import": {
            key: {"id": school["applied_import"]} for key, school in (("A", own), ("S", other))
        },
        "upload": sent("package", other),
        "film_upload": sent("video", other),
        "paper_upload": sent("document", other),
    }


IMPORT = {  # a new file of people, which is checked
    "as": "omar", "method": "POST", "url": "/people/import", "form": {}, **FILE["csv"],
    "save": {"imported": {"location": r"/people/import/(\d+)"}},
    "until": {"url": "/people/import/{imported}", "text": "/apply"},
}  # fmt: skip


def sent(purpose: str, other: dict[str, Any]) -> dict[str, Any]:
    """Return an upload that Omar has begun, a new one for each piece, and one of the other's."""
    make = {
        "as": "omar",
        "method": "POST",
        "url": "/uploads",
        "form": begun(purpose),
        "save": {"upload": {"location": "/uploads/(.+)"}},
    }
    return {"A": {"id": "", "make": make}, "S": {"id": other["uploads"][purpose]}}


def fresh(key: str, own: dict[str, Any]) -> dict[str, Any]:
    """Return how a new activity is made for each unsafe request, so that none spoils the next."""
    if key == "S":
        return {}
    form = {"module": str(own["modules"][key]), "kind": "page", "title": "Fresh"}
    make = {"as": "omar", "method": "POST", "url": "/courses/{course}/activities", "form": form}
    return {"make": make | {"save": {"item": {"location": "/courses/[^/]+/([^/]+)/edit"}}}}


def fresh_module(key: str) -> dict[str, Any]:
    """Return how a new module is made for each request that names it, since the next is stale."""
    if key == "S":
        return {}
    make = {"as": "omar", "method": "POST", "url": "/courses/{course}/modules"}
    form, save = {"title": "Module {uuid}"}, {"module": {"location": r"#add-(\d+)"}}
    return {"make": make | {"form": form, "save": save}}


def going(own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return roles, and what is made for each request that deletes it."""
    return {
        "role": {"A": {"id": own["role"]}, "S": {"id": other["role"]}},
        "new_role": {"A": made("role"), "S": {"id": other["role"]}},
        "new_group": {"A": made("group"), "S": {"id": str(other["groups"]["A"])}},
    }


def made(kind: str) -> dict[str, Any]:
    """Return how a group or a role is made for each request that deletes it."""
    url = {"group": "/groups", "role": "/settings/roles"}[kind]
    more = {"original": "auditor"} if kind == "role" else {}
    make = {"as": "omar", "method": "POST", "url": url, "form": {"name": "N{uuid}", **more}}
    return {"id": "", "make": make | {"save": {kind: {"location": rf"{url}/([\w-]+)$"}}}}


def test_the_table_names_every_person(rf):
    named = Counter(who for allow in WHO.values() for people in allow.values() for who in people)

    assert named.keys() == CAST.keys() | {"anon"}
