"""Monitoring of the synthetic bureau-year: execution against time, indicators against curves, secrets kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from yiheng.facts import DepartmentYear, Record, Source
from yiheng.ledger import queries
from yiheng.performance.curves import curve_of
from yiheng.pipelines.load import load
from yiheng.pipelines.monitor import watch
from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError

pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
JULY = dt.date(2024, 7, 31)


@pytest.fixture
def whole() -> DepartmentYear:
    assert load([EXAMPLES / "demo-2024"], "测试").ok
    return queries.department_year("demo", 2024, "accounts")


@pytest.fixture
def demo(whole: DepartmentYear) -> DepartmentYear:
    """The year without what was reached and found, so that a test says that itself."""
    told = ("actual", "deviation", "follow_up")
    return replace(whole, records=tuple(r for r in whole.records if r.kind not in told))


def test_the_example_through_its_year(whole: DepartmentYear) -> None:
    found = watch(whole, Policy.load(), dt.date(2024, 8, 31))
    behind = {line.name for line in found.execution + found.indicators if found.behind(line)}
    assert behind == {
        "中央财政医疗服务与保障能力提升补助资金", "医保事务窗口社会化服务", "预算准备金",
        "突发公共卫生事件医疗保障应急", "整理档案", "培训期数",
    }  # fmt: skip
    assert len(found.deviations) == 6 and found.findings == ()
    (computed,) = [line for line in found.indicators if line.name == "资金拨付率"]
    assert computed.actual == "76.64%" and len(computed.observations) == 8
    later = watch(whole, Policy.load(), dt.date(2024, 12, 31))
    states = [d.state for d in later.deviations]
    assert states == ["已关闭", "已关闭", "整改中（逾期）", "已关闭", "整改中", "整改中（逾期）"]
    assert [f.rule for f in later.findings].count("monitor.overdue") == 2
    assert "青鸾" not in str(later.data())


def actual(indicator: str, on: str, value: str) -> Record:
    fields = {"indicator": indicator, "date": on, "value": value, "kind": "entered"}
    return Record("actual", f"{indicator}-{on}", "demo-main", 2024, fields, Source("实际完成值", on))


def test_execution_of_the_whole_is_what_was_paid_by_the_day(demo: DepartmentYear) -> None:
    found = watch(demo, Policy.load(), JULY)
    whole = found.execution[0].data()
    paid = sum(f.amount for f in demo.facts_of("spending", 2024) if f.on is not None and f.on <= JULY)
    assert whole["actual"] == f"{paid / 100:.2f} 元"
    progress = whole["progress"]
    assert progress["expected"] == "58.20%"  # 213 of 366 days
    assert (progress["reached"], progress["colour"]) == ("51.84%", "green")
    assert len(found.execution) == 1 + 15


def test_a_secret_project_is_watched_without_its_name(demo: DepartmentYear) -> None:
    text = str(watch(demo, Policy.load(), JULY).data())
    assert "青鸾" not in text and "有关项目" in text
    assert not any(r.key in text for r in demo.records_of("project") if r.get("secret") == "是")


def test_an_indicator_is_held_against_its_own_curve(demo: DepartmentYear) -> None:
    key = next(r.key for r in demo.records_of("indicator") if r.get("target") == "≥18期")
    seen = replace(
        demo, records=(*demo.records, actual(key, "2024-03-31", "3期"), actual(key, "2024-07-31", "9期"))
    )
    line = next(i for i in watch(seen, Policy.load(), JULY).indicators if i.key == key).data()
    assert line["actual"] == "9期"
    # 9 of 18 after 213 of 366 days: 50 % of 58.20 %, so 85.92 % of what was due.
    assert {k: line["progress"][k] for k in ("reached", "expected", "progress", "colour")} == {
        "reached": "50.00%", "expected": "58.20%", "progress": "85.92%", "colour": "green",
    }  # fmt: skip
    early = next(i for i in watch(seen, Policy.load(), dt.date(2024, 6, 30)).indicators if i.key == key)
    assert early.actual == "3期"
    stepped = tuple(
        replace(r, fields={**r.fields, "curve": "step", "milestones": "07-01 80%; 12-31 100%"})
        if r.key == key
        else r
        for r in seen.records
    )
    line = next(
        i for i in watch(replace(seen, records=stepped), Policy.load(), JULY).indicators if i.key == key
    ).data()
    assert (line["progress"]["expected"], line["progress"]["colour"]) == ("80.00%", "yellow")


def test_what_is_behind_without_an_entry_is_a_finding(demo: DepartmentYear) -> None:
    key = next(r.key for r in demo.records_of("indicator") if r.get("target") == "≥18期")
    seen = replace(demo, records=(*demo.records, actual(key, "2024-07-31", "2期")))

    def about(department_year: DepartmentYear) -> list[str]:
        return [
            f.rule
            for f in watch(department_year, Policy.load(), JULY).findings
            if key in f.place or "pc" in f.place
        ]

    assert about(seen) == ["monitor.deviation"]
    project = next(r.get("project") for r in demo.records_of("indicator") if r.key == key)
    fields = {"key": "pc", "indicator": key, "project": project, "dated": "2024-06-30", "due": "2024-07-15",
              "text": "少 7 期", "cause": "场地未定", "action": "改线上", "responsible": "培训科"}  # fmt: skip
    entry = Record("deviation", "pc", "demo-main", 2024, fields, Source("偏差", "pc"))
    late = replace(seen, records=(*seen.records, entry))
    assert about(late) == ["monitor.overdue"]
    proof = {"deviation": "pc", "dated": "2024-07-20", "state": "closed", "text": "已补"}
    done = Record("follow_up", "gz", "demo-main", 2024, proof, Source("偏差跟踪", "gz"))
    closed = replace(late, records=(*late.records, done))
    assert about(closed) == []
    (shown,) = watch(closed, Policy.load(), JULY).deviations
    assert (shown.closed, shown.state, shown.subject) == (True, "已关闭", "培训期数")
    (line,) = [i for i in watch(closed, Policy.load(), JULY).indicators if i.key == key]
    assert line.data()["deviations"] == ["pc"]


def test_the_deadline_comes_from_policy_with_its_source(demo: DepartmentYear) -> None:
    due = watch(demo, Policy.load(), JULY).deadline
    assert due is not None and due.day == dt.date(2024, 8, 31)
    assert "深圳市医疗保障局2021年部门预算" in due.entry.cite()


def test_an_indicator_with_a_measure_is_computed_at_every_month_s_end(demo: DepartmentYear) -> None:
    key = next(r.key for r in demo.records_of("indicator") if r.get("target") == "≥18期")
    records = tuple(
        replace(r, fields={**r.fields, "target": "≥95%", "measure": "execution.rate"}) if r.key == key else r
        for r in demo.records
    )
    found = watch(replace(demo, records=records), Policy.load(), JULY)
    line = next(i for i in found.indicators if i.key == key)
    project = next(e for e in found.execution if e.key == line.project)
    assert project.progress is not None and line.progress is not None and len(line.observations) == 7
    assert line.actual == project.data()["progress"]["reached"]


def test_dates_that_are_too_coarse_could_not_run() -> None:
    assert load([EXAMPLES / "szybzx-2020-accounts"], "测试").ok
    found = watch(queries.department_year("szybzx", 2020, "accounts"), Policy.load(), dt.date(2020, 6, 30))
    assert [line.progress for line in found.execution] == [None]
    assert "日期不够细" in found.execution[0].note


def test_a_day_outside_the_year_is_refused(demo: DepartmentYear) -> None:
    with pytest.raises(ScoringError, match="2025-01-01 不在 2024 年度内"):
        watch(demo, Policy.load(), dt.date(2025, 1, 1))


@pytest.mark.parametrize("text", ["6月 50%", "13-01 100%", "06-30 50%", "12-31 100%; 06-30 50%", ""])
def test_milestones_that_are_no_curve_are_named(text: str) -> None:
    fields = {"curve": "step", "milestones": text}
    with pytest.raises(ScoringError, match="绩效指标 i1 的进度节点"):
        curve_of(Record("indicator", "i1", "u", 2024, fields, Source("绩效指标", "i1")))
