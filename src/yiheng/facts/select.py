"""Choosing facts by dimension, in one way for tables, sentences and checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yiheng.facts.leaf import JOINT_VIEW, Fact
from yiheng.money import Amount

Conditions = tuple[tuple[str, tuple[str, ...]], ...]
"""Predicates: each dimension with the codes it may have; of a code with levels, its beginning is enough."""

CODED_DIMS = frozenset({"function", "economic", "item"})
"""Dimensions whose codes have levels: a shorter code stands for everything that begins with it."""


def amount_of(fact: Fact) -> Amount:
    """The fact's amount with the interval that its printed precision leaves."""
    return Amount(fact.amount, fact.quantum)


def matches(dims: Mapping[str, str], conditions: Conditions) -> bool:
    """Whether the dimensions meet every predicate. An absent dimension meets none."""
    for dim, allowed in conditions:
        value = dims.get(dim, "")
        if value in allowed and value:
            continue
        if dim in CODED_DIMS and value and any(value.startswith(code) for code in allowed):
            continue
        return False
    return True


def select(facts: Iterable[Fact], measure: str, view: str, year: int, where: Conditions) -> list[Fact]:
    """The facts of one measure and year that attest the view and meet the predicates (`unit` among them)."""
    return [
        f
        for f in facts
        if f.measure == measure
        and f.year == year
        and f.view in (view, JOINT_VIEW)
        and matches({**f.dims, "unit": f.unit}, where)
    ]
