"""Budget, adjusted budget and spending (预算、调整预算、支出), and 三公 where it follows from economic codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from django.db.models import Q

from yiheng.facts import JOINT_VIEW, Fact
from yiheng.ledger.models import Adjustment, BudgetLine, Elimination, Payment, ThreePublic

from .leaves import SPENDING_DIMS, Derive, Dims, leaves, under
from .scope import Scope

APPROVED: Final = "approved"
ADJUSTED: Final = "adjusted"
_ITEM_VIEW: Final = "item"
_ECONOMIC_VIEW: Final = "economic"
_FUNCTION_VIEW: Final = "function"
_THREE_PUBLIC: Final = {
    "budget": "three_public_budget",
    ADJUSTED: "three_public_adjusted",
    "accounts": "three_public_spending",
}
_COUNTERPART: Final = {"subsidy_down": "superior", "remit_up": "subordinate"}
"""What a unit pays as 对附属单位补助 the other receives as 上级补助收入; 上缴上级 as 附属单位上缴收入."""


def spending_facts(scope: Scope) -> list[Fact]:
    """All facts of budget lines, adjustments, payments, eliminations and 三公 rows."""
    planned = budget_lines(scope, scope.stage)
    of_stage = {"budget": planned}
    found = list(planned)
    if not scope.is_budget:
        approved = planned if scope.stage == APPROVED else budget_lines(scope, APPROVED)
        of_stage[ADJUSTED] = adjusted_lines(scope, approved)
        of_stage["accounts"] = payments(scope)
        found += of_stage[ADJUSTED] + of_stage["accounts"]
        joint = {fact.unit for fact in of_stage["accounts"] if fact.view == JOINT_VIEW}
        found += [taken_out(fact, joint) for fact in eliminations(scope, "spending", "from_unit_id")]
    return found + [fact for stage, rows in of_stage.items() for fact in _three_public(scope, stage, rows)]


def budget_lines(scope: Scope, stage: str) -> list[Fact]:
    """The budget lines of one stage."""
    where = scope.rows & Q(stage=stage)
    return list(leaves(BudgetLine, "budget", where, SPENDING_DIMS, derive=_basic_kind(scope)))


def adjusted_lines(scope: Scope, approved: Iterable[Fact]) -> list[Fact]:
    """The adjusted budget: of a unit whose paper prints only that, as printed; else what was approved, and moved."""
    printed = budget_lines(scope, ADJUSTED)
    of_units = {fact.unit for fact in printed}
    derived = [fact for fact in (*approved, *_adjustments(scope)) if fact.unit not in of_units]
    return [under("budget_adjusted", fact) for fact in (*printed, *derived)]


def _adjustments(scope: Scope) -> Iterator[Fact]:
    derive = _basic_kind(scope)
    return leaves(Adjustment, "budget_adjusted", scope.rows, SPENDING_DIMS, dated=True, derive=derive)


def payments(scope: Scope) -> list[Fact]:
    """The payments."""
    derive = _basic_kind(scope)
    return list(leaves(Payment, "spending", scope.rows, SPENDING_DIMS, dated=True, derive=derive))


def eliminations(scope: Scope, measure: str, side: str) -> Iterator[Fact]:
    """Money moved between two of these units; `side` is the column of the unit that it is told of."""
    inside = Q(year=scope.year, from_unit__in=scope.units, to_unit__in=scope.units)
    return leaves(Elimination, measure, inside, ("category", "function", "fund"), unit=side)


def taken_out(fact: Fact, joint: set[str]) -> Fact:
    """The negative fact of an elimination. `joint` are the units whose rows of that measure are joint."""
    view = JOINT_VIEW if fact.unit in joint else _FUNCTION_VIEW
    return replace(fact, view=view, amount=-fact.amount)


def income_taken_out(fact: Fact, joint: set[str]) -> Fact:
    """As `taken_out`, for the unit that received the money."""
    dims = {name: value for name, value in fact.dims.items() if name != "category"}
    if source := _COUNTERPART.get(fact.dims.get("category", "")):
        dims["source"] = source
    return taken_out(replace(fact, dims=dims), joint)


def _basic_kind(scope: Scope) -> Derive:
    def derive(dims: dict[str, str]) -> None:
        economic = dims.get("economic")
        if not economic or dims.get("category") != "basic" or "basic_kind" in dims:
            return
        if kind := scope.mapped("economic.basic-kind", economic):
            dims["basic_kind"] = kind

    return derive


def _three_public(scope: Scope, stage: str, rows: Iterable[Fact]) -> Iterator[Fact]:
    """三公 as printed; of a unit that has no such rows, from the economic codes of its other rows."""
    measure = _THREE_PUBLIC[stage]
    given = list(leaves(ThreePublic, measure, scope.rows & Q(stage=stage), ("item",), view=_ITEM_VIEW))
    yield from given
    printed = {fact.unit for fact in given}
    items: dict[int, Dims | None] = {}
    for fact in rows:
        if fact.view not in (JOINT_VIEW, _ECONOMIC_VIEW) or fact.unit in printed:
            continue
        mark = id(fact.dims)  # rows with equal dimensions share one mapping
        if mark not in items:
            items[mark] = _as_three_public(scope, fact.dims)
        if (dims := items[mark]) is not None:
            yield replace(fact, measure=measure, view=_ITEM_VIEW, dims=dims)


def _as_three_public(scope: Scope, dims: Dims) -> Dims | None:
    """The dimensions with the item, where they are 三公: of the general public budget (一般公共预算) only."""
    economic = dims.get("economic")
    if not economic or dims.get("fund", "general") != "general":
        return None
    item = scope.mapped("economic.three-public", economic)
    return {**dims, "item": item} if item else None
