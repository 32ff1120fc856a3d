"""Which column of a file is which column of ours: the header row, by Chinese or English name, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from yiheng.facts.sheets import Column, Kind, Sheet, plain_label
from yiheng.money import MoneyError, MoneyUnit
from yiheng.reading.cells import CellError, is_blank, nearest
from yiheng.reading.grid import Complaints
from yiheng.reading.mapping import SheetMapping

SEARCHED_ROWS: Final = 20
"""A header lower than this is found with a mapping's 跳过行数 only."""
_REQUIRED_MARK = re.compile(r"\((?:必填|选填)\)$")
_UNIT_SUFFIX = re.compile(
    r"^(.+?)[/,、:;_-]?(\((?:单位:)?(?:元|万元|亿元|万|亿)\)|(?<=[/,、:;_-])(?:元|万元|亿元))$"
)


@dataclass(slots=True)
class Header:
    """Where each of our columns stands in a file, and what the header says of units."""

    row: int
    indexes: dict[str, int] = field(default_factory=dict)
    """Our column name → index in the row."""
    labels: dict[str, str] = field(default_factory=dict)
    """Our column name → the label as printed."""
    units: dict[str, MoneyUnit] = field(default_factory=dict)
    """Amount column → the unit that its own label names, as in 金额（万元）."""
    positions: dict[str, int] = field(default_factory=dict)
    """Every label of the header, plain → index; also those that a mapping leaves out."""
    unit: MoneyUnit | None = None
    """The unit declared above the header (单位：万元)."""


def find_header(
    rows: Sequence[Sequence[object]], sheet: Sheet, mapping: SheetMapping | None, complaints: Complaints
) -> Header | None:
    """The header among the first rows, or None; complains of a missing header and of unknown or missing columns."""
    known = _known(sheet, mapping)
    start = mapping.skip_rows if mapping else 0
    position = _position(rows, start, known)
    if position is None:
        titles = "、".join(column.title for column in sheet.columns if column.required)
        complaints.sheet(
            "找不到表头", f"前 {SEARCHED_ROWS} 行里没有“{sheet.title}”的表头", f"表头至少要有：{titles}"
        )
        return None
    header = Header(position + 1)
    for above in rows[:position]:
        header.unit = header.unit or next(_declared_units(above), None)
    for index, raw in enumerate(rows[position]):
        if not is_blank(raw):
            _take(header, index, str(raw), known, sheet, mapping, complaints)
    _complain_of_missing(header, sheet, mapping, complaints)
    return header


def _known(sheet: Sheet, mapping: SheetMapping | None) -> dict[str, Column]:
    known: dict[str, Column] = {}
    for column in sheet.columns:
        for label in (column.name, column.title, *column.aliases):
            known[plain_label(label)] = column
    if mapping:
        known |= {label: sheet.column(name) for label, name in mapping.columns.items()}
    return known


def _position(rows: Sequence[Sequence[object]], start: int, known: Mapping[str, Column]) -> int | None:
    # A title line may happen to repeat one column's name, so a header needs two.
    for position, row in enumerate(rows[start:], start):
        labels = [str(raw) for raw in row if not is_blank(raw)]
        hits = sum(_recognise(label, known)[0] is not None for label in labels)
        if hits >= 2:
            return position
    return None


def _recognise(label: str, known: Mapping[str, Column]) -> tuple[Column | None, MoneyUnit | None]:
    plain = _REQUIRED_MARK.sub("", plain_label(label))
    if plain in known:
        column = known[plain]
        suffix = _UNIT_SUFFIX.match(plain)
        unit = MoneyUnit.of(suffix[2]) if suffix and column.kind is Kind.AMOUNT else None
        return column, unit
    suffix = _UNIT_SUFFIX.match(plain)
    if suffix:
        base = known.get(suffix[1].rstrip("/,、:;_-"))
        if base is not None and base.kind is Kind.AMOUNT:
            return base, MoneyUnit.of(suffix[2])
    return None, None


def _take(
    header: Header,
    index: int,
    label: str,
    known: Mapping[str, Column],
    sheet: Sheet,
    mapping: SheetMapping | None,
    complaints: Complaints,
) -> None:
    column, unit = _recognise(label, known)
    header.positions[plain_label(label)] = index
    if column is None:
        if mapping and (mapping.ignores(label) or plain_label(label) in mapping.skip_where):
            return
        titles = [c.title for c in sheet.columns]
        remedy = (
            nearest(label, titles)
            or nearest(label, [c.name for c in sheet.columns])
            or f"请删去该列，或改为已有的列名：{'、'.join(titles)}"
        )
        complaints.at(
            header.row,
            index,
            label,
            "",
            CellError("不认识的列", f"“{sheet.title}”没有“{label}”这一列", remedy),
        )
    elif column.name in header.indexes:
        complaints.at(
            header.row,
            index,
            label,
            "",
            CellError(
                "列重复",
                f"“{column.title}”列出现了两次（另一处为“{header.labels[column.name]}”）",
                "请只保留一列",
            ),
        )
    else:
        header.indexes[column.name] = index
        header.labels[column.name] = label.strip()
        if unit is not None:
            header.units[column.name] = unit


def _declared_units(row: Sequence[object]) -> Iterator[MoneyUnit]:
    for raw in row:
        if isinstance(raw, str) and "单位" in raw:
            try:
                yield MoneyUnit.of(raw)
            except MoneyError:
                continue  # 编制单位：… is a title line, not a unit of money


def _complain_of_missing(
    header: Header, sheet: Sheet, mapping: SheetMapping | None, complaints: Complaints
) -> None:
    supplied = set(header.indexes) | set(mapping.supplied if mapping else ())
    for label in (*mapping.columns, *mapping.skip_where) if mapping else ():
        if label not in header.positions:
            complaints.at(
                header.row,
                None,
                label,
                "",
                CellError(
                    "缺少列对应所指的列",
                    f"列对应写了“{label}”列，文件的表头里没有",
                    "请核对列对应和导出文件的表头",
                ),
            )
    for column in sheet.columns:
        if column.required and column.name not in supplied:
            complaints.at(
                header.row,
                None,
                column.title,
                "",
                CellError(
                    "缺少必需的列",
                    f"“{sheet.title}”缺少“{column.title}”（{column.name}）列",
                    "请在表头补上该列并逐行填写",
                ),
            )
