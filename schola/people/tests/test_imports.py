"""People from a file: checked as a diff, applied once, going on where it stopped."""

import csv
from io import BytesIO, StringIO
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from schola.kernel import jobs
from schola.kernel.jobs import run_waiting
from schola.kernel.models import AuditEntry, Job
from schola.kernel.sheetwriter import write_xlsx
from schola.kernel.tenants import acting_in
from schola.people.actions import copy_role, give_role
from schola.people.actions.roles import change_role
from schola.people.imports import applying
from schola.people.imports.columns import guess
from schola.people.models import Group, GroupMember, ImportRow, Person, PersonImport, Role


@pytest.fixture
def send(office):
    """Send a file and let it be checked: send("Name,E-mail\\n…") returns the import."""

    def make(text, name="people.csv"):
        data = text if isinstance(text, bytes) else text.encode()
        answer = office.post("/people/import", {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 302
        run_waiting()
        return PersonImport.objects.get(pk=int(answer["Location"].rpartition("/")[2]))

    return make


def apply(office, row, **words):
    answer = office.post(f"/people/import/{row.pk}/apply", words)
    run_waiting()
    row.refresh_from_db()
    return answer


FILE = """Vorname;Nachname;E-Mail-Adresse;Matrikelnummer;Klasse
Grace;Hopper;GRACE@example.org;7;7a, 7b
Alan;Turing;no address;8;7a
Ada;Lovelace-King;ada@example.org;1;7a
Otto;Brandt;otto@example.org;;
Grace;Again;grace@example.org;9;
;;;10;
"""


def test_who_was_brought_in_can_be_found(office, send):
    apply(office, send("Name,E-mail\nEdsger Dijkstra,edsger@example.org\n"))
    row = send("Name,E-mail\nE. W. Dijkstra-Debets,edsger@example.org\n")
    assert "Edsger" in office.get("/search?q=dijkstra").text

    apply(office, row)

    assert "Debets" in office.get("/search?q=dijkstra").text


def test_a_file_is_shown_as_what_it_would_change(send, office, ada):
    row = send(FILE)

    assert row.counts == {
        "created": 1, "rejected": 3, "changed": 1, "unchanged": 1, "makes": ["7a", "7b"],
    }  # fmt: skip
    assert Person.objects.count() == 2
    pages = {kind: office.get(f"/people/import/{row.pk}?kind={kind}").text for kind in row.counts}
    assert "grace@example.org" in pages["created"]
    assert "<del><bdi>Ada Lovelace</bdi></del> → <bdi>Ada Lovelace-King</bdi>" in pages["changed"]
    assert "is no e-mail address" in pages["rejected"]
    assert "Row 2 is about the same person" in pages["rejected"]
    assert "Write a name or an e-mail address" in pages["rejected"]


def test_the_dry_run_names_the_groups_that_would_be_made(send, office):
    Group.objects.create(name="7a")
    row = send("Name,Number,Group\nGrace,7,7a;Nogroup\nAlan,8,nogroup\n,,Nowhere\n")

    page = office.get(f"/people/import/{row.pk}").text
    apply(office, row)

    assert page.count("Makes the group Nogroup.") == 2
    assert page.count("Makes the group nogroup.") == 1
    assert "Makes the group 7a" not in page
    assert set(Group.objects.values_list("name", flat=True)) == {"7a", "Nogroup"}
    assert "Makes the group" not in office.get(f"/people/import/{row.pk}").text


def test_after_applying_the_address_and_the_tab_agree(send, office):
    row = send("Name,Number\nGrace,7\n,,\n,8\n")

    answer = apply(office, row, kind="rejected")

    assert answer["Location"] == f"/people/import/{row.pk}?kind=rejected"
    assert 'href="?kind=rejected" aria-current="page"' in office.get(answer["Location"]).text


def test_what_was_shown_is_done_once(send, office, ada):
    row = send(FILE)

    apply(office, row)
    applying.apply_import(import_id=row.pk)

    grace = Person.objects.get(email="grace@example.org")
    assert (grace.full_name, grace.number, grace.sort_key) == ("Grace Hopper", "7", "grace hopper")
    assert Person.objects.get(pk=ada.pk).full_name == "Ada Lovelace-King"
    assert sorted(Group.objects.values_list("name", flat=True)) == ["7a", "7b"]
    assert GroupMember.objects.count() == 3
    assert row.state == "done"
    assert AuditEntry.objects.filter(act="people.imported").count() == 1
    assert "Done." in office.get(f"/people/import/{row.pk}").text
    assert send(FILE).counts == {"unchanged": 3, "rejected": 3}


def test_rejected_rows_come_back_with_their_reasons(send, office):
    row = send(FILE)

    answer = office.get(f"/people/import/{row.pk}/rejected")

    rows = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0][-2:] == ["Klasse", "Error"]
    assert [each[1] for each in rows[1:]] == ["Turing", "Again", ""]
    assert all(each[-1] for each in rows)


def test_a_workbook_is_read_and_comes_back_as_one(send, office):
    out = BytesIO()
    write_xlsx(out, ["Name", "Email"], [["Grace Hopper", "grace@example.org"], ["Bad", "no"]])

    row = send(out.getvalue(), "people.xlsx")

    assert row.counts == {"created": 1, "rejected": 1}
    assert office.get(f"/people/import/{row.pk}/rejected").content[:2] == b"PK"


def test_columns_can_be_chosen(send, office):
    row = send("Wer,Wohin\nGrace Hopper,grace@example.org\n")
    assert "No column holds an e-mail address" in office.get(f"/people/import/{row.pk}").text

    office.post(f"/people/import/{row.pk}/check", {"full_name": "Wer", "email": "Wohin"})
    run_waiting()

    row.refresh_from_db()
    assert (row.state, row.counts) == ("checked", {"created": 1})


def test_a_file_that_is_no_table_is_refused_with_a_sentence(send, office):
    row = send(b"\x89PNG\0\0\0\0")

    assert "This is no table" in office.get(f"/people/import/{row.pk}").text


def test_names_of_columns_are_understood_in_many_languages():
    assert guess(["Prénom", "Nom", "Courriel", "Classe"]) == {
        "first_name": "Prénom", "last_name": "Nom", "email": "Courriel", "group": "Classe",
    }  # fmt: skip
    assert guess(["Nom", "Adresse e-mail"]) == {"full_name": "Nom", "email": "Adresse e-mail"}
    assert guess(["الاسم", "البريد الإلكتروني"]).keys() == {"full_name", "email"}
    assert guess(["SIS ID", "Full name"]) == {"number": "SIS ID", "full_name": "Full name"}


def test_suspending_more_than_a_tenth_wants_a_second_word(send, office, person):
    for name in ("Ada Lovelace", "Alan Turing", "Grace Hopper"):
        person(name)
    row = send("Name,E-mail\nAda Lovelace,ada@example.org\n")
    office.post(f"/people/import/{row.pk}/check",
                {"full_name": "Name", "email": "E-mail", "suspend_missing": "1"})  # fmt: skip
    run_waiting()

    assert apply(office, row).status_code == 422
    assert not Person.objects.exclude(suspended_at=None).exists()
    assert "2 people are not in the file" in office.get(f"/people/import/{row.pk}").text

    apply(office, row, confirmed="1")

    suspended = Person.objects.exclude(suspended_at=None).order_by("full_name")
    assert [each.full_name for each in suspended] == ["Alan Turing", "Grace Hopper"]


def test_an_import_that_broke_goes_on_where_it_stopped(send, office, monkeypatch):
    lines = [f"Person {n},p{n}@example.org,{n},Year {n % 3}" for n in range(25)]
    row = send("\n".join(["Name,E-mail,Number,Group", *lines]))
    monkeypatch.setattr(applying, "CHUNK", 10)
    real, calls = applying.checkpoint, []

    def breaks(**data):
        calls.append(data)
        if len(calls) == 2:
            raise OSError("the light went out")
        real(**data)

    monkeypatch.setattr(applying, "checkpoint", breaks)
    apply(office, row)
    assert (row.state, Person.objects.filter(email__startswith="p").count()) == ("applying", 10)

    Job.objects.filter(name="people.imports.applying.apply_import").update(run_at=row.made_at)
    run_waiting()

    row.refresh_from_db()
    assert row.state == "done"
    assert Person.objects.filter(email__startswith="p").count() == 25
    assert GroupMember.objects.count() == 25
    invited = Job.objects.filter(name="kernel.events.deliver", arguments__event="person.invited")
    handlers = invited.values_list("arguments__handler", flat=True)
    for handler in set(handlers):
        assert list(handlers).count(handler) == 25


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer anyway")
def test_two_workers_with_the_same_import_make_nobody_twice(send, school):
    row = send("\n".join(["Name,E-mail", *(f"Person {n}," for n in range(300))]))
    PersonImport.objects.filter(pk=row.pk).update(state="applying")

    def work():
        with acting_in(school.pk):
            applying.apply_import(import_id=row.pk)
        connection.close()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert Person.objects.filter(full_name__startswith="Person").count() == 300


def test_what_changed_meanwhile_is_not_overwritten(send, office, ada, person):
    row = send("Name,E-mail,Number\nAda King,ada@example.org,1\nGrace,grace@example.org,2\n")
    Person.objects.filter(pk=ada.pk).update(full_name="Countess")
    person("Grace Hopper")

    apply(office, row)

    assert Person.objects.get(pk=ada.pk).full_name == "Countess"
    errors = ImportRow.objects.filter(of=row).exclude(error="")
    assert errors.count() == 2
    assert "2 rows could not be applied" in office.get(f"/people/import/{row.pk}").text


def test_only_who_may_import_sees_it(send, signed_in, ada, office, person):
    row = send("Name,E-mail\nGrace,grace@example.org\n")
    browser = signed_in(person("Mia Manager", "manager"), type(office)())

    assert browser.get("/people/import").status_code == 403
    assert browser.get(f"/people/import/{row.pk}").status_code == 404
    assert browser.post(f"/people/import/{row.pk}/apply").status_code == 404


def test_the_page_renews_itself_while_it_works(send, office):
    file = SimpleUploadedFile("a.csv", b"Name,E-mail\nGrace,grace@example.org\n")
    where = office.post("/people/import", {"file": file})["Location"]

    page = office.get(where).text

    assert "data-live=" in page
    assert 'http-equiv="refresh"' in page
    assert "<html" not in office.get(f"{where}?fragment=1").text
    assert jobs.run_waiting() >= 1
    assert "1 person would be added or changed" in office.get(where).text


def test_a_file_takes_over_nobody_who_holds_more(signed_in, person, otto, office, send):
    Person.objects.filter(pk=otto.pk).update(number="7")
    row = send("Number,E-mail\n7,evil@example.org\n")
    role = copy_role(Role.objects.get(key="auditor"), "Desk")
    change_role(role, role.revision, ["people.import", "people.list", "people.view"], "Desk")
    dana = person("Dana Desk", role.key)
    PersonImport.objects.filter(pk=row.pk).update(by=dana)

    apply(signed_in(dana), row)

    otto.refresh_from_db()
    assert otto.email == "otto@example.org"
    assert "hold rights" in ImportRow.objects.get(of=row).error


def test_who_has_been_given_a_role_meanwhile_is_not_suspended(office, send, ada, otto):
    row = send("Name,E-mail\nOtto Brandt,otto@example.org\n")
    office.post(f"/people/import/{row.pk}/check",
                {"full_name": "Name", "email": "E-mail", "suspend_missing": "1"})  # fmt: skip
    run_waiting()
    assert ImportRow.objects.filter(of=row, kind="suspended", person=ada).exists()
    give_role(ada, "auditor")

    apply(office, row, confirmed="1")

    ada.refresh_from_db()
    assert ada.suspended_at is None
