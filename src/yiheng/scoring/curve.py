"""Monitoring (绩效运行监控): what an indicator should have reached by a day, its status, and the year's end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from yiheng.scoring.errors import ScoringError
from yiheng.scoring.profiles import MonitoringProfile, Step


class Shape(Enum):
    """How an indicator is expected to grow over the year (进度曲线)."""

    LINEAR = "按时间均衡"
    SEASONAL = "按月分布"
    STEP = "按节点"
    YEAR_END = "年底一次完成"

    @property
    def label(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Curve:
    """A declared curve. `months`: 12 shares of the year that add up to 1; `steps`: (day, cumulative share)."""

    shape: Shape = Shape.LINEAR
    months: tuple[Fraction, ...] = ()
    steps: tuple[tuple[dt.date, Fraction], ...] = ()

    def __post_init__(self) -> None:
        if self.shape is Shape.SEASONAL and (
            len(self.months) != 12 or any(share < 0 for share in self.months) or sum(self.months) != 1
        ):
            raise ScoringError("按月分布的曲线要有 12 个非负的月份比例，合计为 1。")
        if self.shape is Shape.STEP:
            days, shares = [day for day, _ in self.steps], [share for _, share in self.steps]
            rising = days == sorted(set(days)) and shares == sorted(shares)
            if not self.steps or not rising or shares[-1] != 1 or shares[0] < 0:
                raise ScoringError("按节点的曲线要按日期排列，累计比例逐步增加，最后为 1。")

    def expected(self, as_of: dt.date, year: int) -> Fraction:
        """The share of the year's target that is due at the end of the day. Raises `ScoringError` outside the year."""
        if as_of.year != year:
            raise ScoringError(f"监控日期 {as_of.isoformat()} 不在 {year} 年度内。")
        match self.shape:
            case Shape.LINEAR:
                return year_share(as_of)
            case Shape.SEASONAL:
                first = as_of.replace(day=1)
                days = (_next_month(first) - first).days
                done = sum(self.months[: as_of.month - 1], Fraction(0))
                return done + self.months[as_of.month - 1] * Fraction(as_of.day, days)
            case Shape.STEP:
                return next((share for day, share in reversed(self.steps) if day <= as_of), Fraction(0))
            case Shape.YEAR_END:
                return Fraction(int((as_of.month, as_of.day) == (12, 31)))


@dataclass(frozen=True, slots=True)
class Observation:
    """How much of the year's target was reached by a day: 1 is all of it."""

    on: dt.date
    reached: Fraction


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the year will end (全年预测) as a share of the target. `low` and `high` span what the observations of the
    year each lead to; None with fewer than two of them.
    """

    value: Fraction
    low: Fraction | None
    high: Fraction | None
    observations: int


@dataclass(frozen=True, slots=True)
class Progress:
    """One indicator, or budget execution, on a day."""

    reached: Fraction
    expected: Fraction
    progress: Fraction | None
    """Reached ÷ expected; None while nothing is due."""
    status: Step | None
    forecast: Forecast | None


def year_share(as_of: dt.date) -> Fraction:
    """The share of the year that has passed at the end of the day (序时进度)."""
    first = dt.date(as_of.year, 1, 1)
    return Fraction((as_of - first).days + 1, (dt.date(as_of.year, 12, 31) - first).days + 1)


def monitor(
    observations: Sequence[Observation], curve: Curve, as_of: dt.date, year: int, profile: MonitoringProfile
) -> Progress | None:
    """The progress on a day from what was observed until then; None where nothing was (no data is not 0)."""
    seen = sorted((o for o in observations if o.on <= as_of and o.on.year == year), key=lambda o: o.on)
    expected = curve.expected(as_of, year)
    if not seen:
        return None
    reached = seen[-1].reached
    progress = reached / expected if expected else None
    status = profile.status(progress) if progress is not None else None
    return Progress(reached, expected, progress, status, forecast(seen, curve, year))


def forecast(observations: Sequence[Observation], curve: Curve, year: int) -> Forecast | None:
    """Each observation drawn out along the curve; the last one is the forecast. None while nothing is due.

    What has only grown so far does not fall below what is reached: money that is spent stays spent.
    """
    seen = sorted(observations, key=lambda o: o.on)
    ends = [item.reached / expected for item in seen if (expected := curve.expected(item.on, year))]
    if not ends:
        return None
    reached = [item.reached for item in seen]
    if reached == sorted(reached):
        ends = [max(end, reached[-1]) for end in ends]
    spread = len(ends) > 1
    return Forecast(ends[-1], min(ends) if spread else None, max(ends) if spread else None, len(ends))


def _next_month(first: dt.date) -> dt.date:
    return dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
