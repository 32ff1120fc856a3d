"""Attainment bars (完成率条形图): how far each indicator came, against a line at 100 % of its target.

Whether it is met stands in words beside each value. A bar that is far above its target ends in a zigzag at the edge.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from yiheng.facts import Chart, PointState
from yiheng.facts.chart import Value
from yiheng.reporting.charts.canvas import INK, PALETTE, RULE, SOFT, Canvas, legend, width_of
from yiheng.reporting.charts.rows import SPACE, Rows
from yiheng.reporting.charts.scale import Scale
from yiheng.reporting.charts.words import with_unit

MOST: Final = 200
"""Where the axis ends at the latest, in percent; longer bars are cut off visibly."""
LEAST: Final = 120
TARGET: Final = 100
_THICK: Final = 20
_TOP: Final = 24
COLOURS: Final = {PointState.MET: PALETTE[2], PointState.UNMET: PALETTE[1], PointState.UNKNOWN: PALETTE[5]}
_STATES: Final = tuple(PointState)


def draw(canvas: Canvas) -> int:
    """Draw all indicators; gives back the height that was used."""
    series = canvas.chart.series[0]
    rows = Rows.of(canvas, [label for label, _ in series.points])
    present = {canvas.chart.state(series, place) for place in range(len(series.points))}
    states = [state for state in _STATES if state in present]
    top = legend(canvas, 0, [s.value for s in states], lambda c, n, x, y: _fill(c, states[n], x, y, 12, 12))
    top += _TOP
    widest = max(width_of(words(canvas.chart, place)) for place in range(len(series.points)))
    scale = Scale(rows.left, canvas.width - rows.left - widest - 8, Fraction(0), high(canvas.chart))
    bottom = top + sum(rows.height(label, _THICK) for label, _ in series.points)
    if not rows.above:
        canvas.line(scale.at(0), top - 4, scale.at(0), bottom - SPACE + 4, SOFT)
    y = top
    for place, (label, value) in enumerate(series.points):
        start = rows.label(y, label, _THICK)
        canvas.open_point(series, place)
        _bar(canvas, start, canvas.chart.state(series, place), value, scale)
        canvas.text(
            scale.start + scale.room + 8, start + _THICK // 2 + 5, words(canvas.chart, place), fill=INK
        )
        canvas.close()
        if rows.above:
            # Through the bars only, so that labels stay readable.
            canvas.line(scale.at(TARGET), start - 2, scale.at(TARGET), start + _THICK + 2, INK)
        y += rows.height(label, _THICK)
    if not rows.above:
        canvas.line(scale.at(TARGET), top - 6, scale.at(TARGET), bottom - SPACE + 4, INK, "4 3")
    _target(canvas, scale.at(TARGET), top)
    return bottom


def _target(canvas: Canvas, x: int, top: int) -> None:
    """The name of the line at 100 %, above the bars."""
    name = "目标 100%"
    half = width_of(name) // 2 + 1
    canvas.text(min(max(x, half), canvas.width - half), top - 10, name, anchor="middle", fill=INK)


def high(chart: Chart) -> Fraction:
    """Where the axis ends: a little beyond the target, further where bars need it, at most at `MOST`."""
    values = [Fraction(value) for _, value in chart.series[0].points if value is not None]
    return min(max(Fraction(LEAST), *values), Fraction(MOST)) if values else Fraction(LEAST)


def words(chart: Chart, place: int) -> str:
    """A value and whether it reaches its target."""
    series = chart.series[0]
    value, state = series.points[place][1], chart.state(series, place)
    # What has no value says so once; 无法判断 adds nothing to it.
    return with_unit(chart, value) if value is None else f"{with_unit(chart, value)} {state.value}"


def _bar(canvas: Canvas, y: int, state: PointState, value: Value | None, scale: Scale) -> None:
    if value is None:
        canvas.line(scale.start, y + _THICK // 2, scale.start + scale.room, y + _THICK // 2, RULE, "2 4")
        return
    length = scale.at(min(Fraction(value), scale.high)) - scale.start
    _fill(canvas, state, scale.start, y, max(length, 1) if value else 0, _THICK)
    if value > scale.high:
        canvas.cut(scale.start + length - 18, y, _THICK)


def _fill(canvas: Canvas, state: PointState, x: int, y: int, width: int, height: int) -> None:
    """A full bar for met, a bordered one for not met, a dashed border for unknown."""
    if state is PointState.MET or width < 3:
        canvas.rect(x, y, width, height, COLOURS[state])
    else:
        canvas.frame(x, y, width, height, COLOURS[state], "" if state is PointState.UNMET else "3 2")
