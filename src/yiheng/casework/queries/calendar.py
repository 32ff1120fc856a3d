"""The working calendar as it is in force: published arrangements with what an administrator entered on top."""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass

from yiheng.casework import calendars
from yiheng.casework.clock import Calendar, working_days_between
from yiheng.casework.models import CalendarDay, CalendarYear
from yiheng.people.once import once
from yiheng.policy import NATION, Policy


@once
def working_calendar(policy: Policy | None = None) -> Calendar:
    """The calendar that all deadlines are counted by."""
    return calendars.overlaid(
        calendars.published(policy or Policy.load()),
        CalendarYear.objects.values_list("year", flat=True),
        CalendarDay.objects.values_list("day", "working", "name"),
    )


@dataclass(frozen=True, slots=True)
class Counting:
    """Working days for rooms below that may not ask this one (`ledger.validation.notices`)."""

    calendar: Calendar

    def between(self, first: dt.date, last: dt.date) -> int:
        """Working days after `first` up to and including `last`."""
        return working_days_between(first, last, self.calendar)

    def remark(self, first: dt.date, last: dt.date) -> str:
        """How they were counted, in words."""
        unknown = self.calendar.unknown(first, last)
        if not unknown:
            return "按法定工作日计，含调休"
        return f"按法定工作日计，其中 {'、'.join(map(str, unknown))} 年的节假日安排尚未录入，按周一至周五计"


def counting(policy: Policy | None = None) -> Counting:
    """The working-day clock to hand down."""
    return Counting(working_calendar(policy))


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One day of a month's sheet."""

    day: dt.date
    working: bool
    name: str
    own: bool
    """Whether an administrator entered it."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday to Sunday; None pads the first and the last."""

    number: int
    weeks: tuple[tuple[ShownDay | None, ...], ...]
    working: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year as the calendar screen shows it."""

    year: int
    months: tuple[Month, ...]
    working: int
    known: bool
    basis: str
    own: tuple[CalendarDay, ...]


def year_sheet(year: int, policy: Policy | None = None) -> Year:
    """All days of a year, and what the arrangement rests on."""
    policy = policy or Policy.load()
    calendar = working_calendar(policy)
    own = tuple(CalendarDay.objects.filter(day__year=year).select_related("by"))
    entered = CalendarYear.objects.filter(year=year).first()
    sheets = tuple(_month(year, number, calendar, {row.day for row in own}) for number in range(1, 13))
    entry = policy.find("calendar.working-days", NATION, dt.date(year, 1, 1))
    basis = [entered.basis] if entered else []
    basis += [entry.cite()] if entry else []
    return Year(
        year, sheets, sum(sheet.working for sheet in sheets), year in calendar.years, "；".join(basis), own
    )


def _month(year: int, number: int, calendar: Calendar, own: set[dt.date]) -> Month:
    weeks = tuple(
        tuple(
            ShownDay(day, calendar.is_working(day), calendar.name(day), day in own)
            if day.month == number
            else None
            for day in week
        )
        for week in months.Calendar().monthdatescalendar(year, number)
    )
    return Month(number, weeks, sum(day.working for week in weeks for day in week if day))
