"""Selecting facts: by measure, year and view, in bundles of the same dimensions, so that a cell keeps its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, overload

from yiheng.facts import JOINT_VIEW, DepartmentYear, Fact, Status, Term, Unit
from yiheng.facts.select import sum_of
from yiheng.money import Amount

UNIT_DIM = "unit"
FACT_DIM = "fact"
"""Dimensions that a fact has without naming them: its unit, and the key of the fact itself."""


class Bundle:
    """Facts with the same dimensions, added up once, when somebody asks."""

    __slots__ = ("_amount", "dims", "facts", "joint")

    def __init__(self, dims: Mapping[str, str], facts: Sequence[Fact], joint: bool) -> None:
        """`joint`: every dimension is known; of a margin, only those that its view attests."""
        self.dims = dims
        self.facts = facts
        self.joint = joint
        self._amount: Amount | None = None

    @property
    def amount(self) -> Amount:
        """The facts added up."""
        if self._amount is None:
            self._amount = sum_of(self.facts)
        return self._amount


Parts = Sequence[tuple[int, Sequence[Bundle]]]
"""Bundles with the sign that they are taken with."""


class Terms(Sequence[Term]):
    """The terms of a cell, spelled out only when somebody asks."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(len(bundle.facts) for _, bundles in self._parts for bundle in bundles)

    def __iter__(self) -> Iterator[Term]:
        return (
            Term(sign, fact) for sign, bundles in self._parts for bundle in bundles for fact in bundle.facts
        )

    @overload
    def __getitem__(self, index: int) -> Term: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Term]: ...
    def __getitem__(self, index: int | slice) -> Term | Sequence[Term]:
        return tuple(self)[index]


class Selection:
    """The facts of one department-year, found by measure, year offset and view."""

    def __init__(
        self,
        department_year: DepartmentYear,
        absence: Mapping[str, str],
        dims: Iterable[frozenset[str]] = (),
    ) -> None:
        """`absence` says per measure what no rows at all mean: `nothing` 无发生额, else not loaded 未录入.

        `dims` are sets of dimensions that will be asked for together; it pays to bundle by the largest of them first.
        """
        self.department_year = department_year
        self._absence = absence
        self._largest_first = sorted((tuple(sorted(one)) for one in dims), key=lambda one: (-len(one), one))
        self._above = {unit.key: _above(unit, department_year) for unit in department_year.base_units()}
        self._by_view: dict[tuple[str, int], dict[str, list[Fact]]] = {}
        self._alike: dict[tuple[str, int, str], list[Bundle]] = {}
        self._bundles: dict[tuple[str, int, str], dict[tuple[str, ...], tuple[Bundle, ...]]] = {}

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
        # Views of which nothing is held apart from the joint rows share their bundles.
        own = view if view in self._views(measure, offset) else JOINT_VIEW
        known = self._bundles.setdefault((measure, offset, own), {})
        if dims not in known:
            known[dims] = tuple(_bundle(self._finer(measure, offset, own, dims), dims))
        return known[dims]

    def _finer(self, measure: str, offset: int, view: str, dims: tuple[str, ...]) -> Sequence[Bundle]:
        """The bundles that those of the dimensions are put together from: the fewest that tell them apart."""
        wanted = set(dims)
        if FACT_DIM not in wanted:
            known = self._bundles[measure, offset, view]
            finer = [bundles for own, bundles in known.items() if wanted < set(own)]
            if finer:
                return min(finer, key=len)
            largest = next((own for own in self._largest_first if wanted < set(own)), None)
            if largest is not None:
                return self.bundles(measure, offset, view, largest)
        return self._finest(measure, offset, view)

    def _finest(self, measure: str, offset: int, view: str) -> Sequence[Bundle]:
        key = (measure, offset, view)
        if key not in self._alike:
            held = self._views(measure, offset)
            names = dict.fromkeys((JOINT_VIEW, view))
            self._alike[key] = [
                bundle for name in names for bundle in _alike(held.get(name, ()), joint=name == JOINT_VIEW)
            ]
        return self._alike[key]

    def attested(self, measure: str, offset: int, view: str) -> frozenset[str]:
        """The dimensions that the margin of that view attests: any of its facts has them."""
        facts = self._views(measure, offset).get(view, ())
        return frozenset({UNIT_DIM, FACT_DIM, *(dim for fact in facts for dim in fact.dims)})

    def lacking(self, measure: str, offset: int, view: str) -> frozenset[str]:
        """Base units that hold the measure, but neither they nor a unit above in this view: their part is unknown."""
        held = self._views(measure, offset)
        if held.keys() <= {view, JOINT_VIEW}:
            return frozenset()
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


def _alike(facts: Iterable[Fact], *, joint: bool) -> Iterator[Bundle]:
    """The facts of one unit that share their dimensions. The ledger gives equal ones the same mapping."""
    grouped: dict[tuple[str, int], list[Fact]] = {}
    for fact in facts:
        grouped.setdefault((fact.unit, id(fact.dims)), []).append(fact)
    return (Bundle(group[0].dims, group, joint) for group in grouped.values())


def _bundle(bundles: Iterable[Bundle], dims: Sequence[str]) -> Iterator[Bundle]:
    """The bundles that are alike in these dimensions, together. What is told apart by unit has facts of one unit."""
    if FACT_DIM in dims:
        bundles = [single for bundle in bundles for single in _singly(bundle)]
    own = [dim for dim in dims if dim != UNIT_DIM]
    by_unit = UNIT_DIM in dims
    grouped: dict[tuple[Any, ...], list[Bundle]] = {}
    for bundle in bundles:
        get = bundle.dims.get
        unit = bundle.facts[0].unit if by_unit else None
        grouped.setdefault((bundle.joint, unit, *[get(dim) for dim in own]), []).append(bundle)
    for (joint, unit, *codes), group in grouped.items():
        found = {dim: code for dim, code in zip(own, codes, strict=True) if code}
        if unit:
            found[UNIT_DIM] = unit
        facts = [fact for bundle in group for fact in bundle.facts] if len(group) > 1 else group[0].facts
        yield Bundle(found, facts, joint)


def _singly(bundle: Bundle) -> Iterator[Bundle]:
    return (Bundle({**bundle.dims, FACT_DIM: fact.key}, (fact,), bundle.joint) for fact in bundle.facts)
