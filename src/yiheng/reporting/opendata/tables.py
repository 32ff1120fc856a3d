"""Statutory tables as tidy files (报表数据): one row a money cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from yiheng.facts import Status, Table
from yiheng.reporting import wording

COLUMNS: Final = (
    ("table", "表号", "string", True),
    ("block", "分栏", "string", False),
    ("row", "行地址", "string", True),
    ("row_label", "行名称", "string", False),
    ("code", "科目编码", "string", False),
    ("column", "栏", "string", True),
    ("value", "金额（元，准确数）", "number", False),
    ("printed", "印出的数", "string", False),
    ("unit", "印出的单位", "string", False),
    ("status", "状态", "string", True),
    ("address", "单元格地址", "string", True),
)
"""Name, title, type and whether it is always filled."""
STATUSES: Final = tuple(status.value for status in Status)


def rows(table: Table) -> Iterator[list[str]]:
    """The money cells of the table in printing order. A value that is not known is blank, never 0."""
    for ref in table.money_cells():
        cell = ref.cell
        value = "" if cell.amount is None else wording.yuan(cell.amount.fen).replace(",", "")
        yield [
            table.code,
            ref.block.title or ref.block.name,
            ref.row.address,
            ref.row.label.strip(),
            ref.row.code,
            ref.column.label,
            value,
            cell.text,
            ref.column.unit or table.unit,
            cell.status.value,
            ref.address,
        ]
