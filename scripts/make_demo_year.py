"""Write the synthetic bureau-year (虚构演示部门年度) `examples/demo-2024` from scratch, the same bytes every time.

    python scripts/make_demo_year.py [FOLDER]

Everything in it is invented and says so. After a change here, run it and `scripts/describe_examples.py`, and commit
what they write.
"""

from __future__ import annotations

import sys
from pathlib import Path

from demo_year import (
    asked,
    evaluated,
    goals,
    income,
    movements,
    past,
    payments,
    plan,
    projects,
    purchases,
    reached,
    staff,
    stocks,
    watched,
    words,
)
from demo_year.book import Book

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "demo-2024"


def make() -> Book:
    """All sheets: plan the year, adjust the plan, spend, account for it, say why, and judge what came of it."""
    book = Book()
    approved = plan.approved_budget()
    staff.write_units(book)
    projects.write_projects(book)
    plan.write_budget(book, approved)
    contracts = purchases.write_purchases(book, approved)
    adjusted = movements.write_adjustments(book, approved)
    paid = payments.write_payments(book, adjusted, contracts)
    income.write_income(book, adjusted, paid)
    income.write_balances(book, adjusted)
    income.write_eliminations(book)
    stocks.write_stocks(book)
    staff.write_headcounts(book)
    past.write_past(book, approved, paid)
    words.write_words(book)
    keys = goals.write_goals(book)
    reached.write_reached(book, keys)
    evaluated.write_evaluations(book, keys)
    asked.write_surveys(book)
    watched.write_watched(book, keys)
    return book


def main() -> None:
    """Write the folder that is named, or the one of the repository."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    make().write(folder)
    print(f"已写出虚构演示数据：{folder}")


if __name__ == "__main__":
    main()
