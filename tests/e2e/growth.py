"""Much more of everything in a school, made by the real actions: for pages that must not mind."""

from io import BytesIO
from itertools import product
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from schola.activities.assignment.handing_in import take
from schola.activities.document.models import Paper
from schola.activities.quiz.closing import submit_attempt
from schola.courses import actions as courses
from schola.courses.activity_types import Result, activity_types
from schola.courses.models import Activity, Course
from schola.enrollment.actions import enroll, enroll_group, enroll_many
from schola.enrollment.models import Enrollment
from schola.kernel import clock
from schola.kernel.files import store
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job
from schola.people import actions as people
from schola.people.imports.actions import begin as begin_import
from schola.people.models import ImportRow, Person, PersonImport, Role
from schola.records.actions import begin, record
from schola.talk.actions import tell
from tests.e2e.routes_content import PDF

MORE = 30


def begin_to_grow(school: dict[str, Any]) -> None:
    """Let everybody have news and a course to join, and the course a document with a PDF.

    It is the first of each: an empty list may take a query less.
    """
    course = Course.objects.get(pk=school["course_ids"]["A"])
    paper = courses.add_activity(course.modules.get(), "document", "Paper", _config("document", 0))
    courses.publish_activity(paper)
    _open_course("To join")
    everybody = [each["id"] for each in school["people"].values()]
    tell(everybody, "enrolled", "first", "/", {"course": "More"})


def grow(school: dict[str, Any]) -> None:
    """Add people, groups, roles, courses, activities, attempts, certificates, news and jobs."""
    cast = {key: Person.objects.get(pk=each["id"]) for key, each in school["people"].items()}
    course = Course.objects.get(pk=school["course_ids"]["A"])
    new = [people.add_person(f"more{n}@north.example", f"More {n}") for n in range(MORE)]
    _fill(course)
    enroll_many([person.pk for person in new], course)
    _work(course, new)
    for n in range(MORE):
        _another_course(n, cast)
        _another_group(n, course, [cast["amara"].pk, *(person.pk for person in new[n : n + 3])])
        _another_failure(n)
        _another_role(n, cast["amara"])
        tell([each.pk for each in cast.values()], "enrolled", f"more-{n}", "/", {"course": "More"})
    _more_imports(school, cast["omar"])
    run_waiting()


def _fill(course: Course) -> None:
    """Add modules with an activity of each kind, documents with PDFs among them."""
    for n in range(4):
        module = courses.add_module(course, f"Module {n}")
        for kind in activity_types:
            item = courses.add_activity(module, kind.key, f"{kind.key} {n}", _config(kind.key, n))
            courses.publish_activity(item)


def _config(kind: str, n: int) -> dict[str, Any]:
    if kind == "quiz":
        form = activity_types[kind].settings_form({"questions": "Half of 5?\n= 2.5\n"})
        form.full_clean()
        return form.cleaned_data
    if kind == "document":
        file = store(BytesIO(PDF + b"\n" * n), f"paper{n}.pdf", "document")
        Paper.objects.create(file=file, state=Paper.State.READY, pages=1, tagged=False)
        return {"about": "", "file": file.pk, "name": file.name, "shape": "pdf"}
    return activity_types[kind].example


def _work(course: Course, learners: list[Person]) -> None:
    """Let each take the quiz and hand in a file."""
    found = Activity.objects.filter(course=course, removed_at=None).order_by("pk")
    quiz, task = (found.filter(kind=kind).first() for kind in ("quiz", "assignment"))
    for person in learners:
        seat = Enrollment.objects.get(person=person, course=course)
        submit_attempt(begin(seat.pk, quiz.pk))
        take(seat.pk, task.pk, "Work", [SimpleUploadedFile("work.pdf", PDF)])


def _another_course(n: int, cast: dict[str, Person]) -> None:
    """Make a course that Lena teaches and Amara has completed, with a certificate."""
    course, page = _open_course(f"Another {n}")
    enroll(cast["lena"], course, "instructor")
    seat = enroll(cast["amara"], course)
    record(seat.pk, page.pk, Result(verb="experienced", finished=True))


def _open_course(title: str) -> tuple[Course, Activity]:
    """Make a course that people join by themselves, with a page to read."""
    course = courses.create_course(title, summary="More.", self_enrollment="open")
    page = courses.add_activity(course.modules.get(), "page", "Page", {"body": "<p>Read.</p>"})
    courses.publish_activity(page)
    courses.publish_course(course)
    return course, page


def _another_group(n: int, course: Course, members: list[int]) -> None:
    group = people.make_group(f"Another class {n}")
    people.add_to_group(group, members)
    enroll_group(group, course)


def _another_role(n: int, holder: Person) -> None:
    """Make a role that lets nobody do anything, and a group in which somebody holds it."""
    role = people.copy_role(Role.objects.get(key="auditor"), f"Another role {n}")
    people.change_role(role, role.revision, [], role.name)
    people.give_role(holder, role.key, people.make_group(f"Held {n}"))


def _another_failure(n: int) -> None:
    now = clock.now()
    Job.objects.create(
        name="schola.kernel.upkeep.sweep", state=Job.State.FAILED, tries=5, run_at=now,
        made_at=now, finished_at=now, error=f"ConnectionError {n}",
    )  # fmt: skip


def _more_imports(school: dict[str, Any], by: Person) -> None:
    """Add rows of each kind to the imports that are there, and other imports beside them."""
    mine = PersonImport.objects.filter(pk__in=[school["import"], school["applied_import"]])
    kinds = enumerate(("created", "changed", "suspended", "rejected"), 1)
    for row, (at, kind) in product(mine, kinds):
        ImportRow.objects.bulk_create(
            ImportRow(
                of=row, number=1000 * at + n, kind=kind, person=by, groups=["A"],
                changes={"full_name": ["Old", f"New {n}"]}, cells={"name": "N"}, error="Wrong.",
            )
            for n in range(MORE)
        )  # fmt: skip
    for n in range(MORE):
        begin_import(by, BytesIO(b"name,email\nNew,new%d@example.org\n" % n), f"people{n}.csv")
