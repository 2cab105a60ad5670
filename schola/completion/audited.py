"""What is done to certificates is called, and where it was done."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from schola.completion.models import Certificate
from schola.kernel.audit.words import Thing, name_acts, name_things, numbers

name_acts(
    {
        "certificate.reissued": _("certificate issued again"),
        "certificate.revoked": _("certificate revoked"),
        "certificates.changed": _("look of certificates changed"),
    }
)


def find_certificates(ids: Collection[str], reader: Any) -> Mapping[str, Thing]:
    """Return certificates by whom they are for; their public page is for everybody."""
    found = Certificate.objects.filter(pk__in=numbers(ids))
    return {
        str(each.pk): Thing(str(each.fields.get("name", "")), f"/verify/{each.number}")
        for each in found.only("pk", "fields", "number")
    }


name_things("certificate", _("Certificate"), find_certificates)
name_things("template", _("Look of certificates"))
