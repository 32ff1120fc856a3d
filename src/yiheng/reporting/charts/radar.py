"""Radar (指标体系雷达图): 得分率 of each group or criterion on an axis of its own, 100 % at the rim.

Fewer than three axes make no area and more than sixteen no readable one: then the same points are drawn as bars.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from yiheng.facts import Chart, Series
from yiheng.facts.chart import Value
from yiheng.reporting.charts.canvas import (
    INK,
    SOFT,
    Canvas,
    Points,
    colour,
    dash_of,
    fold,
    known,
    legend,
    width_of,
)
from yiheng.reporting.charts.words import with_unit

FEWEST: Final = 3
MOST: Final = 16
RIM: Final = 100
_RINGS: Final = (20, 40, 60, 80, 100)
_LINE: Final = 16
_GAP: Final = 10
_LABEL_SHARE: Final = 26
"""Percent of the width that the labels of one side may take."""
_LINES: Final = 3
_LARGEST: Final = 150
_AREA_PERCENT: Final = 12
_ROOMY: Final = 100
"""A wheel of a larger radius has its rings marked."""
_EXACT: Final = 9
"""Decimals of sine and cosine: beyond them machines may differ."""


@dataclass(frozen=True, slots=True)
class _Wheel:
    """Middle and rim, and the direction of each axis, the first upwards and on clockwise."""

    x: int
    y: int
    radius: int
    axes: int

    def direction(self, axis: int) -> tuple[float, float]:
        angle = 2 * math.pi * axis / self.axes
        return round(math.sin(angle), _EXACT), -round(math.cos(angle), _EXACT)

    def at(self, axis: int, length: int) -> tuple[int, int]:
        right, down = self.direction(axis)
        return self.x + round(right * length), self.y + round(down * length)

    def out(self, value: Value) -> int:
        """Pixels from the middle; what is beyond the rim is drawn at the rim."""
        return int(self.radius * min(Fraction(value), Fraction(RIM)) // RIM)


def labels_of(chart: Chart) -> list[str]:
    """The axes, in the order of their first appearance."""
    return list(dict.fromkeys(label for series in chart.series for label, _ in series.points))


def fits(chart: Chart) -> bool:
    """Whether the chart can be read as a wheel."""
    distinct = all(len(dict(series.points)) == len(series.points) for series in chart.series)
    return distinct and FEWEST <= len(labels_of(chart)) <= MOST


def draw(canvas: Canvas) -> int:
    """Draw rings, axes, labels and an area for each series; gives back the height that was used."""
    chart = canvas.chart
    labels = labels_of(chart)
    several = len(chart.series) > 1
    top = legend(canvas, 0, [series.name for series in chart.series], _sample) if several else 0
    folded = [_label(canvas, label) for label in labels]
    radius = min((canvas.width - 2 * _room(canvas)) // 2 - _GAP, _LARGEST)
    above = max(len(lines) for lines in folded) * _LINE + _GAP
    wheel = _Wheel(canvas.width // 2, top + above + radius, radius, len(labels))
    _grid(canvas, wheel)
    for number, series in enumerate(chart.series):
        _area(canvas, wheel, number, series, labels)
    ends = [_axis_label(canvas, wheel, axis, lines) for axis, lines in enumerate(folded)]
    return max(ends) + _GAP


def _room(canvas: Canvas) -> int:
    return canvas.width * _LABEL_SHARE // 100


def _label(canvas: Canvas, label: str) -> list[str]:
    """The name of an axis and, where there is one series only, its value."""
    lines = fold(label, _room(canvas), _LINES - 1)
    if len(canvas.chart.series) == 1:
        value = dict(canvas.chart.series[0].points)[label]
        lines.append(with_unit(canvas.chart, value))
    return lines


def _grid(canvas: Canvas, wheel: _Wheel) -> None:
    for ring in _RINGS:
        canvas.ring([wheel.at(axis, wheel.radius * ring // RIM) for axis in range(wheel.axes)])
    for axis in range(wheel.axes):
        canvas.line(wheel.x, wheel.y, *wheel.at(axis, wheel.radius))
    for ring in _RINGS if wheel.radius > _ROOMY else ():
        canvas.text(
            wheel.x - 5, wheel.y - wheel.radius * ring // RIM + 12, str(ring), anchor="end", fill=SOFT
        )


def _area(canvas: Canvas, wheel: _Wheel, number: int, series: Series, labels: Sequence[str]) -> None:
    """The area through the known points; where one is missing, the line leads past its axis."""
    points = [(place, labels.index(label), value) for place, label, value in known(series)]
    points.sort(key=lambda point: point[1])
    outline: Points = [wheel.at(axis, wheel.out(value)) for _, axis, value in points]
    if len(outline) >= FEWEST:
        canvas.area(outline, colour(number), _AREA_PERCENT)
        canvas.polyline(outline, colour(number), dash_of(number), close=True)
    for (place, _, _), (x, y) in zip(points, outline, strict=True):
        canvas.open_point(series, place)
        canvas.dot(x, y, colour(number))
        canvas.close()


def _axis_label(canvas: Canvas, wheel: _Wheel, axis: int, lines: Sequence[str]) -> int:
    """Write the label of an axis; gives back where it ends."""
    right, down = wheel.direction(axis)
    x, y = wheel.at(axis, wheel.radius + _GAP)
    anchor = "middle" if abs(right) < 0.2 else "start" if right > 0 else "end"
    height = len(lines) * _LINE
    # Labels at the top stand on their axis, those at the bottom hang from it, those at the side are centred.
    first = y + 12 + round(height * (down - 1) / 2)
    for number, line in enumerate(lines):
        fill = SOFT if number == len(lines) - 1 and len(canvas.chart.series) == 1 else INK
        half = width_of(line) // 2 + 1
        place = min(max(x, half), canvas.width - half) if anchor == "middle" else x
        canvas.text(place, first + number * _LINE, line, anchor=anchor, fill=fill)
    return first + (len(lines) - 1) * _LINE


def _sample(canvas: Canvas, number: int, x: int, y: int) -> None:
    canvas.polyline([(x, y + 6), (x + 14, y + 6)], colour(number), dash_of(number))
