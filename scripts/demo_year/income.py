"""Income received (收入决算), what was carried over (结转结余), and what moved between the two units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from demo_year.book import CENTRE, MAIN, YEAR, Book, yuan
from demo_year.draws import draw, workdays
from demo_year.movements import INTERNAL, INTERNAL_DAY, SUBSIDISED, SUBSIDY
from demo_year.payments import Paid
from demo_year.plan import Amounts, income_columns, income_key
from demo_year.projects import OWN_FUNDS
from yiheng.money import split

_CARRIED_ON = ("demo-p08", "demo-p09", "demo-p15")
"""Projects whose unspent appropriation stays with the unit; of all others it goes back to the treasury (财政收回)."""
_OTHER_INCOME = (
    (MAIN, "2101501", "", 6_356_480),
    (MAIN, SUBSIDY.function, "", INTERNAL),
    (CENTRE, "2101506", OWN_FUNDS, 167_284_037),
)
"""Unit, function, project and amount in fen of other income (其他收入); what is passed on stands where it is spent."""
_OWN_OPENING = (CENTRE, "2101506", OWN_FUNDS, 6_235_018)
_RESERVE_USE, _SURPLUS_ALLOCATION = 5_000_000, 823_641


def write_income(book: Book, adjusted: Amounts, paid: Iterable[Paid]) -> None:
    """Appropriations by quarter as they were spent, other income by quarter, and the subsidy between the units."""
    received: dict[tuple[tuple[str, ...], dt.date], int] = {}
    for payment in paid:
        if payment.line.source == "appropriation":
            at = income_key(payment.line), _quarter_end(payment.day)
            received[at] = received.get(at, 0) + payment.fen
    for key, fen in _kept(adjusted, received).items():
        at = key, _quarter_end(dt.date(YEAR, 12, 31))
        received[at] = received.get(at, 0) + fen
    for unit, function, project, total in _OTHER_INCOME:
        quarters = split(total, [draw(80, 120, "other", unit, quarter) for quarter in range(4)])
        for quarter, fen in enumerate(quarters):
            key = unit, function, "none", "other", "", project
            received[key, _quarter_end(dt.date(YEAR, 3 * quarter + 1, 1))] = fen
    received[income_key(SUBSIDISED), INTERNAL_DAY] = INTERNAL
    for (key, day), fen in sorted(received.items(), key=lambda entry: (entry[0][1], entry[0][0])):
        if fen:
            book.add(
                "revenues", year=YEAR, stage="accounts", view="joint", **income_columns(key), date=day.isoformat(),
                date_precision="day", amount=yuan(fen), amount_unit="元",
            )  # fmt: skip


def _kept(
    adjusted: Amounts, received: dict[tuple[tuple[str, ...], dt.date], int]
) -> dict[tuple[str, ...], int]:
    """The unspent appropriation of the projects that are carried on."""
    left: dict[tuple[str, ...], int] = {}
    for line, fen in adjusted.items():
        if line.project in _CARRIED_ON and line.source == "appropriation":
            left[income_key(line)] = left.get(income_key(line), 0) + fen
    for (key, _), fen in received.items():
        if key in left:
            left[key] -= fen
    return left


def _quarter_end(day: dt.date) -> dt.date:
    return workdays((day.month + 2) // 3 * 3)[-1]


def write_balances(book: Book, adjusted: Amounts) -> None:
    """Opening balances: the carried-over appropriations of the adjusted budget, and the centre's own funds."""
    opening: dict[tuple[str, str, str, str, str], int] = {}
    for line, fen in adjusted.items():
        if line.source == "carryover":
            at = line.unit, line.fund, line.source, line.function, line.project
            opening[at] = opening.get(at, 0) + fen
    unit, function, project, own = _OWN_OPENING
    opening[unit, "none", "other", function, project] = own
    for (unit, fund, source, function, project), fen in opening.items():
        _write_balance(book, "opening", unit, fund, source, function, project, fen)
    _write_balance(book, "reserve_use", CENTRE, "none", "other", "2101506", "", _RESERVE_USE)
    _write_balance(book, "surplus_allocation", CENTRE, "none", "other", "2101506", "", _SURPLUS_ALLOCATION)


def _write_balance(
    book: Book, kind: str, unit: str, fund: str, source: str, function: str, project: str, fen: int
) -> None:
    book.add(
        "balances", unit=unit, year=YEAR, kind=kind, stage="accounts", fund=fund, source=source, function=function,
        category="project" if project else "", project=project, amount=yuan(fen), amount_unit="元",
    )  # fmt: skip


def write_eliminations(book: Book) -> None:
    """The subsidy, which the department as a whole neither spent nor received."""
    book.add(
        "eliminations", year=YEAR, from_unit=SUBSIDY.unit, to_unit=SUBSIDISED.unit, category=SUBSIDY.category,
        function=SUBSIDY.function, fund=SUBSIDY.fund, amount=yuan(INTERNAL), amount_unit="元",
        reason="局本级补助中心窗口服务，汇总部门决算时抵销（虚构）",
    )  # fmt: skip
