"""Selecting facts: by measure, year and view, in bundles of the same dimensions, so that a cell keeps its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from yiheng.facts import JOINT_VIEW, DepartmentYear, Fact, Status, Term
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
        self.year = department_year.year
        self._absence = absence
        self._facts: dict[tuple[str, int], dict[str, list[Fact]]] = {}
        for fact in department_year.facts:
            views = self._facts.setdefault((fact.measure, fact.year - self.year), {})
            views.setdefault(fact.view, []).append(fact)
        self._bundles: dict[tuple[str, int, str, tuple[str, ...]], tuple[Bundle, ...]] = {}

    def measure(self, measures: Iterable[str]) -> str:
        """The first of the measures that has any fact, in any year; otherwise the last."""
        found = {measure for measure, _ in self._facts}
        names = tuple(measures)
        return next((m for m in names if m in found), names[-1])

    def status(self, measure: str, offset: int, views: Sequence[str]) -> Status:
        """What an empty cell of that measure means: nothing occurred, not loaded, or not attested in these views.

        `absence` of the measure says whether no rows at all mean nothing (无发生额) or not loaded (未录入).
        """
        by_view = self._facts.get((measure, offset))
        if not by_view:
            return Status.NOTHING if self._absence.get(measure) == "nothing" else Status.UNAVAILABLE
        if any(view in by_view for view in (*views, JOINT_VIEW)):
            return Status.NOTHING
        return Status.NOT_ATTESTED

    def bundles(self, measure: str, offset: int, view: str, dims: tuple[str, ...]) -> tuple[Bundle, ...]:
        """Facts of the measure that attest the view, bundled by the given dimensions (`unit` and `fact` among them)."""
        key = (measure, offset, view, dims)
        if key not in self._bundles:
            by_view = self._facts.get((measure, offset), {})
            facts = [*by_view.get(view, ()), *(by_view.get(JOINT_VIEW, ()) if view != JOINT_VIEW else ())]
            self._bundles[key] = _bundle(facts, dims)
        return self._bundles[key]


def _bundle(facts: Iterable[Fact], dims: tuple[str, ...]) -> tuple[Bundle, ...]:
    own = tuple(d for d in dims if d not in ("unit", FACT_DIM))
    by_unit, by_fact = "unit" in dims, FACT_DIM in dims
    grouped: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        get = fact.dims.get
        key = [get(d, "") for d in own]
        if by_unit:
            key.append(fact.unit)
        if by_fact:
            key.append(fact.key)
        grouped.setdefault(tuple(key), []).append(fact)
    names = (*own, *(("unit",) if by_unit else ()), *((FACT_DIM,) if by_fact else ()))
    return tuple(
        Bundle(
            {d: v for d, v in zip(names, key, strict=True) if v},
            tuple(group),
            Amount.sum([amount_of(f) for f in group]),
        )
        for key, group in grouped.items()
    )
