"""How the figures of a monitoring line came about (依据), in words, and the facts behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from yiheng.facts import Fact, Term
from yiheng.scoring.curve import Shape
from yiheng.scoring.profiles import MonitoringProfile, is_house
from yiheng.statements.monitoring.watched import Line, percent


def terms(facts: Iterable[Fact]) -> tuple[Term, ...]:
    """The facts as they count."""
    return tuple(Term(1, fact) for fact in facts)


def reached(line: Line) -> str:
    """How the share that is done (完成率、执行率) came about."""
    if line.amounts is not None:
        return "截至该日的支出 ÷ 截至该日的调整预算数"
    if not line.observations:
        return ""
    on = line.observations[-1].on.isoformat()
    how = f"{on} 的实际完成值对照指标值“{line.target}”：下限按实际值 ÷ 下限，上限按 1 减去超出的比例"
    return f"{how}；{line.grounds.words}" if line.grounds.words else how


def expected(line: Line, as_of: dt.date) -> str:
    """How the share that was due (应达到、序时进度) came about."""
    if line.curve != Shape.LINEAR.label:
        return f"进度曲线“{line.curve}”到 {as_of.isoformat()} 的累计比例"
    passed, whole = (day.timetuple().tm_yday for day in (as_of, dt.date(as_of.year, 12, 31)))
    return f"进度曲线“{line.curve}”：到 {as_of.isoformat()} 已过 {passed} 天 ÷ 全年 {whole} 天"


def forecast(line: Line) -> str:
    """How the forecast of the year came about; "" without one."""
    progress = line.progress
    if progress is None or progress.forecast is None:
        return ""
    seen = progress.forecast.observations
    last = line.observations[-1].on.isoformat() if line.observations else ""
    spread = f"；区间是年内 {seen} 次观测各自推算的最小值和最大值" if seen > 1 else ""
    return f"{last} 已完成 {percent(progress.reached)} ÷ 当日应达到的比例，只增不减的不低于已完成数{spread}"


def status(line: Line, profile: MonitoringProfile) -> str:
    """How the status (状态) came about; "" without one."""
    progress = line.progress
    if progress is None or progress.status is None:
        return line.note
    by = "系统默认，没有文件规定" if is_house(profile.entry) else f"依据{profile.entry.cite()}"
    return (
        f"已完成 {percent(progress.reached)} ÷ 应达到 {percent(progress.expected)} ＝ {percent(progress.progress)}，"
        f"属于“{progress.status.name}”一档（{percent(progress.status.low)} 及以上；{by}）"
    )
