"""Relations between printed figures (勾稽关系) and whether they hold, by rounding intervals.

A relation is a signed sum of cells on either side. A figure stands for the interval that its rounding leaves; as a
part of a sum a printed 0, a dash and a blank add nothing, as a total a printed 0 has its true width. A figure that
is printed twice at one precision must show the same digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from yiheng.checks.audit.exact import exact_places
from yiheng.checks.audit.register import AuditRule
from yiheng.facts.document import ReadCell
from yiheng.facts.known import CellKey, KnownTable
from yiheng.money import MoneyUnit, PrintedKind


class Term(NamedTuple):
    """A cell taken with a sign."""

    sign: int
    key: CellKey


@dataclass(frozen=True, slots=True)
class Relation:
    """left = right, or left <= right."""

    rule: AuditRule
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    sign: str = "="
    family: str = ""
    """Relations that stand or fall together: one structure seen in one table."""
    certain: bool = True
    """The structure is fixed by the form; otherwise the figures must bear it out before it is believed."""
    group: str = ""
    """Relations of which one is enough share a group; none of them holds where several are given."""

    @property
    def terms(self) -> tuple[Term, ...]:
        return (*self.left, *self.right)


class State(Enum):
    """How a relation stands."""

    HOLDS = "holds"
    EMPTY = "empty"
    """Nothing but zeros and blanks: it holds and proves nothing."""
    FAILS = "fails"
    UNKNOWN = "unknown"
    """A cell has no figure where one is needed."""


class Figure(NamedTuple):
    """A printed amount in fen; width is what rounding leaves."""

    fen: int
    quantum: int
    blank: bool


class Figures:
    """The cells of all tables as amounts."""

    def __init__(self, tables: Mapping[int, Mapping[int, KnownTable]]) -> None:
        self._tables = tables
        self._found: dict[CellKey, Figure | None] = {}

    def table(self, key: CellKey) -> KnownTable:
        return self._tables[key.document][key.table]

    def cell(self, key: CellKey) -> ReadCell:
        return self.table(key).cell(key)

    def __getitem__(self, key: CellKey) -> Figure | None:
        """None where the cell holds words, a percentage, or an amount finer than a fen."""
        if key not in self._found:
            self._found[key] = self._figure(key)
        return self._found[key]

    def _figure(self, key: CellKey) -> Figure | None:
        printed = self.cell(key).printed
        unit = self.table(key).unit_of(key) or MoneyUnit.WAN
        if printed.kind in (PrintedKind.BLANK, PrintedKind.DASH):
            return Figure(0, 0, True)
        if printed.kind is not PrintedKind.NUMBER or printed.value is None:
            return None
        above, below = printed.value.as_integer_ratio()
        fen, finer = divmod(above * unit.fen, below)
        quantum = _quantum(unit, printed.places)
        if finer or quantum is None:
            return None
        exact = exact_places(self.table(key), key)
        if exact is not None:
            quantum = Fraction(unit.fen, 10**exact).numerator if exact else 0
        return Figure(fen, quantum if quantum > 1 else 0, False)

    def state(self, relation: Relation) -> State:
        """Whether the relation holds."""
        figures = [self[term.key] for term in relation.terms]
        if any(figure is None for figure in figures):
            return State.UNKNOWN
        left, right = self.span(relation.left), self.span(relation.right)
        if left is None or right is None:
            return State.UNKNOWN
        if relation.sign == "<=":
            if not any(f and f.fen for f in figures):
                return State.EMPTY
            return State.HOLDS if left.low <= right.high else State.FAILS
        right_side = [self[term.key] for term in relation.right]
        if all(f and f.blank for f in right_side) and any(f and f.fen for f in figures):
            return State.UNKNOWN
        if self._repeats(relation):
            same = left.middle == right.middle
            return (State.HOLDS if left.middle else State.EMPTY) if same else State.FAILS
        if not left.meets(right):
            return State.FAILS
        return State.HOLDS if any(f and f.fen for f in figures) else State.EMPTY

    def _repeats(self, relation: Relation) -> bool:
        """One figure against one figure at one precision."""
        if len(relation.left) != 1 or len(relation.right) != 1:
            return False
        one, other = self[relation.left[0].key], self[relation.right[0].key]
        return bool(one and other and not one.blank and not other.blank and one.quantum == other.quantum)

    def span(self, terms: Iterable[Term]) -> Span | None:
        """The values that a side can have."""
        listed = list(terms)
        low = high = 0
        open_low = open_high = False
        for sign, key in listed:
            figure = self[key]
            if figure is None:
                return None
            width = figure.quantum if figure.fen or len(listed) == 1 else 0
            low += 2 * sign * figure.fen - width
            high += 2 * sign * figure.fen + width
            if width:
                towards = sign * (figure.fen or 1)
                open_high = open_high or towards > 0 or not figure.fen
                open_low = open_low or towards < 0 or not figure.fen
        return Span(low, high, open_low, open_high)

    def needed(self, relation: Relation, key: CellKey) -> Span | None:
        """The values of one cell with which the relation would hold, all others as printed; None where it has none."""
        on_left = [t for t in relation.left if t.key == key]
        sign = on_left[0].sign if on_left else -next(t.sign for t in relation.right if t.key == key)
        rest = [t for t in relation.left if t.key != key] + [
            Term(-t.sign, t.key) for t in relation.right if t.key != key
        ]
        if sum(t.key == key for t in relation.terms) != 1:
            return None
        others = self.span(rest) if rest else Span(0, 0, False, False)
        own = self[key]
        if others is None or own is None:
            return None
        low, high = (-others.high, -others.low) if sign > 0 else (others.low, others.high)
        if relation.sign == "<=":
            return None
        spread = 0 if self._repeats(relation) else own.quantum
        if self._repeats(relation):
            low = high = (low + high) // 2
        return Span(low - spread, high + spread, False, False)


@lru_cache(maxsize=64)
def _quantum(unit: MoneyUnit, places: int) -> int | None:
    """The worth of the last printed place in fen; None where it is finer than that."""
    quantum, part = divmod(unit.fen, 10**places)
    return None if part else quantum


class Span(NamedTuple):
    """An interval in half fen."""

    low: int
    high: int
    open_low: bool
    open_high: bool

    @property
    def middle(self) -> Fraction:
        """In fen."""
        return Fraction(self.low + self.high, 4)

    def meets(self, other: Span) -> bool:
        if self.high < other.low or other.high < self.low:
            return False
        if self.high == other.low and self.low != other.low:
            return not (self.open_high or other.open_low)
        if other.high == self.low and self.high != other.high:
            return not (other.open_high or self.open_low)
        return True

    def holds(self, fen: Fraction) -> bool:
        return self.low <= 2 * fen <= self.high
