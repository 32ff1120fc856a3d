"""Choosing facts by dimension, in one way for tables, sentences and checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yiheng.facts.leaf import DepartmentYear, Fact
from yiheng.money import Amount

Conditions = tuple[tuple[str, tuple[str, ...]], ...]
"""Predicates: each dimension with the codes it may have; of a code with levels, its beginning is enough."""

CODED_DIMS = frozenset({"function", "economic", "item"})
"""Dimensions whose codes have levels: a shorter code stands for everything that begins with it."""


def amount_of(fact: Fact) -> Amount:
    """The fact's amount with the interval that its printed precision leaves."""
    return Amount(fact.amount, fact.quantum)


def sum_of(facts: Sequence[Fact]) -> Amount:
    """The facts added up, each with its interval."""
    if len(facts) == 1:
        return amount_of(facts[0])
    if sum([fact.quantum for fact in facts]):
        return Amount.sum([amount_of(fact) for fact in facts])
    return Amount(sum([fact.amount for fact in facts]))


def matches(dims: Mapping[str, str], conditions: Conditions) -> bool:
    """Whether the dimensions meet every predicate. An absent dimension meets none."""
    for dim, allowed in conditions:
        value = dims.get(dim, "")
        if not value:
            return False
        if value not in allowed and not (dim in CODED_DIMS and value.startswith(allowed)):
            return False
    return True


def select(
    department_year: DepartmentYear, measure: str, year: int, views: Sequence[str], where: Conditions
) -> list[Fact]:
    """The facts of one measure and year that stand in one of the views and meet the predicates (`unit` among them)."""
    by_unit = any(dim == "unit" for dim, _ in where)
    return [
        fact
        for fact in department_year.facts_of(measure, year)
        if fact.view in views and matches({**fact.dims, "unit": fact.unit} if by_unit else fact.dims, where)
    ]
