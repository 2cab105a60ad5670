"""Home says what waits for whoever opens it."""

from datetime import timedelta

import pytest

from schola.completion.actions import settle_seat
from schola.courses.actions import create_course
from schola.courses.activity_types import Result
from schola.courses.models import Course, Module
from schola.enrollment.actions import enroll
from schola.enrollment.models import Enrollment
from schola.kernel import clock
from schola.kernel.models import Job
from schola.pages.staff import figures
from schola.people.actions import add_person
from schola.people.models import Person
from schola.records.actions import begin, finish, tick


@pytest.fixture
def home(signed_in, otto):
    return signed_in(otto)


def test_an_administrator_sees_what_failed_and_who_has_not_come(home, failed_job):
    add_person("new@example.org", "")

    page = home.get("/").text

    assert "1 background job failed" in page
    assert "1 invitation is not taken up" in page


def test_an_administrator_for_whom_nothing_waits_is_told_so(home):
    page = home.get("/").text

    assert "All jobs ran, and no invitation is open." in page
    assert "Nothing here yet" not in page


def test_a_learner_sees_nothing_of_it(signed_in, ada, failed_job):
    assert "background job" not in signed_in(ada).get("/").text


def test_who_may_read_the_audit_trail_is_led_there(signed_in, person):
    pages = {
        role: signed_in(person(f"{role} Pat", role)).get("/").text
        for role in ("auditor", "administrator", "manager")
    }

    led = [role for role, page in pages.items() if 'href="/settings/audit"' in page]

    assert led == ["auditor", "administrator"]


def test_an_author_goes_on_where_the_newest_draft_was_begun(signed_in, person):
    lena = signed_in(person("Lena Hartmann", "instructor"))
    for title in ("Chance", "Spread"):
        lena.post("/courses/new", {"title": title})
        module = Module.objects.get(course__title=title)
        words = {"module": module.pk, "kind": "page", "title": f"Dice and {title}"}
        lena.post(f"/courses/{title.lower()}/activities", words)

    page = lena.get("/").text

    assert "Go on building" in page
    assert "Dice and Spread" in page
    assert "Dice and Chance" not in page


def test_who_only_marks_has_nothing_to_build(signed_in, person, course, add):
    add("page")
    ann, tom = person("Ann Author"), person("Tom Tester")
    enroll(ann, course, "designer")
    enroll(tom, course, "assistant")

    assert "Go on building" in signed_in(ann).get("/").text
    assert "Go on building" not in signed_in(tom).get("/").text


def test_who_may_see_every_course_finds_them_all(signed_in, person, add, course):
    add("page")
    create_course("Still a draft")

    auditor = signed_in(person("Ingrid Berg", "auditor")).get("/courses").text
    administrator = signed_in(person("Olga Orlova", "administrator")).get("/courses").text

    assert 'href="/courses/algebra"' in auditor
    assert "Still a draft" not in auditor
    assert "Still a draft" in administrator


def test_who_marks_and_learns_sees_both(signed_in, person, add, seat, course, ada):
    item = add("assignment", points=10)
    other = create_course("Greek", published_at=clock.now())
    tess = person("Tess Tutor")
    enroll(tess, course, "assistant")
    enroll(tess, other)
    finish(begin(seat.pk, item.pk).pk, Result(verb="completed"))

    page = signed_in(tess).get("/").text

    assert "To grade" in page
    assert "Greek" in page


@pytest.fixture
def failed_job(school):
    now = clock.now()
    return Job.objects.create(name="sums", state=Job.State.FAILED, run_at=now, made_at=now)


def test_home_goes_on_with_what_is_open_and_says_what_is_not(signed_in, ada, seat, add):
    waits = {"kind": "date", "from": "2199-01-01T00:00:00+00:00"}
    due_at = clock.now() - timedelta(days=1)
    add("page", title="Later", prerequisites=waits, due_at=due_at)
    add("page", title="Now", due_at=due_at)

    page = signed_in(ada).get("/").text

    assert '<h2 id="go-on">Now</h2>' in page
    late = page.split("Late", 1)[1]
    assert late.count("Not open yet") == 1
    assert late.index("Later") < late.index("Not open yet")


def test_who_falls_short_of_the_points_is_told_so_and_not_well_done(
    signed_in, ada, course, seat, add
):
    add("page", rule={"when": "ticked"}, title="First")
    Course.objects.filter(pk=course.pk).update(pass_fraction="0.8")
    browser, first = signed_in(ada), course.activities.get(title="First")

    assert "Not complete yet" not in browser.get("/").text
    browser.post(f"/courses/algebra/{first.key}/act", {"done": "1"})
    home, outline = browser.get("/").text, browser.get("/courses/algebra").text

    assert "Well done" not in home
    assert "80% are needed in total; what is marked so far comes to 0%." in home
    assert "Not complete yet" in outline.split('class="needs', 1)[0]
    assert outline.count("Reach 80% in total") == 2


def test_all_steps_done_is_called_complete_only_where_the_course_is(
    signed_in, ada, course, seat, add
):
    step = add("page", rule={"when": "ticked"})
    Course.objects.filter(pk=course.pk).update(pass_fraction="0.8")
    browser = signed_in(ada)
    browser.post(f"/courses/algebra/{step.key}/act", {"done": "1"})

    card, outline = browser.get("/courses").text, browser.get("/courses/algebra").text

    for page in (card, outline):
        assert "100%" not in page
        assert "Not complete yet" in page
    assert "1 of 1 step" in card
    assert '1/1<span class="vh"> steps</span>' in outline

    Course.objects.filter(pk=course.pk).update(pass_fraction=None)
    settle_seat(seat.pk)
    card, outline = browser.get("/courses").text, browser.get("/courses/algebra").text
    for page in (card, outline):
        assert "100%" in page
        assert "Not complete yet" not in page


def test_where_nothing_is_asked_for_nothing_is_called_missing(signed_in, ada, seat, add):
    step = add("page", rule={"when": "ticked"}, required=False)
    browser = signed_in(ada)
    browser.post(f"/courses/algebra/{step.key}/act", {"done": "1"})

    for page in ("/courses", "/courses/algebra"):
        text = browser.get(page).text
        assert "100%" in text
        assert "Not complete yet" not in text


def test_late_is_who_has_a_step_or_a_course_past_its_date(otto, course, seat, add, person):
    yesterday = clock.now() - timedelta(days=1)
    step = add("page", due_at=yesterday, rule={"when": "ticked"})
    add("page", rule={"when": "ticked"})
    tick(enroll(person("Grace Hopper"), course).pk, step.pk, True)

    assert figures(otto).late == 1
    tick(seat.pk, step.pk, True)
    assert figures(otto).late == 0
    Enrollment.objects.filter(pk=seat.pk).update(due_at=yesterday)
    assert figures(otto).late == 1


def test_nothing_on_home_is_locked_for_authors_who_also_learn(signed_in, tove, course, add):
    first = add("page", title="First", rule={"when": "ticked"})
    waits = {"kind": "completion", "activity": first.pk}
    add("page", title="Later", prerequisites=waits, due_at=clock.now() - timedelta(days=1))
    enroll(tove, course)

    assert "Not open yet" not in signed_in(Person.objects.get(pk=tove.pk)).get("/").text
