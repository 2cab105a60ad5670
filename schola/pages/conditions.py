"""What opens an activity or a module, as an author writes it: groups of conditions, row by row.

The tree of the model may be deeper; a form shows one level of groups. What it cannot show it says.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.courses.actions import stamp_of
from schola.courses.conditions import Tree
from schola.courses.models import Activity, Module
from schola.courses.structure import structure_of
from schola.kernel.numbers import whole

KINDS = {
    "completion": gettext_lazy("has finished"),
    "not-completion": gettext_lazy("has not finished"),
    "grade": gettext_lazy("has at least this grade in"),
    "not-grade": gettext_lazy("has less than this grade in"),
    "from": gettext_lazy("it is this moment or later"),
    "until": gettext_lazy("it is before this moment"),
}
FIELDS = ("group", "kind", "activity", "percent", "at")
GROUPS = 4
MOST_ROWS = 40
FORM = "%Y-%m-%dT%H:%M"
Row = dict[str, Any]  # group, kind, activity, percent, at


def conditions_form(
    thing: Activity | Module, data: Any = None, error: ValidationError | None = None
) -> dict[str, Any]:
    """Return what the template of the form needs: what is saved, or what was typed.

    data   of a POST; with "more" in it, an empty row is added to what it says
    error  why it was not saved; after a stale one, what is saved now counts as seen
    """
    structure = structure_of(thing.course)
    if isinstance(thing, Activity):
        inside, home = {thing.pk}, thing.module_id
    else:
        inside = {each.id for part in structure.within(thing.pk) for each in part.activities}
        home = structure.module_by_id[thing.pk].parent_id
    stamp = stamp_of(thing.prerequisites)
    around = (*structure.above(home), structure.module_by_id[home]) if home else ()
    shown = rows_of(thing.prerequisites) if data is None else typed(data)
    return {
        "conditions": shown,
        "conditions_added": data is not None and "more" in data,
        "conditions_full": bool(shown and len(shown[2]) >= MOST_ROWS),
        "conditions_seen": stamp if data is None or is_stale(error) else data.get("seen", ""),
        "conditions_error": error.messages[0] if error else "",
        "condition_kinds": KINDS.items(),
        "condition_groups": range(1, GROUPS + 1),
        "others": [each for each in structure.activities if each.id not in inside],
        "conditional_modules": [each for each in around if each.prerequisites],
    }


def is_stale(error: ValidationError | None) -> bool:
    """Tell whether somebody else had changed the conditions meanwhile."""
    return getattr(error, "code", None) == "stale"


def rows_of(tree: Tree | None) -> tuple[str, dict[int, str], list[Row]] | None:
    """Return how the groups are joined, how each is, and the rows; None if it is too deep.

    The joints are "all" and "any"; groups count from 1.
    """
    if not tree:
        return "all", {}, []
    outer = "any" if "any" in tree else "all"
    branches = tree.get(outer, [tree])
    joints: dict[int, str] = {}
    rows: list[Row] = []
    for n, branch in enumerate(branches, 1):
        inner = next((word for word in ("all", "any") if word in branch), "")
        joints[n] = inner or "all"
        found = [_row(leaf, n) for leaf in (branch[inner] if inner else [branch])]
        if None in found or n > GROUPS:
            return _flat(outer, branches)
        rows += found
    return outer, joints, rows


def tree_of(data: Any) -> Tree | None:
    """Return the tree that a form says; None without a row.

    data  of a POST: join, join-1 …, and lists group, kind, activity, percent, at

    Raises ValidationError for a row with a gap, and for more than MOST_ROWS conditions.
    """
    groups: dict[int, list[Tree]] = {}
    leaves = list(_leaves(data))
    if len(leaves) > MOST_ROWS:
        words = _("There can be at most %(n)s conditions. Take some of them away.")
        raise ValidationError(words % {"n": MOST_ROWS})
    for n, leaf in leaves:
        groups.setdefault(n, []).append(leaf)
    branches = [
        leaves[0] if len(leaves) == 1 else {_joint(data, f"join-{n}"): leaves}
        for n, leaves in sorted(groups.items())
    ]
    return {_joint(data, "join"): branches} if branches else None


def typed(data: Any) -> tuple[str, dict[int, str], list[Row]]:
    """Return what a form says, complete or not, to be shown again.

    "more" adds an empty row, unless there are as many as there can be.
    """
    rows = [
        row | {"group": _group(row), "activity": whole(row["activity"])} for row in _raw_rows(data)
    ]
    if "more" in data and len(rows) < MOST_ROWS:
        rows.append({"group": max((row["group"] for row in rows), default=1)})
    joints = {n: _joint(data, f"join-{n}") for n in sorted({row["group"] for row in rows})}
    return _joint(data, "join"), joints, rows


def _flat(outer: str, branches: list[Tree]) -> tuple[str, dict[int, str], list[Row]] | None:
    """Return more single conditions than there are groups as one group."""
    rows = [_row(branch, 1) for branch in branches]
    return None if None in rows else ("all", {1: outer}, rows)


def _row(leaf: Tree, group: int) -> Row | None:
    """Return a leaf, or a leaf that is denied, as a row; None for anything deeper."""
    denied = "not" in leaf
    leaf = leaf["not"] if denied else leaf
    kind = leaf.get("kind")
    if kind == "date":
        local = timezone.localtime(parse_datetime(leaf["from"]))
        return {"group": group, "kind": "until" if denied else "from", "at": local.strftime(FORM)}
    if kind not in ("completion", "grade"):
        return None
    row = {"group": group, "kind": f"not-{kind}" if denied else kind, "activity": leaf["activity"]}
    return row | ({"percent": round(100 * leaf["fraction"])} if kind == "grade" else {})


def _leaves(data: Any) -> Iterator[tuple[int, Tree]]:
    for row in _raw_rows(data):
        if row["kind"] in KINDS:
            yield _group(row), _leaf(row)


def _raw_rows(data: Any) -> list[dict[str, str]]:
    columns = zip(*(data.getlist(name) for name in FIELDS), strict=False)
    return [dict(zip(FIELDS, values, strict=True)) for values in columns]


def _group(row: Mapping[str, str]) -> int:
    return min(max(whole(row["group"]), 1), GROUPS)


def _leaf(row: Mapping[str, str]) -> Tree:
    kind = row["kind"].removeprefix("not-")
    if kind in ("from", "until"):
        leaf: Tree = {"kind": "date", "from": _moment(row["at"]).isoformat()}
    elif not whole(row["activity"]):
        raise ValidationError(_("Choose the activity that the condition is about."))
    elif kind == "grade":
        percent = whole(row["percent"])
        if not percent and row["percent"] != "0":
            raise ValidationError(_("Write the grade that is needed, in percent."))
        leaf = {"kind": kind, "activity": whole(row["activity"]), "fraction": percent / 100}
    else:
        leaf = {"kind": kind, "activity": whole(row["activity"])}
    return {"not": leaf} if row["kind"] == "until" or row["kind"].startswith("not-") else leaf


def _moment(text: str) -> datetime:
    """Return the moment that can be shown again. Raises ValidationError, also for 30 February."""
    try:
        moment = parse_datetime(text)
        if moment is not None:
            aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
            timezone.localtime(aware)
            return aware
    except (ValueError, OverflowError):
        pass  # a day that no month has, or the edge of what the calendar holds
    raise ValidationError(_("Write the date and time of the condition."))


def _joint(data: Any, name: str) -> str:
    return "any" if data.get(name) == "any" else "all"
