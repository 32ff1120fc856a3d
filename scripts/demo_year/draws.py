"""Chance without a clock and without order (确定性随机).

A number depends on the names that it is drawn for and on nothing else, so that a row that is added later leaves all
other rows as they are.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeVar

from demo_year.book import YEAR

_T = TypeVar("_T")
_SEED = "yiheng-demo-2024"


def draw(low: int, high: int, *names: object) -> int:
    """A whole number from `low` to `high`, both included."""
    digest = hashlib.sha256("\x1f".join((_SEED, *map(str, names))).encode()).digest()
    return low + int.from_bytes(digest[:8], "big") % (high - low + 1)


def pick(of: Sequence[_T], *names: object) -> _T:
    """One of the items."""
    return of[draw(0, len(of) - 1, *names)]


def per_mille(amount: int, rate: int) -> int:
    """That many thousandths of an amount in fen, rounded down to a fen."""
    return amount * rate // 1000


# The public holidays and the weekends worked for them, as announced for 2024 by the State Council's office.
_HOLIDAYS = (
    ((1, 1), (1, 1)),
    ((2, 10), (2, 17)),
    ((4, 4), (4, 6)),
    ((5, 1), (5, 5)),
    ((6, 10), (6, 10)),
    ((9, 15), (9, 17)),
    ((10, 1), (10, 7)),
)
_WORKED_WEEKENDS = ((2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12))


@cache
def workdays(month: int) -> tuple[dt.date, ...]:
    """The working days (工作日) of a month of the year."""
    return tuple(day for day in _days() if day.month == month and _is_workday(day))


def after_workdays(day: dt.date, number: int) -> dt.date:
    """The day that is that many working days after `day`."""
    later = [each for each in _days() if each > day and _is_workday(each)]
    return later[number - 1]


def _days() -> Iterator[dt.date]:
    first = dt.date(YEAR, 1, 1)
    return (first + dt.timedelta(days=n) for n in range((dt.date(YEAR + 1, 1, 1) - first).days))


def _is_workday(day: dt.date) -> bool:
    at = (day.month, day.day)
    if any(first <= at <= last for first, last in _HOLIDAYS):
        return False
    return day.weekday() < 5 or at in _WORKED_WEEKENDS
