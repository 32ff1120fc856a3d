"""Entering a bureau's own sheets beside its amounts: what contradicts them is named, and nothing is half saved."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from yiheng.ledger import queries
from yiheng.ledger.models import Load
from yiheng.performance.models import Evaluation
from yiheng.pipelines.evaluate import evaluate
from yiheng.pipelines.load import load
from yiheng.policy import Policy

pytestmark = pytest.mark.django_db

Table = Sequence[Sequence[str]]
LINE = ("jia", "2024", "joint", "project", "p1", "2101501", "30227", "general", "appropriation", "duty")
DIMS = ("unit", "year", "view", "category", "project", "function", "economic", "fund", "source", "program")
BASE: dict[str, Table] = {
    "units": (("key", "name", "kind", "jurisdiction"), ("jia", "甲中心", "unit", "440300")),
    "department_years": (
        ("unit", "year", "kind", "title"),
        ("jia", "2024", "accounts", "甲中心2024年度部门决算"),
    ),
    "projects": (("key", "name", "department", "year"), ("p1", "信息系统", "jia", "2024")),
    "budget_lines": (("key", "stage", "amount", *DIMS), ("b1", "approved", "1000", *LINE)),
    "payments": (("key", "date", "amount", *DIMS), ("z1", "2024-05-20", "900", *LINE)),
    "indicators": (
        ("key", "unit", "year", "level", "project", "level1", "level2", "level3", "target", "measure"),
        ("i1", "jia", "2024", "project", "p1", "产出指标", "时效指标", "支出进度", "≥90%", "execution.rate"),
    ),
    "evaluations": (("key", "unit", "year", "level", "project"), ("e1", "jia", "2024", "project", "p1")),
    "evaluation_rows": (
        ("key", "unit", "year", "evaluation", "indicator", "weight"),
        ("r1", "jia", "2024", "e1", "i1", "90"),
    ),
}
ACTUALS = (
    "key", "unit", "year", "indicator", "date", "kind", "value", "system_value", "override_reason", "evidence_kind",
    "evidence",
)  # fmt: skip


def package(folder: Path, **changed: Table) -> Path:
    folder.mkdir()
    for sheet, rows in {**BASE, **changed}.items():
        with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder


def override(stated: str) -> Table:
    return (
        ACTUALS,
        ("a1", "jia", "2024", "i1", "2024-12-31", "computed", "95%", stated, "含在途", "file", "清单"),
    )


def test_an_indicator_with_a_measure_is_scored_from_the_ledger(tmp_path: Path) -> None:
    assert load([package(tmp_path / "a")], "测试").ok
    done = evaluate(queries.department_year("jia", 2024, "accounts"), Policy.load()).data()
    (project,) = done["projects"]
    assert (project["computed_total"], project["rows"][1]["actual"]) == (99.0, "90.00%")  # 10 × 90% + 90
    (actual,) = done["actuals"]
    assert (actual["measure"], actual["system"], actual["label"]) == (
        "execution.rate",
        "90.00%",
        "预算执行率",
    )
    assert actual["sources"] == [{"table": "支付", "rows": 1}, {"table": "支出预算", "rows": 1}]


def test_an_override_is_shown_with_its_difference(tmp_path: Path) -> None:
    assert load([package(tmp_path / "a", actuals=override("90.00%"))], "测试").ok
    done = evaluate(queries.department_year("jia", 2024, "accounts"), Policy.load()).data()
    assert done["projects"][0]["rows"][1]["actual"] == "95%"
    (actual,) = done["actuals"]
    assert actual["override"] == "由台账计算为 90.00%，改写为 95%，相差 0.05；理由：含在途"


@pytest.mark.parametrize(
    ("changed", "kind", "words"),
    [
        ({"actuals": override("88.00%")}, "改写矛盾", "改写时系统得出 88.00%，现在得出 90.00%"),
        (
            {"budget_lines": (BASE["budget_lines"][0], ("b1", "approved", "0", *LINE))},
            "预算执行率无法计算",
            "没有分母",
        ),
    ],
)
def test_what_contradicts_the_amounts_blocks_the_whole_load(
    tmp_path: Path, changed: dict[str, Table], kind: str, words: str
) -> None:
    report = load([package(tmp_path / "a", **changed)], "测试")
    assert report.status == "refused"
    (problem,) = report.problems
    assert problem.kind == kind and words in problem.reason and problem.remedy and problem.row == 2
    assert not Load.objects.exists() and not Evaluation.objects.exists()
    assert load([package(tmp_path / "b")], "测试").ok
