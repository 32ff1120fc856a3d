"""Selecting facts: by measure, year and view, in bundles of the same dimensions, so that a cell keeps its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from yiheng.facts import JOINT_VIEW, DepartmentYear, Fact, Status, Term, Unit
from yiheng.facts.select import amount_of
from yiheng.money import Amount

FACT_DIM = "fact"
"""Pseudo-dimension: the key of the fact itself."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Facts with the same unit and dimensions, added once."""

    dims: Mapping[str, str]
    facts: tuple[Fact, ...]
    amount: Amount
    joint: bool
    """Every dimension is known; of a margin, only those that its view attests."""


class Terms(Sequence[Term]):
    """The terms of a cell, spelled out only when somebody asks."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Sequence[tuple[int, Bundle]]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(len(bundle.facts) for _, bundle in self._parts)

    def __iter__(self) -> Iterator[Term]:
        return (Term(sign, fact) for sign, bundle in self._parts for fact in bundle.facts)

    @overload
    def __getitem__(self, index: int) -> Term: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Term]: ...
    def __getitem__(self, index: int | slice) -> Term | Sequence[Term]:
        return tuple(self)[index]


class Selection:
    """The facts of one department-year, found by measure, year offset and view."""

    def __init__(self, department_year: DepartmentYear, absence: Mapping[str, str]) -> None:
        """`absence` says per measure what no rows at all mean: `nothing` 无发生额, else not loaded 未录入."""
        self.department_year = department_year
        self._absence = absence
        self._above = {unit.key: _above(unit, department_year) for unit in department_year.base_units()}
        self._by_view: dict[tuple[str, int], dict[str, list[Fact]]] = {}
        self._bundles: dict[tuple[str, int, str, tuple[str, ...]], tuple[Bundle, ...]] = {}

    def measure(self, measures: Sequence[str], offset: int) -> str:
        """The first of the measures that the ledger holds for that year; otherwise the last."""
        return next((m for m in measures if self._views(m, offset)), measures[-1])

    def status(self, measure: str, offset: int, views: Iterable[str]) -> Status:
        """What it means that nothing was found: nothing occurred, not loaded, or not attested in these views.

        That a year without any rows has none to show is only known of the paper's own year.
        """
        held = self._views(measure, offset)
        if not held:
            nothing = offset == 0 and self._absence.get(measure) == "nothing"
            return Status.NOTHING if nothing else Status.UNAVAILABLE
        return Status.NOTHING if {*views, JOINT_VIEW} & held.keys() else Status.NOT_ATTESTED

    def bundles(self, measure: str, offset: int, view: str, dims: tuple[str, ...]) -> tuple[Bundle, ...]:
        """Facts of the measure that attest the view, bundled by the given dimensions (`unit` and `fact` among them)."""
        key = (measure, offset, view, dims)
        if key not in self._bundles:
            held = self._views(measure, offset)
            found = _bundle(held.get(JOINT_VIEW, ()), dims, joint=True)
            if view != JOINT_VIEW:
                found += _bundle(held.get(view, ()), dims, joint=False)
            self._bundles[key] = tuple(found)
        return self._bundles[key]

    def attested(self, measure: str, offset: int, view: str) -> frozenset[str]:
        """The dimensions that the margin of that view attests: any of its facts has them."""
        facts = self._views(measure, offset).get(view, ())
        return frozenset({"unit", FACT_DIM, *(dim for fact in facts for dim in fact.dims)})

    def lacking(self, measure: str, offset: int, view: str) -> frozenset[str]:
        """Base units that hold the measure, but neither they nor a unit above in this view: their part is unknown."""
        held = self._views(measure, offset)
        attested = {fact.unit for name in (view, JOINT_VIEW) for fact in held.get(name, ())}
        if not attested:
            return frozenset()
        others = {fact.unit for facts in held.values() for fact in facts} & self._above.keys()
        return frozenset(unit for unit in others if not attested & self._above[unit])

    def _views(self, measure: str, offset: int) -> dict[str, list[Fact]]:
        key = (measure, offset)
        if key not in self._by_view:
            found = self._by_view[key] = {}
            for fact in self.department_year.facts_of(measure, self.department_year.year + offset):
                found.setdefault(fact.view, []).append(fact)
        return self._by_view[key]


def _above(unit: Unit, department_year: DepartmentYear) -> frozenset[str]:
    """The unit and all units above it."""
    found = {unit.key}
    at: Unit | None = unit
    while at is not None and (at := department_year.unit_of(at.parent)) is not None:
        found.add(at.key)
    return frozenset(found)


def _bundle(facts: Iterable[Fact], dims: Sequence[str], *, joint: bool) -> list[Bundle]:
    own = [dim for dim in dims if dim not in ("unit", FACT_DIM)]
    by_unit, by_fact = "unit" in dims, FACT_DIM in dims
    grouped: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        get = fact.dims.get
        key = [get(dim, "") for dim in own]
        if by_unit:
            key.append(fact.unit)
        if by_fact:
            key.append(fact.key)
        grouped.setdefault(tuple(key), []).append(fact)
    names = (*own, *(["unit"] if by_unit else []), *([FACT_DIM] if by_fact else []))
    return [
        Bundle(
            {dim: code for dim, code in zip(names, key, strict=True) if code},
            tuple(group),
            Amount.sum([amount_of(fact) for fact in group]),
            joint,
        )
        for key, group in grouped.items()
    ]
