"""Questions, marked by machine as soon as they are handed in."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schola.activities.quiz import views
from schola.activities.quiz.passing import has_passed
from schola.courses.activity_types import ActivityType, Route, Visit, activity_types
from schola.questions.sheet import clean_questions
from schola.questions.typed import Draft, parse, to_text
from schola.records.models import Attempt

HOW = _(
    "Type or paste. A blank line ends a question. Before an option write * if it is right and - "
    "if not, or [x] and [ ] where several are. For a number or a short text write = and the "
    "answer. ? explains the line above it, ?? the whole question."
)


class QuizSettings(forms.Form):
    questions = forms.CharField(
        label=_("Questions"), help_text=HOW, widget=forms.Textarea(attrs={"rows": 18})
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=1440, required=False,
        help_text=_("Leave it empty for as long as it takes."),
    )  # fmt: skip
    attempts = forms.IntegerField(
        label=_("Attempts"), min_value=1, max_value=100, required=False,
        help_text=_("Leave it empty for any number."),
    )  # fmt: skip
    show_right = forms.BooleanField(
        label=_("Show the right answers afterwards"), required=False, initial=True
    )

    def clean_questions(self) -> list[dict[str, Any]]:
        """Read the typed text. Each line that cannot be read is named with its number."""
        drafts = parse(self.cleaned_data["questions"])
        questions = [
            {"type": draft.kind, "body": draft.body, "points": str(draft.points)}
            for draft in drafts
        ]
        return clean_questions(questions)


@activity_types.register
class Quiz(ActivityType):
    """Questions with a time limit and a number of attempts, graded at once with feedback."""

    key = "quiz"
    name = _("Quiz")
    icon = "quiz"
    template = "quiz/quiz.html"
    settings_form = QuizSettings
    gradable = True
    rules = ("passed", "handed_in", "viewed")
    example = {
        "questions": [
            {
                "type": "choice",
                "points": "1",
                "body": {
                    "text": "Which is even?",
                    "options": [
                        {"id": "o1", "text": "2", "right": True, "feedback": ""},
                        {"id": "o2", "text": "3", "right": False, "feedback": ""},
                    ],
                    "shuffle": True,
                    "feedback": "",
                },
            }
        ],
        "minutes": None,
        "attempts": None,
        "show_right": True,
    }
    routes = (
        Route("start", views.start, "activity.attempt", ("POST",), "save"),
        Route("attempt/<int:n>", views.attempt_page, "activity.attempt", begun=True),
        Route("attempt/<int:n>/answers", views.answers, "activity.attempt", begun=True),
        Route(
            "attempt/<int:n>/answers/<int:slot>", views.save, "activity.attempt", ("POST",),
            "save", begun=True,
        ),
        Route(
            "attempt/<int:n>/finish", views.finish, "activity.attempt", ("POST",), "save",
            begun=True,
        ),
        Route("attempt/<int:n>/result", views.result, "activity.attempt", begun=True),
    )  # fmt: skip

    def initial(self, config: Mapping[str, Any]) -> dict[str, Any]:
        questions = [
            Draft(each["type"], each["body"], Decimal(each["points"]))
            for each in config.get("questions", [])
        ]
        return {"show_right": True, **config, "questions": to_text(questions) if questions else ""}

    def show(self, visit: Visit) -> dict[str, Any]:
        mine = Attempt.objects.filter(seat_id=visit.seat_id, activity_id=visit.activity.id)
        attempts = list(mine.order_by("number")) if visit.seat_id else []
        closed = [a for a in attempts if a.state != Attempt.State.OPEN]
        most = visit.config.get("attempts")
        return {
            "questions": len(visit.config.get("questions", [])),
            "minutes": visit.config.get("minutes"),
            "most": most,
            "attempts": [(a, has_passed(a, visit.activity.rule)) for a in closed],
            "open_attempt": next((a for a in attempts if a not in closed), None),
            "left": most is None or len(attempts) < most,
            "pass_percent": round(100 * visit.activity.rule.get("fraction", 0.6)),
        }
