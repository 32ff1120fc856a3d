"""Charts (图) as SVG, drawn from points that were computed elsewhere.

Only lengths on the page are worked out here, in whole pixels, so the same chart always gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from yiheng.facts import Chart
from yiheng.facts.chart import ATTAINMENT, PROGRESS, RADAR, WATERFALL
from yiheng.reporting.charts import attainment, bars, lines, radar, waterfall
from yiheng.reporting.charts.canvas import SOFT, Canvas, Link
from yiheng.reporting.charts.words import description, full_title, printed

__all__ = [
    "PAPER_WIDTH",
    "PHONE_WIDTH",
    "POINTS_A_PIXEL",
    "WIDTH",
    "Drawing",
    "Link",
    "description",
    "draw",
    "full_title",
    "on_paper",
    "pages",
    "printed",
    "svg",
]

WIDTH: Final = 720
PAPER_WIDTH: Final = 588
"""The type area of A4 (156 mm) in pixels of 0.75 pt, so that text is set at 9.75 pt."""
POINTS_A_PIXEL: Final = 0.75
PHONE_WIDTH: Final = 340
"""Narrow enough for a phone; labels then stand above their bars."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as drawn: the `<svg>` element and its size in pixels."""

    svg: str
    width: int
    height: int


def draw(chart: Chart, width: int = WIDTH, height: int | None = None, link: Link | None = None) -> Drawing:
    """The chart, drawn.

    `height` is a least height; bars take what they need. `link` turns the address behind a point into a reference,
    and the point into a link.
    """
    canvas = Canvas(chart, width, link)
    used = max(_draw(canvas, height), 1)
    return Drawing(canvas.finish(used), width, used)


def svg(chart: Chart, width: int = WIDTH, height: int | None = None, link: Link | None = None) -> str:
    """The chart as one `<svg>` element; see `draw`."""
    return draw(chart, width, height, link).svg


def on_paper(chart: Chart) -> Drawing:
    """The chart as the documents have it; DOCX, PDF and the counting of pages ask for it one after the other."""
    return _remembered(chart, description(chart))


@lru_cache(maxsize=128)
def _remembered(chart: Chart, words: str) -> Drawing:
    """`words` tell charts apart that are equal and print differently: 93.8 and 93.80."""
    return draw(chart, PAPER_WIDTH)


def pages(chart: Chart, most: int) -> tuple[Chart, ...]:
    """The chart in parts that are no higher than `most` pixels on paper: attainment bars are shared out evenly.

    Other kinds stay whole: a waterfall adds up what does not fit, the rest have few rows.
    """
    if chart.kind != ATTAINMENT or not chart.series:
        return (chart,)
    count = len(chart.series[0].points)
    for parts in range(1, count + 1):
        size = -(-count // parts)
        shared = [_part(chart, start, size) for start in range(0, count, size)]
        if all(on_paper(part).height <= most for part in shared):
            break
    else:
        return (chart,)
    if len(shared) == 1:
        return (chart,)
    return tuple(
        replace(part, id=f"{chart.id}-{n}", title=f"{chart.title}（{n}/{len(shared)}）")
        for n, part in enumerate(shared, 1)
    )


def _part(chart: Chart, start: int, size: int) -> Chart:
    series = chart.series[0]
    piece = slice(start, start + size)
    cut = replace(
        series,
        points=series.points[piece],
        addresses=series.addresses[piece],
        states=series.states[piece],
    )
    return replace(chart, series=(cut,))


def _draw(canvas: Canvas, height: int | None) -> int:
    """Draw by kind; gives back the height that was used."""
    chart = canvas.chart
    drawable = chart.kind == ATTAINMENT or _any_value(chart)
    if not drawable or not any(series.points for series in chart.series):
        canvas.text(canvas.width // 2, 40, "没有可画的数据", anchor="middle", fill=SOFT)
        return max(60, height or 0)
    if chart.kind == PROGRESS:
        return lines.draw(canvas, height or canvas.width * 4 // 9)
    if chart.kind == WATERFALL:
        return waterfall.draw(canvas)
    if chart.kind == ATTAINMENT:
        return attainment.draw(canvas)
    if chart.kind == RADAR and radar.fits(chart):
        return radar.draw(canvas)
    return bars.draw(canvas, height or 0)


def _any_value(chart: Chart) -> bool:
    return any(value is not None for series in chart.series for _, value in series.points)
