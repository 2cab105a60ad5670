"""What a file may be sent for, and how large and of which kinds it may then be."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MEGABYTE = 1_000_000


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

    def check_type(self, media_type: str) -> None:
        """Raise ValidationError if files of this type are not taken here."""
        if self.kinds and not media_type.startswith(self.kinds):
            raise ValidationError(
                _("A file of this kind (%(type)s) is not taken here. Send one of: %(kinds)s.")
                % {"type": media_type, "kinds": ", ".join(self.kinds)},
                code="wrong_type",
            )


purposes: dict[str, Limits] = {}


def declare_purpose(name: str, limits: Limits) -> None:
    """Make known what files are sent for. Only declared purposes are taken from a browser."""
    purposes[name] = limits
