"""Evaluations out of the database: the sheets of 深圳市医疗保险基金管理中心 2020 (附件2-1至2-6)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from yiheng.facts import DepartmentYear, Record, Source
from yiheng.ledger import queries
from yiheng.performance.scoresheets import project_funds
from yiheng.pipelines.evaluate import Evaluation, evaluate
from yiheng.pipelines.load import load
from yiheng.policy import Policy, PolicyNotInForce, PolicyUnknown
from yiheng.scoring.errors import ScoringError

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


def test_the_department_of_2020_criterion_by_criterion(evaluation: Evaluation) -> None:
    whole = evaluation.data()["department"]
    assert (whole["framework"], whole["total"]) == ("framework.department.shenzhen-2020", 90.49)
    assert whole["groups"] == {"部门决策": 18.5, "部门管理": 18.16, "部门绩效": 53.83}
    assert len(whole["criteria"]) == 21
    assert {c["verdict"] for c in whole["criteria"]} == {"equal"}
    assert sum(c["weight"] for c in whole["criteria"]) == 100


def test_what_the_ledger_knows_is_computed_and_what_no_paper_prints_is_marked(evaluation: Evaluation) -> None:
    criteria = {c["id"]: c for c in evaluation.data()["department"]["criteria"]}
    inputs = {i["name"]: (i["basis"], i["value"]) for c in criteria.values() for i in c["inputs"]}
    computed, assumed, printed = "由台账计算", "假定：由印出的得分反推", "取自公开文件"
    assert inputs["procurement.spent"] == (computed, "8423000")
    assert inputs["procurement.plan"] == (printed, "10808600")
    assert inputs["assets.in_use"] == (computed, "5645100")
    assert inputs["three_public.spent"] == (computed, "17400")
    assert inputs["execution.q4"] == (computed, "0.9892…")
    assert inputs["execution.q1"] == (assumed, "0.25")
    assert inputs["management.procurement/policy"] == (assumed, "0.88")
    assert {id for id, c in criteria.items() if c["basis"] == [computed]} == {
        "decision.goals", "management.asset-use", "performance.satisfaction",
    }  # fmt: skip
    assert {id for id, c in criteria.items() if c["basis"] == [printed]} == {
        "decision.reasonable", "decision.indicators", "management.procedure", "management.supervision",
        "management.assets", "management.rules", "performance.effects",
    }  # fmt: skip


def test_nothing_assumed_is_a_fact(accounts: DepartmentYear) -> None:
    assumed = {r.key for r in accounts.records if r.get("ground") == "assumed"}
    assert len(assumed) == 19
    assert not assumed & {fact.source.row for fact in accounts.facts}


def test_guangzhou_2023_has_48_93_of_50(db: None) -> None:
    assert load([EXAMPLES / "gzyb-2023"], "测试").ok
    found = evaluate(queries.department_year("gzyb", 2023, "performance"), Policy.load())
    whole = found.data()["department"]
    assert (whole["total"], whole["weight"], whole["complete"]) == (48.93, 50, False)
    assert (whole["printed_total"], whole["groups"]) == (98.92, {"履职效能": None, "管理效率": 48.93})
    assert [c["score"] for c in whole["criteria"]] == [None, 3, 4, 4, 15, 8.93, 10, 4]
    assert found.data()["projects"] == []


def test_a_framework_of_another_year_or_place_is_refused_by_name(accounts: DepartmentYear) -> None:
    assert evaluate(accounts, Policy.load(), "shenzhen-2020").department is not None
    with pytest.raises(PolicyNotInForce, match="2021-12-31 已经失效"):
        evaluate(
            replace(accounts, year=2021, records=()), Policy.load(), "framework.department.shenzhen-2020"
        )
    with pytest.raises(PolicyUnknown, match="不适用于深圳市"):
        evaluate(accounts, Policy.load(), "framework.department.guangzhou-2023")


def changed(accounts: DepartmentYear, key: str, **fields: str) -> DepartmentYear:
    """The department-year with other values in one record."""
    records = tuple(
        replace(r, fields={**r.fields, **fields}) if r.key == key else r for r in accounts.records
    )
    assert records != accounts.records
    return replace(accounts, records=records)


def test_an_input_written_over_a_computed_one_needs_a_reason(accounts: DepartmentYear) -> None:
    fields = {"evaluation": "szybzx-2020-f1", "name": "procurement.spent", "value": "9", "ground": "printed"}
    more = Record("criterion_input", "x", "szybzx", 2020, fields, Source("评价取数", "x", "doc", "附件1"))
    with pytest.raises(ScoringError, match=r"procurement.spent：台账算得 8423000.*另填 9，没有写理由"):
        evaluate(replace(accounts, records=(*accounts.records, more)), Policy.load())
    reasoned = replace(more, fields={**fields, "note": "按合同口径"})
    whole = evaluate(replace(accounts, records=(*accounts.records, reasoned)), Policy.load()).department
    assert whole is not None and whole.total < 90


def test_an_unknown_criterion_is_named(accounts: DepartmentYear) -> None:
    with pytest.raises(ScoringError, match=r"“management\.luck”"):
        evaluate(changed(accounts, "szybzx-2020-c-01", criterion="management.luck"), Policy.load())


def test_a_zero_budget_leaves_the_total_open(accounts: DepartmentYear) -> None:
    facts = tuple(
        replace(f, amount=0)
        if f.measure == "budget_adjusted" and f.dims.get("project") == "szybzx-2020-p2"
        else f
        for f in accounts.facts
    )
    project = evaluate(replace(accounts, facts=facts), Policy.load()).data()["projects"][1]
    assert project["computed_total"] is None
    assert project["rows"][0]["steps"] == ["全年预算数为空或为零，执行率无法计算"]
