from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    number: int
    text: str


Block = list[Line]


def blocks(text: str) -> Iterator[Block]:
    """Yield the runs of lines between blank lines; lines are numbered from 1."""
    block: Block = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            block.append(Line(number, line.strip()))
        elif block:
            yield block
            block = []
    if block:
        yield block
