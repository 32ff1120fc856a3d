"""The monitoring paper: tables and text from the same lines, house defaults named, nothing inner in the public one."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from yiheng.facts import DepartmentYear, Paper, Record, Source
from yiheng.facts.address import Directory
from yiheng.ledger import queries
from yiheng.money import Amount
from yiheng.pipelines.load import load
from yiheng.pipelines.monitor import watch
from yiheng.pipelines.monitoring_paper import assemble_monitoring, publish_monitoring
from yiheng.policy import Policy
from yiheng.reporting import explain
from yiheng.reporting.trace import trace
from yiheng.statements.monitoring.form import parse_report, validate
from yiheng.statements.monitoring.watched import Watched

pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
AUGUST = dt.date(2024, 8, 31)
RESPONSIBLE = "培训科某某"


@pytest.fixture
def demo() -> DepartmentYear:
    """The synthetic year with one indicator that is behind, its deviation and its follow-up, and no other."""
    assert load([EXAMPLES / "demo-2024"], "测试").ok
    read = queries.department_year("demo", 2024, "accounts")
    kept = tuple(r for r in read.records if r.kind not in ("actual", "deviation", "follow_up"))
    key = next(r.key for r in kept if r.kind == "indicator" and r.get("target") == "≥18期")
    more = (
        ("actual", {"indicator": key, "date": "2024-08-31", "value": "3期", "kind": "entered"}),
        ("deviation", {"key": "pc", "indicator": key, "project": "demo-p09", "dated": "2024-08-31", "due": "2024-11-30",
                       "text": "少 9 期", "cause": "场地未定", "action": "改线上", "responsible": RESPONSIBLE}),
        ("follow_up", {"deviation": "pc", "dated": "2024-08-31", "state": "open", "text": "已联系场地"}),
    )  # fmt: skip
    records = tuple(
        Record(kind, fields.get("key", kind), "demo-main", 2024, fields, Source("表", kind))
        for kind, fields in more
    )
    return replace(read, records=(*kept, *records))


def paper(demo: DepartmentYear, audience: str = "public") -> tuple[Watched, Paper]:
    policy = Policy.load()
    watched = watch(demo, policy, AUGUST)
    return watched, assemble_monitoring(watched, demo, policy, audience).paper


def words(found: Paper) -> Iterator[str]:
    yield found.title
    for section in found.sections:
        yield from (sentence.text for sentence in section.sentences)
    for table in found.tables:
        for block in table.blocks:
            yield from (cell.text for row in block.cells for cell in row)


def test_the_text_says_what_the_tables_show(demo: DepartmentYear) -> None:
    watched, found = paper(demo)
    text = "\n".join(words(found))
    whole = watched.execution[0].data()
    assert (
        f"执行率{whole['progress']['reached']}" in text and f"状态为“{whole['progress']['status']}”" in text
    )
    # 3 of 18 after 244 of 366 days: 16.67 % where 66.67 % was due, 25 % of it.
    behind = "“培训期数”：指标值≥18期，完成3期，完成率16.67%，应达到66.67%，状态为“预警”，全年预计25.00%"
    assert behind in text
    assert "少 9 期。原因：场地未定。措施：改线上，期限2024-11-30" in text
    assert "共登记偏差1项，已关闭0项，整改中1项，其中逾期0项" in text
    table = next(t for t in found.tables if "中央财政医疗服务与保障能力提升补助资金" in t.title)
    row = next(row for block in table.blocks for row in block.cells if any(c.text == "培训期数" for c in row))
    shown = [cell.text for cell in row]
    assert shown[2:] == [
        "培训期数", "≥18期", "3期", "16.67%", "66.67%", "25.00%", "预警", "少 9 期（场地未定）", "改线上",
    ]  # fmt: skip
    late = [line.name for line in watched.execution[1:] if watched.behind(line)]
    assert late and all(name in text for name in late)


def test_house_defaults_and_the_legal_deadline_are_named(demo: DepartmentYear) -> None:
    _, found = paper(demo)
    assert any("系统默认：绩效运行监控状态划分" in notice for notice in found.notices)
    assert any("系统默认：绩效运行监控报告的表式和提纲" in notice for notice in found.notices)
    assert "应于2024年8月31日前编报（依据《深圳市医疗保障局2021年部门预算》" in "\n".join(words(found))


def test_the_curve_of_execution_marks_the_day_and_its_forecast(demo: DepartmentYear) -> None:
    _, found = paper(demo)
    chart = next(c for c in found.charts if c.kind == "progress")
    assert chart.as_of == "2024-08-31"
    assert {s.role for s in chart.series} == {"", "forecast", "low", "high"}
    (bars,) = [c for c in found.charts if c.kind == "attainment"]
    assert dict(bars.series[0].points)["培训期数"] == Decimal("16.67")
    assert len(chart.series[0].points) == 8 and chart.series[1].points[-1] == ("2024-12-31", 100)


def test_the_public_sees_neither_names_nor_secrets(demo: DepartmentYear, tmp_path: Path) -> None:
    _, inside = paper(demo, "internal")
    assert any(RESPONSIBLE in text for text in words(inside))
    _, folder = publish_monitoring(demo, Policy.load(), AUGUST, tmp_path)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"monitoring.docx", "monitoring.pdf", "monitoring.xlsx", "manifest.json"} <= {
        p.name for p in files
    }
    for path in files:
        text = _text(path)
        assert "青鸾" not in text and RESPONSIBLE not in text and "demo-2024-payments-" not in text, path.name
    assert "有关项目" in _text(folder / "monitoring.docx")
    again = {path: path.read_bytes() for path in files if path.suffix == ".docx"}
    publish_monitoring(demo, Policy.load(), AUGUST, tmp_path)
    assert {path: path.read_bytes() for path in again} == again


def _text(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"\n".join(parts.read(name) for name in parts.namelist())
    return data.decode("utf-8", "replace")


def test_every_figure_leads_to_rows_that_make_it(demo: DepartmentYear) -> None:
    for audience, paid in (("public", "支付（汇总）"), ("internal", "支付")):
        watched, found = paper(demo, audience)
        directory, traced = Directory(found.tables), trace(found)
        money = [ref.cell for table in found.tables for ref in table.money_cells() if ref.cell.text]
        assert len(money) > 2 * len(watched.execution)
        figures = [f for s in found.sections for told in s.sentences for f in told.figures if f.amount]
        assert {figure.name for figure in figures} == {"budget", "spent"}
        for shown in (*money, *figures):
            assert shown.amount == Amount.sum(Amount(term.fact.amount) for term in shown.terms), shown
        # The fact of a project is that of the whole: there once, whoever uses it.
        whole = directory.resolve("监控表1[全部支出, 累计支出]")
        assert all(len(traced.uses_of(term.fact)) > 2 for term in whole.cell.terms)
        assert sum(fact.measure == "spending" for fact in traced.facts) == len(whole.cell.terms)
        assert {term.fact.source.table for term in whole.cell.terms} == {paid}
        text = explain.text(whole)
        assert "规则    截至该日的支出" in text and f"来源（{len(whole.cell.terms)} 项）" in text
        assert ("2024-08-31 以前合计" in text) is (audience == "public") and "青鸾" not in text


def test_the_figures_of_an_indicator_say_their_steps_and_rows(demo: DepartmentYear) -> None:
    _, found = paper(demo)
    table = next(t for t in found.tables if "中央财政医疗服务与保障能力提升补助资金" in t.title)

    def said(column: str, of: str = "培训期数", told: Paper = found) -> str:
        return explain.text(Directory(told.tables).resolve(f"{table.code}[{of}, {column}]"))

    assert "出处    绩效指标 行 " in said("年度指标值")
    assert "出处    表 行 actual" in said("截至该日完成值")
    assert "2024-08-31 的实际完成值对照指标值“≥18期”" in said("完成率")
    # 31 August is day 244 of 366.
    assert "到 2024-08-31 已过 244 天 ÷ 全年 366 天" in said("应达到")
    assert "已完成 16.67% ÷ 应达到 66.67% ＝ 25.00%，属于“预警”一档" in said("状态")
    read = queries.department_year("demo", 2024, "accounts")
    for audience, paid in (
        ("public", "支付（汇总） 行 2024-08-31 以前合计"),
        ("internal", "支付 行 demo-2024-payments-"),
    ):
        _, with_actuals = paper(read, audience)
        (computed,) = [
            ref
            for each in with_actuals.tables
            for ref in each.cells()
            if ref.row.label == "资金拨付率" and ref.column.label == "截至该日完成值"
        ]
        text = explain.text(computed)
        assert "规则    截至2024-08-31，支出 " in text and "＝76.64%" in text and paid in text


def test_other_content_in_the_folder_stays(demo: DepartmentYear, tmp_path: Path) -> None:
    other = tmp_path / "demo-monitoring-2024-08-31" / "重要.txt"
    other.parent.mkdir()
    other.write_text("别删")
    with pytest.raises(FileExistsError, match="已有别的内容"):
        publish_monitoring(demo, Policy.load(), AUGUST, tmp_path)
    assert other.read_text() == "别删"


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("sections", 0, "sentences", 0, "text"), "{luck}", "luck"),
        (("sections", 0, "sentences", 1, "when"), ["sometimes"], "sometimes"),
        (("sections", 2, "tables"), ["weather"], "weather"),
        (("tables", "execution", "columns", "lines", "mood"), "心情", "mood"),
        (("sections", 2, "sentences", 2, "each"), "days", "days"),
    ],
)
def test_a_slip_in_the_form_is_named(path: tuple[str | int, ...], value: object, words: str) -> None:
    policy = Policy.load()
    entry = policy.get("report.monitoring", "440300", AUGUST)
    assert validate(entry, policy) == [] and parse_report(entry.value).title
    changed = _thawed(entry.value)
    at = changed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    (problem,) = validate(replace(entry, value=changed), policy)
    assert words in problem.reason


def _thawed(value: object):  # type: ignore[no-untyped-def]
    if hasattr(value, "items"):
        return {name: _thawed(each) for name, each in value.items()}
    return [_thawed(each) for each in value] if isinstance(value, tuple) else value


def test_the_points_of_the_charts_lead_into_the_tables(demo: DepartmentYear) -> None:
    _, found = paper(demo)
    directory = Directory(found.tables)
    curve, indicators = found.charts
    for series in curve.series:
        for (label, value), address in zip(series.points, series.addresses, strict=True):
            # Past months, and what will have been due, are printed nowhere.
            assert bool(address) is (label == curve.as_of or bool(series.role)), (series.name, label)
            assert not address or f"{value}%" in directory.resolve(address).cell.text
    (bars,) = indicators.series
    assert {directory.resolve(address).column.label for address in bars.addresses} == {"完成率"}
