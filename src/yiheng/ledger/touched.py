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
    app: str
    """The Django app that the sheet belongs to: ledger or performance."""
    unit: str
    above: tuple[str, ...]
    """The keys of the unit and of all units above it, also of units that the difference itself would add."""
    years: frozenset[int]
    """The fiscal years of the rows; empty for rows of no year."""


def touched(plan: Plan) -> tuple[Touched, ...]:
    """Every sheet and unit whose rows the difference adds, changes or removes, as they were and as they would be.

    A new unit stands for the unit above it, and a document for the units whose own paper it is; one that is nobody's
    paper touches nobody.
    """
    parents = _parents(plan)
    owners = _owners()
    found: dict[tuple[str, str], set[int]] = {}
    for change in plan.changes:
        for unit, year in _of(change, parents, owners):
            found.setdefault((change.sheet, unit), set()).update(() if year is None else (year,))
    return tuple(_touched(sheet, unit, years, parents) for (sheet, unit), years in found.items())


def _touched(sheet: str, unit: str, years: set[int], parents: Mapping[str, str]) -> Touched:
    shape = shapes()[sheet]
    above = chain(unit, parents) or (unit,)
    return Touched(sheet, shape.title, shape.model._meta.app_label, unit, above, frozenset(years))


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
