"""True sentences of random figures stay silent; with one digit changed they are found and named (虚构)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.checks.audit.sentences import findings, shown

from yiheng.money import round_to

AMOUNTS = st.integers(min_value=10_000, max_value=99_999_999).map(lambda n: Decimal(n) / 100)


def text(value: Decimal) -> str:
    return f"{value:,.2f}"


def percent(part: Decimal, whole: Decimal) -> str:
    return f"{round_to(part * 100 / whole, 2)}"


def expenditure(basic: Decimal, project: Decimal) -> str:
    total = basic + project
    return (
        f"2023年支出合计{text(total)}万元，其中：基本支出{text(basic)}万元，占{percent(basic, total)}%；"
        f"项目支出{text(project)}万元，占{percent(project, total)}%。"
    )


def change(now: Decimal, base: Decimal) -> str:
    word, by = ("增加", "增长") if now > base else ("减少", "下降")
    return (
        f"机关运行经费支出{text(now)}万元，比上年决算数{text(base)}万元{word}{text(abs(now - base))}万元，"
        f"{by}{percent(abs(now - base), base)}%。"
    )


def completion(budget: Decimal, done: Decimal) -> str:
    return (
        f"年初预算为{text(budget)}万元，支出决算为{text(done)}万元，完成年初预算的{percent(done, budget)}%。"
    )


@settings(max_examples=25)
@given(AMOUNTS, AMOUNTS)
def test_what_is_true_stays_silent(one: Decimal, other: Decimal) -> None:
    assume(one != other)
    assert shown(expenditure(one, other), change(one, other), completion(one, other)) == []


@settings(max_examples=25)
@given(AMOUNTS, AMOUNTS, st.integers(0, 6), st.integers(1, 9), st.sampled_from([expenditure, change]))
def test_a_changed_digit_is_found_once_and_named(
    one: Decimal, other: Decimal, place: int, step: int, sentence: object
) -> None:
    """The digit changed is any of the first amount's but the last, which rounding may hide."""
    assert callable(sentence)
    assume(one != other)
    true = sentence(one, other)
    printed = text(one) if sentence is change else text(one + other)
    digits = [i for i, sign in enumerate(printed) if sign.isdigit()]
    assume(place < len(digits) - 1)
    at = digits[place]
    digit = str((int(printed[at]) + step) % 10)
    assume(not (place == 0 and digit == "0"))
    wrong = printed[:at] + digit + printed[at + 1 :]
    made = findings(true.replace(f"{printed}万元", f"{wrong}万元", 1))
    errors = [f for f in made if f.severity.value != "hint"]
    assert len(errors) == 1
    assert f"{wrong}万元" in errors[0].printed.split("；")
