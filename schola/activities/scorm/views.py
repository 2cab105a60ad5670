"""Pages of a package on the app's own host: begin, and take a package from its author."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from schola.activities.scorm.packages import PURPOSE, take_package, unpack_package
from schola.courses.actions import lock_course, save_draft
from schola.courses.activity_types import published_config
from schola.courses.models import Activity
from schola.enrollment.models import Enrollment
from schola.kernel.models import Upload
from schola.records.actions import begin


class PackageForm(forms.Form):
    """A zip file, or the id of the file that came of an upload in pieces."""

    package = forms.FileField(required=False)
    upload = forms.IntegerField(required=False)


def start(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Begin an attempt, or go on with the open one; the page of the activity then shows it."""
    seats = Enrollment.objects.active().learners().filter(course=activity.course_id)
    seat = seats.filter(person=request.person).first()
    if seat is None or not activity.published_id:
        raise Http404
    if not published_config(activity.published_id).get("package"):
        raise ValidationError(_("There is no package here yet. Ask your instructor."))
    begin(seat.pk, activity.pk)
    return redirect(f"/courses/{activity.course.slug}/{activity.key}")


def take(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Put a package into the draft. Publishing shows it to learners, as for all activities."""
    form = PackageForm(request.POST, request.FILES)
    if not form.is_valid():
        raise ValidationError(_("Choose the zip file of the package again."))
    config = _config(request, form)
    with transaction.atomic():
        # unpacking takes a while, and the form saves itself meanwhile: read what is there now
        lock_course(activity.course_id)
        draft = Activity.objects.select_related("draft").get(pk=activity.pk).draft
        save_draft(activity, {**draft.config, **config}, draft.revision)
    messages.success(request, _("The package is here: “%(title)s”.") % {"title": config["title"]})
    if config["parts"] > 1:
        messages.info(request, _("It has %(n)s parts.") % {"n": config["parts"]})
    if config["prerequisites"]:
        note = _("The package asks for an order of its parts. Here learners choose it themselves.")
        messages.info(request, note)
    return redirect(f"/courses/{activity.course.slug}/{activity.key}/edit")


def _config(request: HttpRequest, form: PackageForm) -> dict[str, object]:
    if file := form.cleaned_data["package"]:
        return take_package(file, file.name)
    mine = Upload.objects.filter(person_id=request.person.pk, purpose=PURPOSE)
    sent = mine.filter(file_id=form.cleaned_data["upload"]).select_related("file").first()
    if sent is None or sent.file is None:
        raise ValidationError(_("Choose the zip file of a SCORM package."))
    return unpack_package(sent.file)
