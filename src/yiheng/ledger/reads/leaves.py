"""Rows as facts: one amount with its dimensions and its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from django.db.models import Q

from yiheng.facts import JOINT_VIEW, YUAN_UOM, Fact, Source
from yiheng.ledger.bulk import tuples
from yiheng.ledger.models import JournalRow, current

Dims = Mapping[str, str]
Derive = Callable[[dict[str, str]], None]
"""Adds dimensions that follow from others."""

SPENDING_DIMS: Final = (
    "category", "function", "economic", "project_id", "fund", "source", "program", "basic_kind",
)  # fmt: skip
_YEAR: Final = "year"


def leaves(
    model: type[JournalRow],
    measure: str,
    where: Q,
    dims: Sequence[str],
    *,
    amount: str = "amount",
    view: str = "",
    dated: bool = False,
    unit: str = "unit_id",
    derive: Derive | None = None,
) -> Iterator[Fact]:
    """The rows that count, in the order of their sheet, by one query.

    `dims` are columns; a blank one is not attested and stays out. Rows with equal dimensions share one mapping.
    Without `view` the sheet says itself by which view a row is attested; a sheet that does not is joint: what its
    rows attest they attest together.
    """
    names = [name.removesuffix("_id") for name in dims]
    said = not view and any(field.name == "view" for field in model._meta.concrete_fields)
    columns = [*dims, "key", unit, "year", "document_id", "place", amount, "quantum"]
    columns += ["view"] if said else []
    columns += ["date", "date_precision"] if dated else []
    table = str(model._meta.verbose_name)
    shared: dict[tuple[Any, ...], Dims] = {}
    attested, on, precision = view or JOINT_VIEW, None, ""
    n, day = len(dims), _days()
    for row in tuples(current(model).filter(where).order_by("position").values_list(*columns)):
        found = shared.get(row[:n])
        if found is None:
            found = shared[row[:n]] = _dims(names, row[:n], derive)
        key, of, year, document, place, fen, quantum = row[n : n + 7]
        if said:
            attested = row[n + 7] or JOINT_VIEW
        if dated:
            on, precision = day(row[-2]), row[-1] or _YEAR
        source = Source(table, key, document or "", place)
        yield Fact(key, measure, attested, of, year, found, fen, quantum, source, YUAN_UOM, on, precision)


def _dims(names: Sequence[str], values: Sequence[Any], derive: Derive | None) -> Dims:
    found = {name: value for name, value in zip(names, values, strict=True) if value}
    if derive is not None:
        derive(found)
    return found


def _days() -> Callable[[Any], dt.date | None]:
    """Days as the driver gives them → days. There are few different ones in a year."""
    known: dict[str, dt.date] = {}

    def day(value: Any) -> dt.date | None:
        if not isinstance(value, str):
            return cast("dt.date | None", value)
        found = known.get(value)
        if found is None:
            found = known[value] = dt.date.fromisoformat(value)
        return found

    return day


def under(measure: str, fact: Fact) -> Fact:
    """The same leaf under another measure."""
    return Fact(
        fact.key, measure, fact.view, fact.unit, fact.year, fact.dims, fact.amount, fact.quantum, fact.source,
        fact.uom, fact.on, fact.on_precision,
    )  # fmt: skip
