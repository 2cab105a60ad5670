"""Work handed in, marked, commented, and graded."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from schola.activities.assignment import views
from schola.activities.assignment.handing_in import take
from schola.activities.assignment.models import Submission
from schola.activities.assignment.plugin import AssignmentSettings
from schola.activities.assignment.queries import neighbours
from schola.activities.assignment.tests.conftest import PDF
from schola.courses.activity_types import Score
from schola.courses.models import Activity
from schola.enrollment.actions import enroll
from schola.grading.models import Fact
from schola.kernel.models import AuditEntry
from schola.records.actions import allow_another, another_allowed, mark
from schola.records.models import Attempt, Progress
from schola.talk.models import Notice


def test_words_and_files_are_handed_in_together(handed_in):
    submission = Submission.objects.get()

    assert handed_in.state == "finished"
    assert submission.text == "My work."
    assert submission.files.get().media_type == "application/pdf"
    assert Progress.objects.get().finished_at


def test_nothing_is_not_handed_in(signed_in, seat, work):
    answer = signed_in(seat.person).post(f"/courses/algebra/{work.key}/hand-in", {"text": " "})

    assert answer.status_code == 422
    assert "Write something or choose a file" in answer.text
    assert not Attempt.objects.exists()


def test_a_mark_with_a_comment_reaches_the_learner(handed_in, signed_in, tove, work):
    url = f"/courses/algebra/{work.key}/submissions/{handed_in.pk}"
    teacher = signed_in(tove)

    answer = teacher.post(url, {"points": "15", "comment": "Well argued.", "revision": 1})

    assert answer.headers["Location"].endswith("/submissions")
    assert Fact.objects.get().raw == 15
    page = signed_in(handed_in.seat.person).get(f"/courses/algebra/{work.key}")
    assert "Well argued." in page.text


def test_two_markers_do_not_overwrite_each_other(handed_in, signed_in, tove, work):
    url = f"/courses/algebra/{work.key}/submissions/{handed_in.pk}"
    teacher = signed_in(tove)
    teacher.post(url, {"points": "15", "revision": 1})

    assert teacher.post(url, {"points": "3", "revision": 1}).status_code == 409
    assert Fact.objects.get().raw == 15


def test_more_than_possible_is_refused(handed_in, signed_in, tove, work):
    url = f"/courses/algebra/{work.key}/submissions/{handed_in.pk}"

    answer = signed_in(tove).post(url, {"points": "21", "revision": 1})

    assert answer.status_code == 422
    assert "At most 20 points" in answer.text


def test_the_queue_shows_what_waits(handed_in, signed_in, tove):
    assert "Assignment" in signed_in(tove).get("/grading").text


def test_learners_do_not_see_the_work_of_others(handed_in, signed_in, person, course, work):
    from schola.enrollment.actions import enroll
    from schola.people.models import Person

    eve = person("Eve Other")
    enroll(eve, course)
    browser = signed_in(Person.objects.get(pk=eve.pk))

    assert browser.get(f"/courses/algebra/{work.key}/submissions").status_code == 403
    url = f"/courses/algebra/{work.key}/submissions/{handed_in.pk}"
    assert browser.get(url).status_code == 403


def test_the_same_form_sent_twice_is_handed_in_once(signed_in, seat, work):
    learner = signed_in(seat.person)
    page = learner.get(f"/courses/algebra/{work.key}").text
    key = page.partition('name="_key" value="')[2].partition('"')[0]

    for _again in range(2):
        answer = learner.post(
            f"/courses/algebra/{work.key}/hand-in", {"text": "Mine.", "_key": key}
        )

    assert answer.status_code == 302
    assert Attempt.objects.count() == Submission.objects.count() == 1


def test_the_grader_sees_task_work_lateness_and_what_came_before(
    signed_in, seat, work, tove, school
):
    due_at = timezone.now() - timedelta(days=2, hours=1)
    Activity.objects.filter(pk=work.pk).update(due_at=due_at)
    learner, url = signed_in(seat.person), f"/courses/algebra/{work.key}/hand-in"
    learner.post(url, {"text": "First try."})
    learner.post(url, {"text": "Second try.", "files": [SimpleUploadedFile("essay.pdf", PDF)]})
    last = Attempt.objects.get(number=2)

    page = signed_in(tove).get(f"/courses/algebra/{work.key}/submissions/{last.pk}").text

    assert "Describe a set of data" in page
    assert "Late: 3 days begun" in page
    assert "Second try." in page
    assert "First try." in page
    assert '<iframe class="document"' in page
    assert "of 20" in page


def test_work_turns_to_what_others_handed_in_before_and_after(seat, work, course, person):
    mine = take(seat.pk, work.pk, "Draft.", [])
    seats = [seat, *(enroll(person(name), course) for name in ("Ben Beta", "Cem Cela"))]
    one, two, three = (take(each.pk, work.pk, "Final.", []) for each in seats)

    assert [each and each.pk for each in neighbours(two)] == [one.pk, three.pk]
    assert neighbours(one)[0] is None  # not what it replaced
    assert neighbours(three)[1] is None
    assert neighbours(mine)[1].pk == one.pk


def test_instructions_are_kept_as_an_editor_writes_them_and_emptiness_is_refused():
    fields = {"takes_text": "on"}
    good = AssignmentSettings(fields | {"task": "<h2>Do</h2><p onclick='x'>Count.</p>"})
    empty = AssignmentSettings(fields | {"task": "<p></p>"})

    assert good.is_valid()
    assert good.cleaned_data["task"] == "<h2>Do</h2><p>Count.</p>"
    assert empty.errors["task"] == ["Write what is to be done."]


def test_a_mark_is_in_the_audit_trail_with_what_it_was_before(handed_in, signed_in, tove, work):
    url = f"/courses/algebra/{work.key}/submissions/{handed_in.pk}"
    marker = signed_in(tove)

    for points in ("12", "15"):
        handed_in.refresh_from_db()
        marker.post(url, {"points": points, "comment": "", "revision": handed_in.revision})

    first, second = AuditEntry.objects.filter(act="grade.marked").order_by("pk")
    assert (first.object_kind, first.object_id) == ("person", str(handed_in.seat.person_id))
    assert first.values.before == {"points": ""}
    assert second.values.before == {"points": "12"}
    assert second.values.after == {"points": "15", "activity": work.title}


@pytest.fixture
def much_work(work, course, person):
    """Five learners have handed in; the first one's is marked."""
    made = []
    for n in range(5):
        seat = enroll(person(f"Learner{n} Busy"), course)
        made.append(take(seat.pk, work.pk, "Work", []))
    first = Attempt.objects.order_by("finished_at", "pk").first()
    mark(first.pk, Score(Decimal(10), Decimal(20)))
    return Attempt.objects.order_by("finished_at", "pk")


def test_the_list_is_read_page_by_page_what_waits_first(
    much_work, signed_in, tove, work, monkeypatch, django_assert_num_queries
):
    browser, url = signed_in(tove), f"/courses/algebra/{work.key}/submissions"
    names = [attempt.seat.person.full_name for attempt in much_work]
    browser.get(url)
    with django_assert_num_queries(6):
        whole = browser.get(url).text
    monkeypatch.setattr(views, "PAGE", 2)

    with django_assert_num_queries(6):
        pages = [browser.get(url).text]
    pages += [browser.get(f"{url}?page={n}").text for n in (2, 3)]

    assert [[name for name in names if name in page] for page in pages] == [
        names[1:3], names[3:5], names[:1],
    ]  # fmt: skip
    assert all(name in whole for name in names)
    for page in pages:  # wherever one is, the work that waits longest is next
        assert f'href="{url}/{much_work[1].pk}"' in page.partition("</h2>")[0]
        assert "Mark 4" in page
    assert "Nothing waits." not in pages[2]


def test_who_hands_in_again_waits_once(signed_in, seat, work, tove):
    first, second = (take(seat.pk, work.pk, words, []) for words in ("Draft.", "Final."))
    marker, url = signed_in(tove), f"/courses/algebra/{work.key}/submissions"

    page = marker.get(url).text
    assert "Mark 1" in page
    assert f"{url}/{second.pk}" in page
    assert f"{url}/{first.pk}" not in page
    assert work.title in marker.get("/grading").text

    mark(second.pk, Score(Decimal(10), Decimal(20)))
    assert "Nothing waits." in marker.get(url).text
    assert work.title not in marker.get("/grading").text


def test_after_the_mark_work_is_taken_once_more_if_whoever_marks_lets_them(
    handed_in, signed_in, tove, work
):
    url = f"/courses/algebra/{work.key}"
    page = f"{url}/submissions/{handed_in.pk}"
    signed_in(tove).post(page, {"points": "15", "revision": 1})
    learner = signed_in(handed_in.seat.person)
    assert learner.post(f"{url}/hand-in", {"text": "Better."}).status_code == 422

    answer = signed_in(tove).post(f"{page}/again")

    assert answer.headers["Location"] == page
    assert "They may hand in once more." in signed_in(tove).get(page).text
    assert AuditEntry.objects.filter(act="grade.another-allowed").count() == 1
    assert Notice.objects.get(person=handed_in.seat.person, kind="again").url == url
    assert "Hand in again" in learner.get(url).text
    assert learner.post(f"{url}/hand-in", {"text": "Better."}).status_code == 302
    mark(Attempt.objects.get(number=2).pk, Score(Decimal(18), Decimal(20)))
    assert learner.post(f"{url}/hand-in", {"text": "Best."}).status_code == 422


def test_only_the_newest_work_is_opened_again_and_only_when_it_is_marked(
    handed_in, signed_in, tove, work
):
    teacher, url = signed_in(tove), f"/courses/algebra/{work.key}"

    assert teacher.post(f"{url}/submissions/{handed_in.pk}/again").status_code == 422
    assert "Let them hand in again" not in teacher.get(f"{url}/submissions/{handed_in.pk}").text
    assert not AuditEntry.objects.filter(act="grade.another-allowed").exists()
    take(handed_in.seat_id, work.pk, "Second.", [])
    mark(handed_in.pk, Score(Decimal(3), Decimal(20)))
    assert teacher.post(f"{url}/submissions/{handed_in.pk}/again").status_code == 422


def test_a_mark_that_is_changed_leaves_them_what_they_were_let(handed_in, work):
    mark(handed_in.pk, Score(Decimal(3), Decimal(20)))
    allow_another(handed_in.pk)

    mark(handed_in.pk, Score(Decimal(4), Decimal(20)))

    assert another_allowed(Attempt.objects.get(pk=handed_in.pk))


def test_a_mark_stands_in_the_form_as_it_can_be_saved_again(handed_in, signed_in, tove, work):
    mark(handed_in.pk, Score(Decimal("17.5"), Decimal(20)))
    url = f"/courses/algebra/{work.key}/submissions/{handed_in.pk}"
    page = signed_in(tove).get(url).text

    points = page.partition('name="points"')[2].partition('value="')[2].partition('"')[0]

    assert points == "17.50"
    answer = signed_in(tove).post(url, {"points": points, "comment": "Well.", "revision": "2"})
    assert answer.status_code == 302
