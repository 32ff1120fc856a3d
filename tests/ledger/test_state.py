"""The state of the ledger that papers rest on: drafts leave it as it was, everything else changes it (台账状态)."""

from __future__ import annotations

import pytest
from tests.ledger.builders import content, load, row

from yiheng.ledger import operations, queries
from yiheng.ledger.edits import Edit
from yiheng.people.once import reading

pytestmark = pytest.mark.django_db

FUNCTION = "2101501"


@pytest.fixture(autouse=True)
def _ledger() -> None:
    drafts = [row("budget_lines", f"d{i}", amount=100, function=FUNCTION, stage="one_up") for i in (1, 2)]
    approved = row("budget_lines", "a1", amount=100, function=FUNCTION, stage="approved")
    load(content(*drafts, approved, kinds=("budget",)))


def edit(*edits: Edit) -> None:
    operations.edit(edits, actor="甲")


def test_a_draft_changes_the_ledger_but_no_paper() -> None:
    state, settled = queries.state(), queries.settled()
    paper = queries.department_year("bureau", 2024, "budget")
    edit(Edit("budget_lines", "d1", 1, {"amount": 150}))
    edit(Edit("budget_lines", "d2", 1, None))
    assert queries.state() != state
    assert queries.settled() == settled
    assert queries.department_year("bureau", 2024, "budget").facts == paper.facts


@pytest.mark.parametrize(
    "change",
    [
        Edit("budget_lines", "a1", 1, {"amount": 150}),
        Edit("budget_lines", "a1", 1, None),
        Edit("budget_lines", "a1", 1, {"stage": "one_up"}),
        Edit("budget_lines", "d1", 1, {"stage": "approved"}),
        Edit("projects", "p1", 1, {"name": "信息化"}),
        Edit("units", "centre", 1, {"short_name": "中心"}),
    ],
    ids=("amount", "removal", "no longer approved", "approved", "project", "unit"),
)
def test_what_papers_rest_on_changes_it(change: Edit) -> None:
    settled = queries.settled()
    edit(Edit("budget_lines", "d2", 1, {"amount": 7}))
    edit(change)
    edit(Edit("budget_lines", "d2", 2, {"amount": 8}))
    assert queries.settled() != settled


def test_a_page_sees_a_unit_that_was_renamed_since_the_last_page() -> None:
    with reading():
        before = queries.unit_tree().by_key["centre"].short_name
    edit(Edit("units", "centre", 1, {"short_name": f"{before}新"}))
    with reading():
        assert queries.unit_tree().by_key["centre"].short_name == f"{before}新"


def test_a_load_that_was_taken_back_leaves_nothing_behind() -> None:
    from django.db import transaction

    with transaction.atomic():
        edit(Edit("units", "centre", 1, {"short_name": "一"}))
        with reading():
            assert queries.unit_tree().by_key["centre"].short_name == "一"
        transaction.set_rollback(True)
    edit(Edit("units", "centre", 1, {"short_name": "二"}))
    with reading():
        assert queries.unit_tree().by_key["centre"].short_name == "二"
