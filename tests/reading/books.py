"""Small sheets, and files that hold them, for the tests of this folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from yiheng.facts.sheets import Catalogs, Choice, Column, Kind, Sheet, SheetSet
from yiheng.facts.workbook import PLACES_COLUMN, UNIT_COLUMN
from yiheng.reading.mapping import ColumnMapping
from yiheng.reading.problems import Problem
from yiheng.reading.sources import open_source
from yiheng.reading.tables import Reading, read_sources

UNITS = Sheet(
    "units",
    "单位",
    (Column("key", "键", required=True), Column("name", "单位名称", required=True, names_row=True)),
)
LINES = Sheet(
    "lines",
    "支出预算",
    (
        Column("key", "行号", required=True, aliases=("行号键",)),
        Column("unit", "单位", Kind.REFERENCE, required=True, refers="units"),
        Column("year", "年度", Kind.INT, required=True, minimum=1000, maximum=9999),
        Column("stage", "阶段", Kind.ENUM, choices=(Choice("approved", "批复"), Choice("two_up", "二上"))),
        Column("function", "功能科目", Kind.CODE, catalog="function"),
        Column("date", "日期", Kind.DATE, precision="date_precision"),
        Column(
            "date_precision", "日期精度", Kind.ENUM,
            choices=(Choice("day", "日"), Choice("month", "月"), Choice("quarter", "季"), Choice("year", "年")),
        ),
        Column("secret", "涉密", Kind.BOOL),
        Column("quantity", "数量", Kind.DECIMAL, decimals=4, maximum=99_999_999_999),
        Column("amount", "金额", Kind.AMOUNT, required=True, minimum=0),
        Column("sme", "中小企业金额", Kind.AMOUNT),
        UNIT_COLUMN,
        PLACES_COLUMN,
        Column("target", "指标值", text_only=True),
        Column("note", "备注"),
    ),
)  # fmt: skip
STATS = Sheet(
    "stats",
    "已公布数",
    (
        Column("key", "行号", required=True),
        Column("value", "数值", Kind.AMOUNT, required=True, uom="uom"),
        Column("uom", "计量单位", required=True),
        UNIT_COLUMN,
        PLACES_COLUMN,
    ),
)
SHEETS = SheetSet((UNITS, LINES, STATS))
CATALOGS: Catalogs = {
    "function": (
        Choice("2101501", "行政运行"),
        Choice("2101505", "医疗保障政策管理"),
        Choice("2080501", "行政单位离退休"),
        Choice("2080502", "事业单位离退休"),
        Choice("2050803", "培训支出"),
        Choice("2050899", "培训支出"),
    )
}
HEAD = ("行号", "单位", "年度", "金额")
UNIT_ROWS: Sequence[Sequence[Any]] = (("键", "单位名称"), ("jia", "甲中心"))


def book(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], **formats: str) -> Path:
    """An XLSX with these rows, each written as the type it has; `date` formats dates."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        for name, rows in sheets.items():
            page = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for index, value in enumerate(row):
                    if value is not None:
                        page.write(number, index, value)
    return path


def lines(path: Path, *rows: Sequence[Any], head: Sequence[Any] = HEAD, **others: Any) -> Path:
    """A workbook with one unit and these budget lines."""
    return book(path / "预算.xlsx", {"单位": UNIT_ROWS, "支出预算": (head, *rows), **others})


def table(*rows: Sequence[Any], encoding: str = "utf-8") -> bytes:
    """CSV bytes."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def read(*paths: Path, mapping: ColumnMapping | None = None) -> Reading:
    """Everything in the files."""
    return read_sources([open_source(path) for path in paths], SHEETS, CATALOGS, mapping)


def only(problems: Sequence[Problem]) -> Problem:
    """The one problem there must be."""
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]
