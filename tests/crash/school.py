"""A school that is made to be killed: python -m tests.crash.school [learners]

Prints as JSON where its course and its activities are. Everybody has the same password.
"""

import json
import sys
from typing import Any

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402

from schola.courses import actions as courses  # noqa: E402
from schola.courses.activity_types import activity_types  # noqa: E402
from schola.courses.models import Activity, Course  # noqa: E402
from schola.enrollment.actions import enroll  # noqa: E402
from schola.kernel.models import Organization  # noqa: E402
from schola.kernel.tenants import acting_in  # noqa: E402
from schola.people import actions as people  # noqa: E402
from schola.people.models import Person, User  # noqa: E402
from schola.people.rights import make_built_in_roles  # noqa: E402
from tests.crash.package import packed  # noqa: E402

PASSWORD = "correct horse battery"
QUESTIONS = "The first?\n= one\n\nThe second?\n= two\n\nThe third?\n= three\n"


def main(learners: int = 20) -> None:
    encoded = make_password(PASSWORD)
    with acting_in(Organization.objects.create(name="Crash College").pk):
        make_built_in_roles()
        people.give_role(_person("omar", encoded), "administrator")
        everybody = [_person(f"learner{n}", encoded) for n in range(1, learners + 1)]
        made = {"exam": _exam(), "work": _work(), "short": _short()}
        for who in everybody:
            for course, _items in made.values():
                enroll(who, course)
        told = {
            key: {"course": course.slug, "items": {k: item.key for k, item in items.items()}}
            for key, (course, items) in made.items()
        }
    json.dump(told, sys.stdout)


def _person(key: str, encoded: str) -> Person:
    email = f"{key}@crash.example"
    user = User.objects.create(email=email, password=encoded)
    return people.add_person(email, key.title(), invited=False, user=user)


def _exam() -> tuple[Course, dict[str, Activity]]:
    return _course("Exam", {"quiz": _config("quiz", {"questions": QUESTIONS})})


def _work() -> tuple[Course, dict[str, Activity]]:
    configs = {kind: _config(kind) for kind in ("assignment", "video", "page")}
    return _course("Work", configs | {"scorm": packed()})


def _short() -> tuple[Course, dict[str, Activity]]:
    """A course that one act completes, so that the act makes a certificate."""
    return _course("Short", {"page": _config("page")})


def _config(kind: str, words: dict[str, Any] | None = None) -> dict[str, Any]:
    if words is None:
        return dict(activity_types[kind].example)
    form = activity_types[kind].settings_form(words)
    form.full_clean()
    return form.cleaned_data


def _course(title: str, configs: dict[str, Any]) -> tuple[Course, dict[str, Activity]]:
    course = courses.create_course(title)
    items = {}
    for kind, config in configs.items():
        points = 10 if activity_types[kind].gradable else 0
        items[kind] = courses.add_activity(
            course.modules.get(), kind, kind.title(), config, points=points
        )
        courses.publish_activity(items[kind])
    courses.publish_course(course)
    return course, items


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
