"""Every form of a printed figure that the published documents show, and what must not be taken for one."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiheng.money import (
    Interval,
    MoneyError,
    MoneyUnit,
    Printed,
    PrintedKind,
    Rounding,
    format_amount,
    format_percent,
    parse_printed,
)

WAN, YI, YUAN = MoneyUnit.WAN, MoneyUnit.YI, MoneyUnit.YUAN


@pytest.mark.parametrize(
    ("text", "value", "places", "unit"),
    [
        ("262,506", "262506", 0, None),  # 2021 budget, table 1
        ("201,109.34", "201109.34", 2, None),  # 2020 final accounts, table 01
        ("368,494.62万元", "368494.62", 2, WAN),
        ("2563.61 亿元", "2563.61", 2, YI),  # 2023 department evaluation
        ("2,563.61 亿元", "2563.61", 2, YI),
        ("5,712 万元", "5712", 0, WAN),  # 2020 final accounts, narrative
        ("19.2万元", "19.2", 1, WAN),
        ("1868520000.00", "1868520000.00", 2, None),  # 2020 annex 2-1, in yuan, no separators
        ("606元", "606", 0, YUAN),
        ("0.00", "0.00", 2, None),
        ("0", "0", 0, None),
        ("１２，３４５．６０", "12345.60", 2, None),
        ("\u30001,447.62\u00a0万元 ", "1447.62", 2, WAN),
        ("-661", "-661", 0, None),
        ("－６６１", "-661", 0, None),
        ("\u2212661.5", "-661.5", 1, None),
        ("+5", "5", 0, None),
        ("（1,234.00）", "-1234.00", 2, None),
        ("(1,234.00) 万元", "-1234.00", 2, WAN),
        ("(0.00)", "0.00", 2, None),
        ("-0.00", "0.00", 2, None),
    ],
)
def test_reads_a_printed_amount(text: str, value: str, places: int, unit: MoneyUnit | None) -> None:
    printed = parse_printed(text)
    assert printed == Printed(text, PrintedKind.NUMBER, Decimal(value), places, unit)
    assert str(printed.value) == value


@pytest.mark.parametrize(
    ("text", "ratio", "places"),
    [
        ("87 %", "0.87", 0),
        ("1,041.53 %", "10.4153", 2),
        ("99.87％", "0.9987", 2),
        ("-2%", "-0.02", 0),
    ],
)
def test_reads_a_printed_percentage(text: str, ratio: str, places: int) -> None:
    printed = parse_printed(text, WAN)
    assert (printed.kind, printed.places, printed.unit) == (PrintedKind.PERCENT, places, None)
    assert printed.ratio == Fraction(ratio)
    assert printed.ratio_interval().width == Fraction(1, 100 * 10**places)
    assert printed.ratio_interval(Rounding.DOWN).contains(printed.ratio)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\n", None])
def test_a_blank_is_blank_and_no_zero(text: str | None) -> None:
    printed = parse_printed(text, WAN)
    assert (printed.kind, printed.value, printed.fen, printed.places) == (PrintedKind.BLANK, None, None, 0)


@pytest.mark.parametrize("text", ["-", "—", "－", "–", "——", " — ", "―"])
def test_a_dash_is_a_dash_and_no_zero(text: str) -> None:
    printed = parse_printed(text, WAN)
    assert (printed.kind, printed.value, printed.fen) == (PrintedKind.DASH, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "12,3456",
        "1234,567",
        ",123",
        "1.2.3",
        "1e5",
        ".5",
        "5.",
        "1 234",
        "— 0.00",  # two cells run together in the 2020 annex
        "- 35",  # a dash cell beside a figure, or a page number
        "—5",
        "（3）",  # a list number
        "（2019）",
        "(3.2%)",
        "007",
        "0102025001",
        "①",
        "12²",
        "⒉公务接待费",
        "≥80%",
        "12 辆",
        "756万条",
        "30元/年",
        "5‰",
        "近 23 倍",
        "不适用",
        "表9",
        "---",
        "--5",
        "432 万",  # of what? no column says that it is money
        "9" * 60,
    ],
)
def test_what_is_not_certainly_one_figure_stays_text(text: str) -> None:
    assert parse_printed(text) == Printed(text, PrintedKind.TEXT)


def test_wan_alone_is_money_where_the_column_is() -> None:
    assert parse_printed("432 万", YUAN).fen == 432_000_000


def test_a_unit_in_the_text_wins_over_the_column() -> None:
    assert parse_printed("7,408,800.00 元", WAN).fen == 740_880_000
    assert parse_printed("741", WAN).fen == 741_000_000


@pytest.mark.parametrize(
    ("text", "unit", "quantum"),
    [
        ("262,506", WAN, 1_000_000),
        ("5,712.00", WAN, 10_000),
        ("2563.61", YI, 100_000_000),
        ("1868520000.00", YUAN, 1),
        ("0.3333", YUAN, Fraction(1, 100)),
    ],
)
def test_the_quantum_is_the_worth_of_the_last_place(
    text: str, unit: MoneyUnit, quantum: int | Fraction
) -> None:
    found = parse_printed(text, unit).quantum
    assert found == quantum
    assert isinstance(found, int) == isinstance(quantum, int)


def test_an_amount_stands_for_all_that_prints_like_it() -> None:
    printed = parse_printed("490.41", WAN)
    assert printed.interval() == Interval(Fraction(490_405_000), Fraction(490_415_000), True, False)
    assert printed.interval(Rounding.DOWN) == Interval(
        Fraction(490_410_000), Fraction(490_420_000), True, False
    )
    assert printed.part_interval() == printed.interval()


def test_an_amount_printed_to_the_fen_is_exact() -> None:
    printed = parse_printed("1868520000.00", YUAN)
    assert printed.interval() == Interval.point(186_852_000_000)


def test_zero_dash_and_blank_add_no_width() -> None:
    for text in ("0", "0.00", "-", "—", "", None):
        assert parse_printed(text, WAN).part_interval() == Interval.point(0)
    assert parse_printed("0.00", WAN).interval().width == 10_000


@pytest.mark.parametrize("text", ["", "—", "87%", "不适用"])
def test_only_a_number_stands_for_amounts(text: str) -> None:
    with pytest.raises(MoneyError):
        parse_printed(text, WAN).interval()


def test_text_and_percentages_are_no_amounts() -> None:
    for text in ("87%", "不适用"):
        with pytest.raises(MoneyError, match="不是金额"):
            _ = parse_printed(text, WAN).fen
        with pytest.raises(MoneyError, match="不是金额"):
            parse_printed(text, WAN).part_interval()
    with pytest.raises(MoneyError, match="不是百分比"):
        _ = parse_printed("87", WAN).ratio


def test_an_amount_without_a_unit_is_not_converted() -> None:
    with pytest.raises(MoneyError, match="没有写明金额单位"):
        _ = parse_printed("262,506").fen


def test_a_part_of_a_fen_is_no_amount() -> None:
    with pytest.raises(MoneyError, match="不足一分"):
        _ = parse_printed("0.125 元").fen


@given(
    st.integers(-(10**15), 10**15),
    st.sampled_from(MoneyUnit),
    st.integers(0, 6),
    st.sampled_from(Rounding),
    st.booleans(),
)
def test_what_is_formatted_is_read_back(
    fen: int, unit: MoneyUnit, places: int, mode: Rounding, grouping: bool
) -> None:
    text = format_amount(fen, unit, places, mode, grouping=grouping)
    printed = parse_printed(text, unit)
    assert (printed.kind, printed.places) == (PrintedKind.NUMBER, places)
    assert printed.interval(mode).contains(fen)
    assert format_amount(printed.fen or 0, unit, places, grouping=grouping) == text


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_a_stripped_figure_keeps_its_value(fen: int, places: int) -> None:
    full = parse_printed(format_amount(fen, WAN, places), WAN)
    stripped = parse_printed(format_amount(fen, WAN, places, strip=True), WAN)
    assert stripped.value == full.value
    assert stripped.places <= full.places


@given(st.fractions(-100, 100), st.integers(0, 4), st.booleans())
def test_a_formatted_percentage_is_read_back(ratio: Fraction, places: int, strip: bool) -> None:
    printed = parse_printed(format_percent(ratio, places, strip=strip))
    assert printed.kind is PrintedKind.PERCENT
    assert abs(printed.ratio - ratio) <= Fraction(1, 200 * 10**places)


@given(st.text(max_size=12))
def test_any_text_is_read_without_an_error(text: str) -> None:
    printed = parse_printed(text, WAN)
    assert printed.text == text
    assert (printed.value is not None) == (printed.kind in (PrintedKind.NUMBER, PrintedKind.PERCENT))
