"""Groups: named once, renamed, deleted with words that say what follows."""

import pytest
from django.core.exceptions import ValidationError

from schola.kernel.models import AuditEntry
from schola.kernel.permissions import reach
from schola.people.actions import add_to_group, delete_group, give_role, make_group
from schola.people.models import Group, Person, RoleGrant


@pytest.fixture
def group(school):
    return make_group("Class 7")


def test_a_group_is_made_once_under_a_name(office, group):
    answer = office.post("/groups", {"name": " Class 7 "})

    assert answer.status_code == 422
    assert "There is a group of this name already." in answer.text


def test_a_group_is_renamed(office, group):
    office.post(f"/groups/{group.pk}/name", {"name": "Class 8", "revision": 1})

    assert Group.objects.get(pk=group.pk).name == "Class 8"
    entry = AuditEntry.objects.select_related("values").get(act="group.renamed")
    assert (entry.values.before, entry.values.after) == ({"name": "Class 7"}, {"name": "Class 8"})


def test_a_group_does_not_take_the_name_of_another(office, group):
    make_group("Class 8")

    answer = office.post(f"/groups/{group.pk}/name", {"name": "Class 8", "revision": 1})

    assert answer.status_code == 422
    assert "There is a group of this name already." in answer.text
    assert Group.objects.get(pk=group.pk).name == "Class 7"


def test_two_who_rename_one_group_do_not_overwrite_one_another(office, group):
    office.post(f"/groups/{group.pk}/name", {"name": "Class 8", "revision": 1})

    late = office.post(f"/groups/{group.pk}/name", {"name": "Class 9", "revision": 1})

    assert late.status_code == 409
    assert Group.objects.get(pk=group.pk).name == "Class 8"


def test_a_group_that_is_deleted_leaves_its_people_and_ends_its_roles(office, group, ada, person):
    add_to_group(group, [ada.pk])
    mina = person("Mina Berg")
    give_role(mina, "manager", group)

    said = office.get(f"/groups/{group.pk}/delete").text
    office.post(f"/groups/{group.pk}/delete", {"revision": 1})

    assert "1 person is no longer in the group." in said
    assert "1 role that holds in this group only ends." in said
    assert not Group.objects.exists()
    assert Person.objects.filter(pk=ada.pk).exists()
    assert not RoleGrant.objects.filter(person=mina).exists()
    assert not reach(Person.objects.get(pk=mina.pk), "people.view").groups
    entry = AuditEntry.objects.select_related("values").get(act="group.deleted")
    assert entry.values.before == {"name": "Class 7", "people": 1, "courses": []}
    assert AuditEntry.objects.filter(act="person.take-role", object_id=str(mina.pk)).exists()


def test_nobody_joins_a_group_that_has_been_deleted(group, ada):
    delete_group(group, 1)

    with pytest.raises(ValidationError, match="This group has been deleted meanwhile"):
        add_to_group(group, [ada.pk])


def test_a_group_that_was_renamed_meanwhile_is_not_deleted(office, group):
    office.post(f"/groups/{group.pk}/name", {"name": "Class 8", "revision": 1})

    answer = office.post(f"/groups/{group.pk}/delete", {"revision": 1})

    assert answer.status_code == 409
    assert "Class 8" in answer.text
    assert Group.objects.exists()


def test_who_only_looks_at_groups_changes_none(signed_in, person, group):
    auditor = signed_in(person("Aude Martin", "auditor"))

    page = auditor.get(f"/groups/{group.pk}").text

    assert "delete-group" not in page
    for what in ("name", "delete"):
        assert auditor.get(f"/groups/{group.pk}/{what}").status_code == 403
        assert auditor.post(f"/groups/{group.pk}/{what}", {}).status_code == 403
