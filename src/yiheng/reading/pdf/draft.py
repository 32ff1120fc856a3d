"""A page between geometry and `RawPage`: lines still know their edges in reading coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from yiheng.facts.document import PageSize, Place, ReadingProblem
from yiheng.reading.pdf.turn import Edges
from yiheng.reading.raw import RawGrid


class DraftLine(NamedTuple):
    """A printed line; `edges` are in reading coordinates, `place` is where the page shows it."""

    text: str
    place: Place
    size: float
    edges: Edges


@dataclass(frozen=True)
class DraftPage:
    """A page as it was read and what was wrong with it."""

    number: int
    size: PageSize | None
    blocks: tuple[DraftLine | RawGrid, ...] = ()
    problems: tuple[ReadingProblem, ...] = ()
    width: float = 0.0
    height: float = 0.0
    """Width and height in reading coordinates: of the page as it is turned to be read."""
    scanned: bool = False
    """A picture without text; reading it is left to character recognition."""
