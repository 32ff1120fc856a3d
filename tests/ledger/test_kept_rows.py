"""Rows that pages keep are those of the ledger after any writes, also after those that were taken back (常用的行)."""

from __future__ import annotations

import random

import pytest
from django.db import transaction
from tests.ledger.builders import content, load, row

from yiheng.facts.sheets import SheetRow
from yiheng.ledger import operations, queries
from yiheng.ledger.edits import Edit
from yiheng.people.once import reading

pytestmark = pytest.mark.django_db

PLACE = ("budget_lines", ("centre", "main"), 2024)
NEW = {"unit": "centre", "year": 2024, "stage": "one_up", "view": "joint", "function": "2101501"}


@pytest.fixture(autouse=True)
def _ledger() -> None:
    lines = [
        row("budget_lines", f"b{i}", amount=100 * i, function="2101501", stage="one_up") for i in range(1, 6)
    ]
    load(content(*lines, kinds=("budget",)))


def fresh(stage: str = "") -> list[tuple[SheetRow, int]]:
    return queries.sheet_rows(*PLACE, stage)


def kept(stage: str = "") -> list[tuple[SheetRow, int]]:
    with reading():
        return queries.sheet_rows(*PLACE, stage)


def write(*edits: Edit) -> None:
    operations.edit(edits, actor="甲")


def test_added_changed_moved_and_removed_rows_are_seen() -> None:
    assert kept() == fresh() and len(kept()) == 5
    write(Edit("budget_lines", "b6", 0, {**NEW, "amount": 7}), Edit("budget_lines", "b1", 1, {"amount": 8}))
    assert kept() == fresh() and len(kept()) == 6
    write(Edit("budget_lines", "b2", 1, {"unit": "bureau"}), Edit("budget_lines", "b3", 1, None))
    assert kept() == fresh() and len(kept()) == 4
    write(Edit("budget_lines", "b2", 2, {"unit": "main"}))
    assert kept() == fresh() and len(kept()) == 5


def test_a_stage_is_a_part_of_what_is_kept() -> None:
    write(Edit("budget_lines", "b1", 1, {"stage": "two_up"}))
    assert [r.key for r, _ in kept("two_up")] == ["b1"]
    assert kept("one_up") == fresh("one_up") and len(kept("one_up")) == 4


def test_what_was_taken_back_is_not_seen() -> None:
    kept()
    with transaction.atomic():
        write(Edit("budget_lines", "b1", 1, {"amount": 1}))
        assert kept() == fresh()
        transaction.set_rollback(True)
    assert kept() == fresh()
    write(Edit("budget_lines", "b1", 1, {"amount": 2}))
    assert kept() == fresh()
    assert next(r for r, _ in kept() if r.key == "b1").values["amount"] == 2


@pytest.mark.parametrize("seed", range(8))
def test_any_order_of_writes_and_pages(seed: int) -> None:
    chance = random.Random(seed)
    for number in range(12):
        there = {r.key: version for r, version in fresh()}
        key = chance.choice(sorted(there))
        change = chance.choice(
            [
                Edit("budget_lines", key, there[key], {"amount": chance.randrange(1, 10**6)}),
                Edit("budget_lines", key, there[key], {"unit": chance.choice(["centre", "main", "bureau"])}),
                Edit("budget_lines", f"n{number}", 0, {**NEW, "amount": number + 1}),
                *([Edit("budget_lines", key, there[key], None)] if len(there) > 2 else []),
            ]
        )
        write(change)
        if chance.random() < 0.7:
            assert kept() == fresh()
    assert kept() == fresh()


def test_rows_of_a_register_are_those_of_the_ledger_after_any_write() -> None:
    def projects(kept: bool) -> list[tuple[SheetRow, int]]:
        place = ("projects", ("centre", "main"), 2024)
        if not kept:
            return queries.sheet_rows(*place)
        with reading():
            return queries.sheet_rows(*place)

    def keys() -> list[tuple[str, int]]:
        found = projects(kept=True)
        assert found == projects(kept=False)
        return [(row.key, version) for row, version in found]

    before = keys()
    new = {"name": "专项", "department": "main", "year": 2024}
    write(Edit("projects", "q1", 0, new), Edit("projects", "q2", 0, new | {"department": "bureau"}))
    assert keys() == [*before, ("q1", 1)]
    write(
        Edit("budget_lines", "b1", 1, {"project": "q2"})
    )  # a draft of ours names what belongs to a unit above
    assert keys() == [*before, ("q1", 1), ("q2", 1)]
    write(Edit("projects", "q1", 1, {"name": "专项二"}))
    assert ("q1", 2) in keys()
    assert "专项二" in [row.text("name") for row, _ in projects(kept=True)]
    write(Edit("budget_lines", "b1", 2, {"project": None}))
    assert keys() == [*before, ("q1", 2)]
    write(Edit("projects", "q1", 2, None))
    assert keys() == before
