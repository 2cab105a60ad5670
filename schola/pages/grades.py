"""How a learner's total came about, in words: the trace of the engine, as lines of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schola.courses.structure import Structure
from schola.grading.engine import Trace
from schola.grading.engine.letters import DEFAULT_LETTERS
from schola.grading.engine.ratio import rounded
from schola.grading.models import Fact
from schola.grading.scheme import REST, CourseScheme, key_of
from schola.grading.totals import explain
from schola.kernel.numbers import shown_points

POLICIES = {
    "best": gettext_lazy("the best of %(n)s attempts"),
    "last": gettext_lazy("the last of %(n)s attempts"),
    "first": gettext_lazy("the first of %(n)s attempts"),
    "average": gettext_lazy("the average of %(n)s attempts"),
}


@dataclass(frozen=True)
class Line:
    """One column of the gradebook, or one category with its columns.

    points   "7.14 of 10", or empty if there is no grade
    percent  of the way to the maximum, rounded; empty if there is no grade
    words    what else there is to say, in order
    """

    name: str
    points: str
    percent: str
    words: tuple[str, ...] = ()
    url: str = ""
    lines: tuple["Line", ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A learner's grades in a course. sum: how the total is made, in one sentence."""

    lines: tuple[Line, ...]
    percent: str
    letter: str
    sum: str


def sheet(scheme: CourseScheme, structure: Structure, facts: Iterable[Fact], base: str) -> Sheet:
    """Return the grades that these facts come to, explained. base: the course's address."""
    facts = list(facts)
    trace = explain(scheme, facts)
    reader = _Reader(scheme, structure, {key_of(fact.item_id): fact for fact in facts}, base)
    lines = tuple(reader.line(child) for child in trace.children)
    percent = _percent(trace.fraction)
    letter = ""
    if scheme.letters and trace.fraction is not None:
        letter = DEFAULT_LETTERS.of(trace.fraction * 100)
    return Sheet(lines, percent, letter, _sum(scheme, trace, reader))


@dataclass(frozen=True)
class _Reader:
    """Says each line of a trace in words."""

    scheme: CourseScheme
    structure: Structure
    facts: dict[str, Fact]
    base: str

    def line(self, trace: Trace) -> Line:
        children = tuple(self.line(child) for child in trace.children)
        words = self._of_category(trace) if trace.method else self._of_item(trace)
        points = "" if trace.points is None else _points(trace.points, trace.maximum)
        percent = _percent(trace.fraction)
        return Line(self.name(trace), points, percent, tuple(words), self._url(trace), children)

    def name(self, trace: Trace) -> str:
        if trace.key == REST:
            return _("Everything else")
        return self.scheme.names.get(trace.key, trace.key)

    def weight(self, trace: Trace) -> Fraction:
        """Return how much of the total a category was meant to be, in [0, 1]."""
        weights = {f"c{each.id}": each.weight for each in self.scheme.categories}
        return Fraction(weights.get(trace.key, self.scheme.rest_weight)) / 100

    def _url(self, trace: Trace) -> str:
        item = next((each for each in self.scheme.items if key_of(each.id) == trace.key), None)
        activity = self.structure.by_id.get(item.activity_id) if item else None
        return f"{self.base}/{activity.key}" if activity and activity.published_id else ""

    def _of_category(self, trace: Trace) -> list[str]:
        share = _("%(p)s of the total") % {"p": _percent(self.weight(trace))}
        left = sum(child.state == "dropped" for child in trace.children)
        words = [share if trace.state != "unweighted" else _("does not count")]
        if left:
            words.append(
                ngettext("the lowest is left out", "the %(n)s lowest are left out", left)
                % {"n": left}
            )
        return words

    def _of_item(self, trace: Trace) -> list[str]:
        words = []
        fact = self.facts.get(trace.key)
        if trace.source == "override":
            words.append(_("set by staff"))
        elif fact and len(fact.scores) > 1:
            words.append(POLICIES[trace.source] % {"n": len(fact.scores)})
        if trace.taken_off:
            shown = _shown(trace.taken_off)
            words.append(_("%(points)s points off, because it was late") % {"points": shown})
        if trace.state == "used" and trace.share:
            words.append(self._share(trace))
        words += [text for state, text in _states() if state == trace.state]
        return words

    def _share(self, trace: Trace) -> str:
        """Return how much of the line above the item makes up."""
        form = _("%(p)s of its category") if self.scheme.categories else _("%(p)s of the total")
        return form % {"p": _percent(trace.share)}


def _states() -> list[tuple[str, str]]:
    return [
        ("excused", _("excused: does not count")),
        ("dropped", _("left out: it is the lowest")),
        ("empty", _("no grade yet: does not count so far")),
    ]


def _sum(scheme: CourseScheme, trace: Trace, reader: _Reader) -> str:
    """Return how the total is made: points of points, or each category times its weight."""
    if trace.fraction is None:
        return _("Nothing has been graded yet.")
    total = _percent(trace.fraction)
    if not scheme.categories:
        points = _points(trace.points, trace.maximum)
        return _("%(points)s points are %(percent)s.") % {"points": points, "percent": total}
    parts = [
        f"{reader.name(child)} {_percent(child.share)} × {_percent(child.fraction)}"
        for child in trace.children
        if child.state == "used" and child.share
    ]
    return f"{' + '.join(parts)} = {total}"


def _points(points: Fraction, most: Fraction) -> str:
    return _("%(points)s of %(most)s") % {"points": _shown(points), "most": _shown(most)}


def _shown(number: Fraction, places: int = 2) -> str:
    """Return points as everywhere else. Here, and nowhere before, they are rounded."""
    return shown_points(rounded(Fraction(number), places), places)


def _percent(fraction: Fraction | None) -> str:
    return "" if fraction is None else _("%(n)s%%") % {"n": _shown(fraction * 100, 1)}
