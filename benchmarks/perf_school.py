"""Makes the PERF school: the shape on which the costs of other systems were measured."""

import random
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from schola.courses.actions import add_module, create_course
from schola.courses.models import Activity, ActivityVersion, Course, Module
from schola.enrollment.models import Enrollment
from schola.grading.models import CourseGrade, Fact, GradeItem
from schola.kernel.ids import item_key
from schola.kernel.models import Organization
from schola.kernel.tenants import acting_in
from schola.people.models import Person, User
from schola.people.rights import make_built_in_roles
from schola.questions.sheet import clean_questions
from schola.records.models import CourseProgress, Progress

LEARNERS = 1000
FINISHED = 49_712
GRADED = 20
KINDS = ["page"] * 6 + ["assignment", "quiz", "link", "link"]
TEXT = "<p>" + "Standard deviation measures how far values lie from their mean. " * 76 + "</p>"
PASSWORD = "correct horse battery"


def make() -> Organization:
    """Make the school; return its organization."""
    organization = Organization.objects.create(name="PERF")
    with acting_in(organization.pk):
        make_built_in_roles()
        course = create_course("Introduction to Statistics")
        activities = _activities(course)
        seats = _learners(course)
        _life(course, activities, seats)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a school's database has done long before it is measured
    return organization


def _activities(course: Course) -> list[Activity]:
    modules = [course.modules.get(), *(add_module(course, f"Module {n}") for n in range(2, 11))]
    made = [
        _activity(course, module, KINDS[place], f"{KINDS[place].title()} {n}.{place}", place + 1)
        for n, module in enumerate(modules, 1)
        for place in range(10)
    ]
    course.published_at = timezone.now()
    course.save()
    return made


def _activity(course: Course, module: Module, kind: str, title: str, place: int) -> Activity:
    graded = kind in ("assignment", "quiz")
    activity = Activity.objects.create(
        course=course, module=module, kind=kind, title=title, position=place, key=item_key(),
        points=10 if graded else 0, minutes=8, rule={"when": "handed_in" if graded else "viewed"},
    )  # fmt: skip
    version = ActivityVersion.objects.create(
        activity=activity, n=1, config=_config(kind), published_at=timezone.now()
    )
    activity.draft = activity.published = version
    activity.save()
    return activity


def _config(kind: str) -> dict[str, Any]:
    match kind:
        case "page":
            return {"body": TEXT}
        case "link":
            return {"url": "https://example.org/", "why": ""}
        case "assignment":
            return {"task": "<p>Describe a data set.</p>", "takes_text": True}
    options = [{"text": f"Option {n}", "right": n == 1} for n in range(4)]
    question = {"type": "choice", "body": {"text": "Which is it?", "options": options}}
    return {"questions": clean_questions([question] * 20), "show_right": True}


def _learners(course: Course) -> list[Enrollment]:
    now = timezone.now()
    first = User(email="learner0@example.org")
    first.set_password(PASSWORD)
    users = User.objects.bulk_create(
        User(email=f"learner{n}@example.org", password=first.password, stamp=2)
        for n in range(LEARNERS)
    )
    people = Person.objects.bulk_create(
        Person(user=user, email=user.email, full_name=f"Learner {n}", sort_key=f"learner {n:04}")
        for n, user in enumerate(users)
    )
    seats = [Enrollment(person=person, course=course, started_at=now) for person in people]
    return Enrollment.objects.bulk_create(seats)


def _life(course: Course, activities: list[Activity], seats: list[Enrollment]) -> None:
    dice, now = random.Random(7), timezone.now()
    pairs = [(seat, activity) for seat in seats for activity in activities]
    Progress.objects.bulk_create(
        (
            Progress(seat=seat, activity=activity, first_at=now, last_at=now, finished_at=now)
            for seat, activity in dice.sample(pairs, FINISHED)
        ),
        batch_size=2000,
    )
    graded = [each for each in activities if each.points][:GRADED]
    items = GradeItem.objects.bulk_create(
        GradeItem(course=course, activity=a, key=a.key, name=a.title, maximum=a.points)
        for a in graded
    )
    Fact.objects.bulk_create(
        (
            Fact(seat=seat, item=item, raw=Decimal(dice.randint(3, 10)), at=now)
            for seat in seats
            for item in items
        ),
        batch_size=2000,
    )
    cards = [
        CourseProgress(seat=s, finished=49, last_activity=activities[50], last_at=now)
        for s in seats
    ]
    CourseProgress.objects.bulk_create(cards)
    CourseGrade.objects.bulk_create(
        CourseGrade(seat=s, earned=130, possible=200, fraction=Decimal("0.65"), at=now)
        for s in seats
    )
