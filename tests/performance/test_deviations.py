"""Deviations and their follow-up: append-only rows, where each stands on a day, secrets kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.ledger.builders import content, load, row

from yiheng.facts.disclosure import mask, scope
from yiheng.ledger import operations, queries
from yiheng.ledger.errors import InvalidContent
from yiheng.performance.deviations import followed
from yiheng.performance.models import Deviation
from yiheng.performance.validation import sheet_problems
from yiheng.policy import Policy

pytestmark = pytest.mark.django_db

INDICATOR = row("indicators", "i1", level="project", project="p1", level1="产出指标", target="≥10次")
AUGUST, DECEMBER = dt.date(2024, 8, 31), dt.date(2024, 12, 31)


def deviation(**values: Any) -> Any:
    given = {"indicator": "i1", "project": "p1", "dated": AUGUST, "text": "应完成 6 次，实际 2 次", "cause": "设备未到",
             "action": "加密巡检", "responsible": "信息科", "due": dt.date(2024, 11, 30)}  # fmt: skip
    return row("deviations", "d1", **{**given, **values})


def entry(key: str, month: int, state: str, **values: Any) -> Any:
    proof = {"evidence_kind": "file", "evidence": "巡检记录"} if state == "closed" else {}
    given = {"deviation": "d1", "dated": dt.date(2024, month, 15), "state": state, "text": "补做", **proof}
    return row("follow_ups", key, **{**given, **values})


def test_where_a_deviation_stands_on_each_day() -> None:
    load(content(INDICATOR, deviation(), entry("f1", 10, "open"), entry("f2", 12, "closed")))
    paper = queries.department_year("bureau", 2024, "accounts")
    days = (dt.date(2024, 7, 31), AUGUST, dt.date(2024, 11, 30), dt.date(2024, 12, 1), DECEMBER)
    stood = [[(f.label, len(f.history)) for f in followed(paper, day)] for day in days]
    assert stood == [[], [("整改中", 0)], [("整改中", 1)], [("整改中（逾期）", 1)], [("已关闭", 2)]]
    (found,) = followed(paper, DECEMBER)
    assert found.is_about("i1", "p1") and not found.is_about("", "p1")


def test_what_was_closed_may_open_again() -> None:
    load(content(INDICATOR, deviation(), entry("f1", 9, "closed"), entry("f2", 10, "open")))
    (found,) = followed(queries.department_year("bureau", 2024, "accounts"), dt.date(2024, 10, 31))
    assert found.label == "整改中"


def test_its_rows_are_corrected_by_further_rows_only() -> None:
    load(content(INDICATOR, deviation()))
    with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE performance_deviation SET cause = ''")
    load(content(INDICATOR, deviation(cause="设备到货晚")), confirmed=True)
    assert list(Deviation.objects.order_by("version").values_list("cause", flat=True)) == [
        "设备未到",
        "设备到货晚",
    ]


@pytest.mark.parametrize(
    ("bad", "kind", "column"),
    [
        (deviation(due=dt.date(2024, 8, 1)), "日期先后颠倒", "完成期限"),
        (deviation(dated=dt.date(2025, 1, 31), due=dt.date(2025, 3, 1)), "日期不在年度内", "监控日期"),
        (deviation(cause=None), "必填栏为空", "原因"),
        (entry("f1", 12, "closed", evidence=None, evidence_kind=None), "缺少佐证", "状态"),
        (entry("f1", 12, "paused"), "取值不在范围内", "状态"),
    ],
)
def test_what_a_row_lacks_is_said_by_column(bad: Any, kind: str, column: str) -> None:
    with pytest.raises(InvalidContent) as refused:
        operations.plan(content(INDICATOR, bad))
    assert (kind, column) in [(p.kind, p.column) for p in refused.value.problems]


@pytest.mark.parametrize(
    ("bad", "kind", "column"),
    [
        (deviation(project=None), "项目不符", "项目"),
        (entry("f1", 7, "open"), "日期先后颠倒", "日期"),
    ],
)
def test_what_contradicts_other_rows_is_named(bad: Any, kind: str, column: str) -> None:
    rows = content(INDICATOR, deviation(), kinds=("accounts",))
    rows.setdefault(bad.sheet, [])[:] = [bad]
    assert [(p.kind, p.column) for p in sheet_problems(rows, Policy.load())] == [(kind, column)]


def test_a_deviation_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidContent, match="引用不存在"), transaction.atomic():
        load(content(deviation(indicator="nowhere")))


def test_nothing_of_a_secret_project_s_deviation_is_shown() -> None:
    rows = content(INDICATOR, deviation(text="青鸾未完成"), entry("f1", 10, "open", text="青鸾补做"))
    rows["projects"] = [row("projects", "p1", name="青鸾", department="bureau", year=2024, secret=True)]
    load(rows)
    paper = queries.department_year("bureau", 2024, "accounts")
    masked = mask(paper, scope(Policy.load(), paper))
    assert paper.records_of("deviation") and paper.records_of("follow_up")
    assert masked.records_of("deviation") == masked.records_of("follow_up") == ()
