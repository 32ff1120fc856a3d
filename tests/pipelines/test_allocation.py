"""Next year's allocation: worked by hand on the six projects of 2020, and what has no proposal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from yiheng.facts import DepartmentYear
from yiheng.ledger import queries
from yiheng.pipelines.allocation import allocate
from yiheng.pipelines.load import load
from yiheng.policy import Policy

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.mark.django_db
def test_the_six_projects_of_2020() -> None:
    assert load([EXAMPLES / "szybzx-2020-accounts"], "测试").ok
    found = allocate(queries.department_year("szybzx", 2020, "accounts"), Policy.load())
    data = found.data()
    shown = [(p["base"], p["score"], p["share"], p["amount"], p["change"]) for p in data["projects"]]
    # All six are 优 (from 90); the execution rates are 100, 86.81, 57.44, 89.51, 100 and 98.89 %.
    assert shown == [
        ("1868520000.00", "94.15", "100%", "1868520000.00", "0.00"),
        ("72155545.80", "98.70", "90%", "64939991.22", "-7215554.58"),
        ("23023000.00", "90.67", "50%", "11511500.00", "-11511500.00"),
        ("10254100.00", "93.48", "90%", "9228690.00", "-1025410.00"),
        ("6782300.00", "97.92", "100%", "6782300.00", "0.00"),
        ("419995.00", "99.90", "100%", "419995.00", "0.00"),
    ]
    # 1,981,154,940.80 − 7,215,554.58 − 11,511,500.00 − 1,025,410.00
    assert data["total"] == {"projects": 6, "base": "1981154940.80", "amount": "1961402476.22"}
    assert (data["next_year"], data["rule"]["id"]) == (2021, "score.profile.allocation")
    assert data["rule"]["house_default"] is True and "系统默认" in found.rule
    assert data["projects"][2]["steps"] == [
        "总分 90.67，属“优”，按得分的比例 100%",
        "执行率 57.4362…%，属“执行率低于60%”，按执行率的比例 50%",
        "取两者中较低的比例 50%",
        "全年预算数 23,023,000.00 元 × 50% = 11,511,500.00 元",
    ]
    assert "分值合计 95，不是 100" in data["projects"][3]["steps"][-1]


def test_a_secret_project_keeps_its_name_and_its_score(papers: Mapping[str, DepartmentYear]) -> None:
    paper = papers["demo-2024-accounts"]
    (secret,) = [r for r in paper.records_of("project") if r.get("secret") == "是"]
    found = allocate(paper, Policy.load())
    assert secret.get("name") not in str(found.data())
    (line,) = [line for line in found.lines if line.name == "有关项目"]
    assert line.proposal is None and line.total is None and "涉密项目" in line.reason
    assert line.base is not None


def test_nothing_is_proposed_without_a_score(papers: Mapping[str, DepartmentYear]) -> None:
    paper = papers["demo-2024-accounts"]
    judged = {r.get("project") for r in paper.records_of("evaluation")}
    for line in allocate(paper, Policy.load()).lines:
        if line.key not in judged:
            assert line.proposal is None and line.reason and line.steps == (line.reason,)
