"""Evaluations out of the database: the sheets of 深圳市医疗保险基金管理中心 2020 (附件2-1至2-6)."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiheng.facts import DepartmentYear
from yiheng.ledger import queries
from yiheng.performance.scoresheets import project_funds
from yiheng.pipelines.evaluate import Evaluation, evaluate
from yiheng.pipelines.load import load
from yiheng.policy import Policy

pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

SIX = [
    ("财政对医疗保障的补助", 94.15, 94.14, "truncated"),
    ("其他项目", 98.7, 98.7, "equal"),
    ("医疗保障经办管理", 90.67, 90.67, "equal"),
    ("医保综合管理", 93.48, 98.48, "printed_wrongly"),
    ("政府性资金-低收入家庭购买医疗保险", 97.92, 98.17, "printed_wrongly"),
    ("预算准备金", 99.9, 99.9, "equal"),
]


@pytest.fixture
def accounts() -> DepartmentYear:
    assert load([EXAMPLES / "szybzx-2020-accounts"], "测试").ok
    return queries.department_year("szybzx", 2020, "accounts")


@pytest.fixture
def evaluation(accounts: DepartmentYear) -> Evaluation:
    return evaluate(accounts, Policy.load())


def test_six_projects_from_the_ledger(evaluation: Evaluation) -> None:
    projects = evaluation.data()["projects"]
    assert [(p["name"], p["computed_total"], p["printed_total"], p["verdict"]) for p in projects] == SIX
    assert {p["rule"] for p in projects} == {"score.rule.shenzhen-2020"}
    assert [p["weights"] for p in projects] == [100, 100, 100, 95, 100, 100]


def test_each_printed_score_has_a_verdict_and_only_two_differ(evaluation: Evaluation) -> None:
    rows = [row for project in evaluation.data()["projects"] for row in project["rows"]]
    assert len(rows) == 54 + 6
    odd = {
        row["name"]: (row["computed"], row["printed"], row["verdict"])
        for row in rows
        if row["verdict"] != "equal"
    }
    assert odd == {
        "医疗救助专项财政补贴年底补助人数": (4.67, "4.66", "truncated"),
        "参保 18 周岁以上低保人数": (11.78, "12.03", "printed_wrongly"),
    }
    assert [row["name"] for row in rows if row["given"]] == ["到参保人就诊的医疗机构调查病历真实性的完成时效"]


def test_the_funds_block_comes_from_the_ledger(accounts: DepartmentYear) -> None:
    assert project_funds(accounts, "szybzx-2020-p2") == {
        "initial": 0, "budget": 7_215_554_580, "executed": 6_263_569_480,
    }  # fmt: skip
    assert project_funds(accounts, "nowhere") == {"initial": None, "budget": None, "executed": None}
