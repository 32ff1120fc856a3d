"""The amounts of a row: in which unit they are written, how finely they are known, and whether all say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from yiheng.facts.sheets import AMOUNT_UNIT, PLACES, Column, Kind, Sheet, Value
from yiheng.money import MoneyUnit
from yiheng.reading.cells import CellError, fen_of, int_of, is_blank
from yiheng.reading.grid import Complaints
from yiheng.reading.header import Header
from yiheng.reading.mapping import SheetMapping

UNITS: Final = {unit.label: unit for unit in MoneyUnit}
_KIND: Final = "金额单位矛盾"
_REMEDY: Final = "请核对金额的真实单位，使表头、“说明”和“金额单位”列一致"


class RowMoney:
    """Takes the amount cells of each row as fen.

    The unit of an amount is the one that its row gives; else the one declared for the sheet or the file; else the
    one in the column's header; else 元. Where two of these name different units, the amount is refused: nobody can
    know which was meant. Only a row may differ from what the file declares in general.
    """

    def __init__(
        self,
        sheet: Sheet,
        header: Header,
        declared: MoneyUnit | None,
        mapping: SheetMapping | None,
        complaints: Complaints,
    ) -> None:
        self._complaints = complaints
        self._header = header
        general = self._general_unit(declared, header.unit, mapping.unit if mapping else None)
        self._columns: list[tuple[Column, int, MoneyUnit]] = []
        for column in sheet.of_kind(Kind.AMOUNT):
            index = header.indexes.get(column.name)
            if index is not None:
                self._columns.append((column, index, self._column_unit(column, index, general)))

    def take(self, number: int, cells: Sequence[object], values: dict[str, Value]) -> int:
        """Put the row's amounts into `values`, take unit and places out of it, and return the quantum in fen."""
        label = values.pop(AMOUNT_UNIT, None)
        places = values.pop(PLACES, None)
        quantum = 0
        for column, index, unit in self._columns:
            raw = cells[index]
            if raw == "" or is_blank(raw):
                continue
            try:
                if column.uom and values.get(column.uom) not in (None, MoneyUnit.YUAN.label):
                    values[column.name] = _count(raw, label)
                    continue
                if label is not None:
                    unit = self._row_unit(column, label)
                fen = fen_of(raw, unit)
                if places is not None:
                    quantum = _quantum(unit, places)
                    _require_multiple(fen, quantum)
                if fen is not None and column.minimum is not None and fen < column.minimum:
                    raise CellError(
                        "金额为负", f"“{column.title}”不得为负", "请核对；减少预算请写入“预算调整”"
                    )
                values[column.name] = fen
            except CellError as error:
                self._complaints.at(number, index, column.title, raw, error)
        return quantum

    def _general_unit(
        self, declared: MoneyUnit | None, above: MoneyUnit | None, mapped: MoneyUnit | None
    ) -> MoneyUnit | None:
        said = {"列对应": mapped, "表头上方": above, "“说明”": declared}
        units = {place: unit for place, unit in said.items() if unit is not None}
        if len(set(units.values())) > 1:
            words = "，".join(f"{place}声明为{unit.label}" for place, unit in units.items())
            self._complaints.row(self._header.row, _KIND, words, _REMEDY)
        return next(iter(units.values()), None)

    def _column_unit(self, column: Column, index: int, general: MoneyUnit | None) -> MoneyUnit:
        printed = self._header.units.get(column.name)
        if printed is not None and general is not None and printed is not general:
            label = self._header.labels[column.name]
            self._complaints.at(
                self._header.row,
                index,
                column.title,
                label,
                CellError(_KIND, f"表头写{printed.label}，而声明的金额单位是{general.label}", _REMEDY),
            )
        return general or printed or MoneyUnit.YUAN

    def _row_unit(self, column: Column, label: Value) -> MoneyUnit:
        unit = UNITS[str(label)]
        printed = self._header.units.get(column.name)
        if printed is not None and printed is not unit:
            raise CellError(_KIND, f"表头写{printed.label}，而本行的金额单位是{unit.label}", _REMEDY)
        return unit


def _count(raw: object, label: Value) -> int | None:
    if label not in (None, MoneyUnit.YUAN.label):
        raise CellError(_KIND, f"计量单位不是元，金额单位却写了{label}", "请把数值换算成个数，金额单位留空")
    return int_of(raw)


def _quantum(unit: MoneyUnit, places: Value) -> int:
    parts: int = 10 ** int(str(places))
    step, rest = divmod(unit.fen, parts)
    if rest:
        raise CellError(
            "小数位过多", f"{unit.label}的 {places} 位小数细于一分", "请核对小数位；准确到分的金额可以留空"
        )
    return step


def _require_multiple(fen: int | None, quantum: int) -> None:
    if fen is not None and fen % quantum:
        raise CellError(
            "小数位与金额不符", "金额的小数比“小数位”所写的多", "请核对小数位；若金额是准确数，小数位留空"
        )
