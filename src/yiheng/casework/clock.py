"""The working-day clock (工作日时钟): legal working days with 调休, as pure functions over a calendar.

The day on which a period begins does not count (民法典第二百零一条). A year whose arrangement nobody entered counts
Monday to Friday, and everything computed over it carries a warning; it never fails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

ONE_DAY: Final = dt.timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class DayOff:
    """Why a day is off, or why it is worked although it is a weekend."""

    working: bool
    name: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that differ from the plain week, and the years of which these are known."""

    years: frozenset[int] = frozenset()
    days: Mapping[dt.date, DayOff] = field(default_factory=dict)

    def is_working(self, day: dt.date) -> bool:
        """Whether the day is a working day (工作日)."""
        named = self.days.get(day)
        return named.working if named else day.weekday() < _SATURDAY

    def name(self, day: dt.date) -> str:
        """The holiday of the day, or 调休上班; "" for a plain day."""
        named = self.days.get(day)
        return named.name if named else ""

    def unknown(self, first: dt.date, last: dt.date) -> tuple[int, ...]:
        """The years between two days, in either order, whose arrangement is not known."""
        low, high = sorted((first.year, last.year))
        return tuple(year for year in range(low, high + 1) if year not in self.years)

    def warnings(self, first: dt.date, last: dt.date) -> tuple[str, ...]:
        """What has to be said beside a figure counted over these days."""
        years = self.unknown(first, last)
        if not years:
            return ()
        named = "、".join(map(str, years))
        return (
            f"{named} 年的节假日安排尚未录入，暂按周一至周五计算。"
            "请系统管理员在“管理 → 工作日历”中按国务院办公厅通知补录。",
        )


def next_working_day(day: dt.date, calendar: Calendar) -> dt.date:
    """The day itself where it is worked, else the next that is."""
    return next(each for each in _days(day, 1) if calendar.is_working(each))


def last_working_day(day: dt.date, calendar: Calendar) -> dt.date:
    """The day itself where it is worked, else the last before it that is."""
    return next(each for each in _days(day, -1) if calendar.is_working(each))


def add_working_days(start: dt.date, count: int, calendar: Calendar) -> dt.date:
    """The day that is `count` working days after the start, which does not count itself.

    ValueError for a count below 1.
    """
    if count < 1:
        raise ValueError(f"{count} working days after {start}: at least one is counted")
    for day in _days(start + ONE_DAY, 1):
        count -= calendar.is_working(day)
        if not count:
            return day
    raise AssertionError("days do not end")


def working_days_between(first: dt.date, last: dt.date, calendar: Calendar) -> int:
    """The working days after `first` up to and including `last`; below zero where `last` lies before `first`."""
    if last < first:
        return -working_days_between(last, first, calendar)
    weeks, rest = divmod((last - first).days, 7)
    plain = 5 * weeks + sum((last - n * ONE_DAY).weekday() < _SATURDAY for n in range(rest))
    return plain + sum(
        named.working - (day.weekday() < _SATURDAY)
        for day, named in calendar.days.items()
        if first < day <= last
    )


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period (期限), and what has to be said beside it."""

    day: dt.date
    warnings: tuple[str, ...] = ()

    def left(self, today: dt.date, calendar: Calendar) -> int:
        """Working days that are left; 0 on the last day, below zero when it is past."""
        return working_days_between(today, self.day, calendar) if today != self.day else 0

    def is_over(self, today: dt.date) -> bool:
        """Whether the last day is past."""
        return today > self.day

    def note(self, calendar: Calendar) -> str:
        """What to mind when the last day is not worked; "" otherwise."""
        if calendar.is_working(self.day):
            return ""
        last = last_working_day(self.day, calendar)
        return f"当日为休息日，最后一个工作日是 {last.month}月{last.day}日"


def due_after(start: dt.date, count: int, working: bool, calendar: Calendar) -> Due:
    """The end of a period of working or of calendar days (自然日) that begins after `start`."""
    day = add_working_days(start, count, calendar) if working else start + count * ONE_DAY
    return Due(day, calendar.warnings(start, day))


def _days(start: dt.date, step: int) -> Iterator[dt.date]:
    day = start
    while True:
        yield day
        day += step * ONE_DAY
