"""One click in a mail program switches the mails of one kind off, without a sign-in.

The address is signed and never ends: a mail may be read years later.
Sources: RFC 2369, 3.2 for List-Unsubscribe; RFC 8058 for the click.
"""

from typing import NamedTuple

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from schola.kernel.hosts import site_of
from schola.kernel.tenants import current_organization
from schola.people.models import Person
from schola.talk.kinds import kinds
from schola.talk.models import Notice

FIELD, WORD = "List-Unsubscribe", "One-Click"  # what is posted, by mail programs and by our page
signer = Signer(salt="schola.talk.unsubscribe")


class Mails(NamedTuple):
    """The mails of one kind to one person."""

    organization_id: int
    person_id: int
    kind: str


def unsubscribe_url(notice: Notice) -> str:
    """Return where whoever has the mail of a notice switches its kind off."""
    mails = Mails(notice.organization_id, notice.person_id, notice.kind)
    return f"{site_of(notice.organization_id)}/unsubscribe/{signer.sign_object(list(mails))}"


def read_address(token: str) -> Mails | None:
    """Return which mails an address is about: None if it is not ours, or of another school."""
    try:
        mails = Mails(*signer.unsign_object(token))
    except BadSignature:
        return None
    ours = mails.organization_id == current_organization() and mails.kind in kinds
    return mails if ours and Person.objects.filter(pk=mails.person_id).exists() else None


def unsubscribe_headers(notice: Notice) -> dict[str, str]:
    """Return the headers by which mail programs offer to switch the mails of this kind off."""
    return {FIELD: f"<{unsubscribe_url(notice)}>", f"{FIELD}-Post": f"{FIELD}={WORD}"}


def foot(notice: Notice) -> str:
    """Return the last lines of a mail: why it comes, and where to change that."""
    why = _("You get this because mails about “%(kind)s” are switched on for you.")
    stop, choose = _("Switch these mails off:"), _("Choose what you are told by mail:")
    choices = f"{site_of(notice.organization_id)}/me/notifications"
    return (
        f"{why % {'kind': kinds[notice.kind].label}}\n"
        f"{stop}\n{unsubscribe_url(notice)}\n{choose}\n{choices}"
    )
