"""Single rows changed by several people: merged by cell, refused on the same cell, undone in one step (逐行改动)."""

from __future__ import annotations

import pytest
from django.db import transaction
from tests.ledger.builders import ACTOR, content, load, row

from yiheng.ledger import operations, queries
from yiheng.ledger.difference import Act
from yiheng.ledger.edits import Edit, planned
from yiheng.ledger.errors import EditConflict, InvalidContent, StalePlan
from yiheng.ledger.models import BudgetLine, Costing, Load, Project, RowKind, current
from yiheng.people.models import LogEntry
from yiheng.people.queries import verify_log

pytestmark = pytest.mark.django_db

LINE = {"unit": "centre", "year": 2024, "stage": "one_up", "view": "joint"}


@pytest.fixture(autouse=True)
def _ledger() -> None:
    lines = [row("budget_lines", f"b{i}", amount=100 * i, function="2101501", stage="one_up") for i in (1, 2)]
    load(content(*lines, kinds=("budget",)))


def line(key: str, version: int, number: int = 1, **values: object) -> Edit:
    return Edit("budget_lines", key, version, values, number)  # type: ignore[arg-type]


def now(key: str) -> BudgetLine:
    found: BudgetLine = current(BudgetLine).get(key=key)
    return found


def test_rows_are_added_changed_and_removed_as_one_logged_load() -> None:
    done = operations.edit(
        [
            Edit("budget_lines", "b3", 0, {**LINE, "amount": 700, "function": "2101501"}),
            line("b1", 1, amount=150),
            Edit("budget_lines", "b2", 1, None),
        ],
        actor="甲", label="网格",
    )  # fmt: skip
    assert (done.added, done.changed, done.removed) == (1, 1, 1)
    assert {r.key: r.amount for r in current(BudgetLine)} == {"b1": 150, "b3": 700}
    assert [r.kind_of_row for r in BudgetLine.objects.filter(key="b1").order_by("version")] == [
        RowKind.ORIGINAL, RowKind.CORRECTION,
    ]  # fmt: skip
    assert now("b1").function == "2101501"
    assert not list(verify_log()) and not list(queries.verify_rows())


def test_what_changes_nothing_writes_nothing() -> None:
    before = Load.objects.count(), LogEntry.objects.count()
    assert operations.edit([line("b1", 1, amount=100, note=None)], actor="甲").load is None
    assert (Load.objects.count(), LogEntry.objects.count()) == before


def test_two_people_in_different_cells_of_a_row_both_stand() -> None:
    operations.edit([line("b1", 1, amount=150)], actor="甲")
    operations.edit([line("b1", 1, note="补充")], actor="乙")
    assert (now("b1").amount, now("b1").note, now("b1").version) == (150, "补充", 3)


def test_two_people_in_one_cell_are_told_both_values_and_nothing_is_lost() -> None:
    operations.edit([line("b1", 1, amount=150)], actor="甲")
    with pytest.raises(EditConflict) as refused:
        operations.edit([line("b1", 1, 7, amount=180), line("b2", 1, amount=999)], actor="乙")
    (conflict,) = refused.value.conflicts
    assert (conflict.was, conflict.mine, conflict.theirs, conflict.version) == (100, 180, 150, 2)
    assert "第 7 行“金额”：您填 1.80 元，甲" in str(refused.value) and "已改为 1.50 元" in str(refused.value)
    assert (now("b1").amount, now("b2").amount) == (150, 200)
    operations.edit([line("b1", conflict.version, amount=180)], actor="乙")
    assert now("b1").amount == 180


def test_two_people_who_type_the_same_do_not_meet() -> None:
    operations.edit([line("b1", 1, amount=150)], actor="甲")
    assert operations.edit([line("b1", 1, amount=150)], actor="乙").load is None


def test_a_row_that_somebody_removed_is_not_changed_and_one_that_somebody_changed_is_not_removed() -> None:
    operations.edit([Edit("budget_lines", "b1", 1, None), line("b2", 1, amount=250)], actor="甲")
    with pytest.raises(EditConflict, match=r"甲.*已删除这一行"):
        operations.edit([line("b1", 1, amount=150)], actor="乙")
    with pytest.raises(EditConflict, match=r"甲.*又改过这一行"):
        operations.edit([Edit("budget_lines", "b2", 1, None)], actor="乙")
    assert operations.edit([Edit("budget_lines", "b1", 1, None)], actor="乙").load is None


def test_all_structural_problems_come_at_once_with_sheet_row_and_column() -> None:
    with pytest.raises(InvalidContent) as refused:
        operations.edit(
            [
                line("b1", 1, 1, amount=None),
                line("b2", 1, 2, project="p9", amount=-5),
                Edit("budget_lines", "b3", 0, {**LINE}, 3),
            ],
            actor="甲",
        )
    found = {(p.sheet, p.row, p.column, p.kind) for p in refused.value.problems}
    assert found == {
        ("支出预算", 1, "金额", "必填栏为空"),
        ("支出预算", 2, "金额", "金额为负"),
        ("支出预算", 3, "金额", "必填栏为空"),
    }
    with pytest.raises(InvalidContent, match="“项目”中没有键为“p9”的行"):
        operations.edit([line("b1", 1, project="p9")], actor="甲")
    assert now("b1").version == 1


def test_an_invariant_that_breaks_takes_everything_back() -> None:
    with pytest.raises(InvalidContent, match="口径混用"):
        operations.edit([line("b1", 1, amount=1), line("b2", 1, view="function")], actor="甲")
    assert (now("b1").amount, now("b2").view) == (100, "joint")


def test_a_row_that_comes_to_stand_elsewhere_or_comes_back_is_looked_at_too() -> None:
    moved = {"unit": "centre", "year": 2024, "view": "joint", "amount": 5, "function": "2101501"}
    operations.edit([Edit("adjustments", "a1", 0, moved)], actor="甲")
    with pytest.raises(InvalidContent, match="调整预算重复"):
        operations.edit([line("b1", 1, stage="adjusted")], actor="甲")
    operations.edit([Edit("adjustments", "a1", 1, None), line("b1", 1, stage="adjusted")], actor="甲")
    with pytest.raises(InvalidContent, match="调整预算重复"):
        operations.restore("adjustments", "a1", 1, seen=2, actor="甲")
    operations.edit([line("b1", 2, amount=1)], actor="甲")
    assert now("b1").amount == 1


def test_a_line_of_the_approved_budget_does_not_stand_beside_its_three_public_figures() -> None:
    printed = {"unit": "centre", "year": 2024, "stage": "budget", "item": "reception", "amount": 5}
    operations.edit([Edit("three_public", "t1", 0, printed)], actor="甲")
    operations.edit([line("b1", 1, stage="two_up")], actor="甲")
    with pytest.raises(InvalidContent, match="三公经费重复"):
        operations.edit([line("b1", 2, stage="approved")], actor="甲")


def test_a_plan_that_somebody_wrote_since_is_not_written() -> None:
    mine = planned([line("b1", 1, amount=150)])
    operations.edit([line("b2", 1, amount=1)], actor="乙")
    with transaction.atomic():
        with pytest.raises(StalePlan):
            operations.write_planned(mine, actor="甲")
        assert now("b1").amount == 100
        operations.write_planned(planned([line("b1", 1, amount=150)]), actor="甲")
    assert now("b1").amount == 150


def test_a_project_in_use_is_not_removed() -> None:
    operations.edit([line("b1", 1, project="p1")], actor="甲")
    with pytest.raises(InvalidContent, match="“支出预算”还有 1 行引用这一行"):
        operations.edit([Edit("projects", "p1", 1, None)], actor="甲")
    operations.edit([line("b1", 2, project=None), Edit("projects", "p1", 1, None)], actor="甲")
    assert not Project.objects.get(key="p1").active


def test_a_register_has_versions_and_conflicts_too() -> None:
    operations.edit([Edit("projects", "p1", 1, {"name": "信息系统运维"})], actor="甲")
    with pytest.raises(EditConflict, match="您填 信息化，甲"):
        operations.edit([Edit("projects", "p1", 1, {"name": "信息化"})], actor="乙")
    operations.edit([Edit("projects", "p1", 1, {"basis": "文件"})], actor="乙")
    assert [(v.version, v.act, v.actor) for v in queries.history("projects", "p1")] == [
        (1, Act.ADD, ACTOR), (2, Act.CHANGE, "甲"), (3, Act.CHANGE, "乙"),
    ]  # fmt: skip
    assert queries.newest_versions("projects", ["p1", "none"]) == {"p1": 3}


def test_an_earlier_version_is_written_again_as_a_correction() -> None:
    operations.edit([line("b1", 1, amount=150)], actor="甲")
    operations.edit([Edit("projects", "p1", 1, {"name": "别名", "total_amount": 5})], actor="甲")
    operations.restore("budget_lines", "b1", 1, seen=2, actor="乙")
    operations.restore("projects", "p1", 1, seen=2, actor="乙")
    assert (now("b1").amount, now("b1").version, now("b1").kind_of_row) == (100, 3, RowKind.CORRECTION)
    project = Project.objects.get(key="p1")
    assert (project.name, project.total_amount) == ("信息系统", None)
    with pytest.raises(LookupError):
        operations.restore("budget_lines", "b1", 9, seen=3, actor="乙")


def test_a_removed_row_comes_back() -> None:
    operations.edit([Edit("budget_lines", "b1", 1, None)], actor="甲")
    operations.restore("budget_lines", "b1", 1, seen=2, actor="甲")
    assert (now("b1").amount, now("b1").version) == (100, 3)
    assert [v.act for v in queries.history("budget_lines", "b1")] == [Act.ADD, Act.REMOVE, Act.ADD]


def test_a_whole_load_is_undone() -> None:
    costing = {"unit": "centre", "year": 2024, "project": "p1", "item": "机房", "amount": 300}
    done = operations.edit(
        [
            line("b1", 1, amount=150), Edit("budget_lines", "b2", 1, None),
            Edit("costing", "c1", 0, costing), Edit("projects", "p1", 1, {"name": "新名"}),
        ],
        actor="甲", label="支出预算",
    )  # fmt: skip
    assert done.load is not None
    undone = operations.undo(done.load.pk, actor="甲")
    assert undone.load is not None and undone.load.label == "撤销：支出预算"
    assert {r.key: r.amount for r in current(BudgetLine)} == {"b1": 100, "b2": 200}
    assert not current(Costing).exists() and Project.objects.get(key="p1").name == "信息系统"


def test_a_load_that_somebody_built_upon_is_not_undone() -> None:
    done = operations.edit([line("b1", 1, amount=150), line("b2", 1, amount=250)], actor="甲")
    operations.edit([line("b1", 2, amount=160)], actor="乙")
    assert done.load is not None
    with pytest.raises(EditConflict, match="乙"):
        operations.undo(done.load.pk, actor="甲")
    assert (now("b1").amount, now("b2").amount) == (160, 250)


def test_one_row_twice_is_refused() -> None:
    with pytest.raises(InvalidContent, match="键重复"):
        operations.edit([line("b1", 1, amount=1), line("b1", 1, amount=2)], actor="甲")
