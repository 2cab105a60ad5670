"""The school's own colour, kept readable in both themes."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FLOOR = 4.5  # WCAG 2.2, 1.4.3: text of a button on the button
DARK_PAPER = "#0c1616"


def luminance(color: str) -> float:
    """Return the relative luminance of #rrggbb, in [0, 1]. Source: WCAG 2.2, definitions."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, in [1, 21]. Source: WCAG 2.2, definitions."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def check_color(color: str) -> str:
    """Return the colour if white words can be read on it.

    Raises ValidationError with the contrast that it has and the one that it needs.
    """
    found = contrast(color, "#ffffff")
    if found < FLOOR:
        raise ValidationError(
            _("White words on this colour have a contrast of %(found)s; 4.5 is needed. Go darker.")
            % {"found": f"{found:.1f}"}
        )
    return color.lower()


def lighter(color: str) -> str:
    """Return the colour mixed with white until it can be read on the dark page."""
    for share in range(0, 100, 5):
        mixed = mix(color, "#ffffff", share / 100)
        if contrast(mixed, DARK_PAPER) >= 7:
            return mixed
    return "#ffffff"


def mix(color: str, other: str, share: float) -> str:
    """Return the colour with this share, in [0, 1], of another one."""
    parts = [
        round(int(color[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share)
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


def brand_css(color: str) -> str:
    """Return the style sheet that gives the pages the school's colour."""
    bright = lighter(color)
    light = (
        f"--primary:{color};--primary-hover:{mix(color, '#000000', 0.2)};--on-primary:#ffffff;"
        f"--primary-soft:{mix(color, '#ffffff', 0.87)};"
        f"--primary-text:{mix(color, '#000000', 0.15)};"
    )
    dark = (
        f"--primary:{bright};--primary-hover:{mix(bright, '#ffffff', 0.3)};--on-primary:#041812;"
        f"--primary-soft:{mix(color, DARK_PAPER, 0.7)};"
        f"--primary-text:{mix(bright, '#ffffff', 0.2)};"
    )
    return (
        f"@layer tokens{{:root{{{light}}}"
        f"@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f":root[data-theme=dark]{{{dark}}}}}"
    )
