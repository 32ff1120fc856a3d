"""Leaf values as they are written to workbooks and data packages, so that reading them gives the same values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from yiheng.facts.sheets import AMOUNT_UNIT, PLACES, Column, Kind, Sheet, SheetRow, Value
from yiheng.money import MoneyUnit, format_amount

YES, NO = "是", "否"


def unit_and_places(quantum: int) -> tuple[MoneyUnit, int | None]:
    """The unit and the places in which amounts known to multiples of `quantum` fen are written.

    An exact amount is written in 元 without places. Raises `ValueError` for a step that is no decimal place of a unit.
    """
    if quantum == 0:
        return MoneyUnit.YUAN, None
    for unit in MoneyUnit:
        parts, rest = divmod(unit.fen, quantum)
        places = len(str(parts)) - 1
        if not rest and parts == 10**places:
            return unit, places
    raise ValueError(f"金额精度 {quantum} 分不是元、万元或亿元的整小数位，无法写出")


def written(sheet: Sheet, row: SheetRow) -> dict[str, Value]:
    """All columns of the sheet for one row: amounts as decimals in the row's unit, the rest as they are."""
    values: dict[str, Value] = {column.name: row.values.get(column.name) for column in sheet.columns}
    if not sheet.has_money:
        return values
    amounts = [column for column in sheet.of_kind(Kind.AMOUNT) if _is_money(column, row.values)]
    if not any(row.values.get(column.name) is not None for column in amounts):
        return values
    unit, places = unit_and_places(row.quantum)
    values[AMOUNT_UNIT], values[PLACES] = unit.label, places
    for column in amounts:
        fen = row.values.get(column.name)
        if isinstance(fen, int):
            shown = 2 if places is None else places
            values[column.name] = Decimal(format_amount(fen, unit, shown, grouping=False))
    return values


def _is_money(column: Column, values: Mapping[str, Value]) -> bool:
    return not column.uom or values.get(column.uom) in (None, MoneyUnit.YUAN.label)


def as_text(value: Value) -> str:
    """A value as data packages hold it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
