"""Lines over time (进度图): what was spent so far, against the level line of the budget."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from yiheng.facts import Series
from yiheng.facts.chart import Value
from yiheng.reporting.charts.canvas import (
    SOFT,
    Canvas,
    address_of,
    colour,
    known,
    legend,
    width_of,
    with_unit,
)

_TOP: Final = 30
_BOTTOM: Final = 34
_LEAST: Final = 160
"""Height of the plotting area below which curves cannot be told apart."""
_MARGIN: Final = 10
_LINE: Final = 16
_TICKS: Final = 5
_LEVEL_DASH: Final = "7 4"
_DATE: Final = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plotting area and its two scales."""

    left: int
    right: int
    top: int
    bottom: int
    low: int
    high: int
    days: dict[str, int]

    def x(self, label: str) -> int:
        first, last = min(self.days.values()), max(self.days.values())
        if first == last:
            return (self.left + self.right) // 2
        return self.left + (self.right - self.left) * (self.days[label] - first) // (last - first)

    def y(self, value: Value) -> int:
        return self.bottom - (self.bottom - self.top) * (Fraction(value) - self.low) // (self.high - self.low)


def draw(canvas: Canvas, height: int) -> int:
    """Draw axes, level lines and curves; gives back the height that was used."""
    chart = canvas.chart
    top = legend(canvas, 0, [series.name for series in chart.series]) + _TOP
    ticks = _ticks([value for series in chart.series for _, _, value in known(series)])
    left = max(width_of(canvas.amount(tick)) for tick in ticks) + 10
    curves = [series for series in chart.series if len(series.points) > 1] or list(chart.series)
    days = _days([label for series in curves for label, _ in series.points])
    edge = max(width_of(label) for label in days) // 2
    bottom = max(height - _BOTTOM, top + _LEAST)
    ends = max(width_of(canvas.amount(_last(series))) for series in curves)
    right = canvas.width - max(ends + _MARGIN, edge)
    frame = _Frame(left + edge, right, top, bottom, ticks[0], ticks[-1], days)
    _axes(canvas, frame, ticks, left)
    for number, series in enumerate(chart.series):
        if series in curves:
            _curve(canvas, frame, number, series)
        else:
            _level(canvas, frame, number, series)
    _end_values(canvas, frame, curves)
    return bottom + _BOTTOM


def _ticks(values: Sequence[Value]) -> list[int]:
    """Round values from the least (at most 0) to beyond the greatest."""
    zero, exact = Fraction(0), [Fraction(value) for value in values]
    low, high = min(zero, *exact), max(zero, *exact)
    step = _step(max(high - low, Fraction(1)))
    first, last = low // step, -(-high // step)
    return [step * number for number in range(first, max(last, first + 1) + 1)]


def _step(span: Fraction) -> int:
    """The least of 1, 2 and 5 times a power of ten that needs no more than `_TICKS` steps."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if span <= factor * power * _TICKS:
                return factor * power
        power *= 10


def _days(labels: list[str]) -> dict[str, int]:
    """Where labels lie in time: by date where all of them are dates (2024-03, 2024-03-31), else evenly."""
    distinct = list(dict.fromkeys(labels))
    dates = [_date(label) for label in distinct]
    told = [day for day in dates if day is not None]
    if len(told) < len(distinct):
        return {label: place for place, label in enumerate(distinct)}
    return {label: day.toordinal() for label, day in zip(distinct, told, strict=True)}


def _date(label: str) -> dt.date | None:
    found = _DATE.fullmatch(label)
    if found is None:
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None


def _axes(canvas: Canvas, frame: _Frame, ticks: list[int], left: int) -> None:
    canvas.text(0, frame.top - 16, canvas.chart.unit, fill=SOFT)
    for tick in ticks:
        canvas.line(left, frame.y(tick), frame.right, frame.y(tick))
        canvas.text(left - 6, frame.y(tick) + 5, canvas.amount(tick), anchor="end", fill=SOFT)
    canvas.line(left, frame.y(0), frame.right, frame.y(0), SOFT)
    free = -canvas.width
    for label in frame.days:
        half = width_of(label) // 2
        if frame.x(label) - half >= free:
            canvas.line(frame.x(label), frame.bottom, frame.x(label), frame.bottom + 4, SOFT)
            canvas.text(frame.x(label), frame.bottom + 20, label, anchor="middle", fill=SOFT)
            free = frame.x(label) + half + 8


def _curve(canvas: Canvas, frame: _Frame, number: int, series: Series) -> None:
    points = known(series)
    canvas.polyline([(frame.x(label), frame.y(value)) for _, label, value in points], colour(number))
    for place, label, value in points:
        canvas.open(f"{series.name} · {label}：{with_unit(canvas.chart, value)}", address_of(series, place))
        canvas.dot(frame.x(label), frame.y(value), colour(number))
        canvas.close()


def _end_values(canvas: Canvas, frame: _Frame, curves: list[Series]) -> None:
    """The last value of each curve at its right, moved down where two would touch."""
    free = -canvas.width
    for series in sorted(curves, key=lambda series: -_last(series)):
        number = canvas.chart.series.index(series)
        y = max(frame.y(_last(series)) + 5, free)
        canvas.text(frame.right + _MARGIN, y, canvas.amount(_last(series)), fill=colour(number))
        free = y + _LINE


def _last(series: Series) -> Value:
    return known(series)[-1][2]


def _level(canvas: Canvas, frame: _Frame, number: int, series: Series) -> None:
    value = _last(series)
    canvas.open(f"{series.name}：{with_unit(canvas.chart, value)}", address_of(series, 0))
    canvas.polyline(
        [(frame.left, frame.y(value)), (frame.right, frame.y(value))], colour(number), _LEVEL_DASH
    )
    canvas.text(frame.left, frame.y(value) - 7, f"{series.name} {canvas.amount(value)}", fill=colour(number))
    canvas.close()
