"""What opens a module opens all that lies in it, however deep."""

import re

import pytest
from django.core.exceptions import ValidationError

from schola.courses.actions import add_module, move_activity, set_prerequisites, stamp_of
from schola.courses.conditions import hangs_on
from schola.courses.models import Module
from schola.kernel.models import AuditEntry
from schola.records.actions import tick


@pytest.fixture
def first(add):
    """What is to be finished before the locked module."""
    return add("page", title="First", rule={"when": "ticked"})


@pytest.fixture
def locked(course):
    return add_module(course, "Locked")


@pytest.fixture
def inside(course, add, locked, first):
    """A page in a module of the locked module."""
    page = add("page", title="Inside")
    move_activity(page, add_module(course, "Inner", locked), 0)
    return page


@pytest.fixture
def author(signed_in, tove):
    return signed_in(tove)


def url(module):
    return f"/courses/algebra/modules/{module.pk}/conditions"


def after(activity):
    """Return what the form of the conditions sends: after this activity."""
    row = {"group": "1", "kind": "completion", "percent": "", "at": ""}
    return row | {"activity": activity.pk}


def seen(module):
    """Return what else the form sends: which conditions its author saw."""
    module.refresh_from_db()
    return {"seen": stamp_of(module.prerequisites)}


@pytest.fixture
def learner(signed_in, ada, seat):
    return signed_in(ada)


def test_a_learner_reads_what_opens_the_module_and_then_goes_in(
    author, learner, seat, first, inside, locked
):
    browser = learner

    answer = author.post(url(locked), after(first))
    kept_out = browser.get(f"/courses/algebra/{inside.key}")
    outline = browser.get("/courses/algebra").text
    tick(seat.pk, first.pk, True)
    let_in = browser.get(f"/courses/algebra/{inside.key}")

    assert answer.status_code == 302
    assert kept_out.status_code == 403
    assert "Opens when you finish “First”" in kept_out.text
    assert "Opens when you finish “First”" in outline
    assert let_in.status_code == 200


def test_a_module_is_opened_by_a_date_too(author, signed_in, ada, seat, inside, locked):
    row = {"group": "1", "kind": "from", "activity": "", "percent": "", "at": "2099-01-31T12:00"}

    author.post(url(locked), row)

    assert "2099" in signed_in(ada).get(f"/courses/algebra/{inside.key}").text


def test_what_the_module_and_the_activity_wait_for_is_said_once(
    signed_in, ada, seat, first, inside, locked
):
    for thing in (locked, inside):
        set_prerequisites(thing, {"kind": "completion", "activity": first.pk})

    text = signed_in(ada).get(f"/courses/algebra/{inside.key}").text

    assert text.count("you finish “First”") == 1


def test_a_module_that_waits_for_a_draft_keeps_nobody_out(
    signed_in, ada, seat, add, inside, locked
):
    draft = add("page", publish=False, title="Draft")
    set_prerequisites(locked, {"kind": "completion", "activity": draft.pk})

    assert signed_in(ada).get(f"/courses/algebra/{inside.key}").status_code == 200


def test_a_module_does_not_wait_for_what_lies_in_it(author, inside, locked):
    text = author.get(url(locked)).text
    answer = author.post(url(locked), after(inside))

    assert f'<option value="{inside.pk}"' not in text
    assert answer.status_code == 422
    assert "would wait for one another" in answer.text
    assert Module.objects.get(pk=locked.pk).prerequisites is None


def test_a_circle_by_way_of_a_module_is_refused(first, inside, locked):
    set_prerequisites(first, {"kind": "completion", "activity": inside.pk})

    with pytest.raises(ValidationError, match="wait for one another: First → Inside → First"):
        set_prerequisites(locked, {"kind": "completion", "activity": first.pk})


def test_conditions_of_a_module_are_shown_again_and_taken_away(author, first, inside, locked):
    author.post(url(locked), after(first))
    text = author.get(url(locked)).text
    builder = author.get("/courses/algebra/edit").text
    author.post(url(locked), after(first) | {"kind": ""} | seen(locked))

    assert f'<option value="{first.pk}" selected>' in text
    assert "Has conditions" in builder
    assert Module.objects.get(pk=locked.pk).prerequisites is None
    assert "Has conditions" not in author.get("/courses/algebra/edit").text


def test_a_row_is_added_to_the_conditions_of_a_module_without_a_script(author, first, locked):
    text = author.post(url(locked), after(first) | {"more": "1"}).text

    assert "Condition 2" in text
    assert Module.objects.get(pk=locked.pk).prerequisites is None


def test_the_page_of_an_activity_says_what_its_modules_ask(author, first, inside, locked):
    author.post(url(locked), after(first))

    text = author.get(f"/courses/algebra/{inside.key}/edit").text

    assert "What opens the module “Locked” must hold, too." in text
    assert url(locked) in text


def test_who_changed_the_conditions_of_a_module_is_written_down(office, author, first, locked):
    author.post(url(locked), after(first))

    entry = AuditEntry.objects.get()
    assert (entry.act, entry.object_id) == ("module.conditions-changed", str(locked.pk))
    assert url(locked) in office.get("/settings/audit").text


def test_who_did_not_see_the_latest_conditions_replaces_nothing_unasked(author, add, first, locked):
    mine, theirs = after(add("page", title="Mine")), after(first)
    author.post(url(locked), theirs)

    refused = author.post(url(locked), mine)
    again = author.post(url(locked), mine | {"seen": sent_back(refused)})

    assert refused.status_code == 409
    assert "Somebody else changed these conditions meanwhile" in refused.text
    assert again.status_code == 302
    locked.refresh_from_db()
    assert hangs_on(locked.prerequisites) == {mine["activity"]}


def test_conditions_of_an_activity_are_not_replaced_unseen_either(author, add, first):
    page = add("page", title="Second")
    where = f"/courses/algebra/{page.key}/conditions"
    author.post(where, after(first))

    assert author.post(where, after(first) | {"kind": "", "seen": "old"}).status_code == 409
    page.refresh_from_db()
    assert page.prerequisites


def sent_back(answer):
    """Return what the form that came back counts as seen."""
    return re.search(r'name="seen" value="(\w+)"', answer.text)[1]
