"""What a file format gives before it is understood: lines of text and grids of cells, page by page, in reading order.

Every format ends here; `reading.structure` makes a `facts.document.ReadDocument` of it, the same way for all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from yiheng.facts.document import PageSize, Place, ReadingProblem


class RawLine(NamedTuple):
    """A line of text as printed, or a whole paragraph where the format keeps paragraphs (`whole`)."""

    text: str
    """Blanks inside kept where they are printed wider than a gap between characters; outer blanks dropped."""
    place: Place
    size: float = 0.0
    """Type size in points; 0 where unknown."""
    whole: bool = False
    level: int = 0
    """Outline level of a heading style where the format has one, from 1; 0 otherwise."""
    indent: float = 0.0
    """Distance from the left edge of the text area in points; 0 where unknown."""
    full: bool = False
    """The line runs to the right edge of the text area, so that the next one may continue it."""


class RawCell(NamedTuple):
    """A cell with its span; the places that a span covers hold None. A wrap inside a cell is kept as a line break."""

    text: str
    place: Place
    rows: int = 1
    columns: int = 1
    indent: float = 0.0
    """Indent of the text in points or, for a spreadsheet, in indent steps."""


@dataclass(frozen=True)
class RawGrid:
    """A table as cells: `cells[row][column]`, all rows of one length."""

    cells: tuple[tuple[RawCell | None, ...], ...]
    place: Place
    ruled: bool = True
    """Found by its ruling lines or given by the format; False where alignment alone shows it."""
    name: str = ""
    """Name of a worksheet."""


@dataclass(frozen=True)
class RawPage:
    """A page, or the whole of a document whose format has none (number 0)."""

    number: int
    size: PageSize | None
    blocks: tuple[RawLine | RawGrid, ...]


@dataclass(frozen=True)
class RawDocument:
    """A file as its format gives it."""

    name: str
    format: str
    pages: tuple[RawPage, ...]
    problems: tuple[ReadingProblem, ...] = ()
    sha256: str = ""
    properties: dict[str, str] = field(default_factory=dict)
