"""Units and the way to whole fen, without ever rounding."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiheng.money import MoneyError, MoneyUnit, to_fen


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("元", MoneyUnit.YUAN),
        ("万元", MoneyUnit.WAN),
        ("亿元", MoneyUnit.YI),
        ("万", MoneyUnit.WAN),
        (" 亿 ", MoneyUnit.YI),
        ("（元）", MoneyUnit.YUAN),  # 2021 budget, form 15: 项目总金额（元）
        ("单位：万元", MoneyUnit.WAN),  # the line above every table of the 2020 final accounts
        ("金额单位: 人民币元", MoneyUnit.YUAN),
        ("（单位：万 元）", MoneyUnit.WAN),
    ],
)
def test_reads_every_way_a_unit_is_written(text: str, unit: MoneyUnit) -> None:
    assert MoneyUnit.of(text) is unit


@pytest.mark.parametrize("text", ["", "千元", "万人", "美元", "元/月", "wan"])
def test_an_unknown_unit_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(MoneyError, match="元、万元、亿元"):
        MoneyUnit.of(text)


def test_units_are_worth_what_their_names_say() -> None:
    assert [(unit.label, unit.fen) for unit in MoneyUnit] == [
        ("元", 100),
        ("万元", 100 * 10**4),
        ("亿元", 100 * 10**8),
    ]


@pytest.mark.parametrize(
    ("value", "unit", "fen"),
    [
        ("201,109.34", MoneyUnit.WAN, 201_109_340_000),  # 2020 final accounts, table 01
        ("2,351,020,000.00", MoneyUnit.YUAN, 235_102_000_000),  # 2021 budget, form 15
        ("2563.61", MoneyUnit.YI, 25_636_100_000_000),  # 2023 evaluation: fund balance
        ("－１，２３４．５６", MoneyUnit.YUAN, -123_456),
        ("+5", MoneyUnit.YUAN, 500),
        (Decimal("0.000001"), MoneyUnit.WAN, 1),
        (-3, MoneyUnit.WAN, -3_000_000),
    ],
)
def test_converts_exactly(value: int | Decimal | str, unit: MoneyUnit, fen: int) -> None:
    assert to_fen(value, unit) == fen


@pytest.mark.parametrize("value", ["0.001", Decimal("0.005"), Decimal("1E-3")])
def test_a_rest_below_one_fen_is_never_rounded_away(value: str | Decimal) -> None:
    with pytest.raises(MoneyError, match="不足一分"):
        to_fen(value)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "1,23", "12,3456", "1,2345.00", "1e5", ".5", "5.", "007", "5元", "1 234", "①", "١٢"],
)
def test_malformed_text_is_refused(text: str) -> None:
    with pytest.raises(MoneyError, match="不是金额"):
        to_fen(text)


@given(st.integers(-(10**18), 10**18))
def test_an_amount_in_yuan_comes_back(fen: int) -> None:
    sign, size = ("-" if fen < 0 else ""), abs(fen)
    assert to_fen(f"{sign}{size // 100:,}.{size % 100:02d}") == fen
    assert to_fen(Decimal(f"{fen}E-2")) == fen
