"""What a course of the demo school is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent
Kind = Literal["page", "video", "document", "quiz", "assignment", "scorm", "link"]


@dataclass(frozen=True)
class Piece:
    """One activity.

    key      names it in the plan of life; unique in the course
    source   a file: of the course's folder (page, quiz, assignment), of make_media's (video,
             document, scorm), or an address (link)
    after    keys of pieces that have to be finished first
    points   what it adds to the grade; 0: it is not graded
    attempts how often a quiz may be tried; time_minutes: 0 is without limit
    """

    key: str
    kind: Kind
    title: str
    source: str
    minutes: int
    after: tuple[str, ...] = ()
    points: int = 0
    attempts: int = 0
    time_minutes: int = 0
    pass_percent: int = 0
    due_day: int | None = None


@dataclass(frozen=True)
class Part:
    """A module."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Course:
    """cover: one of the cover colours; instructor: a key of people.PEOPLE."""

    slug: str
    title: str
    summary: str
    cover: str
    instructor: str
    hours: int
    pass_percent: int
    parts: tuple[Part, ...]

    @property
    def folder(self) -> Path:
        return FOLDER / self.slug.replace("-", "_")

    def pieces(self) -> Iterator[Piece]:
        for part in self.parts:
            yield from part.pieces

    def text(self, piece: Piece) -> str:
        """Return the text of a page, quiz or assignment."""
        return (self.folder / piece.source).read_text(encoding="utf-8")
