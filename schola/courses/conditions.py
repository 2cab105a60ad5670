"""Conditions that open an activity or a module: trees of all, any and not over plain questions.

    {"all": [{"kind": "completion", "activity": 7}, {"not": {"kind": "date", "before": "…"}}]}

A kind of condition is a class on the shelf `condition_kinds`; upper floors and plugins may add
more. Each tells whether it is met, what it waits for in words, and on which activities it hangs,
so that a circle is found before it is saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from schola.courses.structure import Structure
from schola.kernel.numbers import shown_points
from schola.kernel.registry import Registry

Tree = Mapping[str, Any]
DEEPEST = 8
YEARS = range(1900, 2200)  # of dates: what lies outside was mistyped
MOST_NAMED = 3  # conditions of one group that a learner is told


@dataclass(frozen=True)
class Learner:
    """What conditions may ask about a learner in a course.

    fractions  the grade of each activity that has one, in [0, 1]
    """

    at: datetime
    finished: frozenset[int] = frozenset()
    fractions: Mapping[int, float] = field(default_factory=dict)


class ConditionKind:
    key: ClassVar[str]

    def met(self, leaf: Tree, learner: Learner) -> bool:
        raise NotImplementedError

    def words(self, leaf: Tree, structure: Structure, *, negated: bool) -> str:
        """Return what the learner waits for, to follow "Opens when …"."""
        raise NotImplementedError

    def activities(self, leaf: Tree) -> Iterable[int]:
        """Return the activities on which the condition hangs."""
        return ()

    def check(self, leaf: Tree) -> None:
        """Raise ValidationError if the condition makes no sense."""


condition_kinds: Registry[ConditionKind] = Registry("kind of condition")


def met(tree: Tree, learner: Learner) -> bool:
    """Tell whether the tree holds for the learner."""
    if "all" in tree:
        return all(met(branch, learner) for branch in tree["all"])
    if "any" in tree:
        return any(met(branch, learner) for branch in tree["any"])
    if "not" in tree:
        return not met(tree["not"], learner)
    return condition_kinds[tree["kind"]].met(tree, learner)


def reason(tree: Tree, learner: Learner, structure: Structure) -> str:
    """Return in words what is still missing; empty if nothing is."""
    if met(tree, learner):
        return ""
    left = still_asked(tree, structure)
    if not left or met(left, learner):
        return ""
    return _words(left, learner, structure, negated=False)


def still_asked(tree: Tree, structure: Structure, *, negated: bool = False) -> Tree | None:
    """Return the tree without conditions on activities that learners do not see.

    Such a condition keeps nobody out: it counts as met, and so does its opposite under "not".
    None means that nothing is left to wait for.
    """
    if "not" in tree:
        left = still_asked(tree["not"], structure, negated=not negated)
        return {"not": left} if left else None
    for word in ("all", "any"):
        if word in tree:
            branches = [still_asked(branch, structure, negated=negated) for branch in tree[word]]
            kept = [branch for branch in branches if branch]
            one_is_enough = (word == "any") != negated
            return {word: kept} if kept and not (one_is_enough and None in branches) else None
    rows = [structure.by_id.get(activity_id) for activity_id in hangs_on(tree)]
    return tree if all(row and row.published_id for row in rows) else None


def lock_reason(trees: Iterable[Tree], learner: Learner, structure: Structure) -> str:
    """Return in words why something is locked, nothing twice; empty if it is open."""
    found = (reason(tree, learner, structure) for tree in trees)
    missing = [text for text in dict.fromkeys(found) if text]
    return _("Opens when %(what)s") % {"what": _(" and ").join(missing)} if missing else ""


def check_tree(tree: Any, depth: int = 0) -> None:
    """Raise ValidationError if this is not a tree of known conditions."""
    if not isinstance(tree, dict) or depth > DEEPEST:
        raise ValidationError(_("This condition cannot be read. Choose the conditions again."))
    for word in ("all", "any"):
        if word in tree:
            if not isinstance(tree[word], list) or not tree[word]:
                raise ValidationError(_("Name at least one condition in each group."))
            for branch in tree[word]:
                check_tree(branch, depth + 1)
            return
    if "not" in tree:
        check_tree(tree["not"], depth + 1)
        return
    if tree.get("kind") not in condition_kinds:
        raise ValidationError(_("This kind of condition is not known here. Choose another."))
    condition_kinds[tree["kind"]].check(tree)


def hangs_on(tree: Tree | None) -> set[int]:
    """Return the activities on which a tree hangs."""
    if not tree:
        return set()
    branches = tree.get("all") or tree.get("any") or ([tree["not"]] if "not" in tree else [])
    if branches:
        return set().union(*(hangs_on(branch) for branch in branches))
    return set(condition_kinds[tree["kind"]].activities(tree))


def refuse_circle(structure: Structure) -> None:
    """Raise ValidationError if activities wait for one another, be it by way of their modules."""
    if circle := find_circle(structure):
        titles = [structure.by_id[pk].title for pk in circle]
        raise ValidationError(
            _("These activities would wait for one another: %(titles)s. Remove a condition.")
            % {"titles": " → ".join([*titles, titles[0]])}
        )


def find_circle(structure: Structure) -> list[int]:
    """Return activities that wait for one another; empty if there is no circle."""
    waits = {
        activity.id: set().union(*map(hangs_on, structure.conditions(activity)))
        for activity in structure.activities
    }
    done: set[int] = set()

    def follow(activity_id: int, path: tuple[int, ...]) -> list[int]:
        if activity_id in path:
            return [*path[path.index(activity_id) :]]
        if activity_id in done:
            return []
        for other in sorted(waits.get(activity_id, ())):
            if circle := follow(other, (*path, activity_id)):
                return circle
        done.add(activity_id)
        return []

    return next((circle for a in waits if (circle := follow(a, ()))), [])


def _words(tree: Tree, learner: Learner, structure: Structure, *, negated: bool) -> str:
    if "not" in tree:
        return _words(tree["not"], learner, structure, negated=not negated)
    glues = (_(" or "), _(" and ")) if negated else (_(" and "), _(" or "))
    for word, glue in zip(("all", "any"), glues, strict=True):
        if word in tree:
            open_ones = [b for b in tree[word] if negated or not met(b, learner)]
            texts = [_words(b, learner, structure, negated=negated) for b in open_ones]
            return glue.join(_at_most(MOST_NAMED, texts))
    return condition_kinds[tree["kind"]].words(tree, structure, negated=negated)


def _at_most(most: int, texts: list[str]) -> list[str]:
    """Return the first texts and how many more there are; one more is rather named."""
    more = len(texts) - most
    return [*texts[:most], _("%(n)s more") % {"n": more}] if more > 1 else texts


def _title(structure: Structure, activity_id: int) -> str:
    activity = structure.by_id.get(activity_id)
    return activity.title if activity else _("an activity that was removed")


@condition_kinds.register
class Completed(ConditionKind):
    """The learner has finished an activity. One that was removed keeps nobody out."""

    key = "completion"

    def met(self, leaf: Tree, learner: Learner) -> bool:
        return leaf["activity"] in learner.finished

    def words(self, leaf: Tree, structure: Structure, *, negated: bool) -> str:
        text = _("you have not finished “%(title)s”") if negated else _("you finish “%(title)s”")
        return text % {"title": _title(structure, leaf["activity"])}

    def activities(self, leaf: Tree) -> Iterable[int]:
        return (leaf["activity"],)

    def check(self, leaf: Tree) -> None:
        if not isinstance(leaf.get("activity"), int):
            raise ValidationError(_("Choose the activity to finish."))


@condition_kinds.register
class Graded(ConditionKind):
    """The learner's grade in an activity is at least this fraction of its points."""

    key = "grade"

    def met(self, leaf: Tree, learner: Learner) -> bool:
        return learner.fractions.get(leaf["activity"], -1.0) >= leaf["fraction"]

    def words(self, leaf: Tree, structure: Structure, *, negated: bool) -> str:
        text = _("you have less than %(p)s%% in “%(title)s”")
        text = text if negated else _("you reach %(p)s%% in “%(title)s”")
        percent = shown_points(100 * Decimal(str(leaf["fraction"])), 1)
        return text % {"p": percent, "title": _title(structure, leaf["activity"])}

    def activities(self, leaf: Tree) -> Iterable[int]:
        return (leaf["activity"],)

    def check(self, leaf: Tree) -> None:
        fraction = leaf.get("fraction")
        if not isinstance(leaf.get("activity"), int) or not isinstance(fraction, int | float):
            raise ValidationError(_("Choose an activity and the grade it needs."))
        if not 0 <= fraction <= 1:
            raise ValidationError(_("Write a grade between 0 and 100%."))


@condition_kinds.register
class Dated(ConditionKind):
    """It is this moment or later."""

    key = "date"

    def met(self, leaf: Tree, learner: Learner) -> bool:
        return learner.at >= parse_datetime(leaf["from"])

    def words(self, leaf: Tree, structure: Structure, *, negated: bool) -> str:
        moment = timezone.localtime(parse_datetime(leaf["from"]))
        text = _("it is before %(date)s") if negated else _("%(date)s has come")
        return text % {"date": formats.date_format(moment, "DATETIME_FORMAT")}

    def check(self, leaf: Tree) -> None:
        moment = parse_datetime(str(leaf.get("from", "")))
        if moment is None or timezone.is_naive(moment) or moment.year not in YEARS:
            raise ValidationError(_("Write the date and time from which it is open."))
