"""An instructor makes a course: from a title to something that learners can take."""

import re

import pytest

from schola.courses.actions.courses import HUES, WEAVES, change_course
from schola.courses.models import Activity, ActivityVersion, Course
from schola.enrollment.models import Enrollment
from schola.kernel.assets import STYLES
from schola.kernel.jobs import run_waiting
from schola.pages.forms import HUE_NAMES, WEAVE_NAMES
from schola.people.models import Person


@pytest.fixture
def lena(person, signed_in):
    return signed_in(person("Lena Hartmann", "instructor"))


def edit(lena, activity, **words):
    activity.refresh_from_db()
    base = {
        "title": activity.title, "when": "viewed", "required": "on",
        "revision": activity.revision, "draft_revision": activity.draft.revision,
    }  # fmt: skip
    url = f"/courses/{activity.course.slug}/{activity.key}/edit"
    return lena.post(url, base | words)


@pytest.fixture
def page(lena):
    lena.post("/courses/new", {"title": "Chance"})
    course = Course.objects.get()
    module = course.modules.get()
    words = {"module": module.pk, "kind": "page", "title": "Dice"}
    lena.post("/courses/chance/activities", words)
    return Activity.objects.get()


def test_publishing_says_whether_learners_see_it(lena, page):
    hidden = lena.get(edit(lena, page, body="<p>One.</p>", publish="1").url).text
    lena.post("/courses/chance/publish")
    shown = lena.get(edit(lena, page, body="<p>Two.</p>", publish="1").url).text

    assert "Published. Learners see it when the course is published." in hidden
    assert "Saved. Learners see it now." in shown


def test_from_a_title_to_a_published_course(lena, page):
    edit(lena, page, body="<p>Roll.</p><script>alert(1)</script>", publish="1")
    lena.post("/courses/chance/publish")

    course = Course.objects.get()
    assert course.published_at
    assert Enrollment.objects.get().role == "instructor"
    assert ActivityVersion.objects.get().config == {"body": "<p>Roll.</p>"}
    assert "Roll." in lena.get(f"/courses/chance/{page.key}").text


def test_a_draft_changes_nothing_for_learners(lena, page):
    edit(lena, page, body="<p>One.</p>", publish="1")

    edit(lena, page, body="<p>Two.</p>")

    page.refresh_from_db()
    assert page.published.config["body"] == "<p>One.</p>"
    assert page.draft.config["body"] == "<p>Two.</p>"


def test_autosave_keeps_the_draft_and_refuses_an_old_one(lena, page):
    url = f"/courses/chance/{page.key}/autosave"
    first = lena.post(url, {"body": "<p>One.</p>", "draft_revision": 1})
    late = lena.post(url, {"body": "<p>Other.</p>", "draft_revision": 1})

    assert first.json() == {"revision": 2}
    assert late.status_code == 409
    assert Activity.objects.get().draft.config["body"] == "<p>One.</p>"


def test_autosave_replaces_nothing_that_another_author_published_meanwhile(lena, page):
    edit(lena, page, body="<p>Newer.</p>", publish="1")

    late = lena.post(
        f"/courses/chance/{page.key}/autosave", {"body": "<p>Older.</p>", "draft_revision": 1}
    )
    sent = edit(lena, page, body="<p>Older.</p>", draft_revision=1)

    assert late.status_code == sent.status_code == 409
    assert late.json()["error"] == "Somebody else changed this meanwhile. Reload the page."
    assert "Somebody else changed this meanwhile." in sent.text
    assert Activity.objects.get().draft.config["body"] == "<p>Newer.</p>"


def test_autosave_goes_on_after_publishing_what_it_saved(lena, page):
    url = f"/courses/chance/{page.key}/autosave"
    saved = lena.post(url, {"body": "<p>One.</p>", "draft_revision": 1}).json()["revision"]
    edit(lena, page, body="<p>Two.</p>", draft_revision=saved, publish="1")
    shown = lena.get(f"/courses/chance/{page.key}/edit").text

    revision = re.search(r'name="draft_revision" value="(\d+)"', shown)[1]
    after = lena.post(url, {"body": "<p>Three.</p>", "draft_revision": revision})

    assert after.status_code == 200
    page.refresh_from_db()
    assert page.published.config["body"] == "<p>Two.</p>"
    assert page.draft.config["body"] == "<p>Three.</p>"


def test_a_circle_is_refused_in_words(lena, page):
    words = {"module": page.module_id, "kind": "page", "title": "Coins"}
    lena.post("/courses/chance/activities", words)
    coins = Activity.objects.get(title="Coins")
    lena.post(f"/courses/chance/{coins.key}/conditions", finished(page))

    answer = lena.post(f"/courses/chance/{page.key}/conditions", finished(coins))

    assert answer.status_code == 422
    assert "would wait for one another" in answer.text
    assert Activity.objects.get(pk=page.pk).prerequisites is None


def test_moving_goes_over_the_edge_of_a_module(lena, page):
    lena.post("/courses/chance/modules", {"title": "Later"})

    lena.post(f"/courses/chance/{page.key}/place", {"down": "1"})

    assert Activity.objects.get().module.title == "Later"
    assert lena.post(f"/courses/chance/{page.key}/place", {"down": "1"}).status_code == 422


def test_a_course_without_anything_is_not_published(lena):
    lena.post("/courses/new", {"title": "Empty"})

    answer = lena.post("/courses/empty/publish")

    assert answer.status_code == 422
    assert "Publish at least one activity" in answer.text


def test_two_courses_of_one_title_have_their_own_addresses(lena):
    for _ in range(2):
        lena.post("/courses/new", {"title": "New"})

    assert set(Course.objects.values_list("slug", flat=True)) == {"new-2", "new-3"}


def test_a_learner_may_not_make_courses(signed_in, person):
    assert signed_in(person("Amara Okafor")).get("/courses/new").status_code == 403
    assert Person.objects.count() == 1


def test_a_dragged_list_is_saved(lena, page):
    words = {"module": page.module_id, "kind": "page", "title": "Coins"}
    lena.post("/courses/chance/activities", words)
    coins = Activity.objects.get(title="Coins")

    answer = lena.post(
        f"/courses/chance/modules/{page.module_id}/order", {"order": [coins.key, page.key]}
    )

    assert answer.status_code == 204
    titles = Activity.objects.order_by("position").values_list("title", flat=True)
    assert list(titles) == ["Coins", "Dice"]


def test_the_same_form_sent_twice_makes_one_course(lena):
    key = lena.get("/courses/new").text.partition('name="_key" value="')[2].partition('"')[0]

    first, second = (lena.post("/courses/new", {"title": "Once", "_key": key}) for _n in range(2))

    assert Course.objects.count() == 1
    assert first["Location"] == second["Location"]


def finished(activity):
    """Return what the form of the conditions sends: after this activity."""
    row = {"group": "1", "kind": "completion", "percent": "", "at": ""}
    return row | {"activity": activity.pk}


def test_each_colour_and_pattern_of_a_cover_has_a_name():
    assert tuple(HUE_NAMES) == HUES
    assert tuple(WEAVE_NAMES) == WEAVES


def test_each_colour_and_pattern_of_a_cover_is_drawn():
    drawn = (STYLES / "components/course-cover.css").read_text()

    assert set(re.findall(r'data-weave="(\w+)"', drawn)) == set(WEAVES)
    assert set(re.findall(r'data-hue="(\w+)"', drawn)) == set(HUES) - {"spruce"}  # the first one


def test_a_course_is_found_by_its_new_name(lena, page):
    edit(lena, page, body="<p>One.</p>", publish="1")
    course = Course.objects.get()
    change_course(course, course.revision, title="Likelihood")
    run_waiting()

    assert 'href="/courses/chance"' in lena.get("/search?q=likelihood").text


@pytest.mark.parametrize("due_at", ["9999-12-31T23:30", "0001-01-01T00:00"])
def test_a_mistyped_year_is_refused(lena, page, due_at):
    answer = edit(lena, page, due_at=due_at)

    assert answer.status_code == 422
    assert "between the years 2000 and 2199" in answer.text
    page.refresh_from_db()
    assert page.due_at is None
