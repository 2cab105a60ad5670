"""The one interface behind every activity: page, video, quiz, assignment, SCORM, …

To add a type, add a folder to ``schola/activities/`` with a ``plugin.py``:

    @activity_types.register
    class Page(ActivityType):
        key = "page"
        …

The type turns a visit into HTML (`show`) and a learner's act into a `Result` (`act`). It never
writes progress or grades: it returns what happened, and the result flows on. A type with pages or
calls of its own declares them as `routes`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar, Literal
from uuid import UUID

from django import forms
from django.http import QueryDict

from schola.courses.accessibility import Finding
from schola.courses.models import ActivityVersion
from schola.courses.structure import ActivityFacts
from schola.kernel.registry import Registry


@dataclass(frozen=True)
class Visit:
    """A person in front of an activity, already known to be allowed there.

    seat_id  None: somebody of the staff is looking, and nothing is recorded
    config   the version that is shown
    saves_data  the browser asks for little: Save-Data
    """

    activity: ActivityFacts
    config: Mapping[str, Any]
    person_id: int
    seat_id: int | None = None
    version_id: int | None = None
    course_slug: str = ""
    saves_data: bool = False
    session_id: int = 0

    @property
    def url(self) -> str:
        """Where the activity is, as a path."""
        return f"/courses/{self.course_slug}/{self.activity.key}"


@dataclass(frozen=True)
class Score:
    """Points earned of points possible, exactly as they were given."""

    earned: Decimal
    possible: Decimal

    @property
    def fraction(self) -> float:
        """Earned of possible; 0 if nothing was possible."""
        return float(self.earned / self.possible) if self.possible else 0.0


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a learner's act came to.

    verb      past tense, from the xAPI vocabulary: "experienced", "answered", "completed"
    finished  the act itself ends the activity, if its rule leaves that to the activity
    success   passed or failed as the activity itself judges; None: it does not judge
    response  what the learner gave, as plain JSON; kept as evidence
    attempt   the attempt that the act belongs to; None: the act is an attempt by itself
    """

    verb: str
    finished: bool = False
    score: Score | None = None
    success: bool | None = None
    duration: timedelta | None = None
    response: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None
    attempt: UUID | None = None


@dataclass(frozen=True)
class Route:
    """A page or call of a type's own, below the address of the activity.

    path  relative, such as "attempt/<int:n>"; the view gets (request, activity, **path words)
    lane  how the server queues it: a "save" is never turned away
    begun  of "activity.attempt": it goes on with an attempt that the view finds in the open seat of
           its learner (`attempt_by_number`), and that goes on when a condition comes between
    """

    path: str
    view: Callable
    capability: str
    methods: tuple[str, ...] = ("GET",)
    lane: Literal["save", "page", "report"] = "page"
    begun: bool = False


class ActivityType:
    key: ClassVar[str]
    name: ClassVar[str]  # "Video"
    icon: ClassVar[str]  # a name in icons.svg
    template: ClassVar[str]
    settings_form: ClassVar[type[forms.Form]]  # its cleaned data is stored as the config
    example: ClassVar[dict[str, Any]]  # a config for the docs and the contract tests
    gradable: ClassVar[bool] = False
    rules: ClassVar[tuple[str, ...]] = ("viewed", "ticked", "marked")  # the first is the default
    routes: ClassVar[tuple[Route, ...]] = ()
    scripts: ClassVar[tuple[str, ...]] = ()  # modules that its page loads, below static/
    edit_template: ClassVar[str] = "pages/edit_form.html"
    texts: ClassVar[tuple[str, ...]] = ()  # fields of the config that hold clean HTML

    def initial(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the settings form shows for a config."""
        return dict(config)

    def editing(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """Return what ``edit_template`` shows of a draft besides the form, such as its files."""
        return {}

    def findings(self, configs: Sequence[Mapping[str, Any]]) -> list[list[Finding]]:
        """Return for each config what keeps somebody from its files, besides its texts.

        As many queries for all the drafts of a course as for one.
        """
        return [[] for _config in configs]

    def found_text(self, config: Mapping[str, Any], language: str) -> str:
        """Return plain text by which a published version is found, besides what its config says.

        language  that of the course, such as "de"; "": its author did not say
        As many queries for much as for little. Text that a job makes is found when the job says so
        by `tell_content_ready`.
        """
        return ""

    def show(self, visit: Visit) -> dict[str, Any]:
        """Return the context of ``template`` for this visit."""
        return {}

    def act(self, visit: Visit, data: QueryDict) -> Result:
        """Judge what the learner sent. Raise ValidationError if it makes no sense."""
        return Result(verb="completed", finished=True)


activity_types: Registry[ActivityType] = Registry("activity type")


@lru_cache(maxsize=2048)
def published_config(version_id: int) -> Mapping[str, Any]:
    """Return the config of a published version, which never changes."""
    return ActivityVersion.objects.values_list("config", flat=True).get(pk=version_id)
