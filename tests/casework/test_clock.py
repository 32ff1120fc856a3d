"""The working-day clock against the State Council's published arrangements (工作日时钟).

国办发明电〔2023〕7号 (2024) and 国办发明电〔2024〕12号 (2025): days off and worked weekends as they are printed there.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiheng.casework import calendars
from yiheng.casework.clock import (
    Calendar,
    DayOff,
    Due,
    add_working_days,
    due_after,
    last_working_day,
    next_working_day,
    working_days_between,
)
from yiheng.policy import Policy

NATIONAL = calendars.published(Policy.load())

# (first, last) day off of each festival, and the weekend days that are worked.
NOTICES = {
    2024: (
        [("01-01", "01-01"), ("02-10", "02-17"), ("04-04", "04-06"), ("05-01", "05-05"), ("06-10", "06-10"),
         ("09-15", "09-17"), ("10-01", "10-07")],
        ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    ),
    2025: (
        [("01-01", "01-01"), ("01-28", "02-04"), ("04-04", "04-06"), ("05-01", "05-05"), ("05-31", "06-02"),
         ("10-01", "10-08")],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
}  # fmt: skip


def date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_of_the_year_is_as_the_notice_prints_it(year: int) -> None:
    runs, worked = NOTICES[year]
    off = {day for first, last in runs for day in days(date(f"{year}-{first}"), date(f"{year}-{last}"))}
    on = {date(f"{year}-{day}") for day in worked}
    for day in days(dt.date(year, 1, 1), dt.date(year, 12, 31)):
        expected = day in on or (day not in off and day.weekday() < 5)
        assert NATIONAL.is_working(day) is expected, day


@pytest.mark.parametrize(
    ("year", "worked"), [(2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248)]
)
def test_the_number_of_working_days_of_a_year(year: int, worked: int) -> None:
    """By hand from the notices; 2024: 262 days Monday to Friday, 19 of them off, 8 weekend days worked."""
    assert working_days_between(dt.date(year - 1, 12, 31), dt.date(year, 12, 31), NATIONAL) == worked


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        # Awarded on Friday 2024-09-27: Sunday 09-29 and Saturday 10-12 are worked, 10-01 to 10-07 are off.
        ("2024-09-27", 1, "2024-09-29"),
        ("2024-09-27", 2, "2024-09-30"),
        ("2024-09-27", 3, "2024-10-08"),
        ("2024-09-27", 10, "2024-10-16"),
        # Over the Spring Festival of 2025: Sunday 01-26 is worked, 01-28 to 02-04 are off, Saturday 02-08 is worked.
        ("2025-01-24", 1, "2025-01-26"),
        ("2025-01-24", 2, "2025-01-27"),
        ("2025-01-24", 3, "2025-02-05"),
        ("2025-01-24", 6, "2025-02-08"),
        ("2025-01-24", 10, "2025-02-13"),
        # A period that begins on a day off.
        ("2024-10-01", 1, "2024-10-08"),
    ],
)
def test_a_period_of_working_days_ends_on(start: str, count: int, end: str) -> None:
    assert add_working_days(date(start), count, NATIONAL) == date(end)
    assert working_days_between(date(start), date(end), NATIONAL) == count


def test_twenty_calendar_days_run_through_a_holiday() -> None:
    """预算法第十四条: approved on 2025-01-16, disclosed within 20 days."""
    due = due_after(date("2025-01-16"), 20, False, NATIONAL)
    assert due == Due(date("2025-02-05"))
    assert due.left(date("2025-01-27"), NATIONAL) == 1
    assert due.left(date("2025-02-05"), NATIONAL) == 0
    assert due.left(date("2025-02-07"), NATIONAL) == -2
    assert not due.is_over(date("2025-02-05"))
    assert due.is_over(date("2025-02-06"))


def test_a_last_day_that_is_off_says_which_working_day_is_the_last() -> None:
    due = due_after(date("2024-09-13"), 20, False, NATIONAL)
    assert due.day == date("2024-10-03")
    assert due.note(NATIONAL) == "当日为休息日，最后一个工作日是 9月30日"
    assert due_after(date("2024-09-13"), 10, True, NATIONAL).note(NATIONAL) == ""


def test_the_nearest_working_days() -> None:
    assert next_working_day(date("2024-10-01"), NATIONAL) == date("2024-10-08")
    assert last_working_day(date("2024-10-07"), NATIONAL) == date("2024-09-30")
    assert next_working_day(date("2024-09-29"), NATIONAL) == date("2024-09-29")


def test_a_year_that_nobody_entered_counts_monday_to_friday_and_says_so() -> None:
    """2098-10-01 is a Wednesday."""
    due = due_after(date("2098-09-30"), 3, True, NATIONAL)
    assert due.day == date("2098-10-03")
    assert due.warnings and "2098 年的节假日安排尚未录入" in due.warnings[0]
    assert NATIONAL.unknown(date("2098-01-01"), date("2025-12-30"))[-1] == 2098
    assert due_after(date("2024-09-30"), 3, True, NATIONAL).warnings == ()


def test_no_period_of_no_days() -> None:
    with pytest.raises(ValueError, match="at least one"):
        add_working_days(date("2024-01-02"), 0, NATIONAL)


DAYS = st.dates(dt.date(2003, 6, 1), dt.date(2028, 6, 1))


@given(start=DAYS, count=st.integers(1, 400))
def test_adding_and_counting_agree(start: dt.date, count: int) -> None:
    end = add_working_days(start, count, NATIONAL)
    assert NATIONAL.is_working(end)
    assert working_days_between(start, end, NATIONAL) == count
    assert working_days_between(end, start, NATIONAL) == -count


@given(first=DAYS, last=DAYS)
def test_counting_is_the_sum_of_the_days(first: dt.date, last: dt.date) -> None:
    low, high = sorted((first, last))
    one_by_one = sum(NATIONAL.is_working(day) for day in days(low, high)[1:])
    assert working_days_between(low, high, NATIONAL) == one_by_one


def test_the_packaged_years_are_those_of_the_library_day_by_day() -> None:
    import chinese_calendar

    for year in NATIONAL.years:
        for day in days(dt.date(year, 1, 1), dt.date(year, 12, 31)):
            assert NATIONAL.is_working(day) == chinese_calendar.is_workday(day), day


def test_a_calendar_without_names_is_the_plain_week() -> None:
    plain = Calendar()
    assert [plain.is_working(date(f"2024-10-0{n}")) for n in range(1, 8)] == [True] * 4 + [False] * 2 + [True]
    named = Calendar(frozenset({2024}), {date("2024-10-01"): DayOff(False, "国庆节")})
    assert (named.name(date("2024-10-01")), named.name(date("2024-10-09"))) == ("国庆节", "")
