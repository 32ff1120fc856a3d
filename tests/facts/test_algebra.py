"""Table algebra: what an expression may say, and how its two sides are weighed by rounding intervals."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.facts.tables import WAN, money, row, table, words

from yiheng.facts import Status
from yiheng.facts.address import Address, Directory, parse
from yiheng.facts.algebra import (
    ExpressionError,
    FactSum,
    Operand,
    Relation,
    Value,
    bound,
    cell_value,
    parse_expression,
    total,
)
from yiheng.money import Amount, Interval

A, B = parse("甲[合计, 数]"), parse("乙[合计, 数]")


def test_an_expression_is_two_signed_sums() -> None:
    expression = parse_expression("甲[合计, 数] = -乙[合计, 数] + 甲[合计, 数]")
    assert expression.relation is Relation.EQUAL
    assert expression.left == (Operand(1, A),)
    assert expression.right == (Operand(-1, B), Operand(1, A))
    assert str(expression) == "甲[合计, 数] = - 乙[合计, 数] + 甲[合计, 数]"


@pytest.mark.parametrize(
    ("sign", "relation"),
    [("=", "="), ("<=", "<="), ("≤", "<="), (">=", ">="), ("≥", ">=")],
)
def test_relations_have_two_spellings(sign: str, relation: str) -> None:
    assert parse_expression(f"甲[合计, 数]{sign}乙[合计, 数]").relation.value == relation


def test_leaves_are_named_outside_tables() -> None:
    expression = parse_expression("@spending(function; fund=general|gov_fund) <= @budget(class|function)")
    assert expression.left[0].what == FactSum("spending", ("function",), (("fund", ("general", "gov_fund")),))
    assert expression.right[0].what == FactSum("budget", ("class", "function"), ())
    assert parse_expression(str(expression)) == expression


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("甲[合计, 数]", "关系符号只有一个"),
        ("甲[合计, 数] = 乙[合计, 数] = 甲[合计, 数]", "关系符号只有一个"),
        ("= 乙[合计, 数]", "两边都要有单元格"),
        ("甲[合计, 数] =", "两边都要有单元格"),
        ("甲[合计, 数] + = 乙[合计, 数]", "加减号后面也要有"),
        ("甲[合计, 数] = 乙[合计, 数] -", "加减号后面也要有"),
        ("甲[合计, 数] + - 乙[合计, 数] = 甲[合计, 数]", "连着的两个加减号"),
        ("甲[合计, 数] 乙[合计, 数] = 甲[合计, 数]", "“乙[合计, 数]”前面缺少加减号"),
        ("甲[, 数] = 乙[合计, 数]", "没有写行"),
        ("甲 = 乙", "看不懂勾稽表达式"),
        ("甲[合计, 数] = 3", "从“3”起"),
        ("@spending() = 甲[合计, 数]", "应写成 @口径(视图; 维度=编码|编码)"),
        ("@spending(function; fund=) = 甲[合计, 数]", "应写成 @口径(视图; 维度=编码|编码)"),
        ("", "两边都要有单元格"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, reason: str) -> None:
    with pytest.raises(ExpressionError) as error:
        parse_expression(text)
    assert reason in str(error.value)


@given(st.text(alphabet="甲[]合计,+-=<>@()|; 1", max_size=25))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        expression = parse_expression(text)
    except ExpressionError:
        return
    assert parse_expression(str(expression)) == expression


ROWS = Directory(
    [
        table(
            "甲",
            ["数", "其他"],
            (row("合计"), [money(6), money(1)]),
            (row("u", ("205",), code="205"), [money(1), money(0)]),
            (row("v", ("205",), code="205"), [money(2), money(0)]),
            (row("v", ("208",), code="208"), [money(3), money(0)]),
        ),
        table(
            "乙",
            ["数"],
            (row("u", ("205",), code="205"), [money(1)]),
            (row("v", ("205",), code="205"), [money(2)]),
        ),
    ]
)


def test_a_star_binds_the_same_row_everywhere() -> None:
    instances = bound(parse_expression("甲[*类, 数] = 乙[*, 数]"), ROWS)
    assert [str(i) for i in instances] == [
        "甲[u/205, 数] = 乙[u/205, 数]",
        "甲[v/205, 数] = 乙[v/205, 数]",
        "甲[v/208, 数] = 乙[v/208, 数]",
    ]


def test_a_star_inside_a_row_binds_one_name() -> None:
    instances = bound(parse_expression("甲[*/205, 数] >= 乙[*/205, 数]"), ROWS)
    assert [str(i) for i in instances] == ["甲[u/205, 数] >= 乙[u/205, 数]", "甲[v/205, 数] >= 乙[v/205, 数]"]


def test_without_a_star_there_is_one_instance() -> None:
    expression = parse_expression("甲[合计, 数] = 乙[u/205, 数]")
    assert bound(expression, ROWS) == [expression]


def test_a_sum_adds_its_operands_with_their_signs() -> None:
    side = parse_expression("甲[合计, 数] - 甲[v/208, 数] + 甲[u/205, 数] = 乙[u/205, 数]").left
    value = total(side, ROWS, lambda what: Value(Amount(0)))
    assert value.amount.fen == 6 - 3 + 1
    assert value.cells == ("甲[合计, 数]", "甲[v/208, 数]", "甲[u/205, 数]")


def test_a_row_that_is_not_there_is_missing_and_never_zero_by_itself() -> None:
    value = cell_value(ROWS, parse("乙[v/208, 数]"))
    assert (value.missing, value.unknown) == (("乙[v/208, 数]",), ())


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("甲[205, 数]", "对应多个单元格：甲[u/205, 数]；甲[v/205, 数]"),
        ("甲[合计, 数字]", "没有列“数字”"),
    ],
)
def test_what_is_in_doubt_is_unknown_not_zero(address: str, reason: str) -> None:
    value = cell_value(ROWS, parse(address))
    assert value.missing == ()
    assert reason in value.unknown[0]


@pytest.mark.parametrize("status", [Status.UNAVAILABLE, Status.NOT_ATTESTED, Status.WITHHELD])
def test_a_cell_without_a_figure_is_unknown(status: Status) -> None:
    directory = Directory([table("甲", ["数"], (row("合计"), [money(None, status=status)]))])
    assert cell_value(directory, A).unknown == (f"甲[合计, 数]：{status.value}",)


def test_a_blank_of_a_document_is_missing_and_words_are_unknown() -> None:
    directory = Directory(
        [table("甲", ["数", "注"], (row("合计"), [money(None, read=True), words("见附件")]))]
    )
    assert cell_value(directory, A).missing == ("甲[合计, 数]",)
    assert cell_value(directory, Address("甲", ("合计",), ("注",))).unknown == (
        "甲[合计, 注] 不是金额：“见附件”",
    )


def test_only_one_figure_that_was_read_is_single() -> None:
    directory = Directory([table("甲", ["数", "另"], (row("合计"), [money(5, read=True), money(5)]))])
    assert total((Operand(1, A),), directory, Value).single
    assert not total((Operand(-1, A),), directory, Value).single
    assert not total((Operand(1, A), Operand(1, A)), directory, Value).single
    assert not cell_value(directory, Address("甲", ("合计",), ("另",))).single


# -- rounding intervals ---------------------------------------------------------------------------------------------


def test_parts_known_in_whole_wan_leave_room_of_half_a_wan_each() -> None:
    """16,246 = 13,947 + 1,889 + 409 printed in 万元 differs by 1 and agrees (2021 budget, 表3 and 第二部分)."""
    parts = Amount.sum([Amount(n * WAN, WAN) for n in (13_947, 1_889, 409)])
    assert parts.fen == 16_245 * WAN
    assert Relation.EQUAL.holds(Amount(16_246 * WAN, WAN), parts)
    assert not Relation.EQUAL.holds(Amount(16_248 * WAN, WAN), parts)


def test_exact_amounts_agree_only_when_they_are_equal() -> None:
    assert Relation.EQUAL.holds(Amount(100), Amount(100))
    assert not Relation.EQUAL.holds(Amount(100), Amount(101))


def test_the_open_end_of_an_interval_does_not_count() -> None:
    """0.5 rounds up: 1 stands for [0.5, 1.5), so exactly 1.5 is no 1 but exactly 0.5 is."""
    one = Amount(WAN, WAN)
    assert Relation.EQUAL.holds(one, Amount(WAN // 2))
    assert not Relation.EQUAL.holds(one, Amount(WAN + WAN // 2))
    assert not Relation.AT_LEAST.holds(one, Amount(WAN + WAN // 2))
    assert Relation.AT_MOST.holds(one, Amount(WAN // 2))


AMOUNTS = st.builds(
    lambda n, quantum: Amount(n * max(quantum, 1), quantum),
    st.integers(-50, 50),
    st.sampled_from([0, 1, 2, 10, 25]),
)


def _can_stand(relation: Relation, a: Interval, b: Interval) -> bool:
    """By trying: the ends where they belong to the interval, and points just inside them."""

    def points(i: Interval) -> list:
        if i.lo == i.hi:
            return [i.lo]
        step = i.width / 1_000_000
        return [
            *([i.lo] if i.lo_closed else []), i.lo + step, i.middle, i.hi - step, *([i.hi] if i.hi_closed else []),
        ]  # fmt: skip

    if relation is Relation.AT_MOST:
        return any(x <= y for x, y in product(points(a), points(b)))
    return any(x >= y for x, y in product(points(a), points(b)))


@given(left=AMOUNTS, right=AMOUNTS)
def test_a_relation_holds_when_some_exact_values_stand_so(left: Amount, right: Amount) -> None:
    for relation in (Relation.AT_MOST, Relation.AT_LEAST):
        assert relation.holds(left, right) == _can_stand(relation, left.interval, right.interval)
    assert Relation.EQUAL.holds(left, right) == left.interval.meets(right.interval)
    both = Relation.AT_MOST.holds(left, right) and Relation.AT_LEAST.holds(left, right)
    assert Relation.EQUAL.holds(left, right) == both


@given(st.lists(AMOUNTS, min_size=1, max_size=6))
def test_a_total_agrees_with_its_own_parts_however_they_are_rounded(parts: list[Amount]) -> None:
    whole = Amount.sum(parts)
    assert all(Relation(sign).holds(whole, Amount.sum(parts)) for sign in ("=", "<=", ">="))
