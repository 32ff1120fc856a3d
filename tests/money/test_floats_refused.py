"""No float and no truth value gets in anywhere, and the reason is told in Chinese."""

from collections.abc import Callable

import pytest

from yiheng.money import (
    Amount,
    Interval,
    MoneyError,
    MoneyUnit,
    completion,
    format_amount,
    format_percent,
    growth,
    parse_printed,
    round_to,
    share,
    split,
    to_fen,
)

DOORS: dict[str, Callable[..., object]] = {
    "to_fen": to_fen,
    "round_to": lambda value: round_to(value, 2),
    "Amount": Amount,
    "Amount quantum": lambda value: Amount(10, value),
    "Interval": lambda value: Interval(value, value),
    "Interval.point": Interval.point,
    "Interval.of_rounded": lambda value: Interval.of_rounded(value, 1),
    "Interval.of_rounded quantum": lambda value: Interval.of_rounded(10, value),
    "Interval.contains": lambda value: Interval.point(1).contains(value),
    "Interval.scaled": lambda value: Interval.point(1).scaled(value),
    "growth now": lambda value: growth(value, 100),
    "growth base": lambda value: growth(100, value),
    "share": lambda value: share(value, 100),
    "completion": lambda value: completion(100, value),
    "split": lambda value: split(value, [1, 1]),
    "split weight": lambda value: split(100, [1, value]),
    "format_amount": format_amount,
    "format_percent": format_percent,
    "parse_printed": parse_printed,
}


@pytest.mark.parametrize("value", [1.5, 0.0, True, float("nan")])
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS.keys())
def test_refused(door: Callable[..., object], value: object) -> None:
    with pytest.raises(MoneyError, match=f"不能是 {type(value).__name__} 类型"):
        door(value)


@pytest.mark.parametrize("value", [1.5, None, 3])
def test_a_unit_is_named_by_text(value: object) -> None:
    with pytest.raises(MoneyError, match="不认识的金额单位"):
        MoneyUnit.of(value)  # type: ignore[arg-type]
