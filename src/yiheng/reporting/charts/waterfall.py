"""Score waterfall (得分瀑布图): from the full score down by every deduction to the score that is left.

Read from top to bottom: each bar begins where the one above it ended. Where little was lost, the axis does not begin
at 0 and says so; more rows than a page holds are added up as 其余各项.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from yiheng.facts import Chart
from yiheng.reporting.charts.canvas import INK, SOFT, Canvas, colour, width_of
from yiheng.reporting.charts.rows import SPACE, Rows
from yiheng.reporting.charts.scale import Scale, step_of, ticks
from yiheng.reporting.charts.words import MINUS, printed, with_unit

SHOWN: Final = 18
"""Deductions that are drawn on their own."""
_THICK: Final = 20
_CLOSE_UP: Final = 3
"""The axis leaves 0 where less than one part in so many was lost."""
_FULL, _LOST, _LEFT = 0, 1, 2
_AXIS: Final = 24


@dataclass(frozen=True, slots=True)
class _Step:
    """One bar, from `start` down to `end`; `place` is its point, -1 for several added up."""

    label: str
    kind: int
    place: int
    start: Decimal
    end: Decimal

    @property
    def lost(self) -> Decimal:
        return self.start - self.end


def draw(canvas: Canvas) -> int:
    """Draw all steps; gives back the height that was used."""
    steps = _steps(canvas.chart)
    rows = Rows.of(canvas, [step.label for step in steps])
    marks = axis(canvas.chart)
    widest = max(width_of(_words(canvas.chart, step)) for step in steps)
    edge = width_of(canvas.mark(marks[-1])) // 2
    scale = Scale(
        rows.left, canvas.width - rows.left - widest - 8 - edge, Fraction(marks[0]), Fraction(marks[-1])
    )
    bottom = sum(rows.height(step.label, _THICK) for step in steps)
    _axis(canvas, scale, marks, bottom)
    y, above = 0, 0
    for step in steps:
        start = rows.label(y, step.label, _THICK, bold=step.kind != _LOST)
        if y and not rows.above:
            canvas.line(scale.at(step.start), above, scale.at(step.start), start, SOFT)
        _bar(canvas, start, step, scale)
        y, above = y + rows.height(step.label, _THICK), start + _THICK
    return bottom + _AXIS + (20 if marks[0] else 0)


def _steps(chart: Chart) -> list[_Step]:
    points = [(label, Decimal(value)) for label, value in chart.series[0].points if value is not None]
    full, score = points[0][1], points[-1][1]
    drawn, others = _chosen([value for _, value in points[1:-1]])
    steps = [_Step(points[0][0], _FULL, 0, full, full)]
    left = full
    for place in drawn:
        label, value = points[place]
        steps.append(_Step(label, _LOST, place, left, left - value))
        left -= value
    if others:
        steps.append(_Step(f"其余 {len(others)} 项合计", _LOST, -1, left, score))
    return [*steps, _Step(points[-1][0], _LEFT, len(points) - 1, score, score)]


def _chosen(lost: Sequence[Decimal]) -> tuple[list[int], list[int]]:
    """Places of the points to draw, in their order, and of those to add up: the smallest."""
    places = list(range(1, len(lost) + 1))
    if len(places) <= SHOWN:
        return places, []
    largest = sorted(places, key=lambda place: (-lost[place - 1], place))[: SHOWN - 1]
    return sorted(largest), [place for place in places if place not in set(largest)]


def axis(chart: Chart) -> list[int]:
    """Values on the axis, the first of them where it begins."""
    values = [Fraction(value) for _, value in chart.series[0].points if value is not None]
    full, score = values[0], values[-1]
    lost = full - score
    if not lost or lost * _CLOSE_UP >= full:
        return ticks(Fraction(0), full)
    step = step_of(max(lost * 3 / 2, Fraction(1)))
    low = max(int((score - lost / 4) // step) * step, 0)
    return ticks(Fraction(low), full)


def _axis(canvas: Canvas, scale: Scale, marks: Sequence[int], bottom: int) -> None:
    free = -canvas.width
    for mark in marks:
        x, half = scale.at(mark), width_of(canvas.mark(mark)) // 2
        canvas.line(x, 0, x, bottom - SPACE + 6)
        if x - half >= free:
            place = max(x, half)
            canvas.text(place, bottom + 14, canvas.mark(mark), anchor="middle", fill=SOFT)
            free = place + half + 8
    if marks[0]:
        words = f"横轴自 {canvas.mark(marks[0])} {canvas.chart.unit}起，不是从 0 开始。"
        canvas.text(0, bottom + 34, words, fill=SOFT)


def _bar(canvas: Canvas, y: int, step: _Step, scale: Scale) -> None:
    series = canvas.chart.series[0]
    if step.place < 0:
        canvas.open(f"{step.label}：扣 {with_unit(canvas.chart, step.lost)}", "")
    else:
        canvas.open_point(series, step.place)
    right = scale.at(step.start)
    left = scale.at(step.end) if step.kind == _LOST else scale.start
    length = max(right - left, 1 if step.lost or step.kind != _LOST else 0)
    canvas.rect(right - length, y, length, _THICK, colour(step.kind))
    if step.kind != _LOST and scale.low and length > 24:
        canvas.cut(left + 8, y, _THICK)
    words = _words(canvas.chart, step)
    canvas.text(right + 6, y + _THICK // 2 + 5, words, fill=INK, bold=step.kind != _LOST)
    canvas.close()


def _words(chart: Chart, step: _Step) -> str:
    if step.kind == _LOST:
        return f"{MINUS if step.lost else ''}{printed(chart, step.lost)}"
    return printed(chart, step.start)
