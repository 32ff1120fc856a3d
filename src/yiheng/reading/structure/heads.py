"""Header rows: how deep they go, and the path of names that stands over each column."""

from __future__ import annotations

import re
from typing import Final

from yiheng.reading.structure.sheet import Sheet, Slot
from yiheng.reading.structure.words import HEAD, LABEL, bare, flowing, is_figure

_DEEPEST: Final = 8


def head_end(sheet: Sheet, start: int = 0) -> tuple[int, int]:
    """(end of the header rows, begin of the body) of a table that begins at `start`; no header: both are `start`."""
    for row in range(start, min(start + _DEEPEST, sheet.height)):
        if is_numbering(sheet, row):
            return row, row + 1
    if start >= sheet.height or any(_shows_figure(slot.text) for slot in sheet.own(start)):
        return start, start
    end = start + 1
    while end < min(start + _DEEPEST, sheet.height) and _goes_on(sheet, start, end):
        end += 1
    return end, end


def _shows_figure(text: str) -> bool:
    """A figure that is no year: years do name columns."""
    return is_figure(text) and not re.fullmatch(r"(?:19|20)\d\d", bare(text))


def is_numbering(sheet: Sheet, row: int) -> bool:
    """栏次: a row that only numbers the columns, such as 栏次 | 1 | 2 or 1 | 2 | 3=1+2 or 甲 | 乙 | 1."""
    texts = [bare(slot.text) for slot in sheet.own(row)]
    if any(text in ("栏次", "栏目", "栏号") for text in texts):
        return True
    numbers = [text for text in texts if not is_ordinal_letter(text)]
    if len(numbers) < 3 or len(numbers) + sum(map(is_ordinal_letter, texts)) != len(texts):
        return False
    plain = [text.partition("=")[0].strip("()（）") for text in numbers]
    return (
        all(text.isdigit() for text in plain)
        and [int(t) for t in plain] == list(range(int(plain[0]), int(plain[0]) + len(plain)))
        and int(plain[0]) in (0, 1)
    )


def is_ordinal_letter(text: str) -> bool:
    return text in ("甲", "乙", "丙", "**", "栏次", "—", "-")


def _goes_on(sheet: Sheet, start: int, row: int) -> bool:
    """Whether `row` still names columns: each of its cells divides a wider cell of the row above."""
    own = sheet.own(row)
    return bool(own) and all(
        not _shows_figure(slot.text) and _divides(sheet, start, row, slot) for slot in own
    )


def _divides(sheet: Sheet, start: int, row: int, slot: Slot) -> bool:
    left = slot.column
    while left >= 0 and not sheet.bare(row - 1, left):
        left -= 1
    if left < 0:
        return False
    above = sheet.slots[row - 1][left]
    if above is None or above.row < start:
        return False
    return _reach(sheet, row - 1, above.column) - above.column > max(slot.cell.columns, 1)


def _reach(sheet: Sheet, row: int, left: int) -> int:
    """The column after the last one that the cell at (row, left) stands over, blank cells to its right included."""
    first = sheet.slots[row][left]
    right = left + 1
    while right < sheet.width:
        slot = sheet.slots[row][right]
        if slot != first and slot is not None and slot.text.strip():
            break
        right += 1
    return right


def paths(sheet: Sheet, start: int, end: int) -> list[tuple[str, ...]]:
    """For each column the names over it from the outer group inwards, wraps joined."""
    named: list[list[Slot]] = [[] for _ in range(sheet.width)]
    for row in range(start, end):
        for column in range(sheet.width):
            slot = _over(sheet, row, column, start, end)
            if slot is not None and slot not in named[column]:
                named[column].append(slot)
    return [tuple(flowing(slot.text) for slot in slots) for slots in named]


def _over(sheet: Sheet, row: int, column: int, start: int, end: int) -> Slot | None:
    slot = sheet.slots[row][column]
    if slot is not None and slot.text.strip():
        return slot if slot.row >= start else None
    if row == end - 1:
        return None
    left = column - 1
    while left >= 0:
        found = sheet.slots[row][left]
        if found is not None and found.text.strip():
            return found if _shares(sheet, row, left, column, start, end) else None
        left -= 1
    return None


def _shares(sheet: Sheet, row: int, left: int, column: int, start: int, end: int) -> bool:
    """A blank beside a group belongs to it where something below divides the group and names this column."""
    for below in range(row + 1, end):
        named = _over(sheet, below, column, start, end) if sheet.bare(below, left) else None
        if named is not None:
            return sheet.slots[below][left] != named or below + 1 < end
    return False


def is_head_row(sheet: Sheet, row: int) -> bool:
    """A row of names inside a form: most of its own cells are words that only heads use, and none is a figure."""
    texts = [bare(slot.text) for slot in sheet.own(row)]
    if len(texts) < 2 or any(is_figure(text) for text in texts):
        return False
    known = sum(1 for text in texts if HEAD.match(text) or LABEL.match(text))
    heads = sum(1 for text in texts if HEAD.match(text))
    return heads >= 2 and known * 5 >= (len(texts) - (0 if HEAD.match(texts[0]) else 1)) * 3
