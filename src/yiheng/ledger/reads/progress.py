"""Execution within the year (预算执行进度): spending by month or quarter, and budget against spending on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from yiheng.facts import JOINT_VIEW, Fact
from yiheng.facts.days import happened, month_end, straddles
from yiheng.ledger.models import Precision
from yiheng.money import Amount

from .scope import Scope
from .spending import APPROVED, adjusted_lines, budget_lines, payments

_FINER: Final = {
    "month": (Precision.DAY, Precision.MONTH),
    "quarter": (Precision.DAY, Precision.MONTH, Precision.QUARTER),
}
_MONTHS: Final = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True)
class CouldNotRun:
    """A question finer than the data (无法执行): why, in Chinese, and the keys of the rows that stand in the way."""

    reason: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a quarter and what was spent in it."""

    label: str
    first: dt.date
    last: dt.date
    amount: Amount


@dataclass(frozen=True, slots=True)
class Execution:
    """Budget and spending of one project, function or other dimension; "" where a row does not attest it."""

    code: str
    approved: Amount
    adjusted: Amount
    spent: Amount
    rows: tuple[tuple[Fact, ...], tuple[Fact, ...]] = ((), ())
    """The rows behind the adjusted budget and behind the spending."""


def spending_by_period(scope: Scope, by: str, view: str) -> tuple[Period, ...] | CouldNotRun:
    """All months or quarters of the year with what was spent in each; see `queries.spending_by_period`."""
    paid = _in_view(payments(scope), view)
    coarse = [fact for fact in paid if fact.on_precision not in _FINER[by]]
    if coarse:
        known = "、".join(sorted({Precision(fact.on_precision).label for fact in coarse}))
        asked = {"month": "月", "quarter": "季"}[by]
        return CouldNotRun(
            f"有 {len(coarse)} 笔支付的日期只精确到{known}，不能按{asked}汇总",
            tuple(fact.key for fact in coarse),
        )
    return tuple(_period(scope.year, number, by, paid) for number in range(12 // _MONTHS[by]))


def _period(year: int, number: int, by: str, paid: Iterable[Fact]) -> Period:
    length = _MONTHS[by]
    first = dt.date(year, number * length + 1, 1)
    last = month_end(year, (number + 1) * length)
    label = f"{number + 1}月" if by == "month" else f"第{'一二三四'[number]}季度"
    within = (fact for fact in paid if fact.on and first <= fact.on <= last)
    return Period(label, first, last, _total(within))


def execution(scope: Scope, by: str, view: str, upto: dt.date | None) -> tuple[Execution, ...] | CouldNotRun:
    """Approved and adjusted budget and spending by one dimension; see `queries.execution`."""
    lines = budget_lines(scope, APPROVED)
    approved = _in_view(lines, view)
    adjusted = _in_view(adjusted_lines(scope, lines), view)
    spent = _in_view(payments(scope), view)
    if upto is not None:
        unclear = [fact for fact in (*adjusted, *spent) if straddles(fact, upto)]
        if unclear:
            return CouldNotRun(
                f"有 {len(unclear)} 行的日期不够细，无法判断是否发生在 {upto.isoformat()} 之前",
                tuple(fact.key for fact in unclear),
            )
        adjusted = [fact for fact in adjusted if happened(fact, upto)]
        spent = [fact for fact in spent if happened(fact, upto)]
    sides = [_by_code(rows, by) for rows in (approved, adjusted, spent)]
    return tuple(
        _execution(code, *(side.get(code, ()) for side in sides))
        for code in dict.fromkeys(code for side in sides for code in side)
    )


def _execution(
    code: str, approved: Sequence[Fact], adjusted: Sequence[Fact], spent: Sequence[Fact]
) -> Execution:
    rows = (tuple(adjusted), tuple(spent))
    return Execution(code, _total(approved), _total(adjusted), _total(spent), rows)


def _in_view(rows: Iterable[Fact], view: str) -> list[Fact]:
    """The rows of that view and the joint ones: of one unit and stage there are never both."""
    return [fact for fact in rows if fact.view in (view, JOINT_VIEW)]


def _by_code(rows: Iterable[Fact], by: str) -> dict[str, list[Fact]]:
    groups: dict[str, list[Fact]] = {}
    for fact in rows:
        groups.setdefault(fact.dims.get(by, ""), []).append(fact)
    return groups


def _total(rows: Iterable[Fact]) -> Amount:
    return Amount.sum(Amount(fact.amount, fact.quantum) for fact in rows)


def periods() -> Sequence[str]:
    """What spending can be asked by."""
    return tuple(_MONTHS)
