"""What a chart says in words (图的文字): printed values, and every value as the text alternative of the picture."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from yiheng.facts import Chart, Series
from yiheng.facts.chart import ATTAINMENT, RADAR, WATERFALL, Value
from yiheng.money import MoneyUnit, format_amount

UNKNOWN: Final = "无数据"
NOT_SCORED: Final = "未评分"
MINUS: Final = "−"
_PLACES: Final = 2


def printed(chart: Chart, value: Value | None, *, whole: bool = False) -> str:
    """A value in the chart's unit: money with two decimals, anything else with the decimals that it has.

    Money goes without decimals in a chart where all of it is whole, and with `whole` wherever it has none, as the
    marks of an axis.
    """
    if value is None:
        return NOT_SCORED if chart.kind == RADAR else UNKNOWN
    if chart.money:
        return format_amount(int(value), MoneyUnit.of(chart.unit), _PLACES, strip=whole or _all_whole(chart))
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def _all_whole(chart: Chart) -> bool:
    fen = MoneyUnit.of(chart.unit).fen
    return all(value is None or value % fen == 0 for series in chart.series for _, value in series.points)


def with_unit(chart: Chart, value: Value | None) -> str:
    """A value with its unit, as running text has it."""
    if value is None:
        return printed(chart, value)
    return f"{printed(chart, value)}{'' if chart.unit == '%' else ' '}{chart.unit}"


def told(chart: Chart, series: Series, place: int) -> str:
    """What a point says besides its label: its value, that it was lost (扣), whether the target is met."""
    words = with_unit(chart, series.points[place][1])
    if chart.kind == WATERFALL and 0 < place < len(series.points) - 1:
        return f"扣 {words}"
    if chart.kind == ATTAINMENT:
        return f"{words}（{chart.state(series, place).value}）"
    return words


def full_title(chart: Chart) -> str:
    """The title with the unit."""
    return f"{chart.title}（单位：{chart.unit}）" if chart.unit else chart.title


def description(chart: Chart) -> str:
    """Every value, for readers who cannot see the picture."""
    return "；".join(_lines(chart)) + "。"


def _lines(chart: Chart) -> Iterator[str]:
    if chart.as_of:
        yield f"截至 {chart.as_of}"
    for series in chart.series:
        values = "，".join(
            f"{label} {told(chart, series, place)}" for place, (label, _) in enumerate(series.points)
        )
        yield f"{series.name}：{values or UNKNOWN}"
