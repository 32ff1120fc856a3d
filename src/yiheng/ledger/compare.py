"""Reading what the ledger has of a content's keys, and of what the content covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, Final

from django.db import connection, models
from django.db.models import Q, QuerySet

from yiheng.people.prepared import Prepared, PreparedKeys

from .coverage import Coverage, Paper, chain, stock_mark
from .difference import Base, Change
from .models import DepartmentYear, JournalRow, Load, RowKind, Unit
from .sheets import Shape, Values, shapes

Content = Mapping[str, Mapping[str, Values]]
"""Sheet → key → values, in the order of the content."""

_KEYS_AT_ONCE: Final = 900
"""SQLite takes at least 999 parameters in one statement."""
_FORMED: Final = (models.DateField, models.DecimalField, models.BooleanField)


def ledger_state() -> int:
    """A number that every write of the ledger raises."""
    return max((number for (number,) in _LAST.rows()), default=0)


_LAST: Final = Prepared(lambda: Load.objects.order_by("-pk").values_list("pk")[:1])


Bases = dict[str, tuple[Base, Values]]
"""Key → the newest version in the ledger, and its values."""


def ledger_rows(shape: Shape, content: Mapping[str, Values], coverage: Coverage) -> Bases:
    """What the ledger has of the content's keys, and of rows that the content may cover."""
    found: Bases = dict(_read(shape, reach(shape, coverage))) if _removable(shape) else {}
    return {**found, **newest_rows(shape, (key for key in content if key not in found))}


def newest_rows(shape: Shape, keys: Iterable[str]) -> Bases:
    """The newest version of each key, removed ones included; keys that never were are left out."""
    found: Bases = {}
    wanted = iter(keys)
    while some := list(islice(wanted, _KEYS_AT_ONCE)):
        found.update(_few(shape, some) if _is_plain(shape) else _read(shape, Q(key__in=some)))
    return found


def _is_plain(shape: Shape) -> bool:
    """A journal whose values are what the driver gives: SQLite has days, decimals and 是非 in a form of its own."""
    if not issubclass(shape.model, JournalRow):
        return False
    return connection.vendor == "postgresql" or not any(isinstance(field, _FORMED) for field in shape.fields)


def _few(shape: Shape, keys: Sequence[str]) -> Iterator[tuple[str, tuple[Base, Values]]]:
    return _bases(_by_key(shape.sheet).rows(keys))


@cache
def _by_key(sheet: str) -> PreparedKeys:
    return PreparedKeys(lambda keys: _newest(shapes()[sheet], Q(key__in=keys)))


def _removable(shape: Shape) -> bool:
    return bool(shape.model.papers or shape.model.paper_column or is_stock(shape))


def _read(shape: Shape, condition: Q) -> Iterator[tuple[str, tuple[Base, Values]]]:
    model: Any = shape.model
    if issubclass(model, JournalRow):
        yield from _bases(_newest(shape, condition))
    else:
        query = model.objects.filter(condition).order_by("pk")
        for key, pk, active, *values in query.values_list("key", "pk", "active", *shape.attributes):
            yield key, (Base(pk, 1, pk, not active), tuple(values))


def _newest(shape: Shape, condition: Q) -> QuerySet[Any, Any]:
    """The newest versions of a journal's rows, as `_bases` takes them."""
    model: Any = shape.model
    query = model.objects.filter(condition, replaced_by__isnull=True).order_by("position")
    found: QuerySet[Any, Any] = query.values_list(
        "key", "pk", "version", "position", "kind_of_row", *shape.attributes
    )
    return found


def _bases(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, tuple[Base, Values]]]:
    for key, pk, version, position, kind, *values in rows:
        yield key, (Base(pk, version, position, kind == RowKind.REVERSAL), tuple(values))


def removed(shape: Shape, content: Mapping[str, Values], rows: Bases, coverage: Coverage) -> list[Change]:
    """The ledger's rows that count, are missing from the content and are covered by it."""
    if not _removable(shape):
        return []
    return [
        Change(shape.sheet, key, values, None, base)
        for key, (base, values) in rows.items()
        if key not in content and not base.withdrawn and coverage.covers(shape, values)
    ]


def reach(shape: Shape, coverage: Coverage) -> Q:
    """A condition that leaves out what the coverage cannot cover."""
    tops = {paper.unit for paper in coverage.content}
    units = {unit for unit in coverage.parents if tops.intersection(chain(unit, coverage.parents))} | tops
    if "year" not in shape.place:
        return Q(
            **{
                f"{shape.model.unit_column}__in": {
                    mark[1] for mark in coverage.seen if mark[0] == shape.sheet
                }
            }
        )
    years = {paper.year for paper in coverage.content}
    if shape.sheet == "statistics":
        own = [document for document, paper in coverage.documents.items() if paper in coverage.content]
        return Q(document__in=own) | Q(unit__in=units, year__in=years | {year - 1 for year in years})
    return Q(**{f"{shape.model.unit_column}__in": units}, year__in=years)


def coverage_of(content: Content) -> Coverage:
    """What the content covers, over the unit tree and the department-years of ledger and content together."""
    parents: dict[str, str] = {
        key: parent or "" for key, parent in Unit.objects.values_list("key", "parent_id")
    }
    known = {Paper(*row): document for *row, document in _department_years()}
    ours: dict[Paper, str | None] = {}
    for sheet, rows in content.items():
        place = shapes()[sheet].place
        for key, values in rows.items():
            if sheet == "units":
                parents[key] = values[place["parent"]] or ""
            elif sheet == "department_years":
                paper = Paper(values[place["unit"]], values[place["year"]], values[place["kind"]])
                ours[paper] = values[place["document"]]
    known.update(ours)
    return Coverage(
        content=frozenset(ours),
        known=frozenset(known),
        parents=parents,
        documents={document: paper for paper, document in known.items() if document},
        seen=frozenset(
            stock_mark(shapes()[sheet], values)
            for sheet, rows in content.items()
            if is_stock(shapes()[sheet])
            for values in rows.values()
        ),
    )


def is_stock(shape: Shape) -> bool:
    """Whether the sheet lists what a unit has, whatever the year."""
    return not shape.is_register and "unit" in shape.place and "year" not in shape.place


def _department_years() -> Sequence[tuple[Any, ...]]:
    return list(
        DepartmentYear.objects.filter(active=True).values_list("unit_id", "year", "kind", "document_id")
    )
