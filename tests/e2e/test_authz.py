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
    assert_no_violation(live.url, schools["north"], schools["south"], capsys)


def test_nobody_gets_further_than_they_may_in_the_south(live, schools, capsys):
    base = live.url.replace("schola.localhost", "south.localhost")
    assert_no_violation(base, schools["south"], schools["north"], capsys)


def assert_no_violation(base: str, own: dict, other: dict, capsys: Any) -> None:
    matrix = Matrix(
        config(base, own, other), Namespace(csrf=True, crawl=False, no_variants=True, report="")
    )

    asyncio.run(matrix.run())

    said = capsys.readouterr().out.splitlines()
    with capsys.disabled():
        sys.stdout.write(f"\n{base}: {said[-1]}\n")
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


def config(base: str, own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return what the matrix needs: people, objects as A, B and S (the other school's), rows."""
    users = {key: {"user": own["people"][key]["email"], "password": PASSWORD} for key in CAST}
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
    """Return every object that an address may name: A and B of one's own school, S of the other."""
    keys = (("A", own, "A"), ("B", own, "B"), ("S", other, "A"))

    def each(name: str, **more: Any) -> dict[str, Any]:
        return {key: {"id": str(school[name][at]), **more} for key, school, at in keys}

    submissions, modules = each("submissions"), each("modules")
    for key in submissions:
        submissions[key]["of"] = {"course": key, "item": key}
        modules[key]["of"] = {"course": key}
    doors = {"C": {"id": own["courses"]["C"]}, "S": {"id": other["courses"]["C"]}}
    people = (("A", own, "amara"), ("B", own, "bo"), ("S", other, "amara"))
    return {
        "course": each("courses"),
        "course_id": each("course_ids"),
        "open_course": doors,
        "module": modules,
        "submission": submissions,
        "person": {key: {"id": str(school["people"][who]["id"])} for key, school, who in people},
        "group": each("groups"),
        "certificate": each("certificates"),
        "job": {"A": {"id": own["job"]}, "S": {"id": other["job"]}},
        "import": {"A": {"id": own["import"]}, "S": {"id": other["import"]}},
        **items(own, other),
    }


def items(own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return the activities of the courses, one of each kind."""
    keys = (("A", own, "A"), ("B", own, "B"), ("S", other, "A"))

    def item(kind: str) -> dict[str, Any]:
        return {
            key: {"id": school["items"][at][kind], "of": {"course": key}}
            for key, school, at in keys
        }

    return {
        "page": item("page"),
        "quiz": item("quiz"),
        "task": item("assignment"),
        "film": item("video"),
        "paper": item("document"),
        "package": item("scorm"),
        "draft": {key: found | fresh(key, own) for key, found in item("page").items()},
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
