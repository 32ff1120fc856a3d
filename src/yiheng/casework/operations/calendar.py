"""What the system administrator enters about working days (工作日历). Deadlines are counted anew from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils import timezone

from yiheng.casework.calendars import WORKED
from yiheng.casework.errors import CaseworkError, NotPermitted
from yiheng.casework.models import CalendarDay, CalendarYear
from yiheng.casework.queries.calendar import working_calendar
from yiheng.casework.tables import CALENDAR
from yiheng.people.models import Role, User
from yiheng.people.operations import Write, record

LONGEST: Final = 31
"""Days that one entry may cover; more is a slip of the pen."""


@transaction.atomic
def set_days(first: dt.date, last: dt.date, *, working: bool, name: str, by: User) -> int:
    """Enter a run of days off, or of worked weekends (调休上班); the number of days."""
    _check(by)
    name = name.strip() or (WORKED if working else "")
    if not name:
        raise CaseworkError("放假要写明名称，例如“国庆节”。")
    if last < first:
        raise CaseworkError("结束日期早于开始日期，请核对。")
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    if len(days) > LONGEST:
        raise CaseworkError(f"一次最多录入 {LONGEST} 天，请核对起止日期。")
    if working and (plain := [day for day in days if day.weekday() < 5]):
        listed = "、".join(f"{day.month}月{day.day}日" for day in plain[:5])
        _check_not_off(plain, f"{listed}是周一至周五，本来就上班；只录入调休上班的周末。")
    now = timezone.now()
    writes = []
    for day in days:
        before: Mapping[str, object] | None = (
            CalendarDay.objects.filter(day=day).values("working", "name").first()
        )
        CalendarDay.objects.update_or_create(
            day=day, defaults={"working": working, "name": name, "by": by, "at": now}
        )
        after = {"working": working, "name": name}
        writes.append(Write("set_day", CALENDAR, day.isoformat(), before=before, after=after))
    record(writes, actor=by)
    return len(days)


@transaction.atomic
def unset_day(day: dt.date, *, by: User) -> None:
    """Take an entered day back; the published arrangement counts again."""
    _check(by)
    row = CalendarDay.objects.filter(day=day).first()
    if row is None:
        raise CaseworkError(f"{day.isoformat()} 没有录入过，请刷新页面。")
    before = {"working": row.working, "name": row.name}
    row.delete()
    record([Write("unset_day", CALENDAR, day.isoformat(), before=before)], actor=by)


@transaction.atomic
def confirm_year(year: int, *, basis: str, by: User) -> CalendarYear:
    """Say that a year's arrangement is complete (确认), with the notice that it rests on; it no longer warns."""
    _check(by)
    if not basis.strip():
        raise CaseworkError("确认年度安排要写明依据，例如国务院办公厅通知的文号。")
    defaults = {"basis": basis.strip(), "by": by, "at": timezone.now()}
    row, _ = CalendarYear.objects.update_or_create(year=year, defaults=defaults)
    record([Write("confirm_year", CALENDAR, str(year), after={"basis": row.basis})], actor=by)
    return row


def _check(by: User) -> None:
    if not by.is_active or by.administrator != Role.SYSTEM_ADMIN:
        raise NotPermitted("工作日历由系统管理员维护。")


def _check_not_off(days: list[dt.date], message: str) -> None:
    """A weekday may be entered as worked only to lift a day off that was entered or published."""
    calendar = working_calendar()
    if any(calendar.is_working(day) for day in days):
        raise CaseworkError(message)
