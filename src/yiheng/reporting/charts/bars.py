"""Horizontal bars (条形图): the parts of a whole, or the same items of several years below each other."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from yiheng.facts import Chart
from yiheng.facts.chart import Value
from yiheng.reporting.charts.canvas import (
    INK,
    SOFT,
    Canvas,
    address_of,
    colour,
    fold,
    known,
    legend,
    width_of,
    with_unit,
)

_NARROW_BELOW: Final = 480
_LABEL_SHARE: Final = 38
"""Percent of the width that labels beside the bars may take."""
_LINE: Final = 17
_THICK: Final = 20
_THIN: Final = 16
_SPACE: Final = 12


@dataclass(frozen=True, slots=True)
class _Bar:
    series: int
    value: Value
    address: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """From values to pixels: `left` is where the smallest value (or 0) lies."""

    left: int
    room: int
    low: Fraction
    high: Fraction

    def at(self, value: Value) -> int:
        return self.left + self.room * (Fraction(value) - self.low) // (self.high - self.low)


def draw(canvas: Canvas, least_height: int) -> int:
    """Draw all items of all series; gives back the height that was used."""
    chart = canvas.chart
    groups = _groups(chart)
    above = canvas.width < _NARROW_BELOW
    labels = {
        label: fold(label, canvas.width if above else canvas.width * _LABEL_SHARE // 100) for label in groups
    }
    scale = _scale(
        canvas, 0 if above else max(width_of(line) for lines in labels.values() for line in lines) + 10
    )
    thick = _THICK if len(chart.series) == 1 else _THIN
    y = legend(canvas, 0, [series.name for series in chart.series]) if len(chart.series) > 1 else 0
    used = y + sum(_height(len(labels[label]), len(bars), thick, above) for label, bars in groups.items())
    space = max((least_height - used) // len(groups), 0)
    top = y
    for label, bars in groups.items():
        y += _group(canvas, y, labels[label], label, bars, scale, thick, above) + space
    if not above:
        canvas.line(scale.at(0), top, scale.at(0), y - _SPACE, SOFT)
    return y


def _groups(chart: Chart) -> dict[str, list[_Bar]]:
    """The bars by label, labels in the order of their first appearance."""
    groups: dict[str, list[_Bar]] = {}
    for number, series in enumerate(chart.series):
        for place, label, value in known(series):
            groups.setdefault(label, []).append(_Bar(number, value, address_of(series, place)))
    return groups


def _scale(canvas: Canvas, left: int) -> _Scale:
    values = [value for series in canvas.chart.series for _, _, value in known(series)]
    low, high = min(Fraction(0), *map(Fraction, values)), max(Fraction(0), *map(Fraction, values))
    room = canvas.width - left - max(width_of(canvas.amount(value)) for value in values) - 8
    return _Scale(left, room, low, high if high > low else low + 1)


def _height(lines: int, bars: int, thick: int, above: bool) -> int:
    body = bars * thick + (bars - 1) * 2
    return (lines * _LINE + body if above else max(lines * _LINE, body)) + _SPACE


def _group(
    canvas: Canvas,
    y: int,
    lines: list[str],
    label: str,
    bars: list[_Bar],
    scale: _Scale,
    thick: int,
    above: bool,
) -> int:
    """One label with its bars; gives back the height."""
    height = _height(len(lines), len(bars), thick, above)
    body = bars_height = len(bars) * thick + (len(bars) - 1) * 2
    if above:
        start, first = y + len(lines) * _LINE, y + _LINE - 4
    else:
        body = max(len(lines) * _LINE, body)
        start, first = y + (body - bars_height) // 2, y + (body - len(lines) * _LINE) // 2 + _LINE - 4
    for number, line in enumerate(lines):
        x, anchor = (0, "start") if above else (scale.left - 8, "end")
        canvas.text(x, first + number * _LINE, line, anchor=anchor)
    for number, bar in enumerate(bars):
        _bar(canvas, start + number * (thick + 2), label, bar, scale, thick)
    return height


def _bar(canvas: Canvas, y: int, label: str, bar: _Bar, scale: _Scale, thick: int) -> None:
    chart = canvas.chart
    zero, end = scale.at(0), scale.at(bar.value)
    # A small part of a large whole must not vanish.
    length = max(abs(end - zero), 1) if bar.value else 0
    name = f"{chart.series[bar.series].name} · {label}" if len(chart.series) > 1 else label
    canvas.open(f"{name}：{with_unit(chart, bar.value)}", bar.address)
    canvas.rect(min(zero, end), y, length, thick, colour(bar.series))
    canvas.text(max(zero, end, zero + length) + 6, y + thick // 2 + 5, canvas.amount(bar.value), fill=INK)
    canvas.close()
