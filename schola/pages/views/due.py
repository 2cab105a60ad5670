"""By when the people and groups of a course have to be through with it."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schola.courses.models import Course
from schola.enrollment.actions import set_due, set_group_due
from schola.kernel import audit
from schola.kernel.guard import requires
from schola.pages.due import Dated, DueForm, dated
from schola.pages.views.members import members_response


@require_POST
@requires("course.enroll", Course)
def change_due(request: HttpRequest, course: Course) -> HttpResponse:
    """Set by when one learner, or a group, has to be through with the course."""
    found, form = dated(course, request.POST), DueForm(request.POST)
    if found is None:
        words = _("Choose a learner or a group of this course.")
        return members_response(request, course, words, 422)
    if not form.is_valid():
        return members_response(request, course, status=422, dated=found, due_form=form)
    try:
        _set(request, course, found, form.cleaned_data["due_at"])
    except ValidationError as error:
        return members_response(request, course, error.messages[0], 422)
    messages.success(request, _("Saved."))
    return redirect(f"/courses/{course.slug}/people")


@transaction.atomic
def _set(request: HttpRequest, course: Course, found: Dated, due_at: datetime | None) -> None:
    """Set the date, and write down who did it. Raises what `set_group_due` does."""
    before, after = ({"course": course.title, "due_at": at} for at in (found.thing.due_at, due_at))
    if found.field == "seat":
        set_due(found.thing, due_at)
    else:
        set_group_due(found.thing, due_at)
    audit.act(request.person.pk, "course.due-changed", *found.audited, before, after)
