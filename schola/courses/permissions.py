from django.utils.translation import gettext_noop as _

from schola.kernel.permissions import declare

STAFF = ("instructor", "assistant", "designer", "manager", "auditor", "administrator")

declare("course.view", _("See the course"), given_to=("learner", *STAFF))
declare("course.edit", _("Change the course"), given_to=("instructor", "designer", "administrator"))
declare("course.create", _("Make courses"), given_to=("instructor", "designer", "administrator"))
declare(
    "activity.edit", _("Change activities"), given_to=("instructor", "designer", "administrator")
)
declare("activity.attempt", _("Work on activities"), given_to=("learner",))
