"""Figures of the narrative (说明中的数字): amounts, changes and rates, each with its facts.

A figure is added up as a cell is (`sums`), so a figure and a cell of the same predicates have the same sources, and a
figure that cannot be known is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from yiheng.facts import YUAN_UOM, DepartmentYear, Figure, Term
from yiheng.facts.select import CODED_DIMS, Conditions
from yiheng.money import (
    Amount,
    MoneyUnit,
    ZeroBase,
    completion,
    format_amount,
    format_percent,
    growth,
    share,
)
from yiheng.statements.narrative_spec import AmountSpec, EachSpec, Shown
from yiheng.statements.selection import Selection, Terms
from yiheng.statements.sums import Ask, add_up, predicates
from yiheng.statements.words import Words

RATES: Final = {"growth": growth, "share": share, "completion": completion}
RATE_PLACES: Final = 2
_NO_RATE: Final = format_percent(0, RATE_PLACES, strip=True)


@dataclass(frozen=True, slots=True)
class Look:
    """How amounts are printed in a narrative: unit and decimals, trailing zeros dropped or kept."""

    unit: MoneyUnit
    places: int
    strip: bool

    def of(self, shown: Shown) -> Look:
        """The look that a figure asks for itself."""
        return Look(
            self.unit,
            self.places if shown.places is None else shown.places,
            self.strip if shown.strip is None else shown.strip,
        )

    def text(self, fen: int, uom: str) -> str:
        """An amount with its unit, or a count with its counting word."""
        if uom != YUAN_UOM:
            return f"{fen}{uom}"
        return format_amount(fen, self.unit, self.places, strip=self.strip) + self.unit.label


@dataclass(frozen=True, slots=True)
class Found:
    """What an amount came to. `known` is false where the ledger cannot tell it."""

    amount: Amount
    terms: Sequence[Term]
    known: bool
    rule: str
    uom: str = YUAN_UOM

    @property
    def is_there(self) -> bool:
        """The ledger has rows for it, and they are other than 0."""
        return self.known and bool(self.terms) and self.amount.fen != 0


class Figures:
    """Computes the figures of one department-year's narrative."""

    def __init__(self, selection: Selection, words: Words, look: Look, labels: Mapping[str, str]) -> None:
        """`labels` are the Chinese names of measures."""
        self.selection = selection
        self.words = words
        self.look = look
        self._labels = labels

    @property
    def department_year(self) -> DepartmentYear:
        return self.words.department_year

    def label(self, spec: AmountSpec) -> str:
        """What the amount is called where it is missing."""
        measure = spec.terms[0].measures[-1]
        return spec.label or self._labels.get(measure, measure)

    def find(self, spec: AmountSpec, where: Conditions = ()) -> Found:
        """The amount that the spec asks for, under further predicates."""
        conditions = (*where, *spec.where)
        ask = Ask(spec.terms, spec.views)
        total = add_up(self.selection, ask, {0: conditions}, {0: ()})[0, 0]
        terms = Terms(total.parts)
        uom = next((term.fact.uom for term in terms), spec.uom or YUAN_UOM)
        known = not total.status.no_figure
        return Found(total.amount, terms, known, f"{total.how} {predicates(conditions)}".rstrip(), uom)

    def amount(self, name: str, address: str, found: Found, shown: Shown) -> Figure:
        """An amount in words, for example 201,787.94万元, or a count such as 12辆."""
        text = self.look.of(shown).text(found.amount.fen, found.uom)
        kind = "amount" if found.uom == YUAN_UOM else "count"
        return Figure(name, address, text, kind, found.amount, None, tuple(found.terms), found.rule)

    def change(self, name: str, address: str, now: Found, base: Found, shown: Shown) -> Figure:
        """增加…, 减少… or 持平 from the exact difference; 基本持平 where it is too small to print."""
        look = self.look.of(shown)
        difference = now.amount - base.amount
        printed = look.text(abs(difference.fen), now.uom)
        if not difference.fen:
            text = "持平"
        elif printed == look.text(0, now.uom):
            text = "基本持平"
        else:
            text = ("增加" if difference.fen > 0 else "减少") + printed
        terms = (*now.terms, *(Term(-t.sign, t.fact) for t in base.terms))
        return Figure(name, address, text, "change", difference, None, terms, f"({now.rule}) - ({base.rule})")

    def rate(
        self, name: str, address: str, kind: str, one: Found, other: Found, shown: Shown
    ) -> Figure | None:
        """A growth, share or completion rate; None where the base is, or may be, zero, or nothing grew."""
        try:
            rate = RATES[kind](one.amount, other.amount)
        except ZeroBase:
            return None
        places = RATE_PLACES if shown.places is None else shown.places
        text = format_percent(abs(rate.value) if kind == "growth" else rate.value, places, strip=True)
        if kind == "growth":
            if text == _NO_RATE:
                return None
            text = ("增长" if rate.value > 0 else "下降") + text
        terms = (*one.terms, *other.terms)
        return Figure(name, address, text, "rate", None, rate, terms, f"{kind}({one.rule}; {other.rule})")

    def codes(self, each: EachSpec, where: Conditions = ()) -> Iterator[tuple[str, str]]:
        """The codes of a dimension that have an amount, with their names: what a sentence is repeated for."""
        facts = [term.fact for term in self.find(each.amount, where).terms]
        if each.dim == "unit":
            held = {fact.unit for fact in facts}
            yield from ((u.key, u.short_name or u.name) for u in self.department_year.units if u.key in held)
            return
        values = {fact.dims.get(each.dim, "") for fact in facts} - {""}
        if each.dim == "project":
            yield from ((key, self.words.project_name(key)) for key in self.words.in_project_order(values))
            return
        if each.dim in CODED_DIMS and each.level:
            values = {value[: each.level] for value in values}
        yield from ((code, self.words.name_of(each.dim, code)) for code in sorted(values))
