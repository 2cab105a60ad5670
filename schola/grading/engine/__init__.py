"""From facts to grades: pure arithmetic, exact, without Django.

settle(scheme, facts)         every cell of one learner's row, and the total
explain(scheme, facts, cell)  why a cell shows what it shows, as a tree
"""

from schola.grading.engine.facts import Fact, Score
from schola.grading.engine.late import LatePolicy
from schola.grading.engine.scheme import Category, Item, Scheme
from schola.grading.engine.settling import Cell, Settled, settle
from schola.grading.engine.tracing import Trace, explain

__all__ = [
    "Category",
    "Cell",
    "Fact",
    "Item",
    "LatePolicy",
    "Scheme",
    "Score",
    "Settled",
    "Trace",
    "explain",
    "settle",
]
