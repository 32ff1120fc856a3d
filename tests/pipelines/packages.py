"""A small valid department-year as files, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

Table = Sequence[Sequence[Any]]

UNITS: Table = (
    ("key", "name", "parent", "kind", "jurisdiction"),
    ("ju", "甲局", None, "主管部门", "440300"),
    ("jia", "甲中心", "ju", "基层单位", None),
)
YEARS: Table = (
    ("unit", "year", "kind", "title", "synthetic"),
    ("jia", 2023, "部门预算", "甲中心2023年部门预算", "是"),
)
LINE_HEAD = (
    "行号", "单位", "年度", "编制阶段", "口径", "支出类别", "功能分类科目", "经济分类科目", "预算类型", "资金来源",
    "拨款类别", "金额",
)  # fmt: skip
JOINT = (
    "jia",
    2023,
    "批复",
    "全维度",
    "基本支出",
    "2101501",
    "30101",
    "一般公共预算",
    "政府预算拨款",
    "基本支出拨款",
)
OTHER = (
    "jia",
    2023,
    "批复",
    "全维度",
    "基本支出",
    "2101501",
    "30102",
    "一般公共预算",
    "政府预算拨款",
    "基本支出拨款",
)
LINES: Table = (LINE_HEAD, ("y1", *JOINT, 1234567.89), ("y2", *OTHER, 0.11))


def workbook(path: Path, lines: Table = LINES, **others: Table) -> Path:
    """A workbook of the department-year with these budget lines, and other worksheets by Chinese title."""
    sheets: Mapping[str, Table] = {"单位": UNITS, "部门年度": YEARS, "支出预算": lines, **others}
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for index, value in enumerate(row):
                    if value is not None:
                        page.write(number, index, value)
    return path


def changed(line: int, column: str, value: object, lines: Table = LINES) -> Table:
    """The budget lines with one cell changed; `line` counts from 1."""
    rows = [list(row) for row in lines]
    rows[line][LINE_HEAD.index(column)] = value
    return rows
