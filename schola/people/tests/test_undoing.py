"""An import of people is taken back: all of it that nobody has built upon since."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from schola.kernel import clock
from schola.kernel.jobs import run_waiting
from schola.kernel.models import AuditEntry, Job
from schola.people.actions import (
    accept,
    add_to_group,
    change_person,
    give_role,
    make_group,
    token_for,
)
from schola.people.imports import undoing
from schola.people.models import Group, GroupMember, ImportRow, Person, PersonImport

HEAD = "Name,E-mail,Number,Group\n"


@pytest.fixture
def applied(office):
    """Import a file and apply it: applied("Grace,grace@example.org,7,7a\\n")."""

    def make(text, **columns):
        file = SimpleUploadedFile("people.csv", (HEAD + text).encode())
        answer = office.post("/people/import", {"file": file})
        run_waiting()
        row = PersonImport.objects.get(pk=int(answer["Location"].rpartition("/")[2]))
        if columns:
            office.post(f"/people/import/{row.pk}/check", columns)
            run_waiting()
        office.post(f"/people/import/{row.pk}/apply", {"confirmed": "1"})
        run_waiting()
        return row

    return make


@pytest.fixture
def undo(office):
    """Undo an import and let it happen; return what its page says then."""

    def make(row):
        office.post(f"/people/import/{row.pk}/undo")
        run_waiting()
        row.refresh_from_db()
        return office.get(f"/people/import/{row.pk}").text

    return make


def named(name):
    return Person.objects.filter(full_name=name).first()


def test_what_an_import_did_is_taken_back(applied, undo, ada):
    row = applied("Grace Hopper,grace@example.org,7,7a\nAda King,ada@example.org,1,7a;7b\n")
    assert GroupMember.objects.count() == 3

    page = undo(row)

    assert row.state == "undone"
    assert "All of it was taken back." in page
    assert named("Grace Hopper") is None
    ada.refresh_from_db()
    assert (ada.full_name, ada.number, ada.sort_key) == ("Ada Lovelace", None, "ada lovelace")
    assert not GroupMember.objects.exists()


def test_the_page_says_with_numbers_what_undoing_will_do(applied, office, ada):
    row = applied("Grace,grace@example.org,7,7a\nAlan,alan@example.org,8,\n")

    page = office.get(f"/people/import/{row.pk}?undo=1").text

    assert "2 people who were added are removed again" in page
    assert "1 person leaves the groups" in page
    assert "who was changed" not in page


def test_who_has_begun_to_use_their_account_stays_and_is_named(applied, undo):
    row = applied("Grace Hopper,grace@example.org,7,\nAlan Turing,alan@example.org,8,\n")
    accept(token_for(named("Grace Hopper"), "invitation"), "correct horse battery")

    page = undo(row)

    assert named("Grace Hopper")
    assert named("Alan Turing") is None
    assert "1 row was left as it is" in page
    assert "Grace Hopper</bdi></a>:" in page
    assert "They have signed in meanwhile." in page


@pytest.mark.parametrize("what", ["changed", "group", "role"])
def test_whom_somebody_has_built_upon_stays(what, applied, undo):
    row = applied("Grace Hopper,,7,\n")
    grace = named("Grace Hopper")
    {
        "changed": lambda: change_person(grace, 1, called="Amazing Grace"),
        "group": lambda: add_to_group(make_group("9z"), [grace.pk]),
        "role": lambda: give_role(grace, "manager"),
    }[what]()

    assert "Somebody has" in undo(row)
    assert Person.objects.filter(pk=grace.pk).exists()


def test_what_somebody_has_changed_since_is_not_overwritten(applied, undo, ada):
    row = applied("Ada King,ada@example.org,1,7a\n")
    ada.refresh_from_db()
    change_person(ada, ada.revision, full_name="Countess")

    page = undo(row)

    ada.refresh_from_db()
    assert (ada.full_name, ada.number) == ("Countess", "1")
    assert "Somebody has changed this person meanwhile." in page


def test_an_address_that_somebody_else_has_by_now_is_not_taken_from_them(
    applied, undo, ada, person
):
    Person.objects.filter(pk=ada.pk).update(number="1")
    row = applied("Ada King,ada2@example.org,1,\n")
    Person.objects.filter(pk=person("Alan Turing").pk).update(email="ada@example.org")

    page = undo(row)

    assert "Somebody else has the former address or number meanwhile." in page
    assert Person.objects.get(pk=ada.pk).email == "ada2@example.org"


def test_the_suspended_are_let_in_again_but_not_who_was_suspended_before(applied, undo, person):
    alan, grace = person("Alan Turing"), person("Grace Hopper")
    Person.objects.filter(pk=grace.pk).update(suspended_at=clock.now() - timedelta(days=1))
    columns = {"full_name": "Name", "email": "E-mail", "suspend_missing": "1"}
    row = applied("Bo,bo@example.org,,\n", **columns)
    assert Person.objects.get(pk=alan.pk).suspended_at

    undo(row)

    assert Person.objects.get(pk=alan.pk).suspended_at is None
    assert Person.objects.get(pk=grace.pk).suspended_at


def test_memberships_of_before_stay(applied, undo, ada):
    add_to_group(make_group("7a"), [ada.pk])
    row = applied("Ada Lovelace,ada@example.org,,7a;7b\n")

    undo(row)

    assert GroupMember.objects.get().group.name == "7a"
    assert Group.objects.get().name == "7a"


def test_a_group_that_was_made_goes_and_one_that_is_used_stays_and_is_named(applied, undo, person):
    row = applied("Grace,grace@example.org,7,Late;Later\n")
    add_to_group(Group.objects.get(name="Later"), [person("Ida Late").pk])

    page = undo(row)

    assert Group.objects.get().name == "Later"
    assert "<bdi>Later</bdi>" in page
    assert "All of it was taken back." not in page


def test_undoing_twice_is_undoing_once(applied, undo, office):
    row = applied("Grace,grace@example.org,7,\n")
    undo(row)

    again = office.post(f"/people/import/{row.pk}/undo")
    undoing.undo_import(import_id=row.pk)

    assert again.status_code == 409
    assert AuditEntry.objects.filter(act="people.import-undone").count() == 1


def test_an_undoing_that_broke_goes_on_where_it_stopped(applied, office, monkeypatch):
    row = applied("".join(f"Person {n},p{n}@example.org,{n},Year {n % 3}\n" for n in range(25)))
    monkeypatch.setattr(undoing, "CHUNK", 10)
    real, calls = undoing.checkpoint, []

    def breaks(**data):
        calls.append(data)
        if len(calls) == 2:
            raise OSError("the light went out")
        real(**data)

    monkeypatch.setattr(undoing, "checkpoint", breaks)
    office.post(f"/people/import/{row.pk}/undo")
    run_waiting()
    row.refresh_from_db()
    people = Person.objects.filter(email__startswith="p")
    assert (row.state, people.count()) == ("undoing", 15)

    Job.objects.filter(name="people.imports.undoing.undo_import").update(run_at=row.made_at)
    run_waiting()

    row.refresh_from_db()
    assert (row.state, people.count(), GroupMember.objects.count()) == ("undone", 0, 0)


def test_an_invitation_that_waits_for_somebody_removed_is_no_fault(applied, undo):
    row = applied("Grace,grace@example.org,7,\n")
    mail.outbox.clear()
    Job.objects.filter(name="kernel.events.deliver").update(state="waiting", finished_at=None)

    undo(row)

    assert not Job.objects.filter(name="kernel.events.deliver").exclude(state="done").exists()


def test_the_list_of_what_was_left_is_paged(applied, undo, office):
    row = applied("".join(f"Person {n},p{n}@example.org,{n},\n" for n in range(60)))
    Person.objects.filter(email__startswith="p").update(revision=2)

    undo(row)

    page = office.get(f"/people/import/{row.pk}?kind=left&page=2").text
    assert "Page 2 of 2" in page
    assert ImportRow.objects.exclude(left="").count() == 60


def test_only_who_may_import_undoes(applied, signed_in, office, person):
    row = applied("Grace,grace@example.org,7,\n")
    browser = signed_in(person("Mia Manager", "manager"), type(office)())

    assert browser.post(f"/people/import/{row.pk}/undo").status_code == 404
