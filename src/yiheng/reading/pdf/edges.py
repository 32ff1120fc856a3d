"""The text area of the pages: how far a line is indented and whether it reaches the right edge (版心)."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from yiheng.reading.pdf.draft import DraftLine, DraftPage
from yiheng.reading.pdf.furniture import furniture
from yiheng.reading.raw import RawGrid, RawLine, RawPage

LONG: Final = 0.6
"""Lines that take this part of the page's width show where the text area ends."""
ENOUGH: Final = 5
"""So many long lines show a page's own text area; otherwise pages of one size and side are taken together."""
ALIGNED: Final = 3.0
RAGGED: Final = 2.0
"""Type sizes that a full line may stop short where lines are not justified: marks and numbers are not torn apart."""
JUSTIFIED: Final = 1.0
"""The same where they are: a mark at the end may hang over or lose half its width."""
MOSTLY: Final = 0.7


class Area(NamedTuple):
    """Left and right edge of the text, and how far a full line may stop short of it, in type sizes."""

    left: float
    right: float
    slack: float


def finished(pages: Sequence[DraftPage]) -> tuple[RawPage, ...]:
    """The pages without furniture, each line with its indent and whether it is full."""
    dropped = furniture(pages)
    kept = [
        [block for index, block in enumerate(page.blocks) if (number, index) not in dropped]
        for number, page in enumerate(pages)
    ]
    shared: dict[tuple[float, float, int], list[DraftLine]] = defaultdict(list)
    for page, blocks in zip(pages, kept, strict=True):
        shared[_kind(page)] += _lines(blocks)
    areas = {kind: _area(lines, kind[0]) for kind, lines in shared.items()}
    return tuple(
        _finished(page, blocks, areas[_kind(page)]) for page, blocks in zip(pages, kept, strict=True)
    )


def _kind(page: DraftPage) -> tuple[float, float, int]:
    return page.width, page.height, page.number % 2


def _lines(blocks: Iterable[DraftLine | RawGrid]) -> list[DraftLine]:
    return [block for block in blocks if isinstance(block, DraftLine)]


def _finished(page: DraftPage, blocks: Sequence[DraftLine | RawGrid], shared: Area) -> RawPage:
    own = _lines(blocks)
    long = sum(line.edges[2] - line.edges[0] >= LONG * page.width for line in own)
    area = _area(own, page.width) if long >= ENOUGH else shared
    return RawPage(
        page.number,
        page.size,
        tuple(block if isinstance(block, RawGrid) else _line(block, area) for block in blocks),
    )


def _line(line: DraftLine, area: Area) -> RawLine:
    return RawLine(
        line.text,
        line.place,
        line.size,
        indent=round(max(0.0, line.edges[0] - area.left), 1),
        full=line.edges[2] >= area.right - area.slack * line.size,
    )


def _area(lines: Sequence[DraftLine], width: float) -> Area:
    """Left and right edge to which lines keep; a single line that sticks out does not move them."""
    long = [line for line in lines if line.edges[2] - line.edges[0] >= LONG * width] or list(lines)
    if not long:
        return Area(0.0, width, RAGGED)
    lefts = sorted(line.edges[0] for line in long)
    rights = sorted((line.edges[2] for line in long), reverse=True)
    right = _edge(rights)
    reaching = sum(right - line.edges[2] <= JUSTIFIED * line.size for line in long)
    return Area(_edge(lefts), right, JUSTIFIED if reaching >= MOSTLY * len(long) else RAGGED)


def _edge(outermost_first: Sequence[float]) -> float:
    """The outermost position that at least two lines share, else the outermost."""
    for one, other in itertools.pairwise(outermost_first):
        if abs(one - other) <= ALIGNED:
            return one
    return outermost_first[0]
