"""Tables that were not read: cells that stand as lines of their own, or run together below a caption.

What is left of them are figures outside of all sentences. They are not checked, and that is said once for each stretch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from yiheng.facts.document import ReadingProblem
from yiheng.reading.raw import RawGrid, RawLine
from yiheng.reading.structure.captions import is_caption_line, is_title
from yiheng.reading.structure.words import is_figure

_FEWEST_FIGURES: Final = 8
_FEWEST_IN_LINE: Final = 6
_LONGEST: Final = 40
"""Characters of a cell or of a line of a caption."""
_ENDS: Final = ("。", "；", "，")


def unread(blocks: Sequence[RawLine | RawGrid]) -> list[ReadingProblem]:
    """One problem for each stretch of cells that made no table."""
    found: list[ReadingProblem] = []
    for stretch in _stretches(blocks):
        figures = [line for line in stretch if _figures(line.text)]
        count = sum(_figures(line.text) for line in figures)
        if count < _FEWEST_FIGURES:
            continue
        above = stretch[: stretch.index(figures[0])]
        title = next((line.text for line in reversed(above) if is_title(line.text)), "")
        name = f"“{title}”" if title else "此处的表格"
        found.append(
            ReadingProblem(
                f"{name}没有读成表格，其中 {count} 个数字没有核对：文本没有留下行和栏的界线",
                figures[0].place,
                "请提供 PDF、DOCX 或 XLSX 原件，或在文本中用制表符分隔各栏",
            )
        )
    return found


def _stretches(blocks: Sequence[RawLine | RawGrid]) -> Iterator[list[RawLine]]:
    """Lines one after the other that may be captions and cells; a caption below figures begins the next."""
    stretch: list[RawLine] = []
    for block in blocks:
        is_cell = isinstance(block, RawLine) and (len(block.text) <= _LONGEST or _figures(block.text) > 0)
        if not isinstance(block, RawLine) or not is_cell or block.text.endswith(_ENDS):
            yield stretch
            stretch = []
            continue
        if is_caption_line(block.text) and any(_figures(line.text) for line in stretch):
            yield stretch
            stretch = []
        stretch.append(block)
    yield stretch


def _figures(text: str) -> int:
    """Figures of a line that holds nothing else, or many of them between words without a sentence."""
    pieces = text.split()
    figures = sum(map(is_figure, pieces))
    if figures == len(pieces):
        return figures
    return figures if figures >= _FEWEST_IN_LINE and not any(sign in text for sign in _ENDS) else 0
