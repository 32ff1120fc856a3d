"""Which department-years answer for a row (归属): what a content covers, and so what its silence removes.

A row that is missing from a content is removed only where the content covers it: the content has the row's sheet, and
a department-year in it answers for the row. For a row with a column that names its kind of paper (a reason, an income
of stage `budget`) that is the department-year of that kind; for others the first kind in the model's `papers` of which
there is one. Cards and staff (assets, vehicles, headcounts) belong to no year: they are covered where the content has
rows of the same sheet for the same unit (and the same day).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from .sheets import Shape, Values


class Paper(NamedTuple):
    """A department-year by unit, year and kind."""

    unit: str
    year: int
    kind: str


_KIND_OF_STAGE: Final = {"adjusted": "accounts"}
"""A stage is named after its kind of paper but for 三公, whose adjusted budget stands in the accounts."""


@dataclass(frozen=True)
class Coverage:
    """The department-years of a content among all department-years, over the unit tree."""

    content: frozenset[Paper]
    known: frozenset[Paper]
    """Those of the ledger and of the content."""
    parents: Mapping[str, str]
    """Unit → the unit above it."""
    documents: Mapping[str, Paper]
    """Document → the department-year whose own paper it is."""
    seen: frozenset[tuple[Any, ...]]
    """What the content says of stocks: (sheet, unit) and (headcounts, unit, day)."""

    def covers(self, shape: Shape, values: Values) -> bool:
        """Whether the row, were it missing from the content, is meant to be removed."""
        place = shape.place
        unit = values[place[shape.model.unit_column]] if shape.model.unit_column in place else ""
        if "year" not in place:
            return stock_mark(shape, values) in self.seen
        year = values[place["year"]]
        if year is None or not unit:
            return False
        above = chain(unit, self.parents)
        years = [year]
        if shape.sheet == "statistics":
            if own := self.documents.get(values[place["document"]] or ""):
                return own in self.content
            years.append(
                year + 1
            )  # a comparative is brought by the next year's paper, unless its own year is there
        for each in years:
            for kind in self._kinds(shape, values):
                papers = {Paper(key, each, kind) for key in above}
                if papers & self.known:
                    return bool(papers & self.content)
        return False

    def _kinds(self, shape: Shape, values: Values) -> Iterable[str]:
        column = shape.model.paper_column
        if not column:
            return shape.model.papers
        stage = str(values[shape.place[column]])
        return (_KIND_OF_STAGE.get(stage, stage),)


def chain(unit: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """The unit and the units above it, nearest first. A circle ends where it began."""
    found: list[str] = []
    while unit and unit not in found:
        found.append(unit)
        unit = parents.get(unit, "")
    return tuple(found)


def stock_mark(shape: Shape, values: Values) -> tuple[Any, ...]:
    """What rows of a stock sheet share that are listed together."""
    place = shape.place
    day = (values[place["as_of"]],) if "as_of" in place else ()
    return (shape.sheet, values[place["unit"]], *day)
