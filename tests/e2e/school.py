"""Two small schools, made by the real actions: python -m tests.e2e.school

Each has one person per role and one object of every kind, as A (the course of the cast) and as B
(somebody else's). Prints what the tests need to know of them as JSON.
"""

import json
import sys
from decimal import Decimal
from io import BytesIO
from typing import Any

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402

from schola.activities.assignment.handing_in import take  # noqa: E402
from schola.activities.quiz.closing import submit_attempt  # noqa: E402
from schola.activities.video.models import Film  # noqa: E402
from schola.completion.models import Certificate  # noqa: E402
from schola.courses import actions as courses  # noqa: E402
from schola.courses.activity_types import Result, Score, activity_types  # noqa: E402
from schola.courses.models import Activity, Course  # noqa: E402
from schola.enrollment.actions import enroll  # noqa: E402
from schola.kernel import clock  # noqa: E402
from schola.kernel.files import store  # noqa: E402
from schola.kernel.files.uploads import begin_upload  # noqa: E402
from schola.kernel.jobs import run_waiting  # noqa: E402
from schola.kernel.models import Job, Organization  # noqa: E402
from schola.kernel.tenants import acting_in  # noqa: E402
from schola.people import actions as people  # noqa: E402
from schola.people.actions.invitations import token_for  # noqa: E402
from schola.people.imports.actions import apply as apply_import  # noqa: E402
from schola.people.imports.actions import begin as begin_import  # noqa: E402
from schola.people.models import Person, PersonImport, Role, User  # noqa: E402
from schola.people.rights import make_built_in_roles  # noqa: E402
from schola.records.actions import begin, mark, record  # noqa: E402
from schola.talk.unsubscribing import signer  # noqa: E402
from tests.e2e.routes_content import MP4  # noqa: E402

PASSWORD = "correct horse battery"
CAST = {  # key: (name, role in the school, seats as (course, role))
    "amara": ("Amara Okafor", "", [("A", "learner"), ("C", "learner")]),
    "bo": ("Bo Lindqvist", "", [("B", "learner"), ("C", "learner")]),
    "lena": ("Lena Vogt", "", [("A", "instructor")]),
    "ravi": ("Ravi Shah", "", [("A", "assistant")]),
    "dora": ("Dora Keller", "", [("A", "designer")]),
    "mina": ("Mina Park", "manager", []),
    "aude": ("Aude Martin", "auditor", []),
    "omar": ("Omar Haddad", "administrator", []),
    "nils": ("Nils Berg", "", []),
}
COURSES = {"A": "Algebra", "B": "Biology", "C": "Compass"}
LEARNERS = {"A": "amara", "B": "bo"}
QUESTIONS = "Which is even?\n* 2\n- 3\n\nHalf of 5?\n= 2.5\n\nA mammal that flies?\n= bat\n"


def main() -> None:
    encoded = make_password(PASSWORD)
    schools = {
        "north": make_school("North College", None, encoded),
        "south": make_school("South College", "south.localhost", encoded),
    }
    json.dump(schools, sys.stdout)


def make_school(name: str, host: str | None, encoded: str) -> dict[str, Any]:
    """Make one school; return the ids and names by which its things are found."""
    organization = Organization.objects.create(name=name, host=host)
    word = name.split()[0]
    with acting_in(organization.pk):
        make_built_in_roles()
        cast = {key: _person(key, word, encoded) for key in CAST}
        made = {key: _course(f"{word} {title}") for key, title in COURSES.items()}
        items = {key: _items(course) for key, course in made.items() if key != "C"}
        _hide_canaries(word, cast, items)
        _seats(cast, made)
        attempts = {
            key: _work(cast[who], made[key], items[key], f"canary-{word}-work-{key}")
            for key, who in LEARNERS.items()
        }
        _complete(made["C"], [cast["amara"], cast["bo"]])
        return {
            "people": {key: {"id": p.pk, "email": p.email} for key, p in cast.items()},
            "courses": {key: course.slug for key, course in made.items()},
            "course_ids": {key: course.pk for key, course in made.items()},
            "modules": {key: course.modules.get().pk for key, course in made.items()},
            "items": {k: {kind: item.key for kind, item in v.items()} for k, v in items.items()},
            "submissions": attempts,
            "role": _roles(word),
            "groups": {key: _group(f"{word} class {key}", cast[who]) for key, who in
                       (("A", "amara"), ("B", "bo"))},
            "certificates": {
                key: Certificate.objects.get(completion__seat__person=cast[who]).number
                for key, who in (("A", "amara"), ("B", "bo"))
            },
            "job": str(_failed_job().pk),
            "invitation": token_for(cast["nils"], "invitation"),
            "unsubscribing": signer.sign_object([organization.pk, cast["amara"].pk, "marked"]),
            "import": str(_import(cast["omar"]).pk),
            "applied_import": str(_applied_import(cast["omar"]).pk),
            "uploads": {purpose: str(begin_upload(cast["omar"], "a.bin", purpose, 10).pk)
                        for purpose in ("package", "video", "document")},
            "canaries": _may_see(word, cast),
        }  # fmt: skip


def _hide_canaries(
    word: str, cast: dict[str, Person], items: dict[str, dict[str, Activity]]
) -> None:
    """Put into private things words by which they are known where they should not be."""
    for key, found in items.items():
        page, quiz = found["page"], found["quiz"]
        courses.save_draft(page, {"body": f"<p>canary-{word}-page-{key}</p>"}, page.draft.revision)
        form = activity_types["quiz"].settings_form(
            {"questions": QUESTIONS.replace("bat", f"canary-{word}-key-{key}")}
        )
        form.full_clean()
        courses.save_draft(quiz, form.cleaned_data | {"show_right": False}, quiz.draft.revision)
        for each in (page, quiz):
            courses.publish_activity(each)
    for key, who in LEARNERS.items():
        person = cast[who]
        Person.objects.filter(pk=person.pk).update(number=f"canary-{word}-number-{key}")


def _may_see(word: str, cast: dict[str, Person]) -> dict[str, list[str]]:
    """Return who may meet each canary; a certificate is known by its number."""
    staff = ["mina", "aude", "omar"]
    seen = {
        "page-A": ["amara", "lena", "ravi", "dora", *staff],
        "page-B": ["bo", *staff],
        "key-A": ["lena", "dora", "omar"],
        "key-B": ["omar"],
        "work-A": ["amara", "lena", "ravi"],
        "work-B": ["bo"],
        "feedback-A": ["amara", "lena", "ravi"],
        "feedback-B": ["bo"],
        "number-A": ["amara", *staff],
        "number-B": ["bo", *staff],
    }
    found = {f"canary-{word}-{what}": who for what, who in seen.items()}
    for who in LEARNERS.values():
        number = Certificate.objects.get(completion__seat__person=cast[who]).number
        found[number] = [who, *staff]
    return found


def _import(by: Person) -> PersonImport:
    """A file of people that was checked: two new ones and one without an address."""
    text = b"name,email\nNew One,new1@example.org\nNew Two,new2@example.org\nNobody,nonsense\n"
    row = begin_import(by, BytesIO(text), "people.csv")
    run_waiting()
    return row


def _applied_import(by: Person) -> PersonImport:
    """A file of people that was applied, and can be undone."""
    row = begin_import(by, BytesIO(b"name,number,group\nOld One,1001,Late class\n"), "late.csv")
    run_waiting()
    apply_import(row, by)
    run_waiting()
    return row


def _person(key: str, school: str, encoded: str) -> Person:
    name, role, _seats = CAST[key]
    email = f"{key}@{school.lower()}.example"
    user = User.objects.create(email=email, password=encoded)
    person = people.add_person(email, f"{name} {school}", invited=False, user=user)
    if role:
        people.give_role(person, role)
    return person


def _course(title: str) -> Course:
    door = "open" if title.endswith(COURSES["C"]) else "closed"
    return courses.create_course(title, summary="What everybody should know.", self_enrollment=door)


def _items(course: Course) -> dict[str, Activity]:
    quiz = activity_types["quiz"].settings_form({"questions": QUESTIONS})
    quiz.full_clean()
    configs = {
        kind.key: quiz.cleaned_data if kind.key == "quiz" else kind.example
        for kind in activity_types
    }
    made = {kind: _item(course, kind, config) for kind, config in configs.items()}
    _show_film(made["video"])
    made["locked"] = _item(course, "page", configs["page"])
    courses.set_prerequisites(
        made["locked"], {"all": [{"kind": "completion", "activity": made["quiz"].pk}]}
    )
    courses.publish_course(course)
    return made


def _item(course: Course, kind: str, config: dict[str, Any]) -> Activity:
    title = str(activity_types[kind].name)
    points = 10 if activity_types[kind].gradable else 0
    item = courses.add_activity(
        course.modules.get(), kind, f"{title} of {course.title}", config, points=points
    )
    courses.publish_activity(item)
    return Activity.objects.select_related("course").get(pk=item.pk)


def _show_film(activity: Activity) -> None:
    """Let a video show a film that is ready, without running the encoder."""
    file = store(BytesIO(MP4), "film.mp4", "video")
    Film.objects.create(file=file, state="ready", seconds=20)
    config = {"file": file.pk, "source": file.sha256, "name": file.name, "captions": []}
    courses.save_draft(activity, {**activity.draft.config, **config}, activity.draft.revision)
    courses.publish_activity(activity)


def _seats(cast: dict[str, Person], made: dict[str, Course]) -> None:
    for key, (_name, _role, seats) in CAST.items():
        for course, role in seats:
            enroll(cast[key], made[course], role)


def _work(who: Person, course: Course, items: dict[str, Activity], text: str) -> str:
    """Let a learner finish one attempt, begin another, hand in; return the work that waits.

    text  of the work; of the same name, but "feedback", is what was said of an earlier one
    """
    seat = who.enrollments.get(course=course)
    submit_attempt(begin(seat.pk, items["quiz"].pk))
    begin(seat.pk, items["quiz"].pk)
    earlier = take(seat.pk, items["assignment"].pk, text, [])
    waiting = take(seat.pk, items["assignment"].pk, text, [])
    mark(earlier.pk, Score(Decimal(3), Decimal(10)), feedback=text.replace("work", "feedback"))
    return str(waiting.pk)


def _complete(course: Course, learners: list[Person]) -> None:
    page = _item(course, "page", activity_types["page"].example)
    courses.publish_course(course)
    for who in learners:
        seat = who.enrollments.get(course=course)
        record(seat.pk, page.pk, Result(verb="experienced", finished=True))


def _roles(word: str) -> str:
    """Make a role of the school's own; return its key. A guest may do nothing."""
    auditor = Role.objects.get(key="auditor")
    guest = people.copy_role(auditor, "Guest")
    people.change_role(guest, guest.revision, [], guest.name)
    return people.copy_role(auditor, f"{word} helper").key


def _group(name: str, member: Person) -> int:
    group = people.make_group(name)
    people.add_to_group(group, [member.pk])
    return group.pk


def _failed_job() -> Job:
    now = clock.now()
    return Job.objects.create(
        name="schola.kernel.upkeep.sweep", state=Job.State.FAILED, tries=5, run_at=now,
        made_at=now, finished_at=now, error="ConnectionError: the mail server did not answer",
    )  # fmt: skip


if __name__ == "__main__":
    main()
