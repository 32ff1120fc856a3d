"""类 | 款 | 项 in columns of their own, in text and in tables: one code for each row."""

from __future__ import annotations

import pytest

from yiheng.facts.document import ReadTable
from yiheng.reading.structure import structure
from yiheng.reading.text.reader import raw_text

HEAD = "公开03表\n支出决算表\n部门：甲局 单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n类 款 项\n"
ROWS = (  # code, own level, name, figures
    ("208", "208", "社会保障和就业支出", "44.77 44.77 0.00"),
    ("20805", "05", "行政事业单位养老支出", "44.77 44.77 0.00"),
    ("2080505", "05", "机关事业单位基本养老保险缴费支出", "29.85 29.85 0.00"),
    ("2080506", "06", "机关事业单位职业年金缴费支出", "14.92 14.92 0.00"),
    ("210", "210", "卫生健康支出", "448.57 297.57 151.00"),
    ("21011", "11", "行政事业单位医疗", "17.92 17.92 0.00"),
    ("2101101", "01", "行政单位医疗", "17.92 17.92 0.00"),
    ("21015", "15", "医疗保障管理事务", "430.65 279.65 151.00"),
    ("2101501", "01", "行政运行", "279.65 279.65 0.00"),
    ("2101599", "99", "其他医疗保障管理事务支出", "151.00 0.00 151.00"),
)
TOTAL = "合计 493.34 342.34 151.00\n"


def whole(code: str) -> str:
    """The code cut into its levels, as a row that prints all of them has it."""
    return " ".join(part for part in (code[:3], code[3:5], code[5:7]) if part)


def table_of(text: str) -> ReadTable:
    (table,) = structure(raw_text("t.txt", text)).tables
    return table


def codes(lines: list[str]) -> list[str]:
    return [row.code for row in table_of(HEAD + TOTAL + "\n".join(lines)).blocks[0].rows]


EXPECTED = ["", *(code for code, *_ in ROWS)]


def test_a_row_that_prints_all_levels() -> None:
    assert codes([f"{whole(code)} {name} {figures}" for code, _, name, figures in ROWS]) == EXPECTED


def test_a_row_that_prints_every_level_in_full() -> None:
    lines = [
        f"{' '.join(code[:n] for n in (3, 5, 7) if n <= len(code))} {name} {figures}"
        for code, _, name, figures in ROWS
    ]
    assert codes(lines) == EXPECTED


def test_a_row_that_prints_its_own_level_only() -> None:
    assert codes([f"{own} {name} {figures}" for _, own, name, figures in ROWS]) == EXPECTED


@pytest.mark.parametrize("wrong", ["29.35 29.35 0.00", "24.85 29.85 0.00"])
def test_one_wrong_figure_moves_no_code(wrong: str) -> None:
    lines = [f"{own} {name} {figures}" for _, own, name, figures in ROWS]
    assert codes([line.replace("29.85 29.85 0.00", wrong) for line in lines]) == EXPECTED


def test_without_anything_that_decides_there_are_no_codes_below_the_class() -> None:
    """Two 款 of one 项 each, or one 款 of three: zeros fit both."""
    zeros = [f"0{n} 甲 0.00 0.00 0.00" for n in (5, 6, 7, 8)]
    found = codes(["208 社会保障和就业支出 0.00 0.00 0.00", *zeros])
    assert not [code for code in found if code.startswith("208") and code != "208"]


def test_columns_below_a_group_of_the_header() -> None:
    """人员经费 and 公用经费 stand under 基本支出, whose 小计 begins the second line of the header."""
    text = (
        "公开05表\n一般公共预算支出表\n部门：甲局 单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
        "类 款 项 小计 人员经费 公用经费\n合计 430.65 279.65 230.13 49.52 151.00\n"
        "210 卫生健康支出 430.65 279.65 230.13 49.52 151.00\n"
        "210 15 医疗保障管理事务 430.65 279.65 230.13 49.52 151.00\n"
    )
    (block,) = table_of(text).blocks
    assert [column.path for column in block.columns] == [
        ("合计",),
        ("基本支出", "小计"),
        ("基本支出", "人员经费"),
        ("基本支出", "公用经费"),
        ("项目支出",),
    ]
    assert [row.code for row in block.rows] == ["", "210", "21015"]
