"""Page furniture (页眉、页脚、页码): what stands in the margin of page after page is not part of the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from yiheng.reading.pdf.draft import DraftLine, DraftPage

MARGIN: Final = 0.12
"""Running heads and page numbers stand in this part of the page's height, at the top or at the bottom."""
LEAST_PAGES: Final = 3
LEAST_SHARE: Final = 0.3
"""Left and right pages may have heads of their own, and some pages none."""
APART: Final = 1.0
"""Running heads stand this many of their type sizes away from the text; titles stand close to what they name."""
LARGEST: Final = 1.1
"""Running heads are set no larger than most lines of the document; titles are."""
OF_A_TABLE: Final = re.compile(
    r"附件|附表|年度?\s*[）)]$|单位\s*[:：]|部门\s*[:：]|公开\s*\d+\s*表|表\s*\d|表\s*(?:[（(].*[)）])?$"
)
"""Captions of tables repeat as well, and belong to their tables."""
DASHES: Final = r"[—–―\-·•.~～\s]*"
PAGE_NUMBER: Final = re.compile(
    rf"^{DASHES}(?P<word>第\s*)?(?P<number>\d{{1,4}})\s*(?:页)?"
    rf"(?P<total>\s*[/／,，\s]\s*(?:共\s*)?\d{{1,4}}\s*页?)?{DASHES}$"
)
DIGITS: Final = re.compile(r"\d+")
Position = tuple[int, int]
"""Page and block, both from 0."""


def furniture(pages: Sequence[DraftPage]) -> set[Position]:
    """Which blocks are page furniture."""
    lines = list(_in_margins(pages))
    sizes = [block.size for page in pages for block in page.blocks if isinstance(block, DraftLine)]
    usual = median(sizes) if sizes else 0.0
    heads = [
        found
        for found in lines
        if found[2].size <= LARGEST * usual and _apart(pages[found[0][0]], found[0][1], found[1])
    ]
    return _repeated(heads, len(pages)) | _numbers(lines)


def _in_margins(pages: Sequence[DraftPage]) -> Iterator[tuple[Position, str, DraftLine]]:
    for number, page in enumerate(pages):
        for index, block in enumerate(page.blocks):
            if isinstance(block, DraftLine) and (side := _side(block, page)):
                yield (number, index), side, block


def _apart(page: DraftPage, index: int, side: str) -> bool:
    """Whether a line in the margin keeps its distance from the text, alone or with others in the margin."""
    line = page.blocks[index]
    beside = index + 1 if side == "top" else index - 1
    if not isinstance(line, DraftLine) or not 0 <= beside < len(page.blocks):
        return True
    other = page.blocks[beside]
    upper, lower = (line, other) if side == "top" else (other, line)
    if upper.place.box is None or lower.place.box is None:
        return True
    if abs(lower.place.box.top - upper.place.box.bottom) >= APART * line.size:
        return True
    return isinstance(other, DraftLine) and _side(other, page) == side and _apart(page, beside, side)


def _side(line: DraftLine, page: DraftPage) -> str:
    """The margin in which a line stands, of the page as shown or as read; empty for none."""
    box, size = line.place.box, page.size
    if box is not None and size is not None:
        if box.bottom <= MARGIN * size.height:
            return "top"
        if box.top >= (1 - MARGIN) * size.height:
            return "bottom"
    if line.edges[3] <= MARGIN * page.height:
        return "top"
    return "bottom" if line.edges[1] >= (1 - MARGIN) * page.height else ""


def _repeated(lines: Sequence[tuple[Position, str, DraftLine]], pages: int) -> set[Position]:
    found: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for position, side, line in lines:
        text = DIGITS.sub("0", "".join(line.text.split()))
        if not OF_A_TABLE.search(line.text):
            found[side, text].append(position)
    least = max(LEAST_PAGES, LEAST_SHARE * pages)
    return {
        position
        for positions in found.values()
        if len({page for page, _ in positions}) >= least
        for position in positions
    }


def _numbers(lines: Sequence[tuple[Position, str, DraftLine]]) -> set[Position]:
    """Page numbers: dressed as such, or counting with the pages."""
    dressed: set[Position] = set()
    bare: list[tuple[Position, int]] = []
    for position, _, line in lines:
        if (match := PAGE_NUMBER.match(line.text)) is None:
            continue
        number = match["number"]
        if match["word"] or (match["total"] and "共" in match["total"]) or line.text[0] in "—–―-·•~～":
            dressed.add(position)
        else:
            bare.append((position, int(number)))
    steps = Counter(value - position[0] for position, value in bare)
    if not steps:
        return dressed
    step, times = steps.most_common(1)[0]
    if times < 2 or 2 * times < len(bare):
        return dressed
    return dressed | {position for position, value in bare if value - position[0] == step}
