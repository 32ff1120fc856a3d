"""Horizontal bars (条形图): the parts of a whole, or the same items of several years below each other."""

from __future__ import annotations

from typing import Final

from yiheng.facts import Chart
from yiheng.facts.chart import Value
from yiheng.reporting.charts.canvas import INK, SOFT, Canvas, colour, known, legend, width_of
from yiheng.reporting.charts.rows import SPACE, Rows
from yiheng.reporting.charts.scale import Scale, span

_THICK: Final = 20
_THIN: Final = 16
_OUTLINED: Final = 1
"""The second series is drawn with a border only, so that two years are told apart without colour."""

_Bar = tuple[int, int, Value]
"""Number of the series, place of the point, value."""


def draw(canvas: Canvas, least_height: int) -> int:
    """Draw all items of all series; gives back the height that was used."""
    chart = canvas.chart
    groups = _groups(chart)
    rows = Rows.of(canvas, list(groups))
    scale = _scale(canvas, rows.left)
    thick = _THICK if len(chart.series) == 1 else _THIN
    several = len(chart.series) > 1
    top = y = legend(canvas, 0, [series.name for series in chart.series], _sample) if several else 0
    used = y + sum(rows.height(label, _body(bars, thick)) for label, bars in groups.items())
    space = max((least_height - used) // len(groups), 0)
    for label, bars in groups.items():
        start = rows.label(y, label, _body(bars, thick))
        for number, bar in enumerate(bars):
            _bar(canvas, start + number * (thick + 2), bar, scale, thick)
        y += rows.height(label, _body(bars, thick)) + space
    if not rows.above:
        canvas.line(scale.at(0), top, scale.at(0), y - SPACE, SOFT)
    return y


def _groups(chart: Chart) -> dict[str, list[_Bar]]:
    """The bars by label, labels in the order of their first appearance."""
    groups: dict[str, list[_Bar]] = {}
    for number, series in enumerate(chart.series):
        for place, label, value in known(series):
            groups.setdefault(label, []).append((number, place, value))
    return groups


def _scale(canvas: Canvas, left: int) -> Scale:
    values = [value for series in canvas.chart.series for _, _, value in known(series)]
    room = canvas.width - left - max(width_of(canvas.amount(value)) for value in values) - 8
    return Scale(left, room, *span(values))


def _body(bars: list[_Bar], thick: int) -> int:
    return len(bars) * thick + (len(bars) - 1) * 2


def _bar(canvas: Canvas, y: int, bar: _Bar, scale: Scale, thick: int) -> None:
    number, place, value = bar
    zero, end = scale.at(0), scale.at(value)
    # A small part of a large whole must not vanish.
    length = max(abs(end - zero), 1) if value else 0
    canvas.open_point(canvas.chart.series[number], place)
    draw_bar = canvas.frame if number == _OUTLINED and length > 2 else canvas.rect
    draw_bar(min(zero, end), y, length, thick, colour(number))
    canvas.text(max(zero, end, zero + length) + 6, y + thick // 2 + 5, canvas.amount(value), fill=INK)
    canvas.close()


def _sample(canvas: Canvas, number: int, x: int, y: int) -> None:
    (canvas.frame if number == _OUTLINED else canvas.rect)(x, y, 12, 12, colour(number))
