"""Cells that a web page left one after the other, each with the sign of its end, where their rows are lost.

A converter writes each cell on a line of its own and ends it with a pipe; an empty cell is the pipe alone. So no cell
is missing, and only how many of them make a row is unknown: the header says it, or nothing is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from yiheng.facts.document import Place
from yiheng.reading.raw import RawCell, RawGrid
from yiheng.reading.structure.captions import is_caption_line, is_note
from yiheng.reading.structure.headings import number_level
from yiheng.reading.structure.words import CODE, LABEL, UNIT, YEAR, bare, flowing, is_empty, is_figure
from yiheng.reading.text.heading import Column, head_rows, names_columns, side_columns
from yiheng.reading.text.lines import TextLine, width

_ENDED: Final = re.compile(r"^[^|]*\|$")
_PROSE: Final = re.compile(r"[。；]")
_CODE: Final = re.compile(r"^\d{1,9}$")
_SPLIT: Final = re.compile(r"类款项?")
"""Heads of the parts of a code, below 科目编码."""
_FEWEST_CELLS: Final = 6
_MOST_WRAPS: Final = 3
_MOST_HEAD: Final = 60
_LONGEST_HEAD: Final = 30
_MOST_COLUMNS: Final = 8
"""Of a header whose words are not known."""
_FEWEST_ROWS: Final = 2
_FEWEST_UNKNOWN: Final = 3
"""Rows below a header whose words are not known."""


class Cell(NamedTuple):
    """The text of a cell, empty where it is, and the number of its line."""

    text: str
    line: int


class _Found(NamedTuple):
    end: int
    rows: int
    grid: RawGrid


def cells_at(lines: Sequence[TextLine], at: int) -> tuple[list[Cell], int]:
    """The cells that begin at `at` and the line after the last; none where too few stand there."""
    found: list[Cell] = []
    pending: list[TextLine] = []
    end = n = at
    while n < len(lines):
        text = lines[n].text
        if _ENDED.match(text):
            own = text[:-1].strip()
            texts = [line.text for line in pending] + ([own] if own else [])
            found.append(Cell("\n".join(texts), (pending or [lines[n]])[0].number))
            pending = []
            end = n + 1
        elif "|" in text or (n == at and not _ends_next(lines, n)) or not _may_wrap(lines, n, len(pending)):
            break
        else:
            pending.append(lines[n])
        n += 1
    return (found, end) if len(found) >= _FEWEST_CELLS else ([], at)


def _ends_next(lines: Sequence[TextLine], n: int) -> bool:
    return n + 1 < len(lines) and lines[n + 1].text == "|"


def _may_wrap(lines: Sequence[TextLine], n: int, pending: int) -> bool:
    """A line of a cell that goes on below: no sentence, no heading and no caption, unless its end follows at once."""
    if _ends_next(lines, n):
        return True
    text = lines[n].text
    plain = not _PROSE.search(text) and not is_caption_line(text) and not number_level(text)
    return plain and pending < _MOST_WRAPS


def tables_of(cells: Sequence[Cell]) -> list[RawGrid | Cell]:
    """The tables that the cells make, and the cells that stand outside of them, without the empty ones."""
    found: list[RawGrid | Cell] = []
    at = 0
    while at < len(cells):
        table = _table_at(cells, at) if cells[at].text else None
        if table is not None:
            found.append(table.grid)
            at = table.end
            continue
        if cells[at].text:
            found.append(cells[at])
        at += 1
    return found


def line_of(cell: Cell) -> TextLine:
    """The cell as a line of its own."""
    text = flowing(cell.text)
    return TextLine(cell.line, text, 0, True, False, False, width(text), True)


def _table_at(cells: Sequence[Cell], at: int) -> _Found | None:
    """The table whose header begins at `at`: of the headers that its words allow the one with most rows."""
    text = ""
    best: _Found | None = None
    if names_columns(cells[at].text):
        for end in range(at, min(at + _MOST_HEAD, len(cells))):
            cell = bare(cells[end].text)
            if is_figure(cell) or len(cell) > _LONGEST_HEAD:
                break
            text += cell
            sides = _columns(text) if end > at else None
            found = _below(cells, at, end + 1, sides, _FEWEST_ROWS) if sides else None
            if found and (best is None or found.rows > best.rows):
                best = found
    return best or _plain_table(cells, at)


def _columns(text: str) -> list[list[Column]] | None:
    """The columns that a header names, with those of a code in parts (类 | 款 | 项)."""
    split = _SPLIT.search(text)
    if split is None:
        return side_columns(text)
    sides = side_columns(text[: split.start()] + text[split.end() :])
    if sides is None or len(sides) != 1 or sides[0][0].kind != "code":
        return None
    code, *others = sides[0]
    return [[*(Column("code", (*code.path, part)) for part in split[0]), *others]]


def _plain_table(cells: Sequence[Cell], at: int) -> _Found | None:
    """A header of one row, whatever its words, over rows of a label and figures that all end where the table does."""
    first = bare(cells[at].text)
    if not any(words.match(first) for words in (LABEL, UNIT, YEAR, CODE)):
        return None
    for count in range(2, min(_MOST_COLUMNS, len(cells) - at) + 1):
        head = [bare(cell.text) for cell in cells[at : at + count]]
        if not all(head) or len(set(head)) < count or any(map(is_figure, head)):
            continue
        columns = [Column(_kind(text), (text,)) for text in head]
        if sum(column.kind == "value" for column in columns) == 0:
            continue
        found = _below(cells, at, at + count, [columns], _FEWEST_UNKNOWN)
        if found is not None:
            return found
    return None


def _kind(head: str) -> str:
    if CODE.match(head):
        return "code"
    if YEAR.match(head):
        return "year"
    return "label" if LABEL.match(head) or UNIT.match(head) else "value"


def _below(
    cells: Sequence[Cell], at: int, body: int, sides: list[list[Column]], fewest: int
) -> _Found | None:
    """The rows below a header that ends at `body`; None unless they fill it until something else begins.

    Some converters leave a cell too many at the front of each row.
    """
    columns = [column for side in sides for column in side]
    if not any(column.kind in ("label", "unit", "year") for column in columns):
        return None
    for lead in (0, 1):
        start = _after_numbering(cells, body)
        rows: list[Sequence[Cell]] = []
        while (row := cells[start : start + lead + len(columns)]) and _fits(row, lead, columns):
            rows.append(row[lead:])
            start += len(row)
        while rows and not any(cell.text for cell in rows[-1]):
            rows.pop()
        if len(rows) >= fewest and _is_over(cells, start):
            head = head_rows(sides)
            body_rows = [tuple(_raw(cell) for cell in row) for row in rows]
            return _Found(start, len(rows), RawGrid((*head, *body_rows), Place(line=cells[at].line)))
    return None


def _raw(cell: Cell) -> RawCell:
    return RawCell(cell.text, Place(line=cell.line))


def _after_numbering(cells: Sequence[Cell], at: int) -> int:
    """After 栏次 1 2 3 …, where it stands there."""
    number, end, n = 0, at, at
    while n < len(cells):
        text = bare(cells[n].text)
        if text == str(number + 1):
            number += 1
            end = n + 1
        elif text not in ("栏次", "栏目", ""):
            break
        n += 1
    return end if number >= 1 and any(bare(cell.text) in ("栏次", "栏目") for cell in cells[at:end]) else at


def _fits(row: Sequence[Cell], lead: int, columns: Sequence[Column]) -> bool:
    """Whether each cell is what its column holds."""
    if len(row) != lead + len(columns) or any(cell.text for cell in row[:lead]):
        return False
    own = row[lead:]
    if any(_PROSE.search(cell.text) or is_note(cell.text) for cell in own):
        return False
    return all(_is_of(cell.text, column.kind) for cell, column in zip(own, columns, strict=True))


def _is_of(text: str, kind: str) -> bool:
    shown = bare(text)
    if kind == "value":
        return is_figure(text) or is_empty(shown) or shown in ("/", "／", "无")
    if kind == "code":
        return not shown or bool(_CODE.match(shown))
    if kind == "index":
        return not shown or shown.isdigit()
    return not is_figure(shown) or kind == "year"


def _is_over(cells: Sequence[Cell], at: int) -> bool:
    """Nothing but a note, a caption, the next header or words of another kind follows."""
    after = next((cell.text for cell in cells[at:] if cell.text), "")
    if not after or is_note(after) or is_caption_line(after) or number_level(after) or _PROSE.search(after):
        return True
    return bool(LABEL.match(bare(after)))
