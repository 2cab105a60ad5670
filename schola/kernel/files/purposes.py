"""What a file may be sent for, by whom, and how large and of which kinds it may then be."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from schola.kernel.files.formats import name_of, named, promised
from schola.kernel.guard import reason_for
from schola.kernel.permissions import Actor, reach

MEGABYTE = 1_000_000
EVERYBODY = "signed in"  # who may send: anybody who is somebody


@dataclass(frozen=True)
class Limits:
    """kinds: media types, or families such as "image/"; empty: every type that is known."""

    max_bytes: int = 100 * MEGABYTE
    kinds: tuple[str, ...] = ()

    def check_size(self, size: int) -> None:
        """Raise ValidationError if a file of so many bytes is too large, or empty."""
        if size > self.max_bytes:
            raise ValidationError(
                _("This file is larger than %(most)s MB. Send a smaller one.")
                % {"most": self.max_bytes // MEGABYTE},
                code="too_large",
            )
        if size <= 0:
            raise ValidationError(_("This file is empty. Choose another one."), code="empty")

    def check_type(self, media_type: str, name: str) -> None:
        """Raise ValidationError if files of this type are not taken here.

        name  what the sender calls the file: it decides nothing, but tells what they meant to send
        """
        if self.kinds and not media_type.startswith(self.kinds):
            said = f"{self._refusal(media_type, name)} {self._wanted()}"
            raise ValidationError(said, code="wrong_type")

    def _refusal(self, media_type: str, name: str) -> str:
        if meant := promised(name, self.kinds):
            return _("This file is no real %(kind)s, or it is damaged.") % {"kind": meant}
        if found := name_of(media_type):
            return _("A file of this kind (%(kind)s) is not taken here.") % {"kind": found}
        return _("A file of this kind is not taken here.")

    def _wanted(self) -> str:
        return _("Send one of: %(kinds)s.") % {"kinds": named(self.kinds)}


@dataclass(frozen=True)
class Purpose:
    """asks: the capability that sending in pieces asks for, or EVERYBODY; "": nobody may."""

    limits: Limits
    asks: str = ""

    def check_sender(self, person: Actor) -> None:
        """Raise PermissionDenied unless the person holds the capability on something.

        On what the file is then used, the page that takes it asks.
        """
        if self.asks == EVERYBODY or (self.asks and reach(person, self.asks)):
            return
        raise PermissionDenied(reason_for(self.asks) if self.asks else not_taken())


purposes: dict[str, Purpose] = {}


def declare_purpose(name: str, limits: Limits, asks: str = "") -> None:
    """Make known what files are sent for. Without `asks` they come only with a form of ours."""
    purposes[name] = Purpose(limits, asks)


def not_taken() -> str:
    return _("Files are not taken for this purpose.")
