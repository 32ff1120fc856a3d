"""A chart (图): points that were computed elsewhere, in one unit. How it looks is decided by `reporting`.

What the points of each kind mean:

- `structure` 结构: one series; each point is a part of a whole.
- `comparison` 比较: a series a year, each with the same labels.
- `progress` 进度、执行曲线: curves over time; labels are dates (2024-03, 2024-03-31) or words in order (1月).
  A series of one point is a level line (预算线), but a dot where its label is `Chart.as_of`, the marked day of the
  report. `Series.role` tells the forecast from what happened.
- `waterfall` 得分瀑布: one series; first the full score, then what each row lost (0 or more), last the score that is
  left. Full score − deductions = score, to the last digit.
- `attainment` 完成率: one series in %; how far each indicator came, 100 being its target, None where that is
  unknown. `Series.states` says which are met; without it 100 and above is met and None unknown.
- `radar` 指标体系雷达: a series a subject, each with the same labels; 得分率 in %, 100 being full marks, None where
  not scored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from yiheng.money import MoneyUnit

PROGRESS: Final = "progress"
WATERFALL: Final = "waterfall"
ATTAINMENT: Final = "attainment"
RADAR: Final = "radar"
KINDS: Final = ("structure", "comparison", PROGRESS, WATERFALL, ATTAINMENT, RADAR)
FORECAST: Final = "forecast"
LOW: Final = "low"
HIGH: Final = "high"
ROLES: Final = ("", FORECAST, LOW, HIGH)
_MONEY: Final = tuple(unit.label for unit in MoneyUnit)
_NEVER_NEGATIVE: Final = (WATERFALL, ATTAINMENT, RADAR)
_MAY_BE_UNKNOWN: Final = (ATTAINMENT, RADAR)

Value = int | Decimal
"""Fen (int) in a chart of money; else a number in the chart's unit, printed with the decimals that it has."""


class PointState(Enum):
    """Whether an indicator reached its target (是否达到目标)."""

    MET = "达到目标"
    UNMET = "未达到目标"
    UNKNOWN = "无法判断"


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars of a chart: a name and its points, already computed and rounded."""

    name: str
    points: tuple[tuple[str, Value | None], ...]
    """(label, value) in drawing order."""
    addresses: tuple[str, ...] = ()
    """The address behind each point (of a cell or of a figure in a sentence); "" where there is none."""
    states: tuple[PointState, ...] = ()
    """For attainment: a state for each point, or none at all."""
    role: str = ""
    """For progress: `forecast` is the expected course to the end, `low` and `high` bound its band; else empty."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. Raises ValueError (in Chinese, all reasons at once) for points that its kind cannot show."""

    id: str
    kind: str
    title: str
    unit: str
    """万元 and the like: values are whole fen; anything else (分, %): values are numbers of it."""
    series: tuple[Series, ...]
    note: str = ""
    as_of: str = ""
    """For progress: the label of the day that the figures stand at (监控日期)."""

    def __post_init__(self) -> None:
        problems = tuple(_problems(self))
        if problems:
            raise ValueError(f"图“{self.title}”（{self.id}）无法绘制：{'；'.join(problems)}。")

    @property
    def money(self) -> bool:
        """Whether its values are fen."""
        return self.unit in _MONEY

    def state(self, series: Series, place: int) -> PointState:
        """The state of a point, given or by its value."""
        if series.states:
            return series.states[place]
        value = series.points[place][1]
        if value is None:
            return PointState.UNKNOWN
        return PointState.MET if value >= 100 else PointState.UNMET


def _problems(chart: Chart) -> Iterator[str]:
    if chart.kind not in KINDS:
        yield f"不认识的图类 {chart.kind!r}，只能是 {'、'.join(KINDS)}"
        return
    for series in chart.series:
        yield from _series_problems(chart, series)
    if chart.kind in (WATERFALL, ATTAINMENT) and len(chart.series) > 1:
        yield f"这类图只能有一个系列，现有 {len(chart.series)} 个"
    if chart.kind == WATERFALL and chart.series:
        yield from _sum_problems(chart.series[0])
    labels = {label for series in chart.series for label, _ in series.points}
    if chart.as_of and chart.as_of not in labels:
        yield f"监控日期 {chart.as_of} 不是任何一点的标签"


def _series_problems(chart: Chart, series: Series) -> Iterator[str]:
    if series.role not in ROLES or (series.role and chart.kind != PROGRESS):
        yield f"系列“{series.name}”的角色 {series.role!r} 不能用于这类图"
    for what, given in (("地址", series.addresses), ("状态", series.states)):
        if given and len(given) != len(series.points):
            yield f"系列“{series.name}”有 {len(series.points)} 个点，却有 {len(given)} 个{what}"
    for label, value in series.points:
        where = f"系列“{series.name}”的“{label}”"
        if value is None:
            if chart.kind not in _MAY_BE_UNKNOWN:
                yield f"{where}没有数值（缺数不能当作零来画，请补数或去掉该点）"
        elif isinstance(value, float | bool) or (chart.money and not isinstance(value, int)):
            yield f"{where}的数值 {value!r} 不是{'整数分' if chart.money else '准确数'}"
        elif isinstance(value, Decimal) and not value.is_finite():
            yield f"{where}的数值 {value} 不是有限的数"
        elif value < 0 and chart.kind in _NEVER_NEGATIVE:
            yield f"{where}的数值 {value} 是负数，这类图只能画零和正数"


def _sum_problems(series: Series) -> Iterator[str]:
    """A waterfall that does not arrive at its score would show something untrue."""
    values = [value for _, value in series.points if value is not None]
    if not values or len(values) < len(series.points):
        return
    if len(values) < 2:
        yield "瀑布图至少要有满分和得分两个点"
        return
    left = Decimal(values[0]) - sum(map(Decimal, values[1:-1]))
    if left != Decimal(values[-1]):
        yield f"满分 {values[0]} 减去各项扣分得 {left}，与得分 {values[-1]} 不符"
