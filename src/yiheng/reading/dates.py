"""Dates as people write them, each with the precision to which it is given."""

from __future__ import annotations

import calendar
import datetime as dt
import re

DAY, MONTH, QUARTER, YEAR = "day", "month", "quarter", "year"
_DAY = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)")
_EIGHT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})|年([0-9]{1,2})月)")
_QUARTER = re.compile(r"([0-9]{4})年?(?:第?([1-4一二三四])季度|[-]?[Qq]([1-4]))")
_QUARTERS = {"1": 1, "一": 1, "2": 2, "二": 2, "3": 3, "三": 3, "4": 4, "四": 4}
_YEAR = re.compile(r"([0-9]{4})年?")


class DateError(ValueError):
    """Text that is no date."""


def last_day(year: int, month: int) -> dt.date:
    """The last day of a month. Raises `DateError` for a month that does not exist."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        raise DateError("no such month")
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def parse_date(text: str, partial: bool) -> tuple[dt.date, str]:
    """`2021-01-31`, `2021.1.31`, `2021/1/31`, `20210131`, `2021年1月31日`, and the precision.

    With `partial` also a month, quarter or year, which stands for its last day: by then the amount is attested.
    Raises `DateError`.
    """
    compact = re.sub(r"\s", "", text)
    if (match := _DAY.fullmatch(compact)) or (match := _EIGHT.fullmatch(compact)):
        numbers = [int(part) for part in match.groups() if part and part.isdigit()]
        try:
            return dt.date(*numbers), DAY
        except ValueError as error:
            raise DateError("no such day") from error
    if partial:
        return _parse_period(compact)
    raise DateError("not a date")


def _parse_period(text: str) -> tuple[dt.date, str]:
    if match := _MONTH.fullmatch(text):
        return last_day(int(match[1]), int(match[2] or match[3])), MONTH
    if match := _QUARTER.fullmatch(text):
        return last_day(int(match[1]), 3 * _QUARTERS[match[2] or match[3]]), QUARTER
    if match := _YEAR.fullmatch(text):
        return last_day(int(match[1]), 12), YEAR
    raise DateError("not a date")
