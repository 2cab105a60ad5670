"""Administrators and people: added, invited, suspended, given roles, put into groups."""

import pytest

from schola.kernel import audit
from schola.kernel.models import AuditEntry
from schola.people.actions import add_to_group, make_group
from schola.people.models import GroupMember, Person, RoleGrant, SignInToken


def test_an_address_is_enough(office):
    answer = office.post("/people/new", {"email": "Grace@Example.org"}, follow=True)

    assert Person.objects.get(email="grace@example.org").full_name == "grace"
    assert "gets an invitation" in answer.text
    assert AuditEntry.objects.filter(act="person.added").exists()


def test_nobody_is_there_twice(office, ada):
    answer = office.post("/people/new", {"email": ada.email})

    assert answer.status_code == 422
    assert "already here" in answer.text


def test_acts_on_a_person(office, ada, school):
    url = f"/people/{ada.pk}/change"
    group = make_group("Class 7")

    office.post(f"/people/{ada.pk}/roles", {"do": "give-role", "role": "manager"})
    office.post(url, {"do": "join", "group": group.pk})
    office.post(url, {"do": "suspend"})

    assert RoleGrant.objects.get(person=ada).role.key == "manager"
    assert GroupMember.objects.get(person=ada).group == group
    assert Person.objects.get(pk=ada.pk).suspended_at
    assert audit.verify(school) == []


def test_the_last_administrator_stays_one(office, otto):
    grant = RoleGrant.objects.get(person=otto)

    answer = office.post(f"/people/{otto.pk}/roles", {"do": "take-role", "grant": grant.pk})

    assert answer.status_code == 422
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


def test_an_old_form_does_not_overwrite(office, ada):
    words = {"do": "change", "full_name": "Ada King", "email": ada.email, "revision": 1}
    office.post(f"/people/{ada.pk}/change", words)

    late = office.post(f"/people/{ada.pk}/change", words | {"full_name": "Ada Byron"})

    assert late.status_code == 409
    assert Person.objects.get(pk=ada.pk).full_name == "Ada King"


def test_a_learner_sees_oneself_only(signed_in, ada, otto):
    browser = signed_in(ada)

    assert browser.get("/people").status_code == 403
    assert browser.get(f"/people/{ada.pk}").status_code == 200
    assert browser.get(f"/people/{otto.pk}").status_code == 404
    assert browser.post(f"/people/{ada.pk}/change", {"do": "invite"}).status_code == 403
    assert browser.post(f"/people/{ada.pk}/roles", {"do": "give-role"}).status_code == 403


def test_a_learner_is_led_to_no_page_that_is_closed_to_them(signed_in, office, ada):
    group = make_group("Class 7")
    add_to_group(group, [ada.pk])
    links = ('href="/people"', f'href="/groups/{group.pk}"')

    own, all_of_it = (browser.get(f"/people/{ada.pk}").text for browser in (signed_in(ada), office))

    assert "Class 7" in own
    assert [link in own for link in links] == [False, False]
    assert [link in all_of_it for link in links] == [True, True]


def test_the_list_takes_a_fixed_number_of_queries(office, person, django_assert_max_num_queries):
    for n in range(30):
        person(f"P{n} Many")
    office.get("/people")

    with django_assert_max_num_queries(6):
        assert office.get("/people?q=many").status_code == 200


def test_tokens_are_kept_as_digests(school):
    assert not any(f.name == "token" for f in SignInToken._meta.fields)


def test_whoever_oversees_the_school_reads_the_list_and_changes_nothing(signed_in, person, ada):
    manager = signed_in(person("Mina Berg", "manager"))

    page = manager.get("/people").text

    assert ada.full_name in page
    assert "Add a person" not in page
    assert manager.post("/people/act", {"do": "suspend", "person": ada.pk}).status_code == 403


def test_learners_do_not_see_the_list(signed_in, ada):
    assert signed_in(ada).get("/people").status_code == 403


def test_the_list_shows_one_group(office, ada, person):
    group = make_group("Class 7")
    add_to_group(group, [ada.pk])
    other = person("Grace Hopper")

    page = office.get(f"/people?group={group.pk}").text

    assert f"/people/{ada.pk}" in page
    assert f"/people/{other.pk}" not in page


def test_several_are_picked_and_put_into_a_group(office, ada, person):
    group = make_group("Class 7")
    picked = {"do": "join", "group": group.pk, "person": [ada.pk, person("Grace Hopper").pk]}

    answer = office.post("/people/act", picked, follow=True)

    assert "Done for 2 people." in answer.text
    assert GroupMember.objects.filter(group=group).count() == 2
    assert AuditEntry.objects.filter(act="person.join").count() == 2


def test_suspending_several_does_nothing_if_oneself_is_among_them(office, otto, ada):
    picked = {"do": "suspend", "person": [ada.pk, otto.pk]}

    answer = office.post("/people/act", picked, follow=True)

    assert "You cannot suspend yourself" in answer.text
    assert not Person.objects.get(pk=ada.pk).suspended_at


def test_only_who_was_in_a_group_has_left_it(office, ada, otto):
    group = make_group("Class 7")
    add_to_group(group, [ada.pk])

    for out in (ada.pk, otto.pk, "x"):
        office.post(f"/groups/{group.pk}/change", {"out": out})

    left = AuditEntry.objects.filter(act="group.left").values_list("object_id", flat=True)
    assert list(left) == [str(ada.pk)]


@pytest.mark.parametrize("joins", [True, False])
def test_a_group_changes_only_with_the_entry_that_says_so(joins, office, ada, monkeypatch):
    group = make_group("Class 7")
    add_to_group(group, [] if joins else [ada.pk])
    monkeypatch.setattr(audit, "act", lambda *_given, **_more: 1 / 0)

    said = {"who": ada.email} if joins else {"out": ada.pk}
    with pytest.raises(ZeroDivisionError):
        office.post(f"/groups/{group.pk}/change", said)

    assert GroupMember.objects.filter(group=group).exists() != joins
