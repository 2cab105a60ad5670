"""What is done to work that was handed in is called."""

from django.utils.translation import gettext_lazy as _

from schola.kernel.audit.words import name_acts

name_acts(
    {
        "grade.marked": _("marked"),
        "grade.another-allowed": _("allowed to hand in again"),
    }
)
