"""Calendars (工作日历) out of policy entries of type `calendar`, with what an administrator entered on top.

An entry is one year of the nation: `holidays` (name, from, to) and `workdays` (worked weekends, 调休上班日).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from yiheng.policy import NATION, Entry, Policy, Problem

from .clock import ONE_DAY, Calendar, DayOff

TYPE: Final = "calendar"
WORKED: Final = "调休上班"

Day = tuple[dt.date, bool, str]
"""A day, whether it is worked, and its name."""


@lru_cache(maxsize=8)
def published(policy: Policy) -> Calendar:
    """The arrangements of all years that the policy data have."""
    entries = [e for e in policy.entries if e.type == TYPE and e.jurisdiction == NATION]
    days = {day: DayOff(working, name) for entry in entries for day, working, name in days_of(entry)}
    return Calendar(frozenset(entry.valid_from.year for entry in entries), days)


def overlaid(calendar: Calendar, years: Iterable[int], days: Iterable[Day]) -> Calendar:
    """The calendar with further known years, and with days that go before its own."""
    own = {day: DayOff(working, name) for day, working, name in days}
    return Calendar(calendar.years | frozenset(years), {**calendar.days, **own})


def days_of(entry: Entry) -> Iterator[Day]:
    """The days that an entry names."""
    for run in entry.value["holidays"]:
        day = run["from"]
        while day <= run["to"]:
            yield day, False, run["name"]
            day += ONE_DAY
    for day in entry.value["workdays"]:
        yield day, True, WORKED


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """One whole year; runs in order with a name; no day off and worked at once; only weekends are worked by 调休."""
    found = list(_form_problems(entry))
    return found or list(_day_problems(entry))


def _form_problems(entry: Entry) -> Iterator[Problem]:
    value = entry.value if isinstance(entry.value, Mapping) else {}
    first, last = entry.valid_from, entry.valid_to
    if (first.month, first.day) != (1, 1) or last != dt.date(first.year, 12, 31):
        yield _problem(entry, "", "工作日历按年度编制", "请把有效期写成该年 1月1日 至 12月31日")
    if not isinstance(value.get("holidays"), tuple) or not all(map(_is_run, value["holidays"])):
        remedy = "每行写 {name: 国庆节, from: 2025-10-01, to: 2025-10-08}，起不晚于止"
        yield _problem(entry, "holidays", "放假日期应是列表", remedy)
    if not isinstance(value.get("workdays"), tuple) or not all(type(d) is dt.date for d in value["workdays"]):
        yield _problem(entry, "workdays", "调休上班日应是日期列表", "例如 [2025-09-28]；没有时写 []")


def _is_run(run: Any) -> bool:
    if not isinstance(run, Mapping) or not isinstance(run.get("name"), str):
        return False
    first, last = run.get("from"), run.get("to")
    return type(first) is dt.date and type(last) is dt.date and first <= last


def _day_problems(entry: Entry) -> Iterator[Problem]:
    year, seen = entry.valid_from.year, dict[dt.date, bool]()
    for day, working, _ in days_of(entry):
        if day.year != year:
            yield _problem(entry, "", f"{day} 不在 {year} 年", "请移到该年的条目")
        if seen.setdefault(day, working) is not working:
            yield _problem(entry, "", f"{day} 既放假又上班", "请核对通知原文")
        if working and day.weekday() < 5:
            yield _problem(entry, "workdays", f"{day} 不是周末，本来就上班", "请核对通知原文")


def _problem(entry: Entry, path: str, reason: str, remedy: str) -> Problem:
    return Problem(entry.file, entry.id, f"value.{path}" if path else "value", reason, remedy)
