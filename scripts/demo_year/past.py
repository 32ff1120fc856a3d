"""The figures of the year before (上年数), as its papers printed them, and the stocks that the budget plans to buy."""

from __future__ import annotations

from collections.abc import Iterable

from demo_year.book import BASE_UNITS, CENTRE, DEPARTMENT, MAIN, YEAR, Book, wan
from demo_year.draws import draw, per_mille
from demo_year.payments import Paid
from demo_year.plan import Amounts

_BASIC_BEFORE, _OPERATING_BEFORE, _OPERATING_SPENT_BEFORE = 963, 971, 962
_BEFORE = {
    ("demo-p01", MAIN): 948,
    ("demo-p02", MAIN): 905,
    ("demo-p02", CENTRE): 872,
    ("demo-p03", MAIN): 1086,
    ("demo-p03", CENTRE): 1124,
    ("demo-p04", CENTRE): 957,
    ("demo-p05", MAIN): 1043,
    ("demo-p05", CENTRE): 918,
    ("demo-p06", CENTRE): 941,
    ("demo-p07", CENTRE): 969,
    ("demo-p08", CENTRE): 931,
    ("demo-p09", MAIN): 1162,
    ("demo-p09", CENTRE): 1058,
    ("demo-p10", CENTRE): 890,
    ("demo-p12", MAIN): 1000,
    ("demo-p12", CENTRE): 1200,
    ("demo-p13", CENTRE): 826,
}
"""The year before in thousandths of this year, by project and unit; projects that are not listed are new."""
_SPENT_BEFORE = (884, 967)
_NEW_FUNCTIONS = {"2100410"}
_UNSPENT_BEFORE = 48_630_000
"""By how much income of the year before exceeded its spending, in fen."""
_THREE_PUBLIC = (
    ("abroad", ("0", "0"), ("0", "0")),
    ("reception", ("4.80", "2.60"), ("3.46", "2.35")),
    ("vehicle_purchase", ("0", "0"), ("0", "0")),
    ("vehicle_running", ("9.50", "12.00"), ("8.12", "10.87")),
)
"""三公 of the year before in 万元: item, budgets and spending of the main bureau and the centre."""
_PLANNED = (("vehicles_planned", 1, "辆"), ("general_equipment_planned", 0, "台（套）"),
            ("special_equipment_planned", 0, "台（套）"))  # fmt: skip


def write_past(book: Book, approved: Amounts, paid: Iterable[Paid]) -> None:
    """All comparatives, and the planned stocks of this year."""
    _write_budgets(book, approved)
    _write_spending(book, list(paid))
    for item, budgets, spent in _THREE_PUBLIC:
        for measure, paper, amounts in (
            ("three_public_budget", "budget", budgets),
            ("three_public_spending", "accounts", spent),
        ):
            for unit, amount in zip(BASE_UNITS, amounts, strict=True):
                _write(book, unit, measure, "item", paper, amount, 2, item=item)
    for measure, number, uom in _PLANNED:
        book.add(
            "statistics", unit=DEPARTMENT, year=YEAR, measure=measure, view="total", value=number, uom=uom
        )


def _write_budgets(book: Book, approved: Amounts) -> None:
    basic = sum(fen for line, fen in approved.items() if line.category == "basic")
    office = sum(fen for line, fen in approved.items() if line.basic_kind == "office")
    total = per_mille(basic, _BASIC_BEFORE)
    for (project, unit), rate in _BEFORE.items():
        fen = sum(fen for line, fen in approved.items() if (line.project, line.unit) == (project, unit))
        before = per_mille(fen, rate)
        total += before
        _write(
            book, unit, "budget", "project", "budget", wan(before, 0), 0, category="project", project=project
        )
    _write(book, DEPARTMENT, "budget", "total", "budget", wan(total, 0), 0)
    _write(
        book, DEPARTMENT, "operating_cost_budget", "total", "budget", wan(per_mille(office, _OPERATING_BEFORE), 0), 0
    )  # fmt: skip


def _write_spending(book: Book, paid: list[Paid]) -> None:
    found: dict[tuple[str, str, str, str], int] = {}
    for payment in paid:
        at = payment.line
        if at.function not in _NEW_FUNCTIONS and at.category in ("basic", "project"):
            key = at.unit, at.function, at.category, at.fund
            found[key] = found.get(key, 0) + payment.fen
    total = 0
    for (unit, function, category, fund), fen in sorted(found.items()):
        before = per_mille(fen, draw(*_SPENT_BEFORE, "before", unit, function, category, fund))
        before -= before % 10_000
        total += before
        _write(
            book, unit, "spending", "function", "accounts", wan(before, 2), 2, function=function, category=category,
            fund=fund,
        )  # fmt: skip
    _write(book, DEPARTMENT, "spending", "total", "accounts", wan(total, 2), 2)
    _write(book, DEPARTMENT, "revenue", "total", "accounts", wan(total + _UNSPENT_BEFORE, 2), 2)
    office = sum(payment.fen for payment in paid if payment.line.basic_kind == "office")
    spent = per_mille(office, _OPERATING_SPENT_BEFORE)
    _write(book, DEPARTMENT, "operating_cost", "total", "accounts", wan(spent, 2), 2)


def _write(
    book: Book, unit: str, measure: str, view: str, paper: str, amount: str, places: int, **dims: str
) -> None:
    book.add(
        "statistics", unit=unit, year=YEAR - 1, measure=measure, view=view, item=dims.get("item", ""),
        function=dims.get("function", ""), category=dims.get("category", ""), fund=dims.get("fund", ""),
        project=dims.get("project", ""), value=amount, uom="元", amount_unit="万元", places=places,
        document=f"doc-demo-{YEAR - 1}-{paper}",
    )  # fmt: skip
