"""Figures of the narrative (说明中的数字): amounts, changes, rates, counts and lists, each with its facts.

The same selection serves tables and sentences, so a figure and a cell of the same predicates have the same sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from yiheng.facts import YUAN_UOM, Fact, Figure, Status, Term
from yiheng.facts.select import CODED_DIMS, Conditions, amount_of, matches
from yiheng.money import Amount, MoneyUnit, Rate, completion, format_amount, format_percent, growth, share
from yiheng.statements.selection import Selection
from yiheng.statements.template import TermSpec, parse_term
from yiheng.statements.words import Words

RATES = {"growth": growth, "share": share, "completion": completion}


@dataclass(frozen=True, slots=True)
class Look:
    """How amounts are printed in a narrative: unit and decimals, trailing zeros dropped or kept."""

    unit: MoneyUnit
    places: int
    strip: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """The facts behind an amount, or why there are none."""

    terms: tuple[Term, ...]
    amount: Amount
    status: Status
    rule: str
    uom: str = YUAN_UOM


class Figures:
    """Computes the figures of one department-year's narrative."""

    def __init__(self, selection: Selection, words: Words, look: Look) -> None:
        self.selection = selection
        self.words = words
        self.look = look

    def sum(self, spec: Mapping[str, Any], where: Conditions) -> Sum:
        """The amount that `spec` (measure or terms, where, views, year) asks for, under further predicates."""
        specs = self._specs(spec)
        views = _texts(spec.get("views", "function"))
        base = (*where, *((d, _texts(c)) for d, c in spec.get("where", {}).items()))
        terms: list[Term] = []
        states: list[Status] = []
        for term in specs:
            facts, status = self._facts(term, views, (*base, *term.where))
            terms.extend(Term(term.sign, f) for f in facts)
            states.append(status)
        amount = Amount.sum([amount_of(t.fact) if t.sign > 0 else -amount_of(t.fact) for t in terms])
        bad = [s for s in states if s in (Status.UNAVAILABLE, Status.NOT_ATTESTED)]
        signed = (
            (("+" if t.sign > 0 else "-") + self.selection.measure(t.measures, t.year or 0), t.year or 0)
            for t in specs
        )
        names = " ".join(f"{name}({year:+d})" for name, year in signed)
        rule = f"{names} @{'>'.join(views)} " + " ".join(f"{d}={'|'.join(c)}" for d, c in base)
        uom = terms[0].fact.uom if terms else spec.get("uom", YUAN_UOM)
        return Sum(tuple(terms), amount, bad[0] if bad and not terms else Status.VALUE, rule.strip(), uom)

    def _specs(self, spec: Mapping[str, Any]) -> tuple[TermSpec, ...]:
        if "terms" in spec:
            return tuple(parse_term(t, "情况说明") for t in spec["terms"])
        return (TermSpec(_texts(spec["measure"]), year=spec.get("year", 0)),)

    def _facts(self, term: TermSpec, views: Sequence[str], where: Conditions) -> tuple[list[Fact], Status]:
        offset = term.year or 0
        measure = self.selection.measure(term.measures, offset)
        dims = tuple(sorted({d for d, _ in where}))
        for view in views:
            found = [
                f
                for b in self.selection.bundles(measure, offset, view, dims)
                if matches(b.dims, where)
                for f in b.facts
            ]
            if found:
                return found, Status.VALUE
        return [], self.selection.status(measure, offset, views)

    def amount(self, name: str, address: str, found: Sum, look: Look | None = None) -> Figure:
        """An amount in words, for example 201,787.94万元, or a count such as 12辆."""
        shown = look or self.look
        if found.uom == YUAN_UOM:
            text = (
                format_amount(found.amount.fen, shown.unit, shown.places, strip=shown.strip)
                + shown.unit.label
            )
        else:
            text = f"{found.amount.fen}{found.uom}"
        kind = "amount" if found.uom == YUAN_UOM else "count"
        return Figure(name, address, text, kind, found.amount, None, found.terms, found.rule)

    def change(self, name: str, address: str, now: Sum, before: Sum, look: Look | None = None) -> Figure:
        """增加…, 减少… or 持平, from the exact difference of the two amounts."""
        shown = look or self.look
        difference = now.amount - before.amount
        printed = (
            format_amount(abs(difference.fen), shown.unit, shown.places, strip=shown.strip) + shown.unit.label
        )
        word = "增加" if difference.fen > 0 else "减少"
        text = f"{word}{printed}" if difference.fen else "持平"
        terms = (*now.terms, *(Term(-t.sign, t.fact) for t in before.terms))
        return Figure(
            name, address, text, "change", difference, None, terms, f"({now.rule}) - ({before.rule})"
        )

    def rate(self, name: str, address: str, kind: str, one: Sum, other: Sum, places: int) -> Figure | None:
        """A growth, share or completion rate; None where its base is zero, since then it has no meaning."""
        if other.amount.fen == 0:
            return None
        rate: Rate = RATES[kind](one.amount, other.amount)
        text = format_percent(abs(rate.value) if kind == "growth" else rate.value, places, strip=True)
        if kind == "growth":
            if rate.value == 0:
                return None
            text = ("增长" if rate.value > 0 else "下降") + text
        return Figure(
            name,
            address,
            text,
            "rate",
            None,
            rate,
            (*one.terms, *other.terms),
            f"{kind}({one.rule}; {other.rule})",
        )

    def codes(
        self, spec: Mapping[str, Any], dim: str, level: int, where: Conditions
    ) -> Iterator[tuple[str, str]]:
        """The codes of a dimension that have an amount, with their names: what a sentence is repeated for."""
        values = {
            f.fact.dims.get(dim, "") if dim != "unit" else f.fact.unit for f in self.sum(spec, where).terms
        }
        if dim == "unit":
            names = {u.key: u.short_name or u.name for u in self.words.department_year.units}
            yield from ((key, names[key]) for key in names if key in values)
        elif dim == "project":
            order = [r.key for r in self.words.department_year.records_of("project")]
            yield from ((key, self.words.project_name(key)) for key in order if key in values)
        else:
            cut = {v[:level] if dim in CODED_DIMS and level else v for v in values if v}
            yield from ((code, self.words.name_of(dim, code)) for code in sorted(cut))


def with_places(look: Look, spec: Mapping[str, Any]) -> Look:
    """The look that a figure asks for itself."""
    return replace(look, places=spec.get("places", look.places), strip=spec.get("strip", look.strip))


def _texts(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
