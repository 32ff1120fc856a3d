"""Adding up (汇总): of which facts each cell of a block is the sum, and what it means that there are none.

Whether a fact belongs to a cell has three answers. Yes: it meets the predicates of the row and of the column. No: it
fails one of them. Not known: it is of a margin that does not attest a dimension, or has a coarser code than the cell,
and so may belong to it in part. A cell with such a fact has no figure in that view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from yiheng.facts import Status
from yiheng.facts.select import CODED_DIMS, Conditions, matches
from yiheng.money import Amount
from yiheng.statements.selection import Bundle, Parts, Selection
from yiheng.statements.template import TermSpec

Place = tuple[int, int]
"""Row and column of a cell."""
_HEAVIEST_FIRST = (Status.UNAVAILABLE, Status.NOT_ATTESTED, Status.VALUE, Status.NOTHING)


@dataclass(frozen=True, slots=True)
class Ask:
    """What cells add up: terms with their year, and the views that may attest them, best first."""

    terms: tuple[TermSpec, ...]
    views: tuple[str, ...]


class Sum(NamedTuple):
    """What one cell came to: signed bundles, term by term. Where the status is no figure, they are none."""

    parts: Parts
    status: Status
    how: str
    """The terms and views that were asked for, as a rule says it."""

    @property
    def amount(self) -> Amount:
        """The parts added up."""
        amounts = [b.amount if sign > 0 else -b.amount for sign, bundles in self.parts for b in bundles]
        return amounts[0] if len(amounts) == 1 else Amount.sum(amounts)


def add_up(
    selection: Selection,
    ask: Ask,
    rows: Mapping[int, Conditions],
    columns: Mapping[int, Conditions],
) -> dict[Place, Sum]:
    """The sum of every cell of these rows and columns, which all ask for the same."""
    how = _how(selection, ask)
    found = [(term.sign, _find(selection, term, ask.views, rows, columns)) for term in ask.terms]
    return {(r, c): _sum(found, (r, c), how) for r in rows for c in columns}


def _sum(found: Sequence[tuple[int, _Found]], place: Place, how: str) -> Sum:
    """One cell's sum of all terms. It has the heaviest status of its terms: unknown where one of them is."""
    parts = []
    heaviest = Status.NOTHING
    for sign, of_term in found:
        bundles = of_term.bundles.get(place)
        if bundles is not None:
            parts.append((sign, bundles))
            status = Status.VALUE
        else:
            status = Status.NOT_ATTESTED if place in of_term.doubtful else of_term.otherwise
        if status is not heaviest:
            heaviest = next(s for s in _HEAVIEST_FIRST if s is status or s is heaviest)
    return Sum(parts, heaviest, how)


def _how(selection: Selection, ask: Ask) -> str:
    terms = []
    for term in ask.terms:
        offset = term.year or 0
        measure = selection.measure(term.measures, offset)
        where = f"[{predicates(term.where)}]" if term.where else ""
        terms.append(f"{'+' if term.sign > 0 else '-'}{measure}({offset:+d}){where}")
    return f"{' '.join(terms)} @{'>'.join(ask.views)}"


def predicates(where: Conditions) -> str:
    """Predicates as a rule says them: dim=code|code."""
    return " ".join(f"{dim}={'|'.join(codes)}" for dim, codes in where)


@dataclass(frozen=True, slots=True)
class _Found:
    """What one term came to: the bundles of each cell, the cells that cannot be known, and what the others mean."""

    bundles: Mapping[Place, Sequence[Bundle]]
    doubtful: Set[Place]
    otherwise: Status


def _find(
    selection: Selection,
    term: TermSpec,
    views: Sequence[str],
    rows: Mapping[int, Conditions],
    columns: Mapping[int, Conditions],
) -> _Found:
    """The bundles of one term. A later view is asked only for cells that no earlier one attests."""
    offset = term.year or 0
    measure = selection.measure(term.measures, offset)
    down = Finder({r: (*term.where, *where) for r, where in rows.items()})
    across = Finder(columns)
    dims = tuple(sorted({*down.dims, *across.dims}))
    found: dict[Place, list[Bundle]] = {}
    doubtful: set[Place] = set()
    for view in views:
        attested = selection.attested(measure, offset, view)
        here, unknown = _in_view(selection.bundles(measure, offset, view, dims), attested, down, across)
        unknown |= _of_units(selection.lacking(measure, offset, view), down, across)
        for place, bundles in here.items():
            if place not in found and place not in unknown:
                found[place] = bundles
        doubtful |= unknown
    return _Found(found, doubtful, selection.status(measure, offset, views))


def _in_view(
    bundles: Iterable[Bundle], attested: frozenset[str], down: Finder, across: Finder
) -> tuple[dict[Place, list[Bundle]], set[Place]]:
    here: dict[Place, list[Bundle]] = defaultdict(list)
    unknown: set[Place] = set()
    for bundle in bundles:
        rows, columns = down.find(bundle.dims), across.find(bundle.dims)
        for r in rows:
            for c in columns:
                here[r, c].append(bundle)
        if not bundle.joint:
            more_rows = down.perhaps(bundle.dims, attested)
            more_columns = across.perhaps(bundle.dims, attested)
            unknown.update((r, c) for r in (*rows, *more_rows) for c in more_columns)
            unknown.update((r, c) for r in more_rows for c in columns)
    return here, unknown


def _of_units(units: Iterable[str], down: Finder, across: Finder) -> set[Place]:
    """The cells to which anything of these units may belong."""
    found: set[Place] = set()
    for unit in units:
        dims, attested = {"unit": unit}, frozenset({"unit"})
        rows = (*down.find(dims), *down.perhaps(dims, attested))
        columns = (*across.find(dims), *across.perhaps(dims, attested))
        found.update((r, c) for r in rows for c in columns)
    return found


class Finder:
    """Finds the rows (or columns) whose predicates a bundle meets without trying each of them.

    The last predicate of a row, its own, is looked up by the bundle's code and its beginnings; rows without predicates
    are always candidates. Candidates are then tried in full.
    """

    __slots__ = ("_always", "_by_code", "_finest", "_known", "_lengths", "_where", "dims")

    def __init__(self, where: Mapping[int, Conditions]) -> None:
        self._where = where
        self.dims = tuple(dict.fromkeys(dim for conditions in where.values() for dim, _ in conditions))
        self._always = [place for place, conditions in where.items() if not conditions]
        self._by_code: dict[tuple[str, str], list[int]] = {}
        self._lengths: dict[str, set[int]] = {}
        self._finest: dict[str, int] = {}
        self._known: dict[tuple[str | None, ...], list[int]] = {}
        for place, conditions in where.items():
            for dim, codes in conditions:
                if dim in CODED_DIMS:
                    self._finest[dim] = max(self._finest.get(dim, 0), *map(len, codes))
            for dim, codes in conditions[-1:]:
                self._lengths.setdefault(dim, set()).update(map(len, codes))
                for code in codes:
                    self._by_code.setdefault((dim, code), []).append(place)

    def find(self, dims: Mapping[str, str]) -> list[int]:
        """The places whose predicates the dimensions meet, in order."""
        key = tuple([dims.get(dim) for dim in self.dims])
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = sorted(self._find(dims))
        return found

    def _find(self, dims: Mapping[str, str]) -> set[int]:
        found = set(self._always)
        for dim, lengths in self._lengths.items():
            code = dims.get(dim, "")
            beginnings = {code[:n] for n in lengths} if dim in CODED_DIMS else (code,)
            for beginning in beginnings:
                for place in self._by_code.get((dim, beginning), ()):
                    where = self._where[place]
                    if len(where) == 1 or matches(dims, where):
                        found.add(place)
        return found

    def perhaps(self, dims: Mapping[str, str], attested: frozenset[str]) -> list[int]:
        """The places of which it is not known whether they take in a margin of these dimensions."""
        if attested.issuperset(self.dims) and not self._coarse(dims):
            return []
        return [place for place, where in self._where.items() if _undetermined(dims, where, attested)]

    def _coarse(self, dims: Mapping[str, str]) -> bool:
        """Whether some predicate may ask for a finer code than the dimensions have."""
        return any(0 < len(dims.get(dim, "")) < length for dim, length in self._finest.items())


def _undetermined(dims: Mapping[str, str], where: Conditions, attested: frozenset[str]) -> bool:
    """No predicate fails for certain, and at least one is neither met nor failed."""
    undetermined = False
    for dim, codes in where:
        if matches(dims, ((dim, codes),)):
            continue
        code = dims.get(dim, "")
        coarser = bool(code) and dim in CODED_DIMS and any(c.startswith(code) for c in codes)
        if not coarser and (code or dim in attested):
            return False
        undetermined = True
    return undetermined
