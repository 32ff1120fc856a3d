"""Charts of the workbook (图表): native ones, bound to their values on a sheet of their own (图表数据).

Every kind has a native form: a waterfall is a stacked bar over an invisible base, the line at 100 % of attainment is
a grid line. Values are written in the unit of the chart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from yiheng.facts import Chart, Paper, Series
from yiheng.facts.chart import ATTAINMENT, FORECAST, PROGRESS, RADAR, WATERFALL
from yiheng.reporting.charts import attainment, radar, waterfall
from yiheng.reporting.charts.canvas import PALETTE, RULE, colour
from yiheng.reporting.charts.words import MINUS, description, full_title, printed
from yiheng.reporting.xlsx.cells import A4, Book, put
from yiheng.reporting.xlsx.chart_values import Block, dated, day_format, write_values

PICTURES: Final = "图示"
VALUES: Final = "图表数据"
_WIDTH: Final = 720
_ROW: Final = 20
"""Height of a sheet row in pixels."""
_BAR: Final = 30
_AROUND: Final = 130
_LEAST: Final = 300
_FONT: Final = {"name": "宋体", "size": 9}
_GRID: Final = {"visible": True, "line": {"color": RULE}}


def write_charts(book: Book, pictures: Worksheet, values: Worksheet, paper: Paper) -> None:
    """Write the values of all charts below each other, and the charts themselves in the same order."""
    values.set_column(0, 0, 40)
    values.set_column(1, 8, 16)
    row = place = 0
    for chart in paper.charts:
        block = write_values(book, values, row, chart)
        row = block.last + 3
        put(pictures, place, 0, full_title(chart), book.look(bold=True))
        if chart.note:
            put(pictures, place + 1, 0, chart.note, book.look(font_color="#555555"))
        if any(series.points for series in chart.series):
            drawn, height = _draw(book, chart, block)
            pictures.insert_chart(
                place + 2, 0, drawn, {"description": f"{full_title(chart)}。{description(chart)}"}
            )
            place += height // _ROW
        place += 4
    for sheet in (pictures, values):
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)


def _draw(book: Book, chart: Chart, block: Block) -> tuple[Any, int]:
    """The native chart and its height in pixels."""
    rows = block.last - block.first + 1
    lying = chart.kind not in (PROGRESS, RADAR) or (chart.kind == RADAR and not radar.fits(chart))
    drawn = book.workbook.add_chart(_kind(chart, lying))
    if chart.kind == WATERFALL:
        _add_waterfall(drawn, chart, block)
    else:
        for number, series in enumerate(chart.series):
            make = _bars if lying else _curve
            drawn.add_series(make(chart, series, number, block))
    height = max(
        _AROUND + rows * _BAR * (1 if chart.kind in (WATERFALL, ATTAINMENT) else block.columns), _LEAST
    )
    height = height if lying else _LEAST + 80
    drawn.set_size({"width": _WIDTH, "height": height})
    title = full_title(chart) + (f"（截至 {chart.as_of}）" if chart.as_of else "")
    drawn.set_title({"name": title, "name_font": {**_FONT, "size": 12, "bold": True}})
    drawn.set_legend({"position": "top", "font": _FONT} if len(chart.series) > 1 else {"none": True})
    _axes(drawn, chart, lying)
    drawn.show_blanks_as("span" if chart.kind == PROGRESS else "gap")
    return drawn, height


def _kind(chart: Chart, lying: bool) -> dict[str, str]:
    if chart.kind == WATERFALL:
        return {"type": "bar", "subtype": "stacked"}
    if lying:
        return {"type": "bar"}
    return {"type": "radar", "subtype": "with_markers"} if chart.kind == RADAR else {"type": "line"}


def _axes(drawn: Any, chart: Chart, lying: bool) -> None:
    plain = {"num_font": _FONT, "name_font": _FONT}
    if not lying:
        rim: dict[str, Any] = {"min": 0, "max": radar.RIM} if chart.kind == RADAR else {}
        first = next((label for series in chart.series for label, _ in series.points), "")
        days = {"date_axis": True, "num_format": day_format(first)} if dated(chart) else {}
        drawn.set_x_axis({**plain, **days, "label_position": "low"})
        drawn.set_y_axis(
            {**plain, **rim, "major_gridlines": _GRID, "name": chart.unit if chart.kind == PROGRESS else ""}
        )
        return
    values = [value for series in chart.series for _, value in series.points if value is not None]
    scale: dict[str, Any] = {"major_gridlines": _GRID, **({} if min(values, default=0) < 0 else {"min": 0})}
    if chart.kind == WATERFALL:
        marks = waterfall.axis(chart)
        scale |= {"min": marks[0], "max": marks[-1]}
    elif chart.kind == ATTAINMENT:
        line = {"visible": True, "line": {"color": "#1f2a37", "dash_type": "dash"}}
        high = math.ceil(attainment.high(chart))
        scale |= {"max": high, "major_unit": attainment.TARGET, "major_gridlines": line}
    # Axes of lying bars change places; the first row is to be at the top.
    drawn.set_y_axis({**plain, "reverse": True, "label_position": "low"})
    drawn.set_x_axis({**plain, "label_position": "high", **scale})


def _common(number: int, block: Block) -> dict[str, Any]:
    column = number + 1
    return {
        "name": block.head(column),
        "categories": block.cells(0),
        "values": block.cells(column),
        "gap": 60,
    }


def _curve(chart: Chart, series: Series, number: int, block: Block) -> dict[str, Any]:
    shade = colour(0) if series.role else colour(number)
    level = chart.kind == PROGRESS and len(series.points) == 1 and series.points[0][0] != chart.as_of
    dash = "dash" if level or series.role == FORECAST else "round_dot" if series.role else "solid"
    plain = level or series.role
    marker = {"type": "none"} if plain else {"type": "circle", "size": 5, "fill": {"color": shade}}
    line = {"color": shade, "width": 1.75, "dash_type": dash}
    return {**_common(number, block), "line": line, "marker": marker}


def _bars(chart: Chart, series: Series, number: int, block: Block) -> dict[str, Any]:
    made = {**_common(number, block), "fill": {"color": colour(number)}}
    labels = [{"value": printed(chart, value)} for _, value in series.points]
    if chart.kind == ATTAINMENT:
        labels = [{"value": attainment.words(chart, place)} for place in range(len(series.points))]
        shades = [attainment.COLOURS[chart.state(series, place)] for place in range(len(series.points))]
        made["points"] = [{"fill": {"color": shade}} for shade in shades]
    return {**made, "data_labels": {"value": True, "font": _FONT, "custom": labels}}


def _add_waterfall(drawn: Any, chart: Chart, block: Block) -> None:
    """The invisible base carries the words of the deductions, to the left of their bars; totals carry their own."""
    points = chart.series[0].points
    last = len(points) - 1
    totals = {0, last}
    shades = [PALETTE[0 if n == 0 else 2 if n == last else 1] for n in range(len(points))]
    words = [
        f"{'' if n in totals or not value else MINUS}{printed(chart, value)}"
        for n, (_, value) in enumerate(points)
    ]
    none = {"none": True}
    white = {**_FONT, "color": "#FFFFFF"}
    drawn.add_series(
        {
            **_common(0, block),
            "fill": none,
            "border": none,
            "data_labels": _labels(words, set(range(len(points))) - totals, _FONT),
        }
    )
    drawn.add_series(
        {
            **_common(1, block),
            "points": [{"fill": {"color": shade}} for shade in shades],
            "data_labels": _labels(words, totals, white),
        }
    )


def _labels(words: Sequence[str], places: set[int], font: dict[str, Any]) -> dict[str, Any]:
    """Data labels at the end of some of the bars."""
    custom = [{"value": word} if n in places else {"delete": True} for n, word in enumerate(words)]
    return {"value": True, "font": font, "position": "inside_end", "custom": custom}
