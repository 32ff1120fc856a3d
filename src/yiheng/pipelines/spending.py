"""Execution of the budget (预算执行): what was spent against the time that has passed, and the payments behind it.

1. add up budget, adjustments and payments by project or function up to a day; 2. add up the payments month by month;
3. set both against the share of the year that has passed (序时进度). What the ledger's days are too coarse for is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from yiheng.facts import JOINT_VIEW
from yiheng.facts.days import month_end
from yiheng.facts.sheets import SheetRow
from yiheng.ledger import queries
from yiheng.ledger.queries import CouldNotRun
from yiheng.people.masking import Viewer
from yiheng.scoring.curve import year_share

DIMENSIONS: Final = ("project", "function")
"""What execution is told by."""


@dataclass(frozen=True, slots=True)
class Line:
    """One project or function, or the whole (code ""), up to a day. Amounts in fen."""

    code: str
    approved: int
    adjusted: int
    spent: int
    expected: Fraction
    """The share of the year that has passed."""

    @property
    def left(self) -> int:
        """What is not spent yet; below zero where more was spent than there was."""
        return self.adjusted - self.spent

    @property
    def rate(self) -> Fraction | None:
        """Spent ÷ adjusted budget (执行率); None without a budget."""
        return Fraction(self.spent, self.adjusted) if self.adjusted > 0 else None

    @property
    def ahead(self) -> Fraction | None:
        """By how much the rate is ahead of time; below zero behind it."""
        return None if self.rate is None else self.rate - self.expected


@dataclass(frozen=True, slots=True)
class Month:
    """What was spent in a month, up to its end, and the time that has passed by then."""

    number: int
    last: dt.date
    spent: int
    total: int
    rate: Fraction | None
    expected: Fraction


@dataclass(frozen=True, slots=True)
class Overview:
    """Execution of a unit-year on a day. `trouble` and `curve_trouble` say why a part of it cannot be told."""

    upto: dt.date
    whole: Line | None
    lines: tuple[Line, ...]
    months: tuple[Month, ...]
    trouble: str = ""
    curve_trouble: str = ""


def last_day(year: int, today: dt.date) -> dt.date | None:
    """The last day of the year that is not in the future; None for a year that has not begun."""
    if today.year < year:
        return None
    return min(today, dt.date(year, 12, 31))


def overview(unit: str, year: int, by: str, upto: dt.date) -> Overview:
    """Budget and spending of a unit and those below it by one of `DIMENSIONS`, up to a day of the year."""
    expected = year_share(upto)
    found = queries.execution(unit, year, by, by, upto)
    if isinstance(found, CouldNotRun):
        return Overview(upto, None, (), (), found.reason, found.reason)
    lines = tuple(
        Line(each.code, each.approved.fen, each.adjusted.fen, each.spent.fen, expected) for each in found
    )
    whole = Line(
        "",
        sum(line.approved for line in lines),
        sum(line.adjusted for line in lines),
        sum(line.spent for line in lines),
        expected,
    )
    ordered = tuple(sorted(lines, key=lambda line: (not line.code, -line.adjusted, line.code)))
    periods = queries.spending_by_period(unit, year, "month", by)
    if isinstance(periods, CouldNotRun):
        return Overview(upto, whole, ordered, (), "", periods.reason)
    amounts = [period.amount.fen for period in periods[: upto.month]]
    amounts[-1] = whole.spent - sum(
        amounts[:-1]
    )  # of a month that is not over, only what was paid by the day
    return Overview(upto, whole, ordered, tuple(_months(amounts, whole.adjusted, upto)))


def _months(amounts: Sequence[int], budget: int, upto: dt.date) -> Iterable[Month]:
    total = 0
    for number, amount in enumerate(amounts, 1):
        total += amount
        last = min(month_end(upto.year, number), upto)
        rate = Fraction(total, budget) if budget > 0 else None
        yield Month(number, last, amount, total, rate, year_share(last))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which payments to look for; "" asks nothing. `project`: NONE asks for payments of no project."""

    words: str = ""
    unit: str = ""
    project: str = ""
    function: str = ""
    month: int = 0
    contract: str = ""
    view: str = ""
    """The view of rows that are not joint; "" takes rows of every view."""

    def meets(self, row: SheetRow, viewer: Viewer) -> bool:
        """Whether the payment is one of those. Words are looked for in what the viewer may read."""
        return (
            all(_same(row.text(name), getattr(self, name)) for name in ("unit", "project", "function", "contract"))
            and (not self.month or month_of(row) == self.month)
            and (not self.view or row.text("view") in (self.view, JOINT_VIEW))
            and all(word in _text(row, viewer) for word in self.words.casefold().split())
        )  # fmt: skip


NONE: Final = "-"
"""Asks for rows where the column is blank."""


def _same(value: str, wanted: str) -> bool:
    return not wanted or value == ("" if wanted == NONE else wanted)


def _text(row: SheetRow, viewer: Viewer) -> str:
    shown = (
        row.key, viewer.payee(row.text("payee")), viewer.free_text(row.text("summary")),
        viewer.free_text(row.text("reason")), viewer.free_text(row.text("approval")),
    )  # fmt: skip
    return " ".join(shown).casefold()


def month_of(row: SheetRow) -> int:
    """The month of a movement; 0 where its day is known less finely."""
    day = row.values.get("date")
    return day.month if isinstance(day, dt.date) and row.text("date_precision") in ("day", "month") else 0


def movements(sheet: str, unit: str, year: int) -> tuple[SheetRow, ...]:
    """The payments, adjustments or contracts of a unit and those below it, by day; undated ones last."""
    units = [each.key for each in queries.unit_tree().below(unit)]
    return tuple(sorted(queries.plain_rows(sheet, units, year), key=_by_day))


def _by_day(row: SheetRow) -> tuple[bool, dt.date, str]:
    day = row.values.get("date")
    return not isinstance(day, dt.date), day if isinstance(day, dt.date) else dt.date.min, row.key


def total(rows: Iterable[SheetRow]) -> int:
    """The sum of the rows' amounts, in fen."""
    return sum(amount for row in rows if isinstance(amount := row.values.get("amount"), int))
