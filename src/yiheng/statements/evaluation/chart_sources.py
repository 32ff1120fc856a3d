"""Where the points of an evaluation's charts stand in its tables (图中数值的出处).

A point leads to the cell of the row that bears its name: the one that prints its value, else the row's score, which
says how it came about (完成率 is printed nowhere, but decides the 得分). Full score and score stand in the last total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from yiheng.facts import CellKind, CellRef, Chart, Series, Table
from yiheng.facts.chart import WATERFALL, Value
from yiheng.statements.evaluation.charts import PERCENT
from yiheng.statements.evaluation.judged import Judged

_TOTAL: Final = "total"

Charts = Mapping[str, tuple[Chart, ...]]
Tables = Mapping[str, tuple[Table, ...]]


def with_sources(charts: Charts, tables: Tables, judged: Judged) -> Charts:
    """The charts of the department and of its projects, with the addresses of their points."""
    sheets = {
        found.score.sheet.key: (found.score.sheet.name, sheet)
        for found, sheet in zip(judged.projects, tables["sheets"], strict=False)
    }

    def of_project(chart: Chart) -> Chart:
        key = chart.id.rpartition("-")[0]
        if key not in sheets:
            return chart
        name, sheet = sheets[key]
        return _led(chart, (*tables["deductions"], sheet), f"{name}：")

    return {
        **charts,
        "department": tuple(_led(chart, tables["framework"], "") for chart in charts["department"]),
        "projects": tuple(of_project(chart) for chart in charts["projects"]),
    }


def _led(chart: Chart, tables: Sequence[Table], prefix: str) -> Chart:
    return replace(chart, series=tuple(_series(chart, series, tables, prefix) for series in chart.series))


def _series(chart: Chart, series: Series, tables: Sequence[Table], prefix: str) -> Series:
    last, unit = len(series.points) - 1, chart.unit
    addresses = []
    for place, (label, value) in enumerate(series.points):
        if chart.kind == WATERFALL and place in (0, last):
            addresses.append(_printing(_last_total(tables[-1], unit), value) if tables else "")
        else:
            rows = [_row(table, {prefix + label, label}, unit) for table in tables]
            addresses.append(_of_row(rows, value))
    return replace(series, addresses=tuple(addresses))


def _of_row(found: Sequence[Sequence[CellRef]], value: Value | None) -> str:
    """The figure of the row that prints the value, from the first table that has one; else the row's last figure."""
    exact = (_printing(cells, value) for cells in found)
    address = next((address for address in exact if address), "")
    last = [cells[-1].address for cells in found if cells]
    return address or (last[-1] if last else "")


def _printing(cells: Sequence[CellRef], value: Value | None) -> str:
    """The last of the cells that prints the value: what was lost stands behind what could be had."""
    return next((ref.address for ref in reversed(cells) if value is not None and _number(ref) == value), "")


def _row(table: Table, names: set[str], unit: str) -> list[CellRef]:
    """The figures of the row of that name; in a list of projects a name begins with the project's."""
    return [ref for ref in table.cells() if _is_figure(ref, unit) and ref.row.path[-1][0] in names]


def _last_total(table: Table, unit: str) -> list[CellRef]:
    totals = [ref for ref in table.cells() if _is_figure(ref, unit) and ref.row.role == _TOTAL]
    return [ref for ref in totals if ref.row is totals[-1].row]


def _is_figure(ref: CellRef, unit: str) -> bool:
    """Whether a cell prints a figure; points (分) are never the same as a share of them (90.49%)."""
    text = ref.cell.text
    return ref.cell.kind is CellKind.COUNT and bool(text) and (unit == PERCENT or not text.endswith(PERCENT))


def _number(ref: CellRef) -> Decimal | None:
    try:
        return Decimal(ref.cell.text.replace(",", "").rstrip("%"))
    except InvalidOperation:
        return None
