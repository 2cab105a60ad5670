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
from tests.e2e.school import CAST, PASSWORD
from tests.tools.authz_matrix import Matrix

SEEN_BY = {"person": "people.view", "group": "groups.view"}  # else: who may see the course


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
    few = ["amara", "lena", "omar"]  # the rest of the cast is asked in the north
    assert_no_violation(config(base, schools["south"], schools["north"], few), capsys)


def assert_no_violation(asked: dict[str, Any], capsys: Any) -> None:
    matrix = Matrix(asked, Namespace(csrf=True, crawl=False, no_variants=True, report=""))

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
        "objects": objects(own, other),
        "missing": {"submission": NO_UUID, "job": NO_UUID},
        "policy": [policy(row, objects(own, other)) for row in ROUTES],
    }


NO_UUID = "01900000-0000-7000-8000-000000000000"


def policy(row: Row, things: dict[str, Any]) -> dict[str, Any]:
    kinds = re.findall(r":(\w+)}", row.path)
    kind = kinds[-1] if kinds else ""
    keys = things[kind] if kind else "*"
    made = {
        "method": row.method,
        "path": row.path,
        "allow": {key: who for key, who in WHO[row.who].items() if key in keys},
        "seen_by": WHO[SEEN_BY.get(kind, "course.view")],
    }
    made |= {"form": row.form} if row.form is not None else {}
    return made | ({"ok": list(row.ok)} if row.ok else {})


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

    def one(found: Any) -> dict[str, Any]:
        return {"A": {"id": found(own)}, "S": {"id": found(other)}}

    people = one(lambda school: str(school["people"]["amara"]["id"]))
    return {
        "course": each("courses"),
        "course_id": each("course_ids"),
        "open_course": {"C": {"id": own["courses"]["C"]}, "S": {"id": other["courses"]["C"]}},
        "module": each("modules", "course"),
        "page": item("page"),
        "quiz": item("quiz"),
        "task": item("assignment"),
        "film": item("video"),
        "paper": item("document"),
        "package": item("scorm"),
        "import": one(lambda school: school["import"]),
        "draft": {key: found | fresh(key, own) for key, found in item("page").items()},
        "submission": each("submissions", "course", "item"),
        "person": people | {"B": {"id": str(own["people"]["bo"]["id"])}},
        "group": each("groups"),
        "certificate": each("certificates"),
        "job": one(lambda school: school["job"]),
    }


def fresh(key: str, own: dict[str, Any]) -> dict[str, Any]:
    """Return how a new activity is made for each unsafe request, so that none spoils the next."""
    if key == "S":
        return {}
    form = {"module": str(own["modules"][key]), "kind": "page", "title": "Fresh"}
    make = {"as": "omar", "method": "POST", "url": "/courses/{course}/activities", "form": form}
    return {"make": make | {"save": {"item": {"location": "/courses/[^/]+/([^/]+)/edit"}}}}


def test_the_table_names_every_person(rf):
    named = Counter(who for allow in WHO.values() for people in allow.values() for who in people)

    assert named.keys() == CAST.keys() | {"anon"}
