"""Telling pages that are open that something has changed."""

from datetime import timedelta
from typing import Any

from schola.kernel import clock
from schola.kernel.models import Signal
from schola.kernel.tenants import everywhere

KEPT = timedelta(minutes=5)


def announce(channel: str, data: dict[str, Any]) -> None:
    """Say in this transaction that something changed on a channel. One insert."""
    Signal.objects.create(channel=channel, data=data, at=clock.now())


@everywhere()
def prune() -> int:
    """Forget old signals; return how many."""
    return Signal.objects.across().filter(at__lt=clock.now() - KEPT).delete()[0]
