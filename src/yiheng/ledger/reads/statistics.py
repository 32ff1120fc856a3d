"""Published figures (已公布数) as facts: as they were printed, in the papers that they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db.models import Q

from yiheng.facts import JOINT_VIEW, Fact, Source
from yiheng.ledger.models import DepartmentYear, Statistic, current

from .scope import Scope

_DIMS: Final = ("item", "function", "category", "fund", "source", "project_id", "stage")


def statistic_facts(scope: Scope) -> Iterator[Fact]:
    """The figures that the paper itself prints, of whatever year, and those of its year that no paper prints.

    Those of the year before are comparatives, unless that year has a department-year of its own. What another paper
    prints of this year stays in that paper: it may disagree, and must not be added.
    """
    table = str(Statistic._meta.verbose_name)
    names = [name.removesuffix("_id") for name in _DIMS]
    rows = current(Statistic).filter(_belonging(scope), unit__in=scope.units).order_by("position")
    for key, unit, year, measure, view, document, place, value, quantum, uom, *dims in rows.values_list(
        "key", "unit_id", "year", "measure", "view", "document_id", "place", "value", "quantum", "uom", *_DIMS
    ):
        attested = {name: text for name, text in zip(names, dims, strict=True) if text}
        source = Source(table, key, document or "", place)
        yield Fact(
            key, measure, view or JOINT_VIEW, unit, year, attested, value, quantum, source, uom
        )  # fmt: skip


def _belonging(scope: Scope) -> Q:
    papers = DepartmentYear.objects.filter(active=True, document__isnull=False).values("document")
    loose = Q(document__isnull=True) | ~Q(document__in=papers)
    last = Q(year=scope.year - 1) & ~Q(unit__in=scope.reported_last_year)
    found = loose & (Q(year=scope.year) | last)
    return found | Q(document=scope.document) if scope.document else found
