"""What is done to certificates is called, and where it was done."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from schola.completion.models import Certificate
from schola.kernel.audit.words import Thing, name_acts, name_things, numbers
from schola.kernel.permissions import held_on

name_acts(
    {
        "certificate.reissued": _("certificate issued again"),
        "certificate.revoked": _("certificate revoked"),
        "certificates.changed": _("look of certificates changed"),
        "certificates.own-look-dropped": _("look of certificates of a course taken away"),
    }
)


def find_certificates(ids: Collection[str], reader: Any) -> Mapping[str, Thing]:
    """Return certificates by whom they are for; addressed by number, which not all may see."""
    found = Certificate.objects.filter(pk__in=numbers(ids))
    found = found.annotate(may_view=held_on(reader, "certificates.view", Certificate))
    return {
        str(each.pk): Thing(
            str(each.fields.get("name", "")), f"/verify/{each.number}" if each.may_view else ""
        )
        for each in found.only("pk", "fields", "number")
    }


name_things("certificate", _("Certificate"), find_certificates)
name_things("template", _("Look of certificates"))
