"""SCORM 1.2 packages, which run on the content host and report to an attempt."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schola.activities.scorm import content, views
from schola.activities.scorm.cmi import ENDED
from schola.activities.scorm.launches import Launch, run_url
from schola.activities.scorm.parts import openable, status_of, suspended
from schola.activities.scorm.running import channel
from schola.courses.activity_types import (
    ActivityType,
    Route,
    Visit,
    activity_types,
    published_config,
)
from schola.courses.models import Activity, ActivityVersion
from schola.kernel.content_urls import on_content_host
from schola.kernel.live import live_url
from schola.kernel.tenants import current_organization
from schola.records.models import Attempt

on_content_host(
    path("p/<str:token>/_run", content.run, name="scorm-run"),
    path("p/<str:token>/_commit", content.commit, name="scorm-commit"),
    path("p/<str:token>/<path:name>", content.piece, name="scorm-piece"),
)


SCORINGS = [
    ("average", _("The average of the parts")),
    ("highest", _("The highest of the parts")),
    ("sum", _("The sum of the parts")),
    ("last", _("The part that was scored last")),
]


class ScormSettings(forms.Form):
    mastery = forms.DecimalField(
        label=_("Points needed to pass, as the package counts them"),
        min_value=0, max_value=100, max_digits=9, decimal_places=4, required=False,
        help_text=_("Leave it empty if the package itself says who has passed."),
    )  # fmt: skip
    scoring = forms.ChoiceField(
        label=_("Score of a package of several parts"), choices=SCORINGS, required=False,
        help_text=_("Of the parts that have a score. All parts together count 0 to 100 points."),
    )  # fmt: skip

    def clean_scoring(self) -> str:
        return self.cleaned_data["scoring"] or "average"

    def clean_mastery(self) -> str | None:
        """Return it as text: a config is plain JSON."""
        mastery: Decimal | None = self.cleaned_data["mastery"]
        return None if mastery is None else str(mastery)


@activity_types.register
class Scorm(ActivityType):
    """A SCORM 1.2 package: made elsewhere, run here, with its score and status kept."""

    key = "scorm"
    name = _("SCORM package")
    icon = "package"
    template = "scorm/scorm.html"
    edit_template = "scorm/edit.html"
    settings_form = ScormSettings
    gradable = True
    rules = ("activity", "passed", "score", "viewed")
    example = {
        "package": "", "href": "", "title": "", "mastery": None, "data": "", "parts": 1,
        "items": [], "prerequisites": False, "scoring": "average",
    }  # fmt: skip
    scripts = ("js/scorm-edit.js", "js/scorm-page.js")
    routes = (
        Route("start", views.start, "activity.attempt", ("POST",), "save"),
        Route("package", views.take, "activity.edit", ("POST",), "save"),
    )

    def initial(self, config: Mapping[str, Any]) -> dict[str, Any]:
        return {"mastery": config.get("mastery"), "scoring": config.get("scoring", "average")}

    def show(self, visit: Visit) -> dict[str, Any]:
        """Show the package while there is an attempt to go on with; authors always see it."""
        if not visit.config.get("package"):
            return {"attempts": [], "run_url": ""}
        if not visit.seat_id:
            return {"attempts": [], "run_url": _run_url(visit, None)}
        mine = Attempt.objects.filter(seat_id=visit.seat_id, activity_id=visit.activity.id)
        attempts = list(mine.order_by("number"))
        last = attempts[-1] if attempts else None
        goes_on = last and (last.state == Attempt.State.OPEN or suspended(last.data))
        return {
            "attempts": [each for each in attempts if each.state != Attempt.State.OPEN],
            "run_url": _run_url(visit, last) if goes_on else "",
            "review_url": _run_url(visit, last, review=True) if last and not goes_on else "",
            "may_start": last is None or last.state != Attempt.State.OPEN,
            "live": _live_url(visit, last) if goes_on else "",
            **_progress(last),
        }


def _live_url(visit: Visit, attempt: Attempt) -> str:
    return live_url(current_organization(), channel(attempt.pk), visit.session_id)


def _progress(attempt: Attempt | None) -> dict[str, Any]:
    """Return how many parts there are and how many are over, if there are several."""
    if attempt is None or attempt.version_id is None:
        return {}
    parts = openable(published_config(attempt.version_id))
    over = [each for each in parts if status_of(attempt.data, each["id"]) in ENDED]
    return {"parts": len(parts), "over": len(over)}


def _run_url(visit: Visit, attempt: Attempt | None, *, review: bool = False) -> str:
    """Return where to run the version of the attempt, or the draft for its authors."""
    version_id = attempt.version_id if attempt else None
    if version_id is None:
        activities = Activity.objects.filter(pk=visit.activity.id)
        version_id = activities.values_list("draft_id", flat=True).get()
    config = ActivityVersion.objects.values_list("config", flat=True).get(pk=version_id)
    return run_url(
        Launch(
            organization_id=current_organization(),
            person_id=visit.person_id,
            session_id=visit.session_id,
            version_id=version_id,
            package=config["package"],
            attempt_id=str(attempt.pk) if attempt else "",
            review=review,
        )
    )
