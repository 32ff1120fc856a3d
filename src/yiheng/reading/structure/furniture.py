"""Page furniture: page numbers, and lines that come again at the head or foot of page after page."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from yiheng.reading.raw import RawGrid, RawLine, RawPage
from yiheng.reading.structure.captions import is_caption_line
from yiheng.reading.structure.words import bare

_PAGE_NUMBER: Final = re.compile(
    r"^(?:[-—–－]{1,2}\s*\d{1,4}\s*[-—–－]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|Page\s*\d{1,4})$",
    re.I,
)
_EDGE: Final = 2
"""Lines at the head and at the foot of a page that may be furniture."""
_FEWEST: Final = 3
"""Pages on which a line must come again."""


def without_furniture(pages: tuple[RawPage, ...]) -> list[list[RawLine | RawGrid]]:
    """The blocks of each page without furniture."""
    repeated = _repeated(pages)
    return [
        [block for n, block in enumerate(page.blocks) if not _is_furniture(page, n, repeated)]
        for page in pages
    ]


def _is_furniture(page: RawPage, position: int, repeated: set[str]) -> bool:
    block = page.blocks[position]
    if not isinstance(block, RawLine):
        return False
    text = block.text.strip()
    if _PAGE_NUMBER.match(text):
        return True
    at_edge = position < _EDGE or position >= len(page.blocks) - _EDGE
    if page.number and position == len(page.blocks) - 1 and re.fullmatch(r"\d{1,4}", text):
        return True
    return at_edge and _key(text) in repeated


def _repeated(pages: tuple[RawPage, ...]) -> set[str]:
    if len(pages) < _FEWEST:
        return set()
    counts: Counter[str] = Counter()
    for page in pages:
        edges = {
            *range(min(_EDGE, len(page.blocks))),
            *range(max(len(page.blocks) - _EDGE, 0), len(page.blocks)),
        }
        blocks = [page.blocks[n] for n in edges]
        counts.update({_key(block.text) for block in blocks if isinstance(block, RawLine)})
    fewest = max(_FEWEST, len(pages) // 3)
    return {key for key, n in counts.items() if n >= fewest and key and not _is_content(key)}


def _is_content(key: str) -> bool:
    """Captions and sentences are said again, not printed again."""
    return is_caption_line(key) or key.endswith(("。", "；", "，", "：", "、"))


def _key(text: str) -> str:
    """A line without its page number."""
    return re.sub(r"\d+", "", bare(text))
