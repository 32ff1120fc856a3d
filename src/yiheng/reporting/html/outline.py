"""The order of the main page (页面结构): what stands where, under which anchor and heading level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from yiheng.facts import Chart, Paper, Section, Table
from yiheng.reporting.document import CHARTS as CHARTS_HEADING
from yiheng.reporting.document import LEFT_OVER, unplaced_charts
from yiheng.reporting.entry import table_name
from yiheng.reporting.trace import reading_order

CHARTS: Final = "charts"
_FIRST: Final = 2
_DEEPEST: Final = 6


@dataclass(frozen=True, slots=True)
class Placed:
    """A section, a table, charts, or the heading over the tables that no section prints."""

    anchor: str
    title: str
    level: int
    """Of its HTML heading, 2 to 6."""
    part: Section | Table | None = None
    charts: tuple[Chart, ...] = ()

    @property
    def depth(self) -> int:
        return self.level - _FIRST


def outline(paper: Paper) -> tuple[Placed, ...]:
    """All parts of the main page in order."""
    return tuple(_outline(paper))


def _outline(paper: Paper) -> Iterator[Placed]:
    if unplaced := unplaced_charts(paper):
        yield Placed(CHARTS, CHARTS_HEADING, _FIRST, charts=unplaced)
    top = min((section.level for section in paper.sections if section.heading), default=0)
    printed = {code for section in paper.sections for code in section.tables}
    charts = {chart.id: chart for chart in paper.charts}
    level, left_over, waiting = _FIRST, False, tuple[Chart, ...]()
    for number, part in enumerate(reading_order(paper)):
        if waiting and (isinstance(part, Section) or part.code not in printed):
            yield Placed(f"c{number}", "", level, charts=waiting)
            waiting = ()
        if isinstance(part, Section):
            level = min(_FIRST + part.level - top, _DEEPEST) if part.heading else level
            yield Placed(f"s{number}", part.heading, level, part)
            waiting = tuple(charts[ident] for ident in part.charts)
            continue
        if part.code not in printed and not left_over:
            left_over, level = True, _FIRST
            yield Placed("rest", LEFT_OVER, level)
        title = table_name(part, paper.table_labels.get(part.code, ""))
        yield Placed(f"t{number}", title, min(level + 1, _DEEPEST), part)
    if waiting:
        yield Placed("c", "", level, charts=waiting)
