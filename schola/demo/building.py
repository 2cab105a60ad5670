"""The courses of the demo school, built by the actions that authors use."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from schola.activities.document.actions import set_paper
from schola.activities.scorm.packages import take_package
from schola.activities.video.actions import set_captions, set_film
from schola.courses import actions
from schola.courses.activity_types import activity_types
from schola.courses.models import Activity, Module
from schola.courses.models import Course as CourseRow
from schola.demo.content import COURSES
from schola.demo.content.outline import Course, Piece
from schola.demo.content.people import LEARNERS, STAFF
from schola.enrollment.actions import enroll, enroll_group
from schola.kernel.files import CONTENT, picture_source, store, store_picture
from schola.people.models import Group, Person

PICTURE = re.compile(r'src="media:([^"/]+)"')
GROUPS = {"introduction-to-statistics": ("Group B",), "welcome-to-northgate": ("Group A",)}
WEAVES = {"introduction-to-statistics": "dots", "data-protection-at-work": "beams"}
Pieces = dict[tuple[str, str], Activity]


def build_courses(folder: Path, first_day: datetime) -> Pieces:
    """Make and publish every course, with its people. Return activities by (course, piece).

    folder  where the pictures, films and papers lie
    """
    made: Pieces = {}
    for plan in COURSES:
        row = actions.create_course(
            plan.title,
            slug=plan.slug,
            summary=plan.summary,
            hue=plan.cover,
            weave=WEAVES.get(plan.slug, "rings"),
            pass_fraction=Decimal(plan.pass_percent) / 100,
        )
        _fill(row, plan, Builder(plan, folder, first_day), made)
        actions.publish_course(row)
        _seat(row, plan)
    return made


def _fill(row: CourseRow, plan: Course, builder: "Builder", made: Pieces) -> None:
    first = row.modules.get()
    actions.rename_module(first, first.revision, plan.parts[0].title)
    for number, part in enumerate(plan.parts):
        module = actions.add_module(row, part.title) if number else first
        for piece in part.pieces:
            if piece.kind in activity_types:
                made[plan.slug, piece.key] = builder.build(module, piece, made)


def _seat(row: CourseRow, plan: Course) -> None:
    people = {person.email.partition("@")[0]: person for person in Person.objects.all()
              if person.email}  # fmt: skip
    enroll(people[plan.instructor], row, "instructor")
    for each in STAFF:
        if each.role == "teaching_assistant":
            enroll(people[each.key], row, "assistant")
    names = GROUPS.get(plan.slug) or sorted({each.group for each in LEARNERS})
    for group in Group.objects.filter(name__in=names).order_by("pk"):
        enroll_group(group, row)


class Builder:
    """Makes the activities of one course."""

    def __init__(self, plan: Course, folder: Path, first_day: datetime) -> None:
        self.plan, self.folder, self.first_day = plan, folder, first_day
        self.configs: dict[str, Callable[[Piece], dict[str, Any]]] = {
            "page": self._page,
            "quiz": self._quiz,
            "assignment": self._assignment,
            "link": lambda piece: {"url": piece.source},
        }
        self.files: dict[str, Callable[[Activity, Piece], None]] = {
            "video": self._film,
            "document": self._paper,
            "scorm": self._package,
        }

    def build(self, module: Module, piece: Piece, made: Pieces) -> Activity:
        activity = actions.add_activity(
            module,
            piece.kind,
            piece.title,
            self._config(piece),
            points=Decimal(piece.points),
            minutes=piece.minutes,
            rule=self._rule(piece),
            due_at=self._due(piece),
        )
        if tree := self._tree(piece, made):
            actions.set_prerequisites(activity, tree)
        if piece.kind in self.files:
            self.files[piece.kind](activity, piece)
        actions.publish_activity(activity)
        return activity

    def _config(self, piece: Piece) -> dict[str, Any]:
        """Return what the form of the activity makes of the texts, as if an author had sent it."""
        words = self.configs.get(piece.kind, lambda piece: {})(piece)
        form = activity_types[piece.kind].settings_form(words)
        if not form.is_valid():
            raise ValueError(f"{self.plan.slug}/{piece.key}: {form.errors}")
        return form.cleaned_data

    def _page(self, piece: Piece) -> dict[str, Any]:
        return {"body": PICTURE.sub(self._picture, self.plan.text(piece))}

    def _assignment(self, piece: Piece) -> dict[str, Any]:
        switches = dict.fromkeys(("takes_text", "takes_files", "again"), True)
        return {"task": PICTURE.sub(self._picture, self.plan.text(piece)), **switches}

    def _quiz(self, piece: Piece) -> dict[str, Any]:
        return {
            "questions": self.plan.text(piece),
            "minutes": piece.time_minutes or None,
            "attempts": piece.attempts or None,
            "show_right": True,
        }

    def _film(self, activity: Activity, piece: Piece) -> None:
        path = self.folder / piece.source
        with path.open("rb") as stream:
            set_film(activity, store(stream, piece.source, "video"))
        for captions in sorted(self.folder.glob(f"{path.stem}.*.vtt")):
            language = captions.suffixes[-2][1:]
            label = dict(settings.LANGUAGES)[language]
            set_captions(activity, language, label, captions.read_bytes())

    def _paper(self, activity: Activity, piece: Piece) -> None:
        with (self.folder / piece.source).open("rb") as stream:
            set_paper(activity, store(stream, piece.source, "document"))

    def _package(self, activity: Activity, piece: Piece) -> None:
        with (self.folder / piece.source).open("rb") as stream:
            config = take_package(stream, piece.source)
        draft = activity.draft
        actions.save_draft(activity, {**draft.config, **config}, draft.revision)

    def _picture(self, found: re.Match[str]) -> str:
        with (self.folder / found[1]).open("rb") as stream:
            return f'src="{picture_source(store_picture(stream, found[1], CONTENT))}"'

    def _rule(self, piece: Piece) -> dict[str, Any]:
        if piece.kind == "quiz" and not piece.pass_percent:
            return {"when": "handed_in"}
        rule: dict[str, Any] = {"when": activity_types[piece.kind].rules[0]}
        if piece.pass_percent:
            rule["fraction"] = piece.pass_percent / 100
        return rule

    def _due(self, piece: Piece) -> datetime | None:
        if piece.due_day is None:
            return None
        return self.first_day + timedelta(days=piece.due_day, hours=-1, minutes=59)

    def _tree(self, piece: Piece, made: Pieces) -> dict[str, Any] | None:
        before = [made[self.plan.slug, key] for key in piece.after if (self.plan.slug, key) in made]
        leaves = [{"kind": "completion", "activity": each.pk} for each in before]
        return {"all": leaves} if leaves else None
