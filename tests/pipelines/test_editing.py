"""A save that had to wait for its turn: what somebody else wrote meanwhile counts as if it had been there before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.ledger.builders import content, load, row

from yiheng.ledger import operations, queries
from yiheng.ledger.edits import Edit
from yiheng.ledger.models import BudgetLine, Load, current
from yiheng.people.models import LogEntry
from yiheng.people.queries import verify_log
from yiheng.pipelines import editing
from yiheng.pipelines.editing import EditReport, Place, Typed
from yiheng.policy import Policy

pytestmark = pytest.mark.django_db

PLACE = Place("budget_lines", "bureau", 2024, "one_up")
LINE = {
    "category": "basic",
    "fund": "general",
    "source": "appropriation",
    "program": "duty",
    "stage": "one_up",
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.load()


@pytest.fixture(autouse=True)
def _ledger() -> None:
    lines = [
        row("budget_lines", f"b{i}", amount=100 * i, function="2101501", economic=f"3010{i}", **LINE)
        for i in (1, 2, 3)
    ]
    load(content(*lines, kinds=("budget",)))


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Let something happen after a save has judged its changes, and before it gets its turn."""

    def arrange(happen: Callable[[], object]) -> None:
        turn = editing.take_turns

        def taken() -> None:
            monkeypatch.setattr(editing, "take_turns", turn)
            happen()
            turn()

        monkeypatch.setattr(editing, "take_turns", taken)

    return arrange


def typed(key: str, version: int = 1, **cells: str) -> Typed:
    return Typed(key, key, version, cells)


def save(policy: Policy, *rows: Typed) -> EditReport:
    return editing.save(PLACE, rows, policy, "甲")


def other(key: str, **values: object) -> Callable[[], object]:
    return lambda: operations.edit([Edit("budget_lines", key, 1, values)], actor="乙")  # type: ignore[arg-type]


def amounts() -> dict[str, int]:
    return {line.key: line.amount for line in current(BudgetLine).order_by("key")}


def test_somebody_elses_value_in_the_same_cell_is_a_conflict(policy: Policy, meanwhile: Callable) -> None:
    meanwhile(other("b1", amount=777))
    report = save(policy, typed("b1", amount="5"))
    assert report.status == "conflict"
    ((name, conflict),) = report.conflicts
    assert (name, conflict.column, conflict.mine, conflict.theirs, conflict.actor) == (
        "b1",
        "amount",
        500,
        777,
        "乙",
    )
    assert amounts() == {"b1": 777, "b2": 200, "b3": 300}


def test_somebody_elses_value_in_another_cell_stands_beside_ours(policy: Policy, meanwhile: Callable) -> None:
    meanwhile(other("b1", note="乙的备注"))
    assert save(policy, typed("b1", amount="5")).status == "saved"
    line = current(BudgetLine).get(key="b1")
    assert (line.amount, line.note, line.version) == (500, "乙的备注", 3)
    assert not list(verify_log()) and not list(queries.verify_rows())


def test_a_row_that_somebody_removed_is_a_conflict(policy: Policy, meanwhile: Callable) -> None:
    meanwhile(lambda: operations.edit([Edit("budget_lines", "b1", 1, None)], actor="乙"))
    report = save(policy, typed("b1", amount="5"))
    assert (report.status, [c.removed for _, c in report.conflicts]) == ("conflict", [True])
    assert amounts() == {"b2": 200, "b3": 300}


def test_what_only_both_together_make_wrong_is_refused(policy: Policy, meanwhile: Callable) -> None:
    """Each of the two is right by itself: b3 without an economic code becomes the sum of what b1 and b2 are then."""
    meanwhile(other("b3", economic=None, amount=700))
    report = save(policy, typed("b1", amount="5"))
    assert report.status == "refused"
    assert {problem.kind for problem in report.problems} == {"合计混入明细"}
    assert amounts()["b1"] == 100


def test_two_new_rows_get_two_keys(policy: Policy, meanwhile: Callable) -> None:
    def new(economic: str) -> Typed:
        cells = {
            "unit": "centre",
            "function": "2101501",
            "economic": economic,
            "amount": "1",
            "view": "joint",
        }
        return Typed("new", "", 0, cells | LINE)

    meanwhile(lambda: editing.save(PLACE, [new("30201")], policy, "乙"))
    report = save(policy, new("30202"))
    assert report.status == "saved", report.problems
    assert report.keys == {"new": "bureau-2024-budget_lines-0002"} and len(amounts()) == 5


def test_what_may_no_longer_be_done_is_not_done(policy: Policy) -> None:
    class Closed(Exception):
        pass

    def guard() -> None:
        raise Closed

    before = Load.objects.count(), LogEntry.objects.count()
    with pytest.raises(Closed):
        editing.save(PLACE, [typed("b1", amount="5")], policy, "甲", guard=guard)
    assert (Load.objects.count(), LogEntry.objects.count()) == before


def test_what_the_place_does_not_show_is_told_and_takes_everything_back(policy: Policy) -> None:
    """The place shows budget lines; that the year has adjustments as well only the whole ledger tells."""
    moved = {"unit": "centre", "year": 2024, "view": "joint", "amount": 5, "function": "2101501"}
    operations.edit([Edit("adjustments", "a1", 0, moved)], actor="乙")
    cells = {
        **LINE,
        "unit": "centre",
        "function": "2101501",
        "view": "joint",
        "amount": "1",
        "stage": "adjusted",
    }
    place = Place("budget_lines", "bureau", 2024, "adjusted")
    report = editing.save(place, [Typed("new", "", 0, cells)], policy, "甲")
    assert (report.status, [each.kind for each in report.problems]) == ("refused", ["调整预算重复"])
    assert len(amounts()) == 3
