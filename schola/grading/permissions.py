from django.utils.translation import gettext_noop as _

from schola.kernel.permissions import OWN, declare

declare(
    "grade.view",
    _("See grades"),
    given_to=("instructor", "assistant", "manager", "auditor", "administrator", OWN),
)
declare("grade.edit", _("Mark work and change grades"), given_to=("instructor", "assistant"))
