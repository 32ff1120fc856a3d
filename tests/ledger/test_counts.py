"""What is counted (资产、车辆、人员) and what a paper published (统计数) becomes facts of its day."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.ledger.builders import loaded, of, row, sums

pytestmark = pytest.mark.django_db

BIG = 2_849_850_000_000_001
"""28,498,500,000,000.01 元: an eight-byte number would lose the fen."""


def test_asset_cards_make_value_and_value_in_use() -> None:
    cards = (
        row(
            "assets",
            "k1",
            kind="fixed",
            name="桌",
            original_value=56_451 * 100,
            in_use=True,
            acquired_on=dt.date(2020, 1, 1),
        ),
        row("assets", "k2", kind="intangible", name="软件", original_value=3_545, in_use=False),
        row("assets", "k3", kind="general_equipment", name="服务器", original_value=BIG, in_use=True),
        row(
            "assets",
            "k4",
            kind="fixed",
            name="后购",
            original_value=9,
            in_use=True,
            acquired_on=dt.date(2025, 1, 1),
        ),
    )
    paper = loaded(*cards)
    assert sums(paper) == {
        "asset_value": 5_645_100 + BIG, "asset_in_use": 5_645_100 + BIG, "intangible_value": 3_545,
        "general_equipment": 1,
    }  # fmt: skip
    assert of(paper, "general_equipment")[0].uom == "台（套）"


def test_vehicles_are_counted_at_the_end_of_the_year() -> None:
    cars = (
        row("vehicles", "v1", kind="一般公务用车", acquired_on=dt.date(2020, 1, 1)),
        row(
            "vehicles",
            "v2",
            kind="一般公务用车",
            acquired_on=dt.date(2020, 1, 1),
            disposed_on=dt.date(2024, 12, 31),
        ),
        row("vehicles", "v3", kind="其他用车", acquired_on=dt.date(2024, 12, 31)),
    )
    paper = loaded(*cars)
    assert [(f.dims["item"], f.amount, f.uom) for f in of(paper, "vehicles")] == [
        ("一般公务用车", 1, "辆"), ("其他用车", 1, "辆"),
    ]  # fmt: skip


def test_a_budget_counts_what_was_there_a_year_before() -> None:
    cars = (
        row("vehicles", "v1", kind="一般公务用车", acquired_on=dt.date(2023, 12, 31)),
        row("vehicles", "v2", kind="一般公务用车", acquired_on=dt.date(2024, 1, 1)),
    )
    (fact,) = of(loaded(*cars, kind="budget"), "vehicles")
    assert (fact.key, fact.year, fact.on) == ("v1", 2023, dt.date(2023, 12, 31))


def test_staff_of_the_latest_day_up_to_the_paper() -> None:
    days = {"old": dt.date(2023, 12, 31), "new": dt.date(2024, 12, 31), "later": dt.date(2025, 6, 30)}
    rows = [
        row("headcounts", name, kind="事业", as_of=day, establishment=122, actual=number)
        for number, (name, day) in enumerate(days.items(), 100)
    ]
    others = (row("headcounts", "r", kind="退休", actual=3), row("headcounts", "x", kind="编外", actual=20))
    paper = loaded(*rows, *others)
    assert sums(paper) == {"establishment": 122, "headcount": 101, "retired": 3, "off_establishment": 20}
    assert {fact.uom for fact in paper.facts} == {"人"}


def test_a_published_figure_is_taken_as_it_is() -> None:
    paper = loaded(
        row(
            "statistics",
            "t1",
            year=2023,
            measure="spending",
            view="total",
            value=17_677_030_000,
            quantum=10_000,
        ),
        row("statistics", "t2", measure="vehicles", value=12, uom="辆", item="一般公务用车"),
        row("statistics", "t3", year=2021, measure="spending", value=1),
    )
    first, second = paper.facts
    assert (first.measure, first.view, first.year, first.amount, first.quantum) == (
        "spending", "total", 2023, 17_677_030_000, 10_000,
    )  # fmt: skip
    assert (second.view, second.amount, second.uom, second.dims) == (
        "joint",
        12,
        "辆",
        {"item": "一般公务用车"},
    )
