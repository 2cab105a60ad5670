"""The roles of one person: where they hold, for how long, and who may give them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from schola.kernel import clock
from schola.kernel.models import AuditEntry
from schola.kernel.permissions import can, reach
from schola.people.actions import (
    add_to_group,
    copy_role,
    give_role,
    make_group,
    suspend,
)
from schola.people.actions.roles import change_role
from schola.people.models import Person, Role, RoleGrant


@pytest.fixture
def own_role(school):
    """Make a role that holds these capabilities: own_role("Desk", "people.list")."""

    def make(name, *capabilities):
        role = copy_role(Role.objects.get(key="auditor"), name)
        change_role(role, role.revision, capabilities, name)
        return role

    return make


@pytest.fixture
def desk(signed_in, person, own_role):
    """Somebody at a desk who gives roles, and reads the list of people."""
    own_role("Desk", "people.list", "people.view", "roles.edit")
    return signed_in(person("Dana Desk", "desk"))


def fresh(person):
    """Return the person as the next request finds them."""
    return Person.objects.get(pk=person.pk)


def grant_of(person, key):
    return RoleGrant.objects.get(person=person, role__key=key)


def test_a_role_is_given_for_one_group_to_the_end_of_a_day(office, ada, school):
    group = make_group("Class 7")
    day = timezone.localdate() + timedelta(days=30)
    said = {"do": "give-role", "role": "manager", "group": group.pk, "last_day": day.isoformat()}

    office.post(f"/people/{ada.pk}/roles", said)

    grant = grant_of(ada, "manager")
    assert grant.group == group
    assert timezone.localdate(grant.ends_at) == day
    page = office.get(f"/people/{ada.pk}").text
    assert "in the group Class 7" in page
    assert f'value="{day.isoformat()}"' in page
    entry = AuditEntry.objects.select_related("values").get(act="person.give-role")
    assert entry.values.after == {"role": "Manager", "group": "Class 7", "until": str(day)}


def test_a_role_in_a_group_reaches_its_people_only(ada, person):
    mina, other = person("Mina Berg"), person("Grace Hopper")
    group = make_group("Class 7")
    add_to_group(group, [ada.pk])

    give_role(mina, "manager", group)

    assert can(fresh(mina), "people.view", ada)
    assert not can(fresh(mina), "people.view", other)


def test_the_end_of_a_role_is_moved_and_taken_off(office, ada):
    give_role(ada, "manager", ends_at=clock.now() + timedelta(days=3))
    grant = grant_of(ada, "manager")
    later = timezone.localdate() + timedelta(days=60)
    url, said = f"/people/{ada.pk}/roles", {"do": "change-role-end", "grant": grant.pk}

    office.post(url, said | {"last_day": later.isoformat()})
    assert timezone.localdate(grant_of(ada, "manager").ends_at) == later

    office.post(url, said | {"last_day": ""})
    assert grant_of(ada, "manager").ends_at is None
    assert AuditEntry.objects.filter(act="person.change-role-end").count() == 2


def test_a_role_gives_nothing_after_its_end_though_the_process_knew_it(ada):
    give_role(ada, "manager", ends_at=clock.now() + timedelta(hours=1))
    ada = fresh(ada)
    assert reach(ada, "people.list")

    with clock.at(clock.now() + timedelta(hours=2)):
        assert not reach(ada, "people.list")


def test_a_page_is_closed_to_whoever_had_the_role_until_yesterday(signed_in, ada):
    give_role(ada, "manager", ends_at=clock.now() + timedelta(hours=1))
    browser = signed_in(ada)
    assert browser.get("/people").status_code == 200

    with clock.at(clock.now() + timedelta(hours=2)):
        assert browser.get("/people").status_code == 403


def test_other_roles_go_on_when_one_ends(ada):
    give_role(ada, "manager", ends_at=clock.now() + timedelta(hours=1))
    give_role(ada, "auditor")
    ada = fresh(ada)
    assert reach(ada, "groups.edit")

    with clock.at(clock.now() + timedelta(hours=2)):
        assert not reach(ada, "groups.edit")
        assert reach(ada, "people.list")


@pytest.mark.parametrize("day", ["2020-01-01", "tomorrow", "9999-12-31"])
def test_an_end_that_cannot_be_is_refused_in_words(day, office, ada):
    said = {"do": "give-role", "role": "manager", "last_day": day}

    answer = office.post(f"/people/{ada.pk}/roles", said)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not RoleGrant.objects.filter(person=ada).exists()


@pytest.mark.parametrize("role", ["", "nothing", "a" * 200])
def test_a_role_that_is_not_there_is_refused_in_words(role, office, ada):
    answer = office.post(f"/people/{ada.pk}/roles", {"do": "give-role", "role": role})

    assert answer.status_code == 422
    assert "Choose a role." in answer.text


def test_nobody_gives_a_role_that_holds_more_than_they_do(desk, ada, own_role):
    own_role("Reader", "people.list", "people.view")
    url = f"/people/{ada.pk}/roles"

    for stronger in ("administrator", "auditor", "manager"):
        assert desk.post(url, {"do": "give-role", "role": stronger}).status_code == 403
    assert desk.post(url, {"do": "give-role", "role": "reader"}).status_code == 302

    assert [grant.role.key for grant in RoleGrant.objects.filter(person=ada)] == ["reader"]


def test_the_page_offers_only_what_one_may_give(desk, office, ada):
    own = desk.get(f"/people/{ada.pk}").text
    all_of_them = office.get(f"/people/{ada.pk}").text

    assert '<option value="desk">' in own
    assert '<option value="administrator">' not in own
    assert '<option value="administrator">' in all_of_them


def test_nobody_takes_away_a_role_that_holds_more_than_they_do(desk, otto, person):
    person("Odo Second", "administrator")
    grant = grant_of(otto, "administrator")

    for what in ("take-role", "change-role-end"):
        said = {"do": what, "grant": grant.pk, "last_day": "2099-01-01"}
        assert desk.post(f"/people/{otto.pk}/roles", said).status_code == 403

    assert grant_of(otto, "administrator").ends_at is None


def test_who_gives_roles_in_a_group_gives_none_beyond_it(signed_in, person, own_role, ada):
    own_role("Tutor", "people.view", "groups.view", "roles.edit")
    group, other = make_group("Class 7"), make_group("Class 8")
    add_to_group(group, [ada.pk])
    tutor = person("Tilda Tutor")
    give_role(tutor, "tutor", group)
    give_role(tutor, "auditor", other)
    browser = signed_in(tutor)
    url, said = f"/people/{ada.pk}/roles", {"do": "give-role", "role": "tutor"}

    assert browser.post(url, said).status_code == 403
    assert browser.post(url, said | {"group": other.pk}).status_code == 403
    assert browser.post(url, said | {"group": group.pk}).status_code == 302

    assert grant_of(ada, "tutor").group == group


def test_the_last_administrator_gets_no_end_and_is_not_suspended(office, otto, person):
    grant = grant_of(otto, "administrator")
    said = {"do": "change-role-end", "grant": grant.pk, "last_day": "2099-01-01"}
    office_of_another = person("Dana Desk")

    answer = office.post(f"/people/{otto.pk}/roles", said)

    assert answer.status_code == 422
    assert "Make somebody else an administrator first." in answer.text
    with pytest.raises(ValidationError, match="administrator first"):
        suspend(otto, by=office_of_another)


@pytest.mark.parametrize("how", ["suspended", "without a sign-in", "ends", "in a group"])
def test_an_administrator_who_will_not_be_there_does_not_count(how, office, otto, person):
    other = person("Odo Second")
    group = make_group("Class 7") if how == "in a group" else None
    ends_at = clock.now() + timedelta(days=9) if how == "ends" else None
    give_role(other, "administrator", group, ends_at=ends_at)
    if how == "suspended":
        suspend(other, by=otto)
    if how == "without a sign-in":
        Person.objects.filter(pk=other.pk).update(user=None)
    grant = grant_of(otto, "administrator")

    answer = office.post(f"/people/{otto.pk}/roles", {"do": "take-role", "grant": grant.pk})

    assert answer.status_code == 422
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


def test_an_administrator_goes_when_there_is_another(office, otto, person):
    person("Odo Second", "administrator")
    grant = grant_of(otto, "administrator")

    office.post(f"/people/{otto.pk}/roles", {"do": "take-role", "grant": grant.pk})

    assert office.get("/settings/school").status_code == 403


def test_a_grant_of_somebody_else_is_not_taken_by_this_page(office, otto, ada):
    grant = grant_of(otto, "administrator")

    answer = office.post(f"/people/{ada.pk}/roles", {"do": "take-role", "grant": grant.pk})

    assert answer.status_code == 422
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


def test_the_list_shows_who_holds_a_role_now(office, ada, person):
    give_role(ada, "manager")
    gone = person("Grace Hopper")
    give_role(gone, "manager", ends_at=clock.now() + timedelta(hours=1))

    with clock.at(clock.now() + timedelta(hours=2)):
        page = office.get("/people?role=manager").text

    assert f"/people/{ada.pk}" in page
    assert f"/people/{gone.pk}" not in page


def test_nobody_takes_over_who_holds_more_by_changing_their_address(
    signed_in, person, own_role, otto, tove, ada
):
    own_role("Front", "people.view", "people.edit")
    front = signed_in(person("Fay Front", "front"))

    for other, status in ((otto, 422), (tove, 422), (ada, 302)):
        said = {"do": "change", "full_name": other.full_name, "revision": other.revision}
        url = f"/people/{other.pk}/change"
        assert front.post(url, said | {"email": f"new{other.pk}@example.org"}).status_code == status

    assert Person.objects.get(pk=otto.pk).email == otto.email


def test_whose_role_ends_gives_none_that_lasts_longer(signed_in, person, own_role, ada):
    role = own_role("Desk", "people.list", "people.view", "roles.edit")
    dana = person("Dana Desk")
    grant = give_role(dana, role.key, ends_at=clock.now() + timedelta(days=1))
    desk = signed_in(fresh(dana))

    mine = {"do": "change-role-end", "grant": grant.pk, "last_day": ""}
    assert desk.post(f"/people/{dana.pk}/roles", mine).status_code == 403
    given = {"do": "give-role", "role": role.key, "group": "", "last_day": ""}
    assert desk.post(f"/people/{ada.pk}/roles", given).status_code == 403

    grant.refresh_from_db()
    assert grant.ends_at is not None
    assert not RoleGrant.objects.filter(person=ada).exists()
