"""The values behind the charts of the workbook (图表数据): a block for each chart, in the unit of the chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from yiheng.facts import Chart, Series
from yiheng.facts.chart import ATTAINMENT, PROGRESS, WATERFALL, Value
from yiheng.money import MoneyUnit
from yiheng.reporting.charts import lines
from yiheng.reporting.charts.words import full_title
from yiheng.reporting.xlsx.cells import Book, put

_HEAD: Final = {"bold": True, "border": 1, "bg_color": "#E9EEF3"}
_BASE: Final = "起点"
_MONEY_PLACES: Final = 2


@dataclass(frozen=True, slots=True)
class Block:
    """Where the values of a chart stand: labels in the first column, a column for each line or set of bars."""

    sheet: str
    first: int
    last: int
    columns: int

    def cells(self, column: int) -> list[Any]:
        return [self.sheet, self.first, column, self.last, column]

    def head(self, column: int) -> list[Any]:
        return [self.sheet, self.first - 1, column]


def write_values(book: Book, sheet: Worksheet, row: int, chart: Chart) -> Block:
    """Title, head and a row for each label; gives back where the values stand."""
    labels, columns = _columns(chart)
    head, body = book.look(**_HEAD), book.look(border=1)
    figures = book.look(border=1, num_format=_number_format(chart))
    put(sheet, row, 0, full_title(chart), book.look(bold=True))
    for column, name in enumerate(("项目", *(name for name, _ in columns))):
        put(sheet, row + 1, column, name, head)
    first = row + 2
    in_time = dated(chart)
    for line, label in enumerate(labels, first):
        day = lines.date_of(label) if in_time else None
        if day is None:
            put(sheet, line, 0, label, body)
        else:
            shown = book.look(border=1, align="left", num_format=day_format(label))
            sheet.write_datetime(line, 0, dt.datetime(day.year, day.month, day.day), shown)  # noqa: DTZ001
        for column, (_, cells) in enumerate(columns, 1):
            value = cells[line - first]
            put(sheet, line, column, "" if value is None else value, figures)
    return Block(sheet.get_name(), first, first + max(len(labels), 1) - 1, len(columns))


_Columns = list[tuple[str, list[Decimal | None]]]


def _columns(chart: Chart) -> tuple[list[str], _Columns]:
    """Labels, and a named column of values for each line or set of bars."""
    if chart.kind == WATERFALL:
        return _steps(chart)
    if chart.kind == ATTAINMENT:
        series = chart.series[0] if chart.series else Series("", ())
        return [label for label, _ in series.points], [
            (series.name, [_number(chart, v) for _, v in series.points])
        ]
    labels = list(dict.fromkeys(label for series in chart.series for label, _ in series.points))
    if chart.kind == PROGRESS:
        labels = sorted(labels) if dated(chart) else labels
    return labels, [(series.name, _column(chart, series, labels)) for series in chart.series]


def dated(chart: Chart) -> bool:
    """Whether all points lie in time, so that the axis can be one of dates."""
    labels = [label for series in chart.series for label, _ in series.points]
    return chart.kind == PROGRESS and bool(labels) and all(lines.date_of(label) for label in labels)


def day_format(label: str) -> str:
    return "yyyy-mm-dd" if len(label) > len("2024-01") else "yyyy-mm"


def _column(chart: Chart, series: Series, labels: Sequence[str]) -> list[Decimal | None]:
    if chart.kind == PROGRESS and len(series.points) == 1 and series.points[0][0] != chart.as_of:
        # A single value is a level line.
        return [_number(chart, series.points[0][1])] * len(labels)
    points = dict(series.points)
    return [_number(chart, points.get(label)) for label in labels]


def _steps(chart: Chart) -> tuple[list[str], _Columns]:
    """A waterfall: where each bar begins, and how long it is."""
    points = [(label, Decimal(v)) for s in chart.series for label, v in s.points if v is not None]
    base: list[Decimal | None] = []
    left = points[0][1] if points else Decimal(0)
    for n, (_, value) in enumerate(points):
        total = n in (0, len(points) - 1)
        left = left if total else left - value
        base.append(Decimal(0) if total else left)
    name = chart.series[0].name if chart.series else ""
    return [label for label, _ in points], [(_BASE, base), (name, [value for _, value in points])]


def _number(chart: Chart, value: Value | None) -> Decimal | None:
    """The value in the chart's unit."""
    if value is None:
        return None
    return Decimal(value) / MoneyUnit.of(chart.unit).fen if chart.money else Decimal(value)


def _number_format(chart: Chart) -> str:
    """As many decimals as the values have; a sign of percent that does not multiply."""
    values = [value for series in chart.series for _, value in series.points]
    most = max((_decimals(value) for value in values if isinstance(value, Decimal)), default=0)
    places = _MONEY_PLACES if chart.money else most
    return "#,##0" + ("." + "0" * places if places else "") + ('"%"' if chart.unit == "%" else "")


def _decimals(value: Decimal) -> int:
    return max(-int(value.as_tuple().exponent), 0)
