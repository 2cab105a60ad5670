"""What looks at private pages, and acts of these pages, are called."""

from django.utils.translation import gettext_lazy as _

from schola.kernel.audit.words import name_acts

name_acts(
    {
        "read grades": _("looked at their grades"),
        "read record": _("looked at their record"),
        "course.due-changed": _("due date changed"),
    }
)
