"""Each rule that finishes an activity, set on its page and met on one."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from schola.courses.models import Activity
from schola.enrollment.actions import enroll
from schola.kernel import audit
from schola.people.models import Person
from schola.records.models import Progress, Statement


@pytest.fixture
def author(signed_in, tove):
    return signed_in(tove)


@pytest.fixture
def page_with(author, add):
    """Return the address of a page whose rule was set in its settings."""

    def make(when, **more):
        activity = add("page")
        url = f"/courses/algebra/{activity.key}"
        form = {"title": "T", "when": when, "revision": activity.revision, "required": "on"}
        answer = author.post(f"{url}/edit", form | {"draft_revision": 1, "publish": "1"} | more)
        assert answer.status_code == 302, answer.content
        return url

    return make


def done():
    return Progress.objects.filter(finished_at__isnull=False).exists()


def test_a_learner_ticks_it_off_and_back(signed_in, ada, seat, page_with):
    url, browser = page_with("ticked"), signed_in(ada)
    action = re.search(r'<form method="post" action="([^"]+/act)"', browser.get(url).text)[1]
    assert not done()

    browser.post(action, {"done": "1"})
    assert done()

    browser.post(action, {"done": "0"})
    assert not done()


def test_an_instructor_ticks_it_off_and_back(signed_in, author, ada, seat, page_with):
    url, browser = page_with("marked"), signed_in(ada)
    assert "Your instructor ticks this off" in browser.get(url).text
    assert ada.full_name in author.get(f"{url}/ticks").text

    author.post(f"{url}/ticks", {"seat": seat.pk, "done": "1"})
    assert done()

    author.post(f"{url}/ticks", {"seat": seat.pk, "done": "0"})
    assert not done()


@pytest.mark.parametrize("when", ["time", "marked"])
def test_a_learner_ticks_off_nothing_else(signed_in, ada, seat, page_with, when):
    url, browser = page_with(when, minutes="1"), signed_in(ada)

    answer = browser.post(f"{url}/act", {"done": "1"})

    assert answer.status_code == 422
    assert "This step is finished in another way" in answer.text
    assert not done()
    assert not Statement.objects.filter(completion=True).exists()


def test_an_instructor_ticks_off_nothing_else(author, seat, page_with):
    url = page_with("ticked")

    answer = author.post(f"{url}/ticks", {"seat": seat.pk, "done": "1"})

    assert answer.status_code == 422
    assert "there is nothing to tick" in answer.text
    assert not done()
    assert not Statement.objects.filter(completion=True).exists()


def test_time_counts_no_faster_than_the_clock(signed_in, ada, seat, page_with, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    url, browser = page_with("time", minutes="1"), signed_in(ada)
    assert "Done after 1 minute" in browser.get(url).text

    for _again in range(9):
        browser.post(f"{url}/spent", {"seconds": "15"})
    assert not done()

    for _again in range(4):
        time_machine.shift(timedelta(seconds=15))
        answer = browser.post(f"{url}/spent", {"seconds": "15"})
    assert answer.json() == {"done": True}
    assert done()


def test_seeing_it_is_enough(signed_in, ada, seat, page_with):
    signed_in(ada).get(page_with("viewed"))

    assert done()
    assert Activity.objects.get().rule == {"when": "viewed"}


def test_a_tick_counts_only_with_the_entry_that_says_so(author, seat, page_with, monkeypatch):
    url = page_with("marked")
    monkeypatch.setattr(audit, "act", lambda *_given, **_more: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        author.post(f"{url}/ticks", {"seat": seat.pk, "done": "1"})

    assert not done()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("instructor", True),
        ("assistant", True),
        ("designer", False),
        ("learner", False),
        ("administrator", False),
        ("manager", False),
    ],
)
def test_who_may_tick_learners_off_has_a_button_that_leads_there(
    signed_in, person, course, page_with, role, may
):
    school_wide = role in ("administrator", "manager")
    who = person("Rhea Role", *([role] if school_wide else []))
    if not school_wide:
        enroll(who, course, role)
    url, browser = page_with("marked"), signed_in(Person.objects.get(pk=who.pk))

    page = browser.get(url)

    assert page.status_code == 200
    assert (f'href="{url}/ticks"' in page.text) == may
    assert browser.get(f"{url}/ticks").status_code == (200 if may else 403)


def test_an_activity_that_finishes_otherwise_has_no_such_button(author, page_with):
    assert "/ticks" not in author.get(page_with("viewed")).text
