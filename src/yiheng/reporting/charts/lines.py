"""Lines over time (进度图、执行曲线): what was reached so far, what was due, and what is expected to come.

1. band between the series `low` and `high`; 2. axes; 3. the day of the report; 4. level lines and curves;
5. the last value of each curve, apart from each other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from yiheng.facts import Chart, Series
from yiheng.facts.chart import FORECAST, HIGH, LOW, Value
from yiheng.reporting.charts.canvas import (
    LEVEL_DASH,
    SOFT,
    Canvas,
    address_of,
    colour,
    dash_of,
    known,
    legend,
    width_of,
)
from yiheng.reporting.charts.scale import Scale, span, ticks
from yiheng.reporting.charts.words import with_unit

_TOP: Final = 30
_BOTTOM: Final = 34
_LEAST: Final = 160
"""Height of the plotting area below which curves cannot be told apart."""
_MARGIN: Final = 10
_LINE: Final = 16
_BETWEEN: Final = 8
_BAND_PERCENT: Final = 14
_MARK_DASH: Final = "3 3"
_BOUNDS: Final = (LOW, HIGH)
_FORECAST_DASH: Final = "3 5"
_DATE: Final = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plotting area and its two scales."""

    left: int
    right: int
    top: int
    bottom: int
    values: Scale
    days: dict[str, int]

    def x(self, label: str) -> int:
        first, last = min(self.days.values()), max(self.days.values())
        if first == last:
            return (self.left + self.right) // 2
        return self.left + (self.right - self.left) * (self.days[label] - first) // (last - first)

    def y(self, value: Value) -> int:
        return self.values.at(value)

    def place(self, label: str, value: Value) -> tuple[int, int]:
        return self.x(label), self.y(value)


def draw(canvas: Canvas, height: int) -> int:
    """Draw band, axes, level lines and curves; gives back the height that was used."""
    chart = canvas.chart
    shown = [series for series in chart.series if series.points]
    top = _legend(canvas) + _TOP
    marks = ticks(*span([value for series in shown for _, _, value in known(series)]))
    left = max(width_of(canvas.mark(mark)) for mark in marks) + 10
    curves = [series for series in shown if _is_curve(chart, series)] or shown
    days = _days([label for series in curves for label, _ in series.points])
    edge = max(width_of(label) for label in days) // 2
    bottom = max(height - _BOTTOM, top + _LEAST)
    ends = max(width_of(canvas.amount(_last(series)[1])) for series in curves)
    values = Scale(bottom, top - bottom, *span(marks))
    frame = _Frame(left + edge, canvas.width - max(ends + _MARGIN, edge), top, bottom, values, days)
    _band(canvas, frame)
    _axes(canvas, frame, marks, left)
    _as_of(canvas, frame)
    for number, series in enumerate(chart.series):
        if series in curves:
            _curve(canvas, frame, number, series)
        elif series.points:
            _level(canvas, frame, number, series)
    _end_values(canvas, frame, curves)
    return bottom + _BOTTOM


def _is_curve(chart: Chart, series: Series) -> bool:
    return len(series.points) > 1 or any(label == chart.as_of for label, _ in series.points)


def _legend(canvas: Canvas) -> int:
    """The names of all series; the bounds of a band that share a name have one sample."""
    numbers = {series.name: number for number, series in enumerate(canvas.chart.series)}

    def sample(canvas: Canvas, place: int, x: int, y: int) -> None:
        number = list(numbers.values())[place]
        if canvas.chart.series[number].role in _BOUNDS:
            canvas.area(
                [(x, y), (x + 12, y), (x + 12, y + 12), (x, y + 12)], _shade(canvas), 2 * _BAND_PERCENT
            )
        canvas.polyline([(x, y + 6), (x + 14, y + 6)], _ink(canvas, number), _dash(canvas, number))

    return legend(canvas, 0, list(numbers), sample)


def _ink(canvas: Canvas, number: int) -> str:
    return _shade(canvas) if canvas.chart.series[number].role else colour(number)


def _shade(canvas: Canvas) -> str:
    """The forecast and its band have the colour of the first curve, whose course they carry on."""
    return colour(0)


def _dash(canvas: Canvas, number: int) -> str:
    series = canvas.chart.series[number]
    if series.role == FORECAST:
        return _FORECAST_DASH
    if series.role in _BOUNDS:
        return "1 3"
    return dash_of(number) if _is_curve(canvas.chart, series) else LEVEL_DASH


def _days(labels: Sequence[str]) -> dict[str, int]:
    """Where labels lie in time: by date where all of them are dates (2024-03, 2024-03-31), else evenly."""
    distinct = list(dict.fromkeys(labels))
    dates = [date_of(label) for label in distinct]
    told = [day for day in dates if day is not None]
    if len(told) < len(distinct):
        return {label: place for place, label in enumerate(distinct)}
    return {
        label: day.toordinal() for label, day in sorted(zip(distinct, told, strict=True), key=lambda p: p[1])
    }


def date_of(label: str) -> dt.date | None:
    """The day that a label names; the first of a month; None for other words."""
    found = _DATE.fullmatch(label)
    if found is None:
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None


def _band(canvas: Canvas, frame: _Frame) -> None:
    low, high = ([s for s in canvas.chart.series if s.role == role] for role in _BOUNDS)
    for below, above in zip(low, high, strict=False):
        upper = [frame.place(label, value) for _, label, value in known(above)]
        lower = [frame.place(label, value) for _, label, value in known(below)]
        canvas.area([*upper, *reversed(lower)], _shade(canvas), _BAND_PERCENT)


def _axes(canvas: Canvas, frame: _Frame, marks: Sequence[int], left: int) -> None:
    canvas.text(0, frame.top - 16, canvas.chart.unit, fill=SOFT)
    for mark in marks:
        canvas.line(left, frame.y(mark), frame.right, frame.y(mark))
        canvas.text(left - 6, frame.y(mark) + 5, canvas.mark(mark), anchor="end", fill=SOFT)
    canvas.line(left, frame.y(0), frame.right, frame.y(0), SOFT)
    for label in _marked(canvas, frame):
        canvas.line(frame.x(label), frame.bottom, frame.x(label), frame.bottom + 4, SOFT)
        canvas.text(frame.x(label), frame.bottom + 20, label, anchor="middle", fill=SOFT)


def _marked(canvas: Canvas, frame: _Frame) -> list[str]:
    """The labels of the time axis that have room: its ends and the day of the report before the others."""
    labels = list(frame.days)
    wanted = [labels[-1], labels[0], *(day for day in labels if day == canvas.chart.as_of), *labels]
    chosen: list[str] = []
    for label in dict.fromkeys(wanted):
        apart = (
            abs(frame.x(label) - frame.x(other)) - (width_of(label) + width_of(other)) // 2
            for other in chosen
        )
        if all(room >= _BETWEEN for room in apart):
            chosen.append(label)
    return sorted(chosen, key=labels.index)


def _as_of(canvas: Canvas, frame: _Frame) -> None:
    """A line through the day of the report, with the day above it."""
    day = canvas.chart.as_of
    if day not in frame.days:
        return
    words = f"截至 {day}"
    half, x = width_of(words) // 2 + 1, frame.x(day)
    canvas.line(x, frame.top - 8, x, frame.bottom, SOFT, _MARK_DASH)
    middle = min(max(x, half + width_of(canvas.chart.unit) + _MARGIN), canvas.width - half)
    canvas.text(middle, frame.top - 12, words, anchor="middle", fill=SOFT)


def _curve(canvas: Canvas, frame: _Frame, number: int, series: Series) -> None:
    points = known(series)
    ink = _ink(canvas, number)
    canvas.polyline([frame.place(label, value) for _, label, value in points], ink, _dash(canvas, number))
    for place, label, value in points:
        canvas.open_point(series, place)
        if not series.role:
            canvas.dot(*frame.place(label, value), ink)
        canvas.close()


def _end_values(canvas: Canvas, frame: _Frame, curves: Sequence[Series]) -> None:
    """The last value of each curve beside its end; at the right edge they are moved where two would touch."""
    chart, ending = canvas.chart, []
    for series in curves:
        label, value = _last(series)
        number = chart.series.index(series)
        if frame.x(label) == frame.right or len(frame.days) == 1:
            ending.append((frame.y(value) + 5, number, canvas.amount(value)))
        else:
            # Below and to the right of its last point a rising curve leaves room.
            x = min(frame.x(label) + 7, canvas.width - width_of(canvas.amount(value)))
            y = min(frame.y(value) + _LINE + 2, frame.bottom - 4)
            canvas.text(x, y, canvas.amount(value), fill=_ink(canvas, number))
    ending.sort(key=lambda end: end[0])
    heights = _apart([y for y, _, _ in ending], frame.bottom + 5)
    for y, (_, number, words) in zip(heights, ending, strict=True):
        canvas.text(frame.right + _MARGIN, y, words, fill=_ink(canvas, number))


def _apart(heights: Sequence[int], lowest: int) -> list[int]:
    """Rising heights at least a line apart: pushed down where they touch, and up again from the lower edge."""
    placed: list[int] = []
    for height in heights:
        placed.append(max(height, placed[-1] + _LINE) if placed else height)
    for n in range(len(placed) - 1, -1, -1):
        limit = lowest if n == len(placed) - 1 else placed[n + 1] - _LINE
        placed[n] = min(placed[n], limit)
    return placed


def _last(series: Series) -> tuple[str, Value]:
    _, label, value = known(series)[-1]
    return label, value


def _level(canvas: Canvas, frame: _Frame, number: int, series: Series) -> None:
    _, value = _last(series)
    canvas.open(f"{series.name}：{with_unit(canvas.chart, value)}", address_of(series, 0))
    ends = [(frame.left, frame.y(value)), (frame.right, frame.y(value))]
    canvas.polyline(ends, colour(number), LEVEL_DASH)
    canvas.text(frame.left, frame.y(value) - 7, f"{series.name} {canvas.amount(value)}", fill=colour(number))
    canvas.close()
