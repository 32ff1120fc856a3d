"""Where the points of a monitoring chart stand in its tables (图中数值的出处).

The curve of execution is printed for the day of the report only, with its forecast, in the row of the whole. The
progress of an indicator follows from the first figure of its row, the 完成率; a name that several rows bear leads
nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from yiheng.facts import CellKind, CellRef, Chart, Series, Table
from yiheng.facts.chart import Value

Charts = Mapping[str, tuple[Chart, ...]]
Tables = Mapping[str, tuple[Table, ...]]


def with_sources(charts: Charts, tables: Tables) -> Charts:
    """The charts with the addresses of their points."""
    whole = [ref for table in tables["execution"] for ref in _figures(table) if ref.row_index == 0]
    rows = _rows((*tables["department"], *tables["project"]))
    return {
        "execution": tuple(
            _led(chart, [_on_the_day(chart, series, whole) for series in chart.series])
            for chart in charts["execution"]
        ),
        "indicators": tuple(
            _led(chart, [[rows.get(label, "") for label, _ in series.points] for series in chart.series])
            for chart in charts["indicators"]
        ),
    }


def _led(chart: Chart, addresses: Sequence[Sequence[str]]) -> Chart:
    series = (
        replace(one, addresses=tuple(found)) for one, found in zip(chart.series, addresses, strict=True)
    )
    return replace(chart, series=tuple(series))


def _on_the_day(chart: Chart, series: Series, cells: Sequence[CellRef]) -> list[str]:
    return [
        _printing(cells, value) if series.role or label == chart.as_of else ""
        for label, value in series.points
    ]


def _printing(cells: Sequence[CellRef], value: Value | None) -> str:
    """The cell that prints the value, alone or as a bound: 108.26%（23.69%—112.50%）."""
    shown = re.compile(rf"(?<![\d.]){re.escape(str(value))}%")
    return next((ref.address for ref in cells if shown.search(ref.cell.text)), "")


def _rows(tables: Sequence[Table]) -> dict[str, str]:
    """The first figure of each row whose name no other row bears."""
    found = [(ref.row.path[-1][0], ref.address) for table in tables for ref in _first_figures(table)]
    often = Counter(name for name, _ in found)
    return {name: address for name, address in found if often[name] == 1}


def _first_figures(table: Table) -> Iterator[CellRef]:
    seen: set[tuple[int, int]] = set()
    for ref in _figures(table):
        row = (id(ref.block), ref.row_index)
        if row not in seen:
            seen.add(row)
            yield ref


def _figures(table: Table) -> Iterator[CellRef]:
    return (ref for ref in table.cells() if ref.cell.kind is CellKind.COUNT and ref.cell.text)
