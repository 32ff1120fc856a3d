"""Whose rows a difference touches (涉及单位): what rights are asked over before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .coverage import chain
from .difference import Change, Plan
from .models import DepartmentYear, Unit
from .sheets import Shape, Values, shapes

UNITS, DOCUMENTS, YEARS = "units", "documents", "department_years"


@dataclass(frozen=True, slots=True)
class Touched:
    """One sheet of one unit in which rows would change."""

    sheet: str
    title: str
    """Chinese name of the sheet."""
    unit: str
    above: tuple[str, ...]
    """The keys of the unit and of all units above it, also of units that the difference itself would add."""
    years: frozenset[int]
    """The fiscal years of the rows; empty for rows of no year."""
    stages: frozenset[str]
    """The stages (编制阶段) of the rows; empty for rows of none."""


def touched(plan: Plan) -> tuple[Touched, ...]:
    """Every sheet and unit whose rows the difference adds, changes or removes, as they were and as they would be.

    A new unit stands for the unit above it, and a document for the units whose own paper it is; one that is nobody's
    paper touches nobody.
    """
    parents = _parents(plan)
    owners = _owners()
    found: dict[tuple[str, str], tuple[set[int], set[str]]] = {}
    for change in plan.changes:
        stages = _stages(change)
        for unit, year in _of(change, parents, owners):
            years, of_unit = found.setdefault((change.sheet, unit), (set(), set()))
            years.update(() if year is None else (year,))
            of_unit |= stages
    return tuple(_touched(sheet, unit, *of_unit, parents) for (sheet, unit), of_unit in found.items())


def _touched(sheet: str, unit: str, years: set[int], stages: set[str], parents: Mapping[str, str]) -> Touched:
    shape = shapes()[sheet]
    above = chain(unit, parents) or (unit,)
    return Touched(sheet, shape.title, unit, above, frozenset(years), frozenset(stages))


def _stages(change: Change) -> set[str]:
    place = shapes()[change.sheet].place
    if "stage" not in place:
        return set()
    return {values[place["stage"]] for values in (change.before, change.after) if values is not None}


def _of(
    change: Change, parents: Mapping[str, str], owners: Mapping[str, set[str]]
) -> Iterator[tuple[str, int | None]]:
    shape = shapes()[change.sheet]
    if change.sheet == DOCUMENTS:
        yield from ((unit, None) for unit in owners.get(change.key, ()))
        return
    if change.sheet == UNITS:
        # A unit without one above it is its own top: only who has rights over that very key may add or change it.
        yield (change.key if change.before is not None else parents.get(change.key) or change.key), None
    for values in (change.before, change.after):
        if values is not None:
            yield from _named(shape, values)


def _named(shape: Shape, values: Values) -> Iterator[tuple[str, int | None]]:
    year = values[shape.place["year"]] if "year" in shape.place else None
    for column, sheet in shape.references:
        if sheet == UNITS and (unit := values[shape.place[column]]):
            yield unit, year


def _parents(plan: Plan) -> dict[str, str]:
    """Unit → the unit above it, in the ledger; of units that the difference would add, as it says."""
    found = {key: parent or "" for key, parent in Unit.objects.values_list("key", "parent_id")}
    shape = shapes()[UNITS]
    for change in plan.changes:
        if change.sheet == UNITS and change.before is None and change.after is not None:
            found.setdefault(change.key, change.after[shape.place["parent"]] or "")
    return found


def _owners() -> dict[str, set[str]]:
    """Document → the units whose own paper it is."""
    found: dict[str, set[str]] = {}
    rows = DepartmentYear.objects.filter(active=True, document_id__isnull=False)
    for document, unit in rows.values_list("document_id", "unit_id"):
        found.setdefault(str(document), set()).add(str(unit))
    return found
