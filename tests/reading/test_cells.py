"""Single cells: what is taken, what is refused, and that numbers never pass through binary arithmetic."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.books import CATALOGS, LINES

from yiheng.facts.sheets import Column, Kind
from yiheng.money import MoneyUnit
from yiheng.reading.cells import CellError, converter, dated, decimal_of, fen_of, text_of

YUAN, WAN, YI = MoneyUnit


@pytest.mark.parametrize(
    ("raw", "unit", "fen"),
    [
        ("262,506", WAN, 262_506_000_000),
        ("368494.62", WAN, 368_494_620_000),
        (2563.61, YI, 25_636_100_000_000),
        (0.29, YUAN, 29),
        (1.1, YUAN, 110),
        (8.41, WAN, 8_410_000),
        (0.1 + 0.2, YUAN, 30),
        (0, YUAN, 0),
        ("0", YUAN, 0),
        ("１，２３４．５", YUAN, 123_450),
        (-20000, YUAN, -2_000_000),
        ("-0.5", YUAN, -50),
        (0.000001, WAN, 1),
        (1e12, YI, None),
    ],
)
def test_amount_becomes_whole_fen(raw: object, unit: MoneyUnit, fen: int | None) -> None:
    if fen is None:
        with pytest.raises(CellError, match="超出可记录的范围"):
            fen_of(raw, unit)
    else:
        assert fen_of(raw, unit) == fen


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_every_amount_survives_the_float_of_a_spreadsheet(fen: int) -> None:
    """A cell of up to fifteen digits holds the nearest double of the decimal; its fen must come back exactly."""
    assert fen_of(float(Decimal(fen) / 100), YUAN) == fen


@pytest.mark.parametrize("raw", [0.123, 0.005, "0.001", 1e-9, 123456.789])
def test_amount_finer_than_a_fen_is_refused(raw: object) -> None:
    with pytest.raises(CellError) as caught:
        fen_of(raw, YUAN)
    assert caught.value.kind == "金额细于一分"
    assert "ROUND" in caught.value.remedy


@pytest.mark.parametrize(
    "raw",
    ["约三百万", "12.5万元", "-", "—", "1,23", "#REF!", "12 34", "(1,234.00)", True, dt.date(2021, 1, 1)],
)
def test_text_in_a_money_cell_is_refused(raw: object) -> None:
    with pytest.raises(CellError) as caught:
        fen_of(raw, YUAN)
    assert caught.value.kind == "金额不是数字"


@pytest.mark.parametrize("raw", [None, "", "  ", "　"])
def test_blank_is_missing_and_not_zero(raw: object) -> None:
    assert fen_of(raw, YUAN) is None
    assert text_of(raw) is None
    assert decimal_of(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        dt.date(2021, 1, 31), dt.datetime(2021, 1, 31, 9, 30),  # noqa: DTZ001 - a spreadsheet has no zone
        "2021-01-31", "2021-1-31", "2021.1.31", "2021/01/31", "20210131", 20210131.0,
        "2021年1月31日", " 2021 年 1 月 31 日",
    ],
)  # fmt: skip
def test_days_in_every_form(raw: object) -> None:
    assert dated(raw, partial=False) == (dt.date(2021, 1, 31), "day")


@pytest.mark.parametrize(
    ("raw", "day", "precision"),
    [
        ("2021-02", dt.date(2021, 2, 28), "month"),
        ("2020年2月", dt.date(2020, 2, 29), "month"),
        ("2021年一季度", dt.date(2021, 3, 31), "quarter"),
        ("2021年第4季度", dt.date(2021, 12, 31), "quarter"),
        ("2021Q3", dt.date(2021, 9, 30), "quarter"),
        ("2021", dt.date(2021, 12, 31), "year"),
        (2021.0, dt.date(2021, 12, 31), "year"),
        ("2021年", dt.date(2021, 12, 31), "year"),
    ],
)
def test_periods_stand_for_their_last_day(raw: object, day: dt.date, precision: str) -> None:
    assert dated(raw, partial=True) == (day, precision)
    with pytest.raises(CellError):
        dated(raw, partial=False)


@pytest.mark.parametrize(
    "raw",
    ["2021-02-30", "2021-13", "31/1/2021", "21-1-31", 44227.0, "昨天", "2021-1.31", dt.time(3), True, "0000"],
)
def test_no_dates(raw: object) -> None:
    with pytest.raises(CellError) as caught:
        dated(raw, partial=True)
    assert caught.value.kind == "不是日期"


def test_text_keeps_what_was_typed() -> None:
    assert text_of("  甲\r\n乙 ") == "甲\n乙"
    assert text_of(2101501.0) == "2101501"
    assert text_of(0.1) == "0.1"
    assert text_of(1e22) == "10000000000000000000000"
    with pytest.raises(CellError, match="控制字符"):
        text_of("甲\x00乙")


def test_a_number_in_a_text_column_is_refused_where_the_spreadsheet_changed_it() -> None:
    target = converter(LINES.column("target"), {})
    assert target("≥95%") == "≥95%"
    with pytest.raises(CellError, match="原文不可恢复"):
        target(0.95)


def test_code_by_code_by_title_and_by_both() -> None:
    code = converter(LINES.column("function"), CATALOGS)
    assert code(2101501.0) == "2101501"
    assert code("2101501 行政运行") == "2101501"
    assert code("2101501行政运行") == "2101501"
    assert code("行政运行") == "2101501"
    assert code("9999999") == "9999999"
    with pytest.raises(CellError, match="名称不是") as caught:
        code("2101501 培训支出")
    assert caught.value.kind == "编码与名称不符"
    with pytest.raises(CellError, match="2050803、2050899"):
        code("培训支出")


def test_enum_by_value_and_title_and_a_hint_for_the_rest() -> None:
    stage = converter(LINES.column("stage"), {})
    assert stage("批复") == stage("approved") == stage(" Approved ") == "approved"
    with pytest.raises(CellError, match="批复、二上") as caught:
        stage("批覆")
    assert caught.value.remedy == "是否应为“批复”？"


def test_numbers_keep_to_their_bounds() -> None:
    year, quantity = converter(LINES.column("year"), {}), converter(LINES.column("quantity"), {})
    assert year(2021.0) == year("2021") == 2021
    assert quantity(0.1) == Decimal("0.1")
    for convert, raw in ((year, 2021.5), (year, 21), (year, "二〇二一"), (year, 1e30), (quantity, 0.00001),
                         (quantity, "100000000000"), (quantity, dt.date(2021, 1, 1))):  # fmt: skip
        with pytest.raises(CellError):
            convert(raw)


def test_yes_and_no() -> None:
    secret = converter(LINES.column("secret"), {})
    assert [secret(raw) for raw in ("是", True, 1.0, "TRUE")] == [True] * 4
    assert [secret(raw) for raw in ("否", False, "0", "")] == [False, False, False, None]
    with pytest.raises(CellError):
        secret("也许")


def test_an_amount_needs_the_unit_of_its_row() -> None:
    with pytest.raises(ValueError, match="unit of its row"):
        converter(Column("amount", "金额", Kind.AMOUNT), {})
