"""The budget (部门预算): lines at three stages, planned income, transfers from above."""

from __future__ import annotations

from collections.abc import Mapping

from demo_year.book import CENTRE, MAIN, YEAR, Book, Line, yuan
from demo_year.draws import draw, per_mille
from demo_year.projects import items
from demo_year.staff import basic, basic_lines

Amounts = Mapping[Line, int]

_REFUSED = (
    (basic(MAIN, "2101501", "30212"), 12_000_000),
    (basic(MAIN, "2101501", "31013"), 19_800_000),
    (basic(CENTRE, "2101501", "30212"), 8_600_000),
)
"""What the units asked for at first and were not given (一上申报未予安排)."""
_FIRST_MARGIN, _SECOND_MARGIN = (1020, 1140), (1000, 1030)
"""How much more than approved, in thousandths, the units asked for the first and the second time."""
_TRANSFERS = (("demo-p09", "中央"),)
_PROVINCIAL = ("demo-p07", "2101301", 300_000_000)


def approved_budget() -> Amounts:
    """The approved budget (批复) in fen, in the order in which the lines are first met."""
    found = dict(basic_lines())
    for item in items():
        found[item.line] = found.get(item.line, 0) + item.fen
    return {line: found[line] for line in sorted(found)}


def write_budget(book: Book, approved: Amounts) -> None:
    """Budget lines as first declared (一上), as declared again (二上) and as approved; income; transfers."""
    for stage, amounts in (
        ("one_up", _asked_for(approved, "one_up", _FIRST_MARGIN) | dict(_REFUSED)),
        ("two_up", _asked_for(approved, "two_up", _SECOND_MARGIN)),
        ("approved", approved),
    ):
        for line, fen in amounts.items():
            book.add(
                "budget_lines", unit=line.unit, year=YEAR, stage=stage, **line.columns, amount=yuan(fen),
                amount_unit="元",
            )  # fmt: skip
    _write_income(book, approved)
    _write_transfers(book, approved)


def _asked_for(approved: Amounts, stage: str, margin: tuple[int, int]) -> dict[Line, int]:
    return {line: per_mille(fen, draw(*margin, stage, line)) for line, fen in approved.items()}


def income_key(line: Line) -> tuple[str, ...]:
    """What income is told by: unit, function, fund, source, kind of appropriation and project."""
    return line.unit, line.function, line.fund, line.source, line.program, line.project


def income_columns(key: tuple[str, ...]) -> dict[str, str]:
    """The columns of a row of income."""
    names = ("unit", "function", "fund", "source", "program", "project")
    return dict(zip(names, key, strict=True))


def _write_income(book: Book, approved: Amounts) -> None:
    income: dict[tuple[str, ...], int] = {}
    for line, fen in approved.items():
        income[income_key(line)] = income.get(income_key(line), 0) + fen
    for key, fen in income.items():
        book.add(
            "revenues", year=YEAR, stage="budget", view="joint", **income_columns(key), date="", date_precision="",
            amount=yuan(fen), amount_unit="元",
        )  # fmt: skip


def _write_transfers(book: Book, approved: Amounts) -> None:
    for project, level in _TRANSFERS:
        of_function: dict[tuple[str, str], int] = {}
        for line, fen in approved.items():
            if line.project == project and line.source == "appropriation":
                place = line.unit, line.function
                of_function[place] = of_function.get(place, 0) + fen
        for (unit, function), fen in of_function.items():
            _write_transfer(book, unit, function, project, level, fen)
    project, function, fen = _PROVINCIAL
    _write_transfer(book, CENTRE, function, project, "省", fen)


def _write_transfer(book: Book, unit: str, function: str, project: str, level: str, fen: int) -> None:
    book.add(
        "transfers", unit=unit, year=YEAR, function=function, project=project, level=level, amount=yuan(fen),
        amount_unit="元", note="已包含在支出预算中，不重复计入",
    )  # fmt: skip
