"""A role in a group opens no page that is about the whole school."""

import pytest

from schola.people.actions import add_to_group, give_role, make_group
from schola.people.models import Person, RoleGrant

WHOLE = [
    "/settings/school", "/settings/roles", "/settings/jobs", "/settings/audit",
    "/settings/audit.csv", "/settings/certificates", "/people/import", "/people/new",
]  # fmt: skip


@pytest.fixture
def group(school):
    return make_group("7a")


@pytest.fixture
def head(signed_in, person, group):
    """Administrator and auditor of one group, and of nothing else."""
    hana = person("Hana Head")
    for role in ("administrator", "auditor"):
        give_role(hana, role, group)
    return signed_in(Person.objects.get(pk=hana.pk))


@pytest.mark.parametrize("path", WHOLE)
def test_what_is_about_the_whole_school_is_closed(head, path):
    assert head.get(path).status_code == 403


def test_nothing_of_the_whole_school_is_changed(head, school):
    assert head.post("/settings/school", {"name": "Mine"}).status_code == 403
    assert head.post("/settings/roles", {"name": "Mine"}).status_code == 403
    school.refresh_from_db()
    assert school.name == "School"


def test_the_list_of_people_shows_those_of_the_group(head, group, ada, otto):
    add_to_group(group, [ada.pk])

    page = head.get("/people").text

    assert "Ada Lovelace" in page
    assert "Otto Brandt" not in page
    assert "/settings" not in page


def test_a_group_with_a_role_that_one_may_not_take_is_not_deleted(signed_in, person, group, ada):
    give_role(ada, "administrator", group)
    manager = signed_in(person("Mona Manager", "manager"))

    answer = manager.post(f"/groups/{group.pk}/delete", {"revision": group.revision})

    assert answer.status_code == 403
    assert RoleGrant.objects.filter(person=ada, group=group).exists()
