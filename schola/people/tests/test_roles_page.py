"""Settings > Roles: what roles may do, roles of one's own, and that nobody is locked out."""

import pytest

from schola.kernel.models import AuditEntry
from schola.kernel.permissions import declared_for, reach
from schola.people.actions import copy_role, give_role
from schola.people.models import Person, Role, RoleGrant


def role(key):
    return Role.objects.get(key=key)


def ticks(key, *capabilities, name=""):
    """Return a form that ticks these for the role."""
    return {"revision": role(key).revision, "capability": capabilities, "name": name}


def test_the_page_says_what_each_role_may_do_and_how_many_hold_it(office, person):
    person("Mina Berg", "manager")

    page = office.get("/settings/roles").text

    assert "Change groups and who is in them" in page
    assert 'href="/people?role=manager"' in page
    assert "1 person" in page


def test_a_copy_may_do_what_its_original_may(office, ada):
    office.post("/settings/roles", {"name": "Front desk", "original": "manager"})
    give_role(ada, "front-desk")

    assert role("front-desk").capabilities == sorted(declared_for("manager"))
    assert reach(Person.objects.get(pk=ada.pk), "people.list").organization
    assert AuditEntry.objects.filter(act="role.made").exists()


@pytest.mark.parametrize("name", ["Manager", "manager", " AUDITOR ", "", "x" * 81])
def test_a_role_needs_a_name_of_its_own(name, office):
    answer = office.post("/settings/roles", {"name": name, "original": "manager"})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_name_without_latin_letters_is_a_name(office):
    for name in ("教师", "مدرس"):
        office.post("/settings/roles", {"name": name, "original": "auditor"})

    assert {each.name for each in Role.objects.filter(key__startswith="role")} == {"教师", "مدرس"}


def test_ticks_hold_from_the_next_request_on(office, signed_in, person):
    mina = signed_in(person("Mina Berg", "manager"))
    assert mina.get("/people").status_code == 200

    office.post("/settings/roles/manager", ticks("manager", "groups.view"))

    assert mina.get("/people").status_code == 403
    assert mina.get("/groups").status_code == 200
    entry = AuditEntry.objects.select_related("values").get(act="role.changed")
    assert entry.values.after["capabilities"] == ["groups.view"]


def test_a_changed_built_in_role_is_as_delivered_again(office):
    office.post("/settings/roles/manager", ticks("manager", "groups.view"))
    assert "As delivered again" in office.get("/settings/roles/manager").text

    seen = {"revision": role("manager").revision}
    office.post("/settings/roles/manager/restore", seen)

    assert role("manager").capabilities is None
    assert AuditEntry.objects.filter(act="role.restored").exists()


def test_saving_a_built_in_role_as_it_is_does_not_freeze_it(office):
    office.post("/settings/roles/manager", ticks("manager", *declared_for("manager")))

    assert role("manager").capabilities is None


def test_two_who_change_one_role_do_not_overwrite_one_another(office):
    old = ticks("manager", "groups.view")
    office.post("/settings/roles/manager", ticks("manager", "people.list"))

    answer = office.post("/settings/roles/manager", old)

    assert answer.status_code == 409
    assert role("manager").capabilities == ["people.list"]


def test_nobody_can_take_from_all_the_right_to_change_roles(office):
    kept = declared_for("administrator") - {"roles.define"}

    answer = office.post("/settings/roles/administrator", ticks("administrator", *kept))

    assert answer.status_code == 422
    assert "Nobody could change roles any more." in answer.text
    assert role("administrator").capabilities is None
    assert not AuditEntry.objects.filter(act="role.changed").exists()


def test_the_right_to_change_roles_may_move_to_another_role(office, ada):
    copy_role(role("administrator"), "Keeper")
    give_role(ada, "keeper")
    kept = declared_for("administrator") - {"roles.define"}

    office.post("/settings/roles/administrator", ticks("administrator", *kept))

    assert office.get("/settings/roles").status_code == 403


def test_a_capability_that_is_not_there_is_refused(office):
    answer = office.post("/settings/roles/manager", ticks("manager", "moon.fly"))

    assert answer.status_code == 422
    assert role("manager").capabilities is None


def test_a_role_of_ones_own_is_renamed(office):
    copy_role(role("auditor"), "Helper")

    office.post("/settings/roles/helper", ticks("helper", "people.list", name="Reader"))

    assert (role("helper").name, role("helper").capabilities) == ("Reader", ["people.list"])


def test_only_a_role_that_nobody_holds_is_deleted(office, ada):
    helper = copy_role(role("auditor"), "Helper")
    grant = give_role(ada, "helper")
    seen = {"revision": helper.revision}

    refused = office.post("/settings/roles/helper/delete", seen)
    RoleGrant.objects.filter(pk=grant.pk).delete()
    office.post("/settings/roles/helper/delete", seen)

    assert refused.status_code == 422
    assert "Somebody holds this role." in refused.text
    assert not Role.objects.filter(key="helper").exists()
    assert AuditEntry.objects.filter(act="role.deleted").exists()


@pytest.mark.parametrize("what", ["manager/delete", "helper/restore"])
def test_what_only_the_other_kind_of_role_can_is_refused(what, office):
    copy_role(role("auditor"), "Helper")
    key = what.partition("/")[0]
    before = role(key).capabilities

    answer = office.post(f"/settings/roles/{what}", {"revision": role(key).revision})

    assert answer.status_code == 422
    assert role(key).capabilities == before


@pytest.mark.parametrize("who", ["manager", "auditor"])
def test_only_administrators_change_roles(who, signed_in, person):
    browser = signed_in(person("Mina Berg", who))

    assert browser.get("/settings/roles").status_code == 403
    assert browser.get("/settings/roles/manager").status_code == 404
    assert browser.post("/settings/roles/manager", {}).status_code == 404
