"""The audit trail in words, for administrators and auditors."""

import csv
import re
from io import StringIO

import pytest

from schola.kernel import audit, clock
from schola.kernel.models import AuditEntry
from schola.people.actions import change_role, copy_role
from schola.people.models import Person, Role


@pytest.fixture
def auditor(signed_in, person):
    return signed_in(person("Aude Martin", "auditor"))


def cells(page):
    """Return what stands in the table of the page, as text."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_an_act_is_told_in_words_with_links(auditor, otto, ada):
    audit.act(otto.pk, "person.suspend", "person", ada.pk)

    page = auditor.get("/settings/audit").text

    assert cells(page)[0].endswith("Otto Brandt suspended Person Ada Lovelace")
    assert f'<a href="/people/{ada.pk}"><bdi>Ada Lovelace</bdi></a>' in page
    assert "person.suspend" not in page.partition("<tbody>")[2]


def test_the_last_comes_first_and_pages_turn_by_where_they_end(auditor, otto, ada):
    for _ in range(60):
        audit.act(otto.pk, "person.change", "person", ada.pk)
    audit.act(otto.pk, "person.invite", "person", ada.pk)

    first = auditor.get("/settings/audit").text
    older = re.search(r"before=(\d+)", first)[1]
    audit.act(otto.pk, "person.change", "person", ada.pk)
    second = auditor.get(f"/settings/audit?before={older}").text

    assert "invited" in cells(first)[0]
    assert (len(cells(first)), len(cells(second))) == (50, 11)
    assert "Newest" in second
    assert "Older" not in second


def test_people_acts_and_days_are_found(auditor, otto, ada, person):
    grace = person("Grace Hopper")
    audit.act(otto.pk, "person.join", "person", ada.pk)
    audit.act(otto.pk, "group.joined", "person", grace.pk)
    audit.act(grace.pk, "person.change", "person", otto.pk)
    today = clock.now().date().isoformat()

    def found(query):
        return len(cells(auditor.get(f"/settings/audit?{query}").text))

    assert found("who=grace") == 2
    assert found("who=GRACE hopper&act=person.join") == 1
    assert found("act=person.join") == 2  # both are called "put into a group"
    assert found(f"since={today}&until={today}") == 3
    assert found("until=2020-01-01") == 0
    assert found("who=nobody") == 0


def test_a_day_that_is_none_is_said(auditor):
    assert auditor.get("/settings/audit?since=yesterday").status_code == 422
    assert auditor.get("/settings/audit.csv?since=yesterday").status_code == 422


def test_what_is_gone_is_told_without_a_link(auditor, otto, person):
    gone = person("Grace Hopper")
    audit.act(otto.pk, "person.added", "person", gone.pk)
    Person.objects.filter(pk=gone.pk).delete()

    assert cells(auditor.get("/settings/audit").text)[0].endswith("Otto Brandt added Person")


def test_who_did_it_and_is_gone_is_said_in_words(auditor, otto, ada, person):
    gone = person("Grace Hopper")
    audit.act(gone.pk, "person.suspend", "person", ada.pk)
    audit.act(None, "person.change", "person", ada.pk)
    Person.objects.filter(pk=gone.pk).delete()

    by_nobody, by_gone = cells(auditor.get("/settings/audit").text)[:2]
    text = b"".join(auditor.get("/settings/audit.csv")).decode("utf-8-sig")

    assert by_nobody.endswith("– changed Person Ada Lovelace")
    assert by_gone.endswith("Somebody who is gone suspended Person Ada Lovelace")
    assert '"Somebody who is gone"' in text


def test_the_log_of_a_person_says_it_too(office, ada, person):
    gone = person("Grace Hopper")
    audit.act(gone.pk, "person.suspend", "person", ada.pk)
    Person.objects.filter(pk=gone.pk).delete()

    assert "Somebody who is gone" in office.get(f"/people/{ada.pk}/log").text


def test_who_may_read_the_trail_but_not_people_reads_names_without_links(
    signed_in, otto, ada, person
):
    role = copy_role(Role.objects.get(key="auditor"), "Trail reader")
    change_role(role, role.revision, ["audit.view"], role.name)
    audit.act(otto.pk, "person.suspend", "person", ada.pk)

    page = signed_in(person("Tia Reader", role.key)).get("/settings/audit").text

    assert cells(page)[0].endswith("Otto Brandt suspended Person Ada Lovelace")
    assert 'href="/people/' not in page.partition("<tbody>")[2]


def test_the_file_holds_all_and_no_formula_and_is_itself_in_the_trail(auditor, otto, person):
    trickster = person("=HYPERLINK(1)")
    for _ in range(1200):
        audit.act(otto.pk, "person.change", "person", trickster.pk)

    answer = auditor.get("/settings/audit.csv?act=person.change")
    rows = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))

    assert len(rows) == 1201
    assert rows[1][1:] == ["Otto Brandt", "changed", "Person", "'=HYPERLINK(1)"]
    assert AuditEntry.objects.filter(act="read audit.csv").count() == 1


def test_only_administrators_and_auditors_read_it(signed_in, otto, person, client):
    manager = signed_in(person("Mia Manager", "manager"))

    assert signed_in(otto).get("/settings/audit").status_code == 200
    assert manager.get("/settings/audit").status_code == 403
    assert manager.get("/settings/audit.csv").status_code == 403


def test_a_date_beyond_all_days_is_refused(auditor):
    assert auditor.get("/settings/audit?until=9999-12-31").status_code == 422


def test_the_file_speaks_the_reader_s_language_at_their_time(auditor, otto, ada):
    Person.objects.filter(full_name="Aude Martin").update(language="de", time_zone="Asia/Tokyo")
    audit.act(otto.pk, "person.suspend", "person", ada.pk)

    text = b"".join(auditor.get("/settings/audit.csv")).decode("utf-8-sig")

    told = next(row for row in csv.reader(StringIO(text)) if "Ada Lovelace" in row[-1])
    assert told[0].endswith("+09:00")
    assert told[2] == "gesperrt"
