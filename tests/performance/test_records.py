"""Objectives, indicators and tasks as printed: loaded with the ledger's mechanism, given back as records."""

from __future__ import annotations

import pytest
from django.db import transaction
from tests.ledger.builders import content, load, loaded, row

from yiheng.facts import Source
from yiheng.ledger import queries as ledger
from yiheng.ledger.errors import ChangesNeedConfirmation, InvalidContent
from yiheng.performance import queries
from yiheng.performance.models import Indicator

pytestmark = pytest.mark.django_db


def rows():  # type: ignore[no-untyped-def]
    return content(
        row("tasks", "t1", order=1, name="基本支出", category="basic", content="人员和公用"),
        row("objectives", "o1", level="department", text="提升保障水平", document="paper", place="表14"),
        row("objectives", "o2", level="task", task="t1", order=2, text="按时发放"),
        row("indicators", "i1", level="project", project="p1", order=1, level1="产出指标", level2="数量指标",
            level3="开展调研工作次数", target="≥10次", explanation="反映次数"),
        row("indicators", "i2", unit="main", level="department", level1="效益指标", target="95%"),
        kinds=("budget",),
    )  # fmt: skip


def test_they_come_with_the_department_year() -> None:
    load(rows())
    paper = ledger.department_year("bureau", 2024, "budget")
    assert [record.key for record in paper.records_of("indicator")] == ["i1", "i2"]
    indicator = paper.record("indicator", "i1")
    assert indicator is not None
    assert indicator.fields == {
        "key": "i1", "unit": "centre", "year": "2024", "project": "p1", "level": "project", "order": "1",
        "level1": "产出指标", "level2": "数量指标", "level3": "开展调研工作次数", "target": "≥10次",
        "explanation": "反映次数",
    }  # fmt: skip
    objective = paper.record("objective", "o1")
    assert objective is not None and objective.source == Source("绩效目标", "o1", "paper", "表14")
    task = paper.record("task", "t1")
    assert task is not None and task.get("category") == "basic"


def test_they_can_be_read_by_themselves() -> None:
    load(rows())
    assert [record.key for record in queries.indicators("bureau", 2024)] == ["i1", "i2"]
    assert [record.key for record in queries.indicators("centre", 2024)] == ["i1"]
    assert [record.key for record in queries.objectives("bureau", 2024)] == ["o1", "o2"]
    assert [record.key for record in queries.tasks("bureau", 2024)] == ["t1"]
    assert queries.tasks("bureau", 2023) == ()


def test_a_changed_target_is_a_correction() -> None:
    load(rows())
    changed = rows()
    changed["indicators"][1] = row(
        "indicators", "i2", 3, unit="main", level="department", level1="效益指标", target="96%"
    )
    with pytest.raises(ChangesNeedConfirmation, match="指标值：95% → 96%"):
        load(changed)
    load(changed, confirmed=True)
    assert [(i.version, i.target) for i in Indicator.objects.filter(key="i2").order_by("version")] == [
        (1, "95%"),
        (2, "96%"),
    ]
    assert [record.fields["target"] for record in queries.indicators("bureau", 2024)] == ["≥10次", "96%"]


def test_an_objective_of_a_task_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidContent, match="引用不存在"), transaction.atomic():
        loaded(row("objectives", "o1", level="task", task="nowhere", text="目标"), kind="budget")
