"""What staff do to a course is in the audit trail; what they only write is not."""

import pytest

from schola.kernel.models import AuditEntry


@pytest.fixture
def acts():
    """Return what the audit trail says, in order."""
    return lambda: list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


@pytest.fixture
def lena(signed_in, tove):
    return signed_in(tove)


def test_opening_and_hiding_a_course_are_acts(lena, course, add, acts):
    add("page")

    lena.post("/courses/algebra/publish", {})
    lena.post("/courses/algebra/publish", {"unpublish": "1"})

    assert acts() == ["course.published", "course.hidden"]


def test_a_course_that_cannot_be_opened_is_no_act(lena, course, acts):
    course.published_at = None
    course.save()

    assert lena.post("/courses/algebra/publish", {}).status_code == 422
    assert acts() == []


def test_changing_the_set_up_is_an_act_with_what_it_was_before(lena, course):
    words = {
        "title": "Algebra I", "summary": "", "hue": course.hue, "weave": course.weave,
        "pass_percent": "70", "self_enrollment": course.self_enrollment,
        "revision": course.revision,
    }  # fmt: skip

    answer = lena.post("/courses/algebra/setup", words)

    entry = AuditEntry.objects.get()
    assert answer.status_code == 302
    assert (entry.act, entry.object_id) == ("course.changed", str(course.pk))
    assert entry.values.before["title"] == "Algebra"
    assert entry.values.after["title"] == "Algebra I"
    assert "enrollment_key" not in entry.values.after


def test_publishing_and_removing_an_activity_and_what_opens_it_are_acts(lena, add, acts):
    page = add("page")
    url = f"/courses/algebra/{page.key}"
    page.refresh_from_db()
    words = {
        "title": "Page", "body": "<p>x</p>", "when": "viewed", "publish": "1",
        "revision": page.revision, "draft_revision": page.draft.revision,
    }  # fmt: skip

    published = lena.post(f"{url}/edit", words)
    opened = lena.post(f"{url}/conditions", {})
    removed = lena.post(f"{url}/remove", {})

    assert [published.status_code, opened.status_code, removed.status_code] == [302] * 3
    assert acts() == ["activity.published", "activity.conditions-changed", "activity.removed"]


def test_what_is_only_written_is_no_act(lena, add, acts):
    page = add("page")

    lena.post(
        f"/courses/algebra/{page.key}/autosave",
        {"body": "<p>y</p>", "draft_revision": page.draft.revision},
    )

    assert acts() == []
