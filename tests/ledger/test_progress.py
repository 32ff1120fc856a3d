"""Execution within the year: derived from dated rows, or not at all (预算执行进度)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.ledger.builders import content, load, row

from yiheng.ledger import queries
from yiheng.ledger.queries import CouldNotRun
from yiheng.money import Amount

pytestmark = pytest.mark.django_db


def paid(key: str, fen: int, day: str, precision: str = "day", **values: object):  # type: ignore[no-untyped-def]
    return row(
        "payments", key, amount=fen, date=dt.date.fromisoformat(day), date_precision=precision, **values
    )


def test_spending_by_month_and_quarter() -> None:
    load(content(paid("z1", 100, "2024-01-31"), paid("z2", 20, "2024-02-29"), paid("z3", 3, "2024-02-29", "month"),
                 paid("z4", -20, "2024-12-31")))  # fmt: skip
    months = queries.spending_by_period("bureau", 2024)
    assert not isinstance(months, CouldNotRun)
    assert [month.amount.fen for month in months] == [100, 23, 0, 0, 0, 0, 0, 0, 0, 0, 0, -20]
    assert (months[1].label, months[1].first, months[1].last) == (
        "2月",
        dt.date(2024, 2, 1),
        dt.date(2024, 2, 29),
    )
    quarters = queries.spending_by_period("bureau", 2024, by="quarter")
    assert not isinstance(quarters, CouldNotRun)
    assert [(quarter.label, quarter.amount.fen) for quarter in quarters] == [
        ("第一季度", 123), ("第二季度", 0), ("第三季度", 0), ("第四季度", -20),
    ]  # fmt: skip


def test_what_is_finer_than_the_data_could_not_run() -> None:
    load(content(paid("z1", 1, "2024-03-31", "quarter"), paid("z2", 1, "2024-01-05")))
    months = queries.spending_by_period("bureau", 2024)
    assert months == CouldNotRun("有 1 笔支付的日期只精确到季，不能按月汇总", ("z1",))
    assert not isinstance(queries.spending_by_period("bureau", 2024, by="quarter"), CouldNotRun)


def test_a_payment_without_a_day_is_known_by_its_year_only() -> None:
    load(content(row("payments", "z1", amount=1)))
    assert isinstance(queries.spending_by_period("bureau", 2024, by="quarter"), CouldNotRun)


def test_views_of_one_amount_are_not_added() -> None:
    load(content(paid("f", 100, "2024-01-01", view="function", function="2101501"),
                 paid("e", 100, "2024-01-01", view="economic", economic="30201")))  # fmt: skip
    months = queries.spending_by_period("bureau", 2024)
    assert not isinstance(months, CouldNotRun)
    assert months[0].amount.fen == 100


def test_a_question_that_nobody_can_ask_is_an_error() -> None:
    load(content())
    with pytest.raises(ValueError, match="week"):
        queries.spending_by_period("bureau", 2024, by="week")


def test_execution_by_project_on_a_day() -> None:
    load(
        content(
            row("budget_lines", "b1", project="p1", amount=1_000),
            row("budget_lines", "b2", amount=70),
            row("adjustments", "a1", project="p1", amount=500, date=dt.date(2024, 9, 1)),
            paid("z1", 400, "2024-06-30", project="p1"),
            paid("z2", 900, "2024-10-01", project="p1"),
        )
    )
    whole = queries.execution("bureau", 2024)
    assert not isinstance(whole, CouldNotRun)
    assert [(e.code, e.approved.fen, e.adjusted.fen, e.spent.fen) for e in whole] == [
        ("p1", 1_000, 1_500, 1_300),
        ("", 70, 70, 0),
    ]
    half = queries.execution("bureau", 2024, upto=dt.date(2024, 6, 30))
    assert not isinstance(half, CouldNotRun)
    assert [(e.code, e.adjusted.fen, e.spent.fen) for e in half] == [("p1", 1_000, 400), ("", 70, 0)]


def test_execution_keeps_the_precision_of_printed_figures() -> None:
    load(content(row("payments", "z1", view="project", project="p1", amount=1_000_000, quantum=1_000_000)))
    (line,) = queries.execution("bureau", 2024)  # type: ignore[misc]
    assert line.spent == Amount(1_000_000, 1_000_000)


@pytest.mark.parametrize(
    ("upto", "runs"),
    [("2024-03-31", True), ("2024-03-30", False), ("2024-01-01", False), ("2023-12-31", True)],
)
def test_a_coarse_day_can_be_placed_or_not(upto: str, runs: bool) -> None:
    """A payment of the first quarter happened by 31 March, and had not by the end of the year before."""
    load(content(paid("z1", 1, "2024-03-31", "quarter")))
    assert (
        isinstance(queries.execution("bureau", 2024, upto=dt.date.fromisoformat(upto)), CouldNotRun)
        is not runs
    )
