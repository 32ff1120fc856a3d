"""A page between geometry and `RawPage`: lines still know their edges in reading coordinates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from yiheng.facts.document import Box, PageSize, Place, ReadingProblem
from yiheng.reading.pdf.turn import Edges
from yiheng.reading.raw import RawCell, RawGrid

_SHARED = 100_000
_CHARACTERS = 20
"""Characters that take as much memory as a line or cell itself."""


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


def compact(page: DraftPage) -> DraftPage:
    """The same page in less memory: edges are tenths of a point, which the lines and cells of all pages share."""
    blocks = tuple(
        _grid(block) if isinstance(block, RawGrid) else block._replace(place=_place(block.place))
        for block in page.blocks
    )
    return replace(page, blocks=blocks)


def weight(page: DraftPage) -> int:
    """How much a page takes, in lines and cells of ordinary length."""
    found = 0
    for block in page.blocks:
        texts = (
            [cell.text for row in block.cells for cell in row if cell is not None]
            if isinstance(block, RawGrid)
            else [block.text]
        )
        found += sum(1 + len(text) // _CHARACTERS for text in texts)
    return found


def _grid(grid: RawGrid) -> RawGrid:
    cells = tuple(tuple(_cell(cell) if cell is not None else None for cell in row) for row in grid.cells)
    return replace(grid, cells=cells, place=_place(grid.place))


def _cell(cell: RawCell) -> RawCell:
    return cell._replace(text=_text(cell.text), place=_place(cell.place))


def _place(place: Place) -> Place:
    box = place.box
    if box is None:
        return place
    return Place(
        place.page,
        Box(_edge(box.left), _edge(box.top), _edge(box.right), _edge(box.bottom)),
        place.line,
        place.where,
    )


@lru_cache(maxsize=_SHARED)
def _edge(edge: float) -> float:
    return edge


def _text(text: str) -> str:
    """Short texts come again: 0.00, a blank, a name of a column."""
    return _word(text) if len(text) <= _CHARACTERS else text


@lru_cache(maxsize=_SHARED)
def _word(text: str) -> str:
    return text
