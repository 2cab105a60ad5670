"""Each page takes as many queries as its row says, however much there is to show."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schola.kernel import hosts
from schola.kernel.models import Organization
from schola.kernel.tenants import acting_in
from schola.people.models import Person
from schola.people.sessions import COOKIE, open_session
from tests.e2e.growth import begin_to_grow, grow
from tests.e2e.routes import STRONGEST
from tests.e2e.school import CAST, make_school
from tests.e2e.test_gates import PAGES, address, people

BORDERS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")  # of a transaction: no query


def test_each_page_takes_as_many_queries_as_it_says_with_little_and_with_much(north, ask):
    few = {row.path: ask(row) for row in PAGES}
    with acting_in(north["organization"]):
        grow(north)
    many = {row.path: ask(row) for row in PAGES}

    stated = {row.path: row.queries for row in PAGES}
    faults = [
        f"{path}: {stated[path]} stated, {few[path]} with few rows, {many[path]} with many"
        for path in stated
        if few[path] != many[path] or next(iter(few[path].values())) != stated[path]
    ]
    assert not faults, "\n".join(faults)


@pytest.fixture
def north(db, monkeypatch):
    """The school of the cast, in the database of this test."""
    monkeypatch.setattr(hosts, "KEPT_SECONDS", 3600)  # else the host is read now and then
    north = make_school("North College", None, "!")
    north["organization"] = Organization.objects.get(name="North College").pk
    with acting_in(north["organization"]):
        begin_to_grow(north)
    return north


@pytest.fixture
def ask(north, rf):
    """Return how many queries a page takes each of its readers, the strongest first.

    Who is sent on, as from the sign-in page, is no reader of it. The process is warm.
    """
    clients = {who: _client(who, north, rf) for who in (*CAST, "anon")}

    def count(row):
        path = address(row, {"north": north, "south": north})
        found = {}
        for who in sorted(people(row), key=_weakness):
            if clients[who].get(path).status_code in (row.ok or (200,)):
                found[who] = _counted(clients[who], path)
        return found

    return count


def _weakness(who):
    return STRONGEST.index(who) if who in STRONGEST else len(STRONGEST)


def _counted(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return sum(not query["sql"].startswith(BORDERS) for query in captured)


def _client(who, school, rf):
    client = Client()
    if who != "anon":
        with acting_in(school["organization"]):
            person = Person.objects.get(pk=school["people"][who]["id"])
            client.cookies[COOKIE] = open_session(rf.get("/"), person)
    return client
