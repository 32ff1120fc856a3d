"""What the public sees, by small cases: nothing of a secret project but its amounts, no row of an inner table."""

import datetime as dt
from dataclasses import replace

import pytest

from yiheng.facts import DepartmentYear, Fact, Record, Source, Unit
from yiheng.facts.disclosure import Scope, mask, public, scope
from yiheng.policy import Policy

UNIT = Unit("jia", "", "甲中心", "", "", "unit")
RULE = Scope("有关项目", frozenset({"支付", "合同", "资产"}), frozenset({"contract"}))
SECRET = ("玄鸟", "QX-0001")
"""A word of everything that belongs to the secret project, and its code."""


def fact(key: str, amount: int, table: str = "支付", on: str = "", quantum: int = 0, **dims: str) -> Fact:
    day = dt.date.fromisoformat(on) if on else None
    source = Source(table, key, place="玄鸟卷宗" if dims.get("project") == "p1" else "")
    return Fact(
        key,
        "spending",
        "joint",
        "jia",
        2024,
        dims,
        amount,
        quantum,
        source,
        on=day,
        on_precision="day" if day else "",
    )


def record(kind: str, key: str, **fields: str) -> Record:
    return Record(kind, key, "jia", 2024, fields, Source("台账", key))


def department_year(*content: Fact | Record) -> DepartmentYear:
    projects = (
        record("project", "p1", name="玄鸟行动", code="QX-0001", secret="是", overview="玄鸟概况", order="1"),
        record("project", "p11", name="公开项目", code="GK-0011", secret="否"),
    )
    found = (*projects, *content)
    return DepartmentYear(
        UNIT,
        2024,
        "accounts",
        "440300",
        (UNIT,),
        tuple(f for f in found if isinstance(f, Fact)),
        tuple(r for r in found if isinstance(r, Record)),
    )


def spelled(found: DepartmentYear) -> str:
    return repr((found.facts, found.records))


class TestSecretProject:
    """涉密项目: amounts and codes stay; whatever names it goes."""

    @pytest.mark.parametrize(
        "content",
        [
            fact("玄鸟-1", 5, project="p1", function="2101599"),
            fact("x", 5, project="p1", project_name="玄鸟行动"),
            replace(fact("x", 5, "项目测算", project="p1", item="玄鸟设备"), measure="costing"),
            record("costing", "c", project="p1", item="玄鸟设备"),
            record("objective", "o", project="p1", text="玄鸟目标"),
            record("indicator", "i", project="p1", level3="玄鸟指标"),
            record("contract", "h", project="p1", title="玄鸟合同", supplier="玄鸟公司"),
            record("transfer", "t", project="p1", project_name="玄鸟行动"),
            record("reason", "r", subject="project.p1.jia", text="玄鸟扩大"),
            record("text", "t", section="projects.p1", text="玄鸟说明"),
            record("reason", "r", subject="total", text="因玄鸟行动（QX-0001）增加"),
            record("accepted_finding", "a", rule="x", cell="表5[玄鸟行动]", reason="玄鸟行动不公开"),
            replace(fact("y", 5, item="玄鸟行动"), measure="statistic"),
        ],
        ids=lambda content: f"{getattr(content, 'kind', 'fact')} {content.key}",
    )
    def test_nothing_names_it(self, content: Fact | Record) -> None:
        before = department_year(content)
        shown = spelled(mask(before, RULE))
        assert SECRET[0] in spelled(before)
        assert not [word for word in SECRET if word in shown]
        assert "'p1'" not in shown

    def test_objectives_of_its_tasks_go_with_them(self) -> None:
        found = department_year(
            record("task", "rw-1", project="p1", name="玄鸟任务", content="玄鸟内容"),
            record("task", "rw-2", project="p11", name="公开任务"),
            record("objective", "o1", level="task", task="rw-1", text="玄鸟目标"),
            record("objective", "o2", level="task", task="rw-2", text="公开目标"),
        )
        shown = mask(found, RULE)
        assert "玄鸟" not in spelled(shown)
        assert [r.get("text") for r in shown.records_of("objective")] == ["公开目标"]
        assert [r.get("name") for r in shown.records_of("task")] == ["有关项目", "公开任务"]

    def test_amounts_and_codes_stay(self) -> None:
        shown = mask(department_year(fact("a", 5, project="p1", function="2101599", economic="30227")), RULE)
        (kept,) = shown.facts
        assert kept.amount == 5
        assert kept.dims == {"project": "secret-1", "function": "2101599", "economic": "30227"}
        (project,) = [r for r in shown.records_of("project") if r.key == "secret-1"]
        assert (project.get("name"), project.get("code"), project.get("overview")) == ("有关项目", "", "")
        assert project.get("order") == "1"

    def test_another_project_keeps_everything(self) -> None:
        """Its key ends as the secret one begins; neither it nor its reasons are touched."""
        own = (
            fact("b", 7, project="p11", function="2101599"),
            record("reason", "r", subject="project.p11.jia", text="扩大"),
            record("objective", "o", project="p11", text="目标"),
        )
        shown = mask(department_year(*own), RULE)
        assert [c for c in (*shown.facts, *shown.records) if c in own] == list(own)

    def test_two_secret_projects_stay_apart(self) -> None:
        other = record("project", "p2", name="玄鸟二期", code="QX-0002", secret="是")
        shown = mask(department_year(other, fact("a", 1, project="p1"), fact("b", 2, project="p2")), RULE)
        assert [(f.dims["project"], f.amount) for f in shown.facts] == [("secret-1", 1), ("secret-2", 2)]
        assert len({f.key for f in shown.facts}) == 2
        assert "玄鸟" not in spelled(shown)

    def test_without_a_secret_project_nothing_is_copied(self) -> None:
        found = department_year(fact("a", 1))
        plain = replace(found, records=found.records[1:])
        assert mask(plain, RULE) is plain


class TestPublic:
    """对外公开: inner rows are added up, so that a figure still has its sources but names no one."""

    def test_payments_of_one_line_are_one_total_of_the_year(self) -> None:
        """Not of the month: of one payment in a month, the total would be that payment."""
        shown = public(
            department_year(
                fact("zf-1", 5, on="2024-03-01", function="2101599"),
                fact("zf-2", 7, on="2024-03-28", function="2101599"),
                fact("zf-3", 11, on="2024-04-02", function="2101599"),
                fact("zf-4", 13, on="2024-03-05", function="2101501"),
            ),
            RULE,
        )
        assert [(f.amount, f.dims["function"], str(f.on), f.on_precision) for f in shown.facts] == [
            (23, "2101599", "2024-12-31", "year"),
            (13, "2101501", "2024-12-31", "year"),
        ]
        assert {f.source.row for f in shown.facts} == {"全年合计"}
        assert "zf-" not in spelled(shown)
        assert len({f.key for f in shown.facts}) == 2

    def test_a_total_is_never_known_better_than_its_parts(self) -> None:
        """Rounded amounts stay apart: one fact could not carry the interval of their sum."""
        rows = [
            fact("a", 2_000_000, quantum=1_000_000),
            fact("b", 3_000_000, quantum=1_000_000),
            fact("c", 1),
        ]
        shown = public(department_year(*rows, fact("d", 2)), RULE)
        assert [(f.amount, f.quantum) for f in shown.facts] == [
            (2_000_000, 1_000_000),
            (3_000_000, 1_000_000),
            (3, 0),
        ]
        assert not any(f.source.row in "abcd" for f in shown.facts)

    def test_rows_above_the_inner_tables_stay(self) -> None:
        line = fact("ys-1", 5, "支出预算", function="2101599")
        assert public(department_year(line), RULE).facts == (line,)

    def test_only_what_the_paper_itself_printed_stays_a_row(self) -> None:
        """A payment that names a voucher as its source document is still a payment."""
        printed = replace(fact("a", 1), source=Source("支付", "a", "accounts-2024", "公开03表"))
        voucher = replace(fact("b", 2), source=Source("支付", "b", "voucher-17", "第3页"))
        found = replace(department_year(printed, voucher), document="accounts-2024")
        assert [f.source for f in public(found, RULE).facts] == [
            printed.source,
            Source("支付（汇总）", "全年合计"),
        ]

    def test_inner_records_are_left_out(self) -> None:
        found = department_year(record("contract", "h", title="租用合同", supplier="乙公司"))
        assert [r.kind for r in public(found, RULE).records] == ["project", "project"]

    def test_nothing_is_lost(self) -> None:
        rows = [
            fact(f"zf-{n}", n, on=f"2024-{n % 12 + 1:02}-03", function=str(2101500 + n % 3))
            for n in range(50)
        ]
        shown = public(department_year(*rows), RULE)
        assert sum(f.amount for f in shown.facts) == sum(range(50))
        assert len(shown.facts) < 50


def test_the_rule_is_dated_data() -> None:
    rule = scope(Policy.load(), department_year())
    assert rule.label == "有关项目"
    assert {"支付", "合同", "资产", "车辆", "人员"} <= rule.inner_tables
    assert {"contract", "asset", "vehicle", "headcount"} <= rule.inner_records
