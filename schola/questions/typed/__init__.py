"""Quizzes made by typing or pasting plain text, and quizzes as plain text.

    What is the mean of 2, 4 and 9? (2 points)
    * 5
    - 4
    ? That is the median.
    - 15
    ?? Add all values and divide by how many there are.

    Which of these measure spread? (2 points, all or nothing)
    [x] Range
    [ ] Median

    Half of all values lie below the median.
    True

    The middle value is called the …
    = median
    = the median

    What is pi, to two decimals?
    = 3.14 ± 0.01

A blank line ends a question. `?` speaks of the line above it, `??` of the whole question.
Aiken and simple GIFT are understood as well.
"""

from schola.questions.typed.drafts import Draft, LineError, Typed
from schola.questions.typed.reading import parse, read
from schola.questions.typed.writing import to_text

__all__ = ["Draft", "LineError", "Typed", "parse", "read", "to_text"]
