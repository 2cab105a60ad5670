"""Putting right what keeps somebody from a text."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schola.courses import actions
from schola.courses.accessibility import repaired
from schola.courses.activity_types import activity_types
from schola.courses.models import Activity
from schola.kernel.guard import requires
from schola.kernel.numbers import whole
from schola.kernel.revision import StaleRevision
from schola.kernel.sanitize import clean_html
from schola.pages.views.edit import refusal


@require_POST
@requires("activity.edit", Activity)
def repair(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Put one finding of the draft right, with the author's words where it needs them.

    A finding is named by its place, so it must be the draft that the author saw.
    """
    data, config = request.POST, activity.draft.config
    field = data.get("field", "")
    try:
        if field not in activity_types[activity.kind].texts:
            raise ValidationError(_("This is no longer so. Look at the list again."))
        words = data.get("words", "")[:500]
        seen = whole(data.get("revision"))
        if seen != activity.draft.revision:
            raise StaleRevision(activity.draft.revision)
        text = repaired(config.get(field, ""), data.get("check", ""), whole(data.get("n")), words)
        actions.save_draft(activity, config | {field: clean_html(text, "page")}, seen)
    except StaleRevision:
        activity.refresh_from_db(fields=["draft"])
        stale = ValidationError(_("This is no longer so. Look at the list again."))
        return refusal(request, activity, stale, status=409)
    except ValidationError as error:
        messages.error(request, error.messages[0], extra_tags="bad")
    else:
        messages.success(request, _("Put right in the draft. Publish it when you are done."))
    return redirect(f"/courses/{activity.course.slug}/{activity.key}/edit#use")
