"""Actuals of the system: computed or measured on their day, used in the records, and overridden only with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.performance.test_measures import END, JUNE, LEDGER, fact

from yiheng.facts import DepartmentYear, Record, Severity, Source
from yiheng.performance.actuals import Resolved, Taken, resolve
from yiheng.performance.providers import HandedFacts, Provider
from yiheng.performance.scoresheets import latest
from yiheng.policy import Policy

POLICY = Policy.load()
QUERIES = HandedFacts(
    {
        "受理宗数": [fact("q", 120, "2024-06-30", uom="宗"), fact("q", 260, "2024-12-31", uom="宗")],
        "支付金额": [fact("q", 123456, "2024-12-31")],
    }
)


def indicator(**fields: str) -> Record:
    given = {"key": "i1", "project": "p1", "level3": "预算执行率", "target": "≥90%", **fields}
    return Record("indicator", "i1", "u", 2024, given, Source("绩效指标", "i1"))


def actual(**fields: str) -> Record:
    given = {"key": "a1", "indicator": "i1", "date": "2024-12-31", "kind": "computed", **fields}
    return Record("actual", "a1", "u", 2024, given, Source("实际完成值", "a1"))


def year(*records: Record) -> DepartmentYear:
    return replace(LEDGER, records=records)


def done(*records: Record, days: tuple[dt.date, ...] = (END,), provider: Provider | None = None) -> Resolved:
    return resolve(year(*records), POLICY, days, provider)


def only(*records: Record, provider: Provider | None = None) -> Taken:
    (taken,) = done(*records, provider=provider).taken
    return taken


def test_a_computed_actual_gets_value_words_and_sources() -> None:
    found = done(indicator(), actual(measure="execution.rate"))
    (record,) = found.department_year.records_of("actual")
    assert record.get("value") == "90.00%"
    assert record.get("evidence") == "截至2024-12-31，支出 900.00 元÷调整预算数 1,000.00 元＝90.00%"
    assert found.taken[0].data()["sources"] == [
        {"table": "支付", "rows": 2},
        {"table": "支出预算", "rows": 2},
    ]
    assert found.findings == ()


def test_the_indicator_names_the_measure_for_its_actuals_and_for_every_day_asked() -> None:
    found = done(indicator(measure="execution.rate"), days=(JUNE, END))
    values = [(r.get("date"), r.get("value")) for r in found.department_year.records_of("actual")]
    assert values == [("2024-06-30", "50.00%"), ("2024-12-31", "90.00%")]
    assert [taken.day for taken in found.taken] == [END]
    once = done(indicator(measure="execution.rate"), actual())
    assert [r.get("value") for r in once.department_year.records_of("actual")] == ["90.00%"]


def test_a_query_is_answered_by_whoever_hands_it_down() -> None:
    asking = indicator(query="受理宗数", target="≥250宗")
    found = done(asking, days=(JUNE, END), provider=QUERIES)
    assert [r.get("value") for r in found.department_year.records_of("actual")] == ["120宗", "260宗"]
    assert only(
        indicator(), actual(kind="measured", query="支付金额"), provider=QUERIES
    ).value == "1,234.56元".replace(",", "")


@pytest.mark.parametrize(
    ("records", "provider", "why"),
    [
        ((indicator(query="受理宗数"),), None, "查询“受理宗数”没有提供者"),
        ((indicator(query="人次"),), QUERIES, "没有查询“人次”，现有：受理宗数、支付金额"),
        ((indicator(), actual(kind="measured", query="支付金额", date="2024-03-31")), QUERIES,
         "查询“支付金额”没有截至 2024-03-31 的数"),
        ((indicator(measure="luck.rate"),), None, "没有取数口径“luck.rate”，现有：execution.rate 预算执行率"),
        ((indicator(), actual()), None, "没有填取数口径，不知道由什么得出"),
        ((indicator(measure="staff.rate"),), None, "“财政供养人员控制率”只能由部门整体计算"),
    ],
)  # fmt: skip
def test_what_could_not_run_is_a_finding_and_no_value(
    records: tuple[Record, ...], provider: Provider | None, why: str
) -> None:
    found = done(*records, provider=provider)
    assert found.department_year.records_of("actual") == ()
    (finding,) = found.findings
    assert finding.message.startswith(why) and finding.next_step and finding.severity is Severity.WARNING


def test_an_override_shows_the_difference_and_its_reason() -> None:
    written = actual(measure="execution.rate", value="92%", system_value="90.00%", override_reason="含年末在途",
                     evidence_kind="file", evidence="在途清单")  # fmt: skip
    found = done(indicator(), written)
    (taken,) = found.taken
    assert (taken.value, taken.problem) == ("92%", "")
    assert taken.override is not None
    assert taken.override.text() == "由台账计算为 90.00%，改写为 92%，相差 0.02；理由：含年末在途"
    record = latest(found.department_year.records_of("actual"), "i1")
    assert record is not None and (record.get("value"), record.get("evidence")) == ("92%", "在途清单")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"value": "92%"}, "由台账计算的实际完成值 90.00% 改写为 92%，没有写理由"),
        (
            {"value": "92%", "system_value": "88.00%", "override_reason": "核对"},
            "改写时系统得出 88.00%，现在得出 90.00%",
        ),
        ({"value": "9天", "system_value": "90.00%", "override_reason": "核对"}, "改写前后的单位"),
    ],
)
def test_an_override_that_contradicts_the_system_is_an_error(fields: dict[str, str], why: str) -> None:
    found = done(indicator(), actual(measure="execution.rate", **fields))
    (finding,) = found.findings
    assert finding.message.startswith(why) and finding.severity is Severity.ERROR
    assert found.department_year.records_of("actual")[0].get("value") == fields["value"]
