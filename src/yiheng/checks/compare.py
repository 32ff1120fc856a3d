"""Comparing two values and saying so: every finding of every kind of check is made here."""

from __future__ import annotations

from collections.abc import Sequence

from yiheng.checks.register import Check
from yiheng.facts import Fact, Finding, Outcome
from yiheng.facts.algebra import Relation, Value
from yiheng.facts.select import sum_of
from yiheng.money import MoneyUnit, format_amount

SHOWN_SOURCES = 20
"""How many source rows a finding of leaf sums carries; the cells' own drawers hold the rest."""


def compare(check: Check, relation: Relation, left: Value, right: Value, place: str) -> Finding:
    """The finding of one evaluation. What cannot be known, or is not there to compare, is no failure."""
    unknown = (*left.unknown, *right.unknown)
    if unknown:
        return outcome(check, Outcome.COULD_NOT_RUN, place, "；".join(dict.fromkeys(unknown)))
    missing = (*left.missing, *right.missing)
    if missing and check.absent == "skip":
        return outcome(check, Outcome.NOT_APPLICABLE, place, f"没有 {'、'.join(missing)}")
    holds = _holds(relation, left, right) and not (missing and check.absent == "fail")
    difference = left.amount.fen - right.amount.fen
    tail = holds and relation is Relation.EQUAL and bool(difference)
    message = f"没有 {'、'.join(missing)}" if missing and not holds else "差异在舍入尾差之内" if tail else ""
    shown = yuan(left.amount.fen)
    return Finding(
        check.id,
        check.title,
        check.severity,
        Outcome.PASS if holds else Outcome.FAIL,
        place,
        shown,
        yuan(right.amount.fen) if difference else shown,
        yuan(difference) if difference else _NO_DIFFERENCE,
        message,
        "" if holds else check.remedy,
        (*left.sources, *right.sources),
        (*left.cells, *right.cells),
        rounding_tail=tail,
    )


def _holds(relation: Relation, left: Value, right: Value) -> bool:
    """By intervals; a figure that a document prints twice at one precision must show the same digits."""
    repeated = left.single and right.single and left.amount.width == right.amount.width
    if relation is Relation.EQUAL and repeated:
        return left.amount.fen == right.amount.fen
    return relation.holds(left.amount, right.amount)


def outcome(check: Check, result: Outcome, place: str, message: str) -> Finding:
    """A finding without figures: nothing was compared."""
    return Finding(check.id, check.title, check.severity, result, place, message=message)


def value_of_facts(facts: Sequence[Fact]) -> Value:
    """The sum of leaves as one side of a comparison."""
    sources = tuple(fact.source for fact in facts[:SHOWN_SOURCES])
    return Value(sum_of(facts), sources=sources)


def yuan(fen: int) -> str:
    """The amount in 元 with both decimals, as findings print it."""
    return format_amount(fen, MoneyUnit.YUAN, 2)


_NO_DIFFERENCE = yuan(0)
