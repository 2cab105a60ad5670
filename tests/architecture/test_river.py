"""Events flow upward: whoever hears one lives on its floor or above it."""

import tomllib
from decimal import Decimal

from schola.kernel.events import Event, listeners
from tests.architecture.source import ROOT, app_of


def floors() -> list[str]:
    """Return the floors from the top to the ground, as lint-imports knows them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return settings["tool"]["importlinter"]["contracts"][0]["layers"]


def height(module: str) -> int:
    """Return how high a module stands: 0 is the ground."""
    return len(floors()) - 1 - floors().index(app_of(module).split(".")[0])


def test_the_river_flows_one_way():
    backward = [
        f"{line.event.__name__} -> {line.handler.__qualname__}"
        for lines in listeners().values()
        for line in lines
        if height(line.handler.__module__) < height(line.event.__module__)
    ]

    assert listeners()
    assert not backward


PLAIN = {kind for name in ("int", "str", "bool", "float") for kind in (name, f"{name} | None")}
PLAIN |= {"Decimal", "list", "list[int]", "list[str]"}


def test_what_is_told_later_carries_what_json_keeps():
    exact = [
        f"{event.__name__}.{name}"
        for event, lines in listeners().items()
        for name, kind in event.__annotations__.items()
        if kind is Decimal and any(line.when == "later" for line in lines)
    ]

    assert not exact, "A job's data is JSON: give the id and read the points again."


def test_every_event_carries_plain_values():
    heavy = [
        f"{event.__name__}.{name}: {kind}"
        for event in Event.known.values()
        if event.__module__.startswith("schola.")
        for name, kind in event.__annotations__.items()
        if getattr(kind, "__name__", str(kind)) not in PLAIN
    ]

    assert not heavy, "An event carries ids and values not objects."
