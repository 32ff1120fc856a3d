"""On which days a fact can have happened (发生日期), from its date and how finely that is known."""

from __future__ import annotations

import calendar
import datetime as dt

from yiheng.facts.leaf import Fact

_MONTHS = {"month": 1, "quarter": 3}


def span(fact: Fact) -> tuple[dt.date, dt.date] | None:
    """First and last day on which it can have happened; None for what the year began with."""
    if not fact.on_precision:
        return None
    if fact.on is None or fact.on_precision == "year":
        year = fact.on.year if fact.on else fact.year
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if fact.on_precision == "day":
        return fact.on, fact.on
    length = _MONTHS[fact.on_precision]
    first = (fact.on.month - 1) // length * length + 1
    return dt.date(fact.on.year, first, 1), month_end(fact.on.year, first + length - 1)


def straddles(fact: Fact, day: dt.date) -> bool:
    """Whether it cannot be told if it had happened by the end of the day."""
    found = span(fact)
    return found is not None and found[0] <= day < found[1]


def happened(fact: Fact, day: dt.date) -> bool:
    """Whether it had certainly happened by the end of the day."""
    found = span(fact)
    return found is None or found[1] <= day


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])
