"""Evaluations, surveys and actuals: what a row must carry, in Chinese before the database refuses it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.ledger.builders import Content, content, load, row

from yiheng.facts.disclosure import mask, scope
from yiheng.ledger import operations
from yiheng.ledger import queries as ledger
from yiheng.ledger.errors import InvalidContent
from yiheng.ledger.models import Load
from yiheng.performance.models import Actual
from yiheng.policy import Policy

pytestmark = pytest.mark.django_db

SHEET = row("evaluations", "e1", level="project", project="p1", document="paper", place="附件1")
INDICATOR = row("indicators", "i1", level="project", project="p1", level1="产出指标", target="≥10次")


def refusals(*rows: Any) -> list[tuple[str, str, int | None]]:
    """Kind, column and row of every problem; nothing is written."""
    with pytest.raises(InvalidContent) as refused:
        operations.plan(content(*rows, kinds=("performance",)))
    assert not Load.objects.exists()
    assert all(p.reason and p.remedy for p in refused.value.problems)
    return [(p.kind, p.column, p.row) for p in refused.value.problems]


def indicator_row(key: str = "r1", **values: Any) -> Any:
    given = {"evaluation": "e1", "level3": "巡检", "target": "≥10次", "actual": "9次", "weight": Decimal(90)}
    return row("evaluation_rows", key, **{**given, **values})


def actual(**values: Any) -> Any:
    given = {"indicator": "i1", "kind": "measured", "value": "9次", "date": dt.date(2024, 6, 30),
             "date_precision": "day", "evidence_kind": "query", "evidence": "巡检次数"}  # fmt: skip
    return row("actuals", "a1", **{**given, **values})


def sheets() -> Content:
    return content(
        SHEET, indicator_row(printed_score="81.00"), INDICATOR, actual(),
        row("criterion_scores", "c1", evaluation="e1", criterion="x", printed_score="5.5", document="paper"),
        row("criterion_inputs", "n1", evaluation="e1", name="q1", value="100%", ground="assumed",
            note="由得分推得"),
        row("surveys", "s1", name="调查", group="参保人"),
        row("survey_answers", "s1-1", survey="s1", question="满意吗", option="非常满意", count=7),
        kinds=("performance",),
    )  # fmt: skip


def test_they_come_with_the_department_year_as_records() -> None:
    load(sheets())
    paper = ledger.department_year("bureau", 2024, "performance")
    found = paper.record("evaluation_row", "r1")
    assert found is not None
    assert found.fields == {
        "key": "r1", "unit": "centre", "year": "2024", "evaluation": "e1", "order": "1", "level3": "巡检",
        "target": "≥10次", "actual": "9次", "weight": "90", "printed_score": "81.00",
    }  # fmt: skip
    for kind in ("evaluation", "criterion_score", "criterion_input", "survey", "survey_answer", "actual"):
        assert len(paper.records_of(kind)) == 1, kind
    assert operations.plan(sheets()).is_empty


@pytest.mark.parametrize(
    ("bad", "kind", "column"),
    [
        (row("evaluations", "e1", level="project"), "必填栏为空", "项目"),
        (row("evaluations", "e1", level="department", project="p1"), "层级矛盾", "项目"),
        (indicator_row(weight=Decimal(101)), "分值超出范围", "分值"),
        (indicator_row(level3=None), "必填栏为空", "三级指标"),
        (indicator_row(evidence="照片"), "佐证不完整", "佐证"),
        (indicator_row(manual_score=Decimal(4), manual_reason="疫情", scorer="甲"), "缺少佐证", "人工评分"),
        (indicator_row(manual_score=Decimal(4), scorer="甲", document="paper"), "人工评分没有理由",
         "人工评分理由"),
        (indicator_row(manual_score=Decimal(4), manual_reason="疫情"), "人工评分不完整", "评分人"),
        (actual(evidence=None, evidence_kind=None), "缺少佐证", "实际完成值"),
        (actual(system_value="8次"), "改写没有理由", "改写理由"),
        (actual(override_reason="漏计"), "改写矛盾", "系统得出的值"),
        (actual(system_value="9次", override_reason="漏计"), "改写矛盾", "实际完成值"),
        (actual(kind="entered", system_value="8次", override_reason="漏计"), "改写矛盾", "取得方式"),
        (actual(date=dt.date(2025, 1, 3)), "日期不在年度内", "日期"),
        (row("criterion_inputs", "n", evaluation="e1", name="q", value="1", ground="assumed"),
         "推得的数没有说明", "备注"),
        (row("criterion_inputs", "n", evaluation="e1", name="q", value="1", ground="printed"),
         "缺少佐证", "取数值"),
        (row("criterion_scores", "c", evaluation="e1", criterion="x", manual_score=Decimal(3), reason="齐全",
             document="paper"), "评分依据不完整", "评分依据"),
        (row("surveys", "s", name="调查", group="职工", issued=5, returned=6), "回收多于发放", "回收份数"),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_what_a_row_lacks_is_said_by_column(bad: Any, kind: str, column: str) -> None:
    assert (kind, column, 2) in refusals(bad)


def test_all_defects_are_told_at_once() -> None:
    found = refusals(indicator_row(manual_score=Decimal(4)), actual(system_value="8次", evidence_kind=None))
    assert {kind for kind, _, _ in found} >= {
        "人工评分没有理由", "人工评分不完整", "缺少佐证", "佐证不完整", "改写没有理由",
    }  # fmt: skip


def test_a_row_of_a_sheet_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidContent, match="引用不存在"), transaction.atomic():
        load(content(indicator_row(), kinds=("performance",)))


@pytest.mark.parametrize(
    "values",
    [
        {"evidence": "", "evidence_kind": ""},
        {"system_value": "8次"},
        {"kind": "guessed"},
        {"evidence_kind": "rumour"},
        {"date_precision": ""},
    ],
    ids=str,
)
def test_the_database_refuses_it_too(values: dict[str, Any]) -> None:
    load(sheets())
    sound = {"load": Load.objects.get(), "unit_id": "centre", "year": 2024, "indicator": "i1", "kind": "measured",
             "value": "9次", "date": dt.date(2024, 6, 30), "date_precision": "day", "evidence_kind": "query",
             "evidence": "巡检次数"}  # fmt: skip
    Actual.objects.create(key="a2", **sound)
    with pytest.raises(IntegrityError), transaction.atomic():
        Actual.objects.create(key="a3", **{**sound, **values})


def test_nothing_of_a_secret_project_s_evaluation_is_shown() -> None:
    rows = sheets()
    rows["projects"] = [row("projects", "p1", name="青鸾", department="bureau", year=2024, secret=True)]
    load(rows)
    policy = Policy.load()
    paper = ledger.department_year("bureau", 2024, "performance")
    masked = mask(paper, scope(policy, paper))
    assert paper.records_of("evaluation_row") and paper.records_of("actual")
    for kind in ("evaluation", "evaluation_row", "indicator", "actual"):
        assert masked.records_of(kind) == (), kind
    assert len(masked.records_of("survey")) == 1
