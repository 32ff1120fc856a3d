"""Charts of a monitoring report: the execution curve with its forecast, and how far the indicators came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from yiheng.facts import Chart, Series
from yiheng.facts.chart import FORECAST, HIGH, LOW
from yiheng.facts.days import month_end
from yiheng.money import round_to
from yiheng.scoring.curve import year_share
from yiheng.statements.evaluation.draw import apart
from yiheng.statements.monitoring.tables import whole
from yiheng.statements.monitoring.watched import Watched

PLACES = 2


def charts(watched: Watched) -> Mapping[str, tuple[Chart, ...]]:
    """The charts that have anything to show, by their name in the form."""
    return {"execution": _execution(watched), "indicators": _indicators(watched)}


def _execution(watched: Watched) -> tuple[Chart, ...]:
    line = whole(watched)
    if line.progress is None or not line.observations:
        return ()
    year, day = watched.as_of.year, watched.as_of.isoformat()
    ends = [month_end(year, month) for month in range(1, 13)]
    days = sorted({*ends, watched.as_of})
    series = [
        Series("累计执行率", tuple((o.on.isoformat(), _percent(o.reached)) for o in line.observations)),
        Series("序时进度", tuple((each.isoformat(), _percent(year_share(each))) for each in days)),
    ]
    forecast, last = line.progress.forecast, dt.date(year, 12, 31).isoformat()
    if forecast is not None and day != last:
        for name, role, value in (
            ("全年预测", FORECAST, forecast.value), ("预测下限", LOW, forecast.low), ("预测上限", HIGH, forecast.high),
        ):  # fmt: skip
            if value is not None:
                points = ((day, _percent(line.progress.reached)), (last, _percent(value)))
                series.append(Series(name, points, role=role))
    note = "预测按现有进度推算，区间由年内各月末的进度推算。"
    return (Chart("execution-curve", "progress", "预算执行进度", "%", tuple(series), note, day),)


def _indicators(watched: Watched) -> tuple[Chart, ...]:
    """How far every measurable indicator had come of its target of the year by the day."""
    known = [(line, line.progress) for line in watched.indicators if line.progress is not None]
    if not known:
        return ()
    labels = apart([line.name for line, _ in known])
    points = tuple(
        (label, _percent(progress.reached)) for label, (_, progress) in zip(labels, known, strict=True)
    )
    note = f"100% 是全年指标值；截至 {watched.as_of.isoformat()}，应达到多少见各表。"
    return (
        Chart("indicator-attainment", "attainment", "指标完成率", "%", (Series("完成率", points),), note),
    )


def _percent(value: Fraction) -> Decimal:
    return round_to(value * 100, PLACES)
