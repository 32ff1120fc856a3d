"""Charts (图) as SVG: structure, comparison and progress, drawn from points that were computed elsewhere.

Only lengths on the page are worked out here, in whole pixels, so the same chart always gives the same bytes.
"""

from __future__ import annotations

from typing import Final

from yiheng.facts import Chart
from yiheng.reporting.charts import bars, lines
from yiheng.reporting.charts.canvas import SOFT, Canvas, Link

__all__ = ["PHONE_WIDTH", "PROGRESS", "WIDTH", "Link", "svg"]

WIDTH: Final = 720
PHONE_WIDTH: Final = 340
"""Narrow enough for a phone; labels then stand above their bars."""
PROGRESS: Final = "progress"


def svg(chart: Chart, width: int = WIDTH, height: int | None = None, link: Link | None = None) -> str:
    """The chart as one `<svg>` element.

    `height` is a least height; bars take what they need. `link` turns the cell address behind a point into a
    reference, and the point into a link. A progress chart draws a series of one point as a level line (预算线).
    """
    canvas = Canvas(chart, width, link)
    if not any(series.points for series in chart.series):
        canvas.text(width // 2, 40, "没有可画的数据", anchor="middle", fill=SOFT)
        return canvas.finish(max(60, height or 0))
    if chart.kind == PROGRESS:
        return canvas.finish(lines.draw(canvas, height or width * 4 // 9))
    return canvas.finish(bars.draw(canvas, height or 0))
