from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from schola.kernel.destinations import destination
from schola.kernel.permissions import OWN, declare

declare(
    "certificates.view",
    _("See certificates"),
    given_to=("instructor", "manager", "auditor", "administrator", OWN),
)
declare(
    "certificates.edit",
    _("Change how certificates look, re-issue and revoke them"),
    given_to=("administrator",),
)

destination(gettext_lazy("My certificates"), "/me/certificates", icon="award")
destination(
    gettext_lazy("Look of certificates"), "/settings/certificates", "certificates.edit",
    icon="award", whole=True,
)  # fmt: skip
