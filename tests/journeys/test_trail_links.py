"""The audit trail links what its reader may open, and names the rest."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schola.completion.models import Certificate
from schola.courses.activity_types import Result
from schola.kernel import audit
from schola.people.actions import change_role, copy_role, give_role, make_group
from schola.people.models import Person, Role
from schola.records.actions import record


@pytest.fixture
def reader(person):
    """Somebody who may read the audit trail and nothing else."""
    role = copy_role(Role.objects.get(key="auditor"), "Trail")
    change_role(role, role.revision, ["audit.view"], "Trail")
    reader = person("Rita Reader")
    give_role(reader, role.key)
    return Person.objects.get(pk=reader.pk)


@pytest.fixture
def certificate(tove, seat, course, add):
    """Ada has finished the course and has a certificate."""
    record(seat.pk, add("page").pk, Result(verb="completed", finished=True))
    return Certificate.objects.get()


@pytest.fixture
def things(otto, ada, course, add, certificate, reader):
    """One of each kind, with an entry in the trail: {what it is called: its kind}."""
    kinds = {
        "person": (ada.pk, "Ada Lovelace"),
        "course": (course.pk, "Algebra"),
        "activity": (add("quiz", title="Fractions").pk, "Fractions"),
        "group": (make_group("Class 7").pk, "Class 7"),
        "role": (Role.objects.get(name="Trail").pk, "Trail"),
        "report": ("course-progress", "Course progress"),
        "certificate": (certificate.pk, certificate.fields["name"]),
    }
    write_down(otto, kinds)
    return kinds


def write_down(who, kinds, times=1):
    for kind, (pk, _name) in list(kinds.items()) * times:
        audit.act(who.pk, "course.changed", kind, pk)


def table_of(page):
    return page.text.partition("<tbody>")[2].partition("</tbody>")[0]


def links(page):
    return set(re.findall(r'<a href="(/[^"]+)">', table_of(page)))


def test_who_only_reads_the_trail_reads_names_without_links(signed_in, reader, things):
    page = signed_in(reader).get("/settings/audit")

    assert page.status_code == 200
    for _pk, name in things.values():
        assert f"<bdi>{name}</bdi>" in table_of(page)
    assert links(page) == set()


def test_an_administrator_follows_every_link(signed_in, otto, things):
    office = signed_in(otto)

    found = links(office.get("/settings/audit"))

    for start in ("/people/", "/courses/algebra", "/groups/", "/settings/roles/", "/reports/"):
        assert any(url.startswith(start) for url in found), start
    assert any(url.startswith("/verify/") for url in found)
    assert any(url.count("/") == 3 for url in found if url.startswith("/courses/"))
    for url in found:
        assert office.get(url).status_code == 200, url


def test_a_course_that_is_not_public_is_linked_for_its_authors_only(
    signed_in, person, otto, course
):
    auditor = person("Aude Martin", "auditor")
    audit.act(otto.pk, "course.changed", "course", course.pk)

    assert "/courses/algebra" not in links(signed_in(auditor).get("/settings/audit"))
    assert signed_in(auditor).get("/courses/algebra").status_code == 404
    assert "/courses/algebra" in links(signed_in(otto).get("/settings/audit"))


def test_links_cost_the_same_however_many_entries_there_are(signed_in, reader, otto, things):
    browser, counts = signed_in(reader), []
    browser.get("/settings/audit")
    for times in (1, 5):
        write_down(otto, things, times)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/settings/audit")
        counts.append(len(asked))

    assert counts[0] == counts[1]
