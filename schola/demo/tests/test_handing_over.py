"""Whoever looks around as a demo administrator becomes one of their own, and the demo goes."""

import pytest
from django.core.exceptions import ValidationError

from schola.demo import actions
from schola.demo.content.people import PEOPLE
from schola.demo.school import PASSWORD
from schola.kernel.models import AuditEntry, Organization
from schola.people.actions import add_person, copy_role, give_role
from schola.people.actions.sign_in import sign_in
from schola.people.models import Person, Role, RoleGrant, User
from schola.people.sessions import COOKIE

PAGE = "/settings/demo"
WORDS = {"full_name": "Ida Berg", "email": "Ida@school.example", "password": "seven grey herons"}


@pytest.fixture
def omar(school):
    """The administrator of a demo school that has nobody else."""
    mail = next(each.mail for each in PEOPLE if each.role == "administrator")
    user = User.objects.create_user(mail, PASSWORD)
    omar = add_person(mail, "Omar Said", invited=False, user=user)
    give_role(omar, "administrator")
    return Person.objects.get(pk=omar.pk)


@pytest.fixture
def browser(signed_in, omar):
    return signed_in(omar)


def test_one_form_makes_an_administrator_signs_them_in_and_takes_the_demo_away(browser, omar):
    assert 'name="password"' in browser.get(PAGE).text

    home = browser.post(PAGE, WORDS, follow=True)

    ida = Person.objects.get()
    assert home.redirect_chain == [("/", 302)]
    assert "The demo school is gone" in home.text
    assert ida.email == "ida@school.example"
    assert RoleGrant.objects.get(person=ida).role.key == "administrator"
    assert not User.objects.filter(email=omar.email).exists()
    assert browser.get("/people").status_code == 200
    assert sign_in("ida@school.example", WORDS["password"], None) == ida
    assert "There is no demo school here" in browser.get(PAGE).text


def test_the_trail_says_who_did_it(browser, omar):
    browser.post(PAGE, WORDS)

    entries = AuditEntry.objects.filter(actor_id=omar.pk).order_by("pk")
    assert [entry.act for entry in entries] == ["person.added", "person.give-role", "demo.removed"]
    assert entries[0].object_id == entries[1].object_id == str(Person.objects.get().pk)


@pytest.mark.parametrize(
    ("field", "word", "sentence"),
    [
        ("email", "ida@northgate.example", "belong to the demo school"),
        ("email", "IDA@Northgate.Example", "belong to the demo school"),
        ("email", "known@school.example", "already here"),
        ("email", "elsewhere@school.example", "signs in with this e-mail address already"),
        ("email", "nothing", "valid email"),
        ("email", "", "required"),
        ("full_name", "", "required"),
        ("password", "short", "too short"),
        ("password", "9182736455", "entirely numeric"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_happens(browser, field, word, sentence):
    add_person("known@school.example", invited=False)
    User.objects.create_user("elsewhere@school.example", "of another organization")
    before = Person.objects.count(), User.objects.count()

    answer = browser.post(PAGE, WORDS | {field: word})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert (Person.objects.count(), User.objects.count()) == before
    assert not AuditEntry.objects.exists()
    assert browser.get(PAGE).status_code == 200


def test_an_account_of_another_organization_keeps_its_password(browser):
    user = User.objects.create_user("ida@school.example", "of another organization")

    browser.post(PAGE, WORDS)

    user.refresh_from_db()
    assert user.check_password("of another organization")


@pytest.mark.django_db(transaction=True)
def test_if_the_demo_cannot_go_nobody_is_made(browser, omar, monkeypatch):
    def fails():
        raise RuntimeError("no luck")

    monkeypatch.setattr(actions, "uproot_demo", fails)

    with pytest.raises(RuntimeError):
        browser.post(PAGE, WORDS)

    assert list(Person.objects.all()) == [omar]
    assert not User.objects.exclude(pk=omar.user_id).exists()
    assert not AuditEntry.objects.exists()


def test_sent_again_it_does_nothing_more(browser):
    words = WORDS | {"_key": "the-same-form"}
    first = browser.post(PAGE, words)

    again = browser.post(PAGE, words)

    assert (first.status_code, again.status_code) == (302, 302)
    assert Person.objects.count() == User.objects.count() == 1
    assert AuditEntry.objects.filter(act="demo.removed").count() == 1


def test_of_two_forms_that_wait_for_one_another_one_makes_an_administrator(omar):
    actions.hand_over("Ida", "ida@school.example", "seven grey herons", by=omar)

    with pytest.raises(ValidationError, match="just been taken away"):
        actions.hand_over("Eva", "eva@school.example", "seven grey herons", by=omar)

    assert Person.objects.get().full_name == "Ida"


def test_the_old_session_is_over(browser, signed_in, omar):
    other = signed_in(omar)

    browser.post(PAGE, WORDS)

    assert other.post(PAGE, WORDS).status_code == 401
    assert COOKIE in browser.cookies


def test_nobody_gets_more_than_they_may_give(signed_in, omar):
    painter = copy_role(Role.objects.get(key="administrator"), "Painter")
    Role.objects.filter(pk=painter.pk).update(capabilities=["school.edit"])
    user = User.objects.create_user("mira@northgate.example", PASSWORD)
    mira = add_person(user.email, invited=False, user=user)
    give_role(mira, painter.key)

    answer = signed_in(Person.objects.get(pk=mira.pk)).post(PAGE, WORDS)

    assert answer.status_code == 403
    assert not Person.objects.filter(email="ida@school.example").exists()


def test_the_list_of_accounts_goes_when_it_is_done(
    browser, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.DATA = tmp_path
    listed = tmp_path / actions.ACCOUNTS
    listed.write_text("omar")

    with django_capture_on_commit_callbacks() as waiting:
        browser.post(PAGE, WORDS)
    assert listed.exists()
    for callback in waiting:
        callback()

    assert not listed.exists()
    assert Organization.objects.exists()
