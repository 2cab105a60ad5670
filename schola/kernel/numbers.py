"""Numbers that come as text from an address or a form."""


def whole(text: str | None) -> int:
    """Return the whole number, or 0, which no row has, for anything that is none."""
    return int(text) if text and text.isdigit() and len(text) < 18 else 0
