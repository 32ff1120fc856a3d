"""What is left of a fund (当期结余): its revenue less its expenditure, without what was carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yiheng.facts.claims import BALANCE, ClaimKind, FigureKind, Role, Strength
from yiheng.reading.narrative.changes import BUDGETS, is_value
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.mentions import Mention

_BALANCE = re.compile(r"^(?:\d{4}年)?[^,，。;:]{0,10}(?:当期|当年|本年|年度|收支)+结[余存](?:为)?$")
_FUND_LEFT = re.compile(r"^(?:\d{4}年)?(?:本年|当年|当期)?(?:收支)?结余(?:决算数)?(?:为)?$")
_FUND_SIDES = (
    ("收入总量", "支出总量"),
    ("本年收入", "本年支出"),
    ("当年收入", "当年支出"),
    ("当期收入", "当期支出"),
)
_FUND_SIDE = re.compile("(?:本年|当年|当期)(?:收入|支出)$|(?:收入|支出)总量$")
_FUND_SPAN = 5
"""Sentences from the revenue of a fund to what is left of it."""


def balances(found: Sequence[Mention]) -> Iterator[Draft]:
    """收入 …，支出 …，当期结余 …: of a fund, without what was carried over."""
    amounts = [m for m in found if m.role is not Role.GROWTH]
    for income, spent, left in zip(amounts, amounts[1:], amounts[2:], strict=False):
        near = spent.sentence == income.sentence and left.sentence - spent.sentence <= 1
        values = near and all(is_value(m) and m.comparable(income) for m in (spent, left))
        named = "收入" in income.clause and "支出" in spent.clause and _BALANCE.search(left.clause)
        if is_value(income) and values and named and income.kind is FigureKind.AMOUNT and not left.direction:
            whole = income.part_of
            # 收入 …，其中保险费收入 …，财政补贴收入 …；支出 …: the last of the parts stands before the other side.
            if whole is not None and is_value(whole) and "收入" in whole.clause and whole.comparable(income):
                pairs = ((whole, spent), (income, spent))
                yield Draft(
                    ClaimKind.DIFFERENCE, pairs[0], (left,), Strength.PRESUMED, BALANCE, readings=pairs[1:]
                )
            else:
                yield Draft(ClaimKind.DIFFERENCE, (income, spent), (left,), form=BALANCE)


def fund_balances(found: Sequence[Mention]) -> Iterator[Draft]:
    """本年收入 …，其中 …。本年支出 …，其中 …。本年收支结余 …: between the sides stand their parts and rates."""
    for at, left in enumerate(found):
        if not (is_value(left) and left.kind is FigureKind.AMOUNT and _FUND_LEFT.search(left.clause)):
            continue
        before = [m for m in found[:at] if is_value(m) and m.comparable(left) and m.depth == 0]
        sides_ = {m.clause[-4:]: m for m in before if _FUND_SIDE.search(m.clause) and m.stage not in BUDGETS}
        pairs = tuple(
            (sides_[income], sides_[spent])
            for income, spent in _FUND_SIDES
            if income in sides_ and spent in sides_ and left.sentence - sides_[income].sentence <= _FUND_SPAN
        )
        beside = [m for m in found[max(0, at - 2) : at] if m.role is not Role.GROWTH]
        if pairs and not all(any(m is side for m in beside) for side in pairs[0]):
            sure = len(pairs) == 1 and "收支结余" in left.clause
            strength = Strength.STATED if sure else Strength.PRESUMED
            yield Draft(ClaimKind.DIFFERENCE, pairs[0], (left,), strength, BALANCE, readings=pairs[1:])
