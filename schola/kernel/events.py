"""Events: facts that flow from the floor where they happen up to the floors that care.

A lower floor emits; a higher floor listens. Who listens to what is written in one place,
``schola/flow.py``; a plugin may add a ``flow.py`` of its own. A handler runs in one of two ways:

``now``    in the transaction of the emitter: what the learner must see on the next page.
``later``  as a job enqueued in the same transaction, at least once: mail, webhooks, pictures.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from typing import Any, ClassVar, Literal, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy

from schola.kernel.jobs import enqueue_many, job


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in the past tense. Fields are plain values: ids, text, numbers."""

    name: ClassVar[str]
    known: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls, *, name: str) -> None:
        cls.name = name
        Event.known[name] = cls


Handler = Callable[..., None]


class On(NamedTuple):
    """One line of the flow: when this event happens, this handler runs, now or later."""

    event: type[Event]
    handler: Handler
    when: Literal["now", "later"] = "now"


@cache
def listeners() -> dict[type[Event], list[On]]:
    """Return the lines of the root flow, then those of each app that has a ``flow.py``."""
    flows = [import_module(settings.ROOT_FLOW).FLOW]
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "flow"):
            flows.append(import_module(f"{app.name}.flow").FLOW)
    by_event = defaultdict(list)
    for line in (line for flow in flows for line in flow):
        by_event[line.event].append(line)
    return by_event


def emit(*events: Event) -> None:
    """Run the ``now`` handlers of the events, queue their ``later`` handlers with one insert.

    Must be called inside the transaction that made the events true, so that the facts and their
    telling are committed together or not at all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"emit({events[0].name}) outside a transaction")
    for event in events:
        tell(event)
    queue(events)


def tell(event: Event, *context: Any) -> None:
    """Run the ``now`` handlers of one event, each with the context that its emitter works in."""
    for line in listeners().get(type(event), ()):
        if line.when == "now":
            line.handler(event, *context)


def queue(events: Iterable[Event]) -> None:
    """Enqueue one job for each ``later`` handler of each event."""
    enqueue_many(
        deliver,
        [
            {"handler": path(line.handler), "event": event.name, "data": asdict(event)}
            for event in events
            for line in listeners().get(type(event), ())
            if line.when == "later"
        ],
    )


def path(handler: Handler) -> str:
    """Return the name by which a queued event finds its handler again."""
    return f"{handler.__module__}.{handler.__qualname__}"


@job(label=gettext_lazy("Passing on what happened"), tries=6)
def deliver(handler: str, event: str, data: dict[str, Any]) -> None:
    """Let one handler hear one event. May run more than once."""
    fact = Event.known[event](**data)
    handlers = {path(line.handler): line.handler for line in listeners().get(type(fact), ())}
    handlers[handler](fact)
