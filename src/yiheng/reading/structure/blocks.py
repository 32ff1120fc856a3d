"""A part of a grid → `ReadBlock`s: labels, codes, levels, groups and typed cells."""

from __future__ import annotations

import re
from typing import Final

from yiheng.facts.document import Place, ReadBlock, ReadCell, ReadColumn, ReadRow
from yiheng.money import MoneyUnit, parse_printed
from yiheng.reading.structure.columns import Side, is_code, sides
from yiheng.reading.structure.levels import with_levels
from yiheng.reading.structure.parts import Part
from yiheng.reading.structure.sheet import Sheet, Slot
from yiheng.reading.structure.words import (
    FIELD,
    NOT_MONEY,
    SIDE,
    TOTAL,
    UNIT_IN_HEAD,
    bare,
    figure_text,
    flowing,
    is_figure,
)

_CODE_IN_LABEL: Final = re.compile(r"^[\[(（]?(\d{3}|\d{5}|\d{7})[\])）]?[\s.、—\-]*(?=[^\d\s.,，%年月日])")


def blocks(sheet: Sheet, part: Part, unit: str) -> list[ReadBlock]:
    """The blocks of a part; `unit` is the money unit of the caption."""
    if part.pairs:
        return [_pairs(sheet, part)]
    return [_side_block(sheet, part, side, unit) for side in sides(sheet, part)]


def _unit_in(name: str) -> str:
    found = UNIT_IN_HEAD.search(bare(name))
    return found[1] if found else ""


def _pairs(sheet: Sheet, part: Part) -> ReadBlock:
    """Rows of label and value, several in a line or one; a value that is missing is a blank cell."""
    rows: list[ReadRow] = []
    cells: list[tuple[ReadCell, ...]] = []
    for number in range(part.start, part.end):
        for label, value in _pairs_of(sheet.own(number)):
            name = bare(label.text) if SIDE.match(bare(label.text)) else flowing(label.text)
            unit = MoneyUnit.of(found) if (found := _unit_in(name)) in _MONEY else None
            rows.append(ReadRow(name, place=label.cell.place))
            cells.append((_cell(value, unit, label.cell.place),))
    return ReadBlock(part.name, (ReadColumn(("内容",)),), tuple(rows), tuple(cells))


def _pairs_of(own: list[Slot]) -> list[tuple[Slot, Slot | None]]:
    """Labels with the cell after them; a label after a label leaves the first one blank."""
    found: list[tuple[Slot, Slot | None]] = []
    at = 0
    while at < len(own):
        following = own[at + 1] if at + 1 < len(own) else None
        if following is not None and FIELD.match(bare(following.text)) and FIELD.match(bare(own[at].text)):
            following = None
        found.append((own[at], following))
        at += 1 if following is None else 2
    return found


_LEVEL: Final = re.compile(r"^\d{2}$")
_SUM: Final = re.compile(r"(?:合计|总计)$")
_MONEY: Final = ("元", "万元", "亿元")


def _side_block(sheet: Sheet, part: Part, side: Side, unit: str) -> ReadBlock:
    columns = tuple(_column(path, _unit_in(part.name)) for path in side.paths)
    units = [_money_unit(column, unit) for column in columns]
    rows: list[ReadRow] = []
    cells: list[tuple[ReadCell, ...]] = []
    indents: list[float] = []
    carried: list[str] = [""] * len(side.groups)
    above: list[str] = [""] * len(side.codes)
    for number in range(part.body, part.end):
        if _value_is_next_side(sheet, number, side):
            continue
        row, indent = _row(sheet, part, number, side, carried, above)
        values = tuple(
            _cell(slot, u, row.place, number)
            for slot, u in zip(_values(sheet, number, side), units, strict=True)
        )
        if not row.label and not row.code and not any(cell.text.strip() for cell in values):
            continue
        rows.append(row)
        cells.append(values)
        indents.append(indent)
    name = side.name or flowing(part.name)
    return ReadBlock(name, columns, with_levels(rows, indents), tuple(cells), side.of_units)


def _values(sheet: Sheet, number: int, side: Side) -> list[Slot | None]:
    """The cells of the value columns; one that reaches over several, or over from the label, is printed once."""
    named = {sheet.slots[number][c] for c in (side.label, *side.codes, *side.groups) if c is not None}
    found: list[Slot | None] = []
    for column in side.values:
        slot = sheet.slots[number][column]
        found.append(None if slot is not None and (slot in named or slot in found) else slot)
    return found


def _column(path: tuple[str, ...], unit: str) -> ReadColumn:
    """`unit` is that of the part of a form, which holds where the head does not speak of something else."""
    if path and NOT_MONEY.search(bare(path[-1])):
        unit = ""
    for name in reversed(path):
        found = UNIT_IN_HEAD.search(bare(name))
        if found:
            unit = found[1].replace("％", "%")
            break
    return ReadColumn(path, unit)


def _money_unit(column: ReadColumn, unit: str) -> MoneyUnit | None:
    if column.unit:
        return MoneyUnit.of(column.unit) if column.unit in _MONEY else None
    last = bare(column.path[-1]) if column.path else ""
    if unit not in _MONEY or NOT_MONEY.search(last):
        return None
    return MoneyUnit.of(unit)


def _value_is_next_side(sheet: Sheet, number: int, side: Side) -> bool:
    """A total that reaches over to the last side (公用经费合计), where its figure stands."""
    label = sheet.slots[number][side.label] if side.label is not None else None
    if label is None or not side.values or not _SUM.search(bare(label.text)):
        return False
    own = [sheet.slots[number][c] for c in side.values]
    if any(slot is not None and slot != label and slot.text.strip() for slot in own):
        return False
    right = [slot for slot in sheet.own(number) if slot.column > label.column]
    return bool(right) and right[0].column > side.values[-1] and is_figure(right[0].text)


def _row(
    sheet: Sheet, part: Part, number: int, side: Side, carried: list[str], above: list[str]
) -> tuple[ReadRow, float]:
    label_slot = sheet.slots[number][side.label] if side.label is not None else None
    label = flowing(label_slot.text) if label_slot else ""
    code = _code(sheet, number, side, above)
    if not label:
        label, label_slot = _label_elsewhere(sheet, part, number, side)
    groups, label, label_slot = _groups(sheet, number, side, carried, label, label_slot, bool(code))
    if not code and (found := _CODE_IN_LABEL.match(label)):
        code, label = found[1], label[found.end() :].strip()
    place = label_slot.cell.place if label_slot else _first_place(sheet, number, side)
    return ReadRow(label, code, 0, place, groups), label_slot.cell.indent if label_slot else 0.0


def _code(sheet: Sheet, number: int, side: Side, above: list[str]) -> str:
    """The code of a row from its cells; where it prints its own level alone (款 05), with those `above` it."""
    pieces = [_code_in(sheet, number, column) for column in side.codes]
    first = next((n for n, piece in enumerate(pieces) if piece), -1)
    if first > 0 and _LEVEL.match(pieces[first]) and all(above[:first]):
        pieces[:first] = above[:first]
    if first >= 0:
        above[:] = pieces
    found = ""
    for piece in pieces:
        found = piece if piece.startswith(found) else found + piece
    return found


def _code_in(sheet: Sheet, number: int, column: int) -> str:
    slot = sheet.slots[number][column]
    text = bare(slot.text) if slot and slot.row == number and slot.column == column else ""
    return text if is_code(text) else ""


def _label_elsewhere(sheet: Sheet, part: Part, number: int, side: Side) -> tuple[str, Slot | None]:
    """合计 and its like may stand in the code column, or in the column that names the part of a form."""
    for column in (*side.codes, *range(part.left)):
        slot = sheet.slots[number][column]
        if slot and slot.row == number and slot.text.strip() and not is_code(bare(slot.text)):
            return flowing(slot.text), slot
    first = min((*side.codes, *((side.label,) if side.label is not None else ()), *side.values), default=0)
    before = [slot for slot in sheet.own(number) if slot.column < first]
    if before and _SUM.search(bare(before[-1].text)):
        return flowing(before[-1].text), before[-1]
    return "", None


def _groups(
    sheet: Sheet,
    number: int,
    side: Side,
    carried: list[str],
    label: str,
    label_slot: Slot | None,
    coded: bool,
) -> tuple[tuple[str, ...], str, Slot | None]:
    """Groups around the row; a group cell alone (a unit's own total) is the label of its row, a total has none."""
    if TOTAL.match(bare(label)) and _stands_alone(sheet, number, side, label_slot):
        return (), label, label_slot
    last: Slot | None = None
    for n, column in enumerate(side.groups):
        slot = sheet.slots[number][column]
        if slot is None or not slot.text.strip():
            continue
        text = flowing(slot.text)
        if slot.row == number and text != carried[n]:
            carried[n + 1 :] = [""] * (len(carried) - n - 1)
        if slot == label_slot:
            continue
        carried[n] = text
        last = slot if slot.row == number else last
    if not label and not coded and last is not None:
        position = [sheet.slots[number][c] for c in side.groups].index(last)
        return tuple(carried[:position]), flowing(last.text), last
    spanned = {n for n, c in enumerate(side.groups) if label_slot and sheet.slots[number][c] == label_slot}
    if spanned:
        return tuple(text for n, text in enumerate(carried) if n < min(spanned)), label, label_slot
    return tuple(carried), label, label_slot


def _stands_alone(sheet: Sheet, number: int, side: Side, label: Slot | None) -> bool:
    """Nothing of the groups above reaches down to the row, and none begins in it."""
    slots = [sheet.slots[number][c] for c in side.groups]
    return all(slot is None or slot == label or not slot.text.strip() for slot in slots)


def _first_place(sheet: Sheet, number: int, side: Side) -> Place:
    for column in (*side.codes, *side.values, *side.groups):
        slot = sheet.slots[number][column]
        if slot is not None:
            return slot.cell.place
    return sheet.place


def _cell(slot: Slot | None, unit: MoneyUnit | None, place: Place, row: int | None = None) -> ReadCell:
    if slot is None or (row is not None and slot.row != row):
        # A cell that reaches down from another row is that row's; here nothing is printed.
        return ReadCell(parse_printed("", unit), slot.cell.place if slot else place)
    text = figure_text(slot.text)
    printed = parse_printed(text if is_figure(text) else flowing(slot.text), unit)
    return ReadCell(printed, slot.cell.place)
