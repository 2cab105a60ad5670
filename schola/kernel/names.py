"""Names of people, as they are: in any script, of any number of words."""

import unicodedata

JOINERS = "\u200d\ufe0e\ufe0f"


def initials(name: str) -> str:
    """Return up to two letters that stand for a name: of its first and of its last word.

    A letter is what a reader takes for one: with all the marks that are put on it.
    """
    words = name.split()
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(_first_letter(word) for word in chosen).upper()


def _first_letter(word: str) -> str:
    end = 1
    while end < len(word) and (unicodedata.category(word[end])[0] == "M" or _joins(word, end)):
        end += 1
    return word[:end]


def _joins(word: str, at: int) -> bool:
    return word[at] in JOINERS or word[at - 1] == "\u200d"
