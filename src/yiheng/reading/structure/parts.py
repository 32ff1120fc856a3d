"""The parts of a grid: its caption and notes, a plain table, or the pairs and sub-tables of a form."""

from __future__ import annotations

from typing import Final, NamedTuple

from yiheng.reading.structure.captions import is_caption_line, is_note
from yiheng.reading.structure.heads import head_end, is_head_row
from yiheng.reading.structure.sheet import Sheet, Slot, taken
from yiheng.reading.structure.words import FIELD, HEAD, LABEL, SIDE, bare, flowing, is_figure

_SECTION: Final = 20
"""Characters of the name of a section."""


class Part(NamedTuple):
    """Rows of a sheet that share a header; `pairs` are rows of label and value without one."""

    name: str
    start: int
    body: int
    end: int
    left: int
    """First column; the columns before it hold the name of the part."""
    pairs: bool = False
    head: int = 0
    """End of the header rows."""


class Trimmed(NamedTuple):
    """A sheet without the lines of caption above and the notes below it that its file keeps as rows."""

    sheet: Sheet
    caption: tuple[Slot, ...]
    notes: tuple[Slot, ...]


def trim(sheet: Sheet) -> Trimmed:
    """Take caption and notes out of the grid."""
    top = 0
    caption: list[Slot] = []
    notes: list[Slot] = []
    while top < sheet.height - 1 and _is_caption_row(sheet, top):
        caption += sheet.own(top)
        top += 1
    bottom = sheet.height
    while bottom > top + 1 and _is_note_row(sheet, bottom - 1, top):
        bottom -= 1
        notes[:0] = sheet.own(bottom)
    if top == 0 and bottom == sheet.height:
        return Trimmed(sheet, (), ())
    return Trimmed(taken(sheet, list(range(top, bottom))), tuple(caption), tuple(notes))


def _is_caption_row(sheet: Sheet, row: int) -> bool:
    own = sheet.own(row)
    if len(own) == 1 and len(sheet.origins(row)) == 1:
        if SIDE.match(bare(own[0].text)):
            return False
        wide = own[0].cell.columns >= sheet.width - 1 or own[0].cell.columns == 1
        return wide and sheet.width > 1 and not FIELD.match(bare(own[0].text)) and len(own[0].text) <= 60
    return 0 < len(own) <= 3 and all(is_caption_line(flowing(slot.text), titles=False) for slot in own)


def _is_note_row(sheet: Sheet, row: int, top: int) -> bool:
    own = sheet.own(row)
    if len(own) != 1 or len(sheet.origins(row)) != 1 or own[0].column > 1:
        return False
    if is_note(flowing(own[0].text)):
        return True
    above = sheet.own(row - 1) if row - 1 > top else []
    return len(above) == 1 and is_note(flowing(above[0].text)) and own[0].cell.columns >= sheet.width - 1


def parts(sheet: Sheet) -> list[Part]:
    """One part for a plain table; for a form one for each run of pairs and each sub-table."""
    heads = [is_head_row(sheet, row) for row in range(sheet.height)]
    if not _is_form(sheet, heads):
        return _plain_parts(sheet)
    return _form_parts(sheet, heads)


def _plain_parts(sheet: Sheet) -> list[Part]:
    """One part, or one for each table that a cell over the whole width names inside one grid."""
    sections = [row for row in range(1, sheet.height - 2) if _begins_table(sheet, row)]
    found: list[Part] = []
    starts = [0, *(row + 1 for row in sections)]
    ends = [*sections, sheet.height]
    for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
        head, body = head_end(sheet, start)
        name = bare(sheet.own(start - 1)[0].text) if n else ""
        found.append(Part(name, start, min(body, end), end, 0, head=min(head, end)))
    return found


def _begins_table(sheet: Sheet, row: int) -> bool:
    """A name over the whole width, with a header of words below it and figures below that."""
    own = sheet.own(row)
    if len(own) != 1 or own[0].cell.columns < sheet.width or len(bare(own[0].text)) > _SECTION:
        return False
    if is_note(own[0].text):
        return False
    head, body = head_end(sheet, row + 1)
    if head == row + 1 or body >= sheet.height or len(sheet.own(row + 1)) < 2:
        return False
    names_rows = bool(LABEL.match(bare(sheet.own(row + 1)[0].text)))
    return names_rows or any(is_figure(slot.text) for slot in sheet.own(body))


def _is_form(sheet: Sheet, heads: list[bool]) -> bool:
    """A header row after rows that are no header, or pairs above the first header row."""
    first = next((r for r, head in enumerate(heads) if head), None)
    if first is None:
        return False
    if first > 0:
        above = any(_is_pairs(sheet, r) or _is_section(sheet, r) for r in range(first))
        return above or bool(_side(sheet, first)[0])
    end, _ = head_end(sheet)
    later = next((r for r, head in enumerate(heads) if head and r >= max(end, 1)), None)
    return later is not None or bool(_side(sheet, 0)[0])


def _is_pairs(sheet: Sheet, row: int) -> bool:
    own = sheet.own(row)
    return bool(own) and bool(FIELD.match(bare(own[0].text))) and not is_head_row(sheet, row)


def _side(sheet: Sheet, row: int) -> tuple[str, int]:
    """(name of the part, first column after it) where the leftmost cell of a header row names the part."""
    origins = sheet.origins(row)
    if len(origins) < 2:
        return "", 0
    first = origins[0]
    text = bare(first.text)
    reaches = first.cell.rows > 1 and row + 1 < sheet.height and not HEAD.match(text)
    body = head_end(sheet, row)[1]
    spans = reaches and body < sheet.height and sheet.slots[body][first.column] == first
    if SIDE.match(text) or spans:
        return bare(first.text), first.column + max(first.cell.columns, 1)
    return "", 0


def _is_section(sheet: Sheet, row: int) -> bool:
    """One short cell over the whole width names the rows below it."""
    own = sheet.own(row)
    if len(own) != 1 or len(sheet.origins(row)) != 1 or sheet.width < 2 or row + 1 >= sheet.height:
        return False
    wide = own[0].cell.columns >= sheet.width - 1
    return (wide or bool(SIDE.match(bare(own[0].text)))) and len(bare(own[0].text)) <= _SECTION


def _form_parts(sheet: Sheet, heads: list[bool]) -> list[Part]:
    found: list[Part] = []
    row = 0
    section = ""
    while row < sheet.height:
        if heads[row]:
            name, left = _side(sheet, row)
            head = _head_run(sheet, heads, row, left)
            end = _body_end(sheet, heads, head, left)
            found.append(Part(name or section, row, head, end, left, head=head))
        elif _is_section(sheet, row):
            section = bare(sheet.own(row)[0].text)
            row += 1
            continue
        else:
            end = row + 1
            while end < sheet.height and not heads[end] and not _is_section(sheet, end):
                end += 1
            found.append(Part(section, row, row, end, 0, pairs=True, head=row))
        section = ""
        row = end
    return found


def _head_run(sheet: Sheet, heads: list[bool], row: int, left: int) -> int:
    end = row + 1
    while end < sheet.height and heads[end] and _all_own_divide(sheet, end, left):
        end += 1
    return end


def _all_own_divide(sheet: Sheet, row: int, left: int) -> bool:
    """The row below a header names parts of its wide cells only."""
    return any(
        slot and slot.row < row and slot.column >= left for slot in sheet.slots[row]
    ) or not sheet.bare(row, left)


def _body_end(sheet: Sheet, heads: list[bool], body: int, left: int) -> int:
    end = body
    while end < sheet.height and not heads[end] and not _is_section(sheet, end):
        own = sheet.own(end)
        if own and own[0].column < max(left, 1) and (FIELD.match(bare(own[0].text)) or _is_side_row(own)):
            break
        end += 1
    return end


def _is_side_row(own: list[Slot]) -> bool:
    return bool(SIDE.match(bare(own[0].text))) and len(own) <= 2
