"""Assets, vehicles and staff (存量) as facts of the day that a paper speaks of.

Accounts tell of the end of their year, a budget of the end of the year before. Cards without a day of acquisition are
taken to have been there always.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Q

from yiheng.facts import JOINT_VIEW, YUAN_UOM, Fact, Source
from yiheng.ledger.models import Asset, Headcount, JournalRow, Vehicle, current

from .scope import Scope

_INTANGIBLE: Final = "intangible"
_LARGE_EQUIPMENT: Final = frozenset({"general_equipment", "special_equipment"})
"""Kinds of card that papers count besides adding their value (单价50万元以上通用设备、100万元以上专用设备)."""
_PERSONS: Final = "headcount.measure"
"""The policy mapping from a kind of person (人员类别) to the measure that counts it."""


def stock_facts(scope: Scope) -> Iterator[Fact]:
    """All facts of cards and staff."""
    year = scope.year - 1 if scope.is_budget else scope.year
    yield from _assets(scope, year)
    yield from _vehicles(scope, year)
    yield from _headcounts(scope)


def _there(scope: Scope, year: int) -> Q:
    """Held by these units at the end of the year."""
    return Q(unit__in=scope.units) & (Q(acquired_on__isnull=True) | Q(acquired_on__lte=_last_day(year)))


def _last_day(year: int) -> dt.date:
    return dt.date(year, 12, 31)


def _rows(model: type[JournalRow], where: Q, *columns: str) -> Iterator[tuple[Any, ...]]:
    """(key, unit, kind, source, *columns) of the rows that count."""
    table = str(model._meta.verbose_name)
    found = current(model).filter(where).order_by("position")
    for key, unit, kind, document, place, *rest in found.values_list(
        "key", "unit_id", "kind", "document_id", "place", *columns
    ):
        yield key, unit, kind, Source(table, key, document or "", place), *rest


def _assets(scope: Scope, year: int) -> Iterator[Fact]:
    day = _last_day(year)
    for key, unit, kind, source, value, quantum, in_use in _rows(
        Asset, _there(scope, year), "original_value", "quantum", "in_use"
    ):
        name = "intangible" if kind == _INTANGIBLE else "asset"
        measures = [f"{name}_value", f"{name}_in_use"] if in_use else [f"{name}_value"]
        for measure in measures:
            yield Fact(
                key,
                measure,
                JOINT_VIEW,
                unit,
                year,
                {"item": kind},
                value,
                quantum,
                source,
                YUAN_UOM,
                day,
                "day",
            )
        if kind in _LARGE_EQUIPMENT:
            yield _count(key, kind, unit, year, kind, 1, source, "台（套）", day)


def _vehicles(scope: Scope, year: int) -> Iterator[Fact]:
    day = _last_day(year)
    kept = Q(disposed_on__isnull=True) | Q(disposed_on__gt=day)
    for key, unit, kind, source in _rows(Vehicle, _there(scope, year) & kept):
        yield _count(key, "vehicles", unit, year, kind, 1, source, "辆", day)


def _headcounts(scope: Scope) -> Iterator[Fact]:
    """Posts and persons on the latest day, of each unit, on which the paper can have known them."""
    rows = list(
        _rows(Headcount, Q(unit__in=scope.units), "as_of", "as_of_precision", "establishment", "actual")
    )
    chosen = _chosen_days(scope, rows)
    for key, unit, kind, source, as_of, precision, establishment, actual in rows:
        if as_of != chosen.get(unit):
            continue
        person = scope.mapped(_PERSONS, kind) or "headcount"
        for measure, number in (("establishment", establishment), (person, actual)):
            if number is not None:
                yield _count(key, measure, unit, scope.year, kind, number, source, "人", as_of, precision)


def _chosen_days(scope: Scope, rows: list[tuple[Any, ...]]) -> dict[str, dt.date]:
    """Of each unit the day of the paper's own rows; else the last day up to the paper; else the first of its year."""
    limit = scope.reference_day or _last_day(scope.year - 1 if scope.is_budget else scope.year)
    chosen: dict[str, dt.date] = {}
    for unit in {row[1] for row in rows}:
        of_unit = [row for row in rows if row[1] == unit]
        own = [row[4] for row in of_unit if scope.document and row[3].document == scope.document]
        before = [row[4] for row in of_unit if row[4] <= limit]
        within = [row[4] for row in of_unit if row[4].year == scope.year]
        if own or before:
            chosen[unit] = max(own or before)
        elif within:
            chosen[unit] = min(within)
    return chosen


def _count(
    key: str,
    measure: str,
    unit: str,
    year: int,
    item: str,
    number: int,
    source: Source,
    uom: str,
    on: dt.date,
    precision: str = "day",
) -> Fact:
    return Fact(key, measure, JOINT_VIEW, unit, year, {"item": item}, number, 0, source, uom, on, precision)
