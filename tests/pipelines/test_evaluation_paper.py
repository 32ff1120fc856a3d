"""The evaluation paper of 深圳市医疗保险基金管理中心 2020 (附件1、附件2): what its tables, text and charts say.

Printed figures are those of the published accounts of 2020, annexes 1 and 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from yiheng.facts import DepartmentYear, Outcome, Paper, Record, Table
from yiheng.facts.address import Directory
from yiheng.pipelines.assemble import Assembled
from yiheng.pipelines.evaluate import Evaluation, evaluate
from yiheng.pipelines.evaluation_paper import AS_PRINTED, assemble_evaluation
from yiheng.pipelines.publish import PublicationStopped, publish
from yiheng.policy import Policy
from yiheng.scoring.department import Basis
from yiheng.statements.evaluation.framework import ASSUMED
from yiheng.statements.evaluation.judged import deductions
from yiheng.statements.evaluation.lists import why

KEY = "szybzx-2020-accounts"
TOTALS = ("94.15", "98.70", "90.67", "93.48", "97.92", "99.90")
PRINTED = ("94.14", "98.7", "90.67", "98.48", "98.17", "99.9")
CLAIM = "check.performance.claims"


@pytest.fixture(scope="module")
def accounts(papers: Mapping[str, DepartmentYear]) -> DepartmentYear:
    return papers[KEY]


@pytest.fixture(scope="module")
def evaluation(accounts: DepartmentYear, policy: Policy) -> Evaluation:
    return evaluate(accounts, policy)


@pytest.fixture(scope="module")
def paper(accounts: DepartmentYear, policy: Policy) -> Paper:
    return assembled(accounts, policy).paper


def assembled(department_year: DepartmentYear, policy: Policy) -> Assembled:
    found = assemble_evaluation(department_year, policy)
    assert found is not None
    return found


def cell(paper: Paper, address: str) -> str:
    return Directory(paper.tables).resolve(address).cell.text


def sentences(paper: Paper) -> list[str]:
    return [sentence.text for section in paper.sections for sentence in section.sentences]


def text(paper: Paper) -> str:
    return "\n".join(sentences(paper))


class TestSheets:
    def test_totals_are_the_computed_ones(self, paper: Paper) -> None:
        assert tuple(cell(paper, f"附件2-{n}[总分, 得分]") for n in range(1, 7)) == TOTALS
        assert tuple(cell(paper, f"附件2-{n}[总分, 分值]") for n in range(1, 7)) == (
            "100",
            "100",
            "100",
            "95",
            "100",
            "100",
        )

    def test_funds_are_those_of_the_ledger_with_its_rows(self, paper: Paper) -> None:
        """附件2-2: 年初 0.00，全年预算 72155545.80，全年执行 62635694.80，执行率 87%，得分 8.7."""
        row = {
            c: cell(paper, f"附件2-2[年度资金总额, {c}]")
            for c in ("年初预算数", "全年预算数", "全年执行数", "执行率", "得分")
        }
        assert tuple(row.values()) == ("0.00", "72,155,545.80", "62,635,694.80", "87%", "8.70")
        part = {c: cell(paper, f"附件2-2[其中：当年财政拨款, {c}]") for c in ("全年执行数", "执行率", "得分")}
        assert tuple(part.values()) == ("62,635,694.80", "87%", "—")
        assert cell(paper, "附件2-2[上年结转资金, 全年执行数]") == "0.00"
        assert Directory(paper.tables).resolve("附件2-2[年度资金总额, 全年执行数]").cell.given
        assert cell(paper, "附件2-2[项目金额（元）, 内容]") == "72,155,545.80"

    def test_the_execution_rates_of_all_six(self, paper: Paper) -> None:
        rates = [cell(paper, f"附件2-{n}[年度资金总额, 执行率]") for n in range(1, 7)]
        assert rates == ["100%", "87%", "57%", "90%", "100%", "99%"]

    def test_every_score_is_the_computed_one(self, paper: Paper, evaluation: Evaluation) -> None:
        for number, found in enumerate(evaluation.projects, 1):
            table = paper.table(f"附件2-{number}")
            block = next(b for b in table.blocks if b.title == "年度绩效指标")
            names = [column.path[-1] for column in block.columns]
            shown = [
                (row.label, Decimal(cells[names.index("得分")].text))
                for row, cells in zip(block.rows, block.cells, strict=True)
            ]
            assert shown == [(row.row.name, row.points) for row in found.score.rows]

    def test_a_note_says_what_the_paper_printed_otherwise(self, paper: Paper) -> None:
        first, fourth, fifth = (" ".join(paper.table(f"附件2-{n}").notes) for n in (1, 4, 5))
        assert "医疗救助专项财政补贴年底补助人数：原件印出 4.66，计算 4.67，只因截断而相等" in first
        assert "总分：原件印出 94.14，计算 94.15，只因截断而相等" in first
        assert "总分：原件印出 98.48，计算 93.48，原件印错" in fourth
        assert "参保 18 周岁以上低保人数：原件印出 12.03，计算 11.78，原件印错" in fifth
        assert "8 行一致。" in " ".join(paper.table("附件2-2").notes)

    def test_a_sheet_of_ones_own_says_nothing_of_originals(
        self, accounts: DepartmentYear, policy: Policy
    ) -> None:
        table = assembled(own(accounts, met=False), policy).paper.table("附件2-1")
        assert table.notes == ()
        assert cell_of(table, "实施单位") == "深圳市医疗保险基金管理中心"

    def test_the_summary_lists_all_six(self, paper: Paper) -> None:
        table = paper.table("表1")
        (block,) = table.blocks
        names = [column.path[-1] for column in block.columns]
        rows = [dict(zip(names, (c.text for c in cells), strict=True)) for cells in block.cells]
        assert [row["得分"] for row in rows[:6]] == list(TOTALS)
        assert [row["原件印出"] for row in rows[:6]] == list(PRINTED)
        assert [row["与原件比较"] for row in rows[:6]] == [
            "只因截断而相等",
            "与原件一致",
            "与原件一致",
            "原件印错",
            "原件印错",
            "与原件一致",
        ]
        assert rows[6]["全年执行数"] == "1,960,755,631.11"  # 附件2 六张表全年执行数之和


def cell_of(table: Table, label: str) -> str:
    return next(
        cells[1].text
        for row, cells in zip(table.blocks[0].rows, table.blocks[0].cells, strict=True)
        if row.label == label
    )


class TestFramework:
    def test_the_total_and_its_groups(self, paper: Paper) -> None:
        assert cell(paper, "附件1[总分, 得分]") == "90.49"
        groups = ("部门决策", "部门管理", "部门绩效")
        assert [cell(paper, f"附件1[{g}小计, 得分]") for g in groups] == ["18.50", "18.16", "53.83"]
        assert cell(paper, "附件1[政府采购执行情况, 得分率]") == "83.00%"
        assert "21 项一致" in " ".join(paper.table("附件1").notes)

    def test_whatever_is_assumed_is_marked_and_nothing_else(
        self, paper: Paper, evaluation: Evaluation
    ) -> None:
        assert evaluation.department is not None
        rows = evaluation.department.score.criteria
        assert sum(row.assumed for row in rows) == 11
        for row in rows:
            marked = cell(paper, f"附件1[{row.criterion.name}, 假定的取数]").startswith(ASSUMED)
            assert marked is row.assumed, row.criterion.name
            assert Basis.ASSUMED.label not in cell(paper, f"附件1[{row.criterion.name}, 依据]")
        said = [s for s in sentences(paper) if s.startswith(ASSUMED)]
        assert len(said) == 11
        assert any("不是台账数据" in note for note in paper.table("附件1").notes)

    def test_charts(self, paper: Paper) -> None:
        charts = {chart.id: chart for chart in paper.charts}
        fall = charts["department-score"].series[0].points
        assert (fall[0], fall[-1]) == (("满分", Decimal(100)), ("得分", Decimal("90.49")))
        assert dict(fall)["群众信访办理情况"] == Decimal("3.00")
        axes = dict(charts["department-rates"].series[0].points)
        assert (axes["目标设置"], axes["人员管理"]) == (Decimal("85.00"), Decimal("50.00"))
        reached = dict(charts["szybzx-2020-f2-1-attainment"].series[0].points)
        assert reached["医疗救助专项财政补贴年底补助人数"] == Decimal("46.7")  # 3035 ÷ 6504
        assert {id for section in paper.sections for id in section.charts} == set(charts)


class TestSurveys:
    def test_counts_composite_interval_and_what_was_printed(self, paper: Paper) -> None:
        staff = paper.table("表2")
        questions, results = staff.blocks
        assert [c.path[-1] for c in questions.columns] == [
            "问题",
            "非常满意",
            "满意",
            "比较满意",
            "不满意",
            "满意率",
        ]
        assert [c.text for c in questions.cells[0][1:]] == ["78", "15", "1", "2", "96.88%"]  # 93 ÷ 96
        said = {row.label: cells[-1].text for row, cells in zip(results.rows, results.cells, strict=True)}
        assert said["有效问卷"] == "96份"
        assert said["综合满意度"].startswith("97.79%")
        assert said["原件印出"] == "97.78%（只因截断而相等）"
        assert said["95%置信区间"] == "92.53%—99.37%"

    def test_the_three_composites_in_the_text(self, paper: Paper) -> None:
        said = text(paper)
        for group, answers, composite in (
            ("员工", 96, "97.79%"),
            ("参保人", 122, "99.18%"),
            ("医疗机构", 142, "99.30%"),
        ):
            assert f"{group}：有效问卷{answers}份，综合满意度{composite}" in said
        assert "共收回有效问卷360份" in said

    def test_a_target_inside_the_interval_is_warned_of(
        self, accounts: DepartmentYear, policy: Policy
    ) -> None:
        def aimed(record: Record) -> Record:
            return (
                replace(record, fields={**record.fields, "target": "≥98%"})
                if record.kind == "survey"
                else record
            )

        found = assembled(replace(accounts, records=tuple(map(aimed, accounts.records))), policy).paper
        assert "员工：目标 98.00% 落在95%置信区间" in text(found)
        assert any("样本不足以判断" in c.text for row in found.table("表2").blocks[1].cells for c in row)


class TestText:
    def test_every_project_that_lost_points_is_named_with_all_of_them(
        self, paper: Paper, evaluation: Evaluation
    ) -> None:
        said = sentences(paper)
        lost = [found for found in evaluation.projects if deductions(found.score)]
        assert len(lost) == 6
        for found in lost:
            name = found.score.sheet.name
            (own,) = [s for s in said if s.startswith(f"{name}：")]
            for one in deductions(found.score):
                assert f"“{one.name}”扣{one.lost}分（{why(one)}）" in own
            assert f"得分{found.score.total}分" in own
            assert f"扣分{len(deductions(found.score))}处" in own

    def test_the_deductions_are_those_of_the_table(self, paper: Paper, evaluation: Evaluation) -> None:
        (block,) = paper.table("扣分明细").blocks
        names = [column.path[-1] for column in block.columns]
        shown = [
            (c[names.index("项目")].text, row.label, c[names.index("扣分")].text)
            for row, c in zip(block.rows, block.cells, strict=True)
        ]
        assert shown == [
            (found.score.sheet.name, one.name, str(one.lost))
            for found in evaluation.projects
            for one in deductions(found.score)
        ]
        assert len(shown) == 13

    def test_not_all_is_not_called_all(self, paper: Paper) -> None:
        assert "全部完成" not in text(paper)
        assert "6个项目共54个指标，45个得满分，9个扣分。" in text(paper)

    def test_all_is_said_only_where_all_are_met(self, accounts: DepartmentYear, policy: Policy) -> None:
        assert "1个项目的7个指标全部完成，各项目均得满分。" in text(
            assembled(own(accounts, met=True), policy).paper
        )
        assert "全部完成" not in text(assembled(own(accounts, met=False), policy).paper)

    def test_grades_are_those_of_the_rule(self, accounts: DepartmentYear, policy: Policy) -> None:
        """The national rule grades 90 and more 优 (财预〔2020〕10号), and wants a number for 成本控制率."""

        def ruled(record: Record) -> Record:
            changed = {"evaluation": {"framework": ""}, "evaluation_row": {"actual": "98%"}}.get(
                record.kind, {}
            )
            if record.kind == "evaluation_row" and record.get("actual") != "≤100%":
                return record
            return replace(record, fields={**record.fields, **changed})

        alone = own(accounts, met=True)
        said = text(assembled(replace(alone, records=tuple(map(ruled, alone.records))), policy).paper)
        assert "等级为优的项目1个：财政对医疗保障的补助。" in said

    def test_a_miss_that_rounding_hides_is_not_called_all(
        self, accounts: DepartmentYear, policy: Policy
    ) -> None:
        """6503 ÷ 6504 × 10 = 9.998 is printed 10.00: no point is lost, and yet not everything was reached."""
        said = text(assembled(own(accounts, met=False, missed="6503 人"), policy).paper)
        assert "全部完成" not in said
        assert "扣0.00" not in said

    def test_figures_open_to_their_ledger_rows(self, paper: Paper) -> None:
        (section,) = [s for s in paper.sections if s.id == "efficiency"]
        money = [f for s in section.sentences for f in s.figures if f.kind == "amount"]
        assert len(money) == 12
        assert all(figure.terms for figure in money)


def own(accounts: DepartmentYear, met: bool, missed: str = "6500 人") -> DepartmentYear:
    """The first sheet alone, as a bureau's own; `met` where both short rows reached their targets (6504 人)."""
    reached = {"szybzx-2020-f2-1-01": "322.5 万人", "szybzx-2020-f2-1-02": "6504 人"}
    if not met:
        reached["szybzx-2020-f2-1-02"] = missed
    records = []
    for r in accounts.records:
        if r.kind.startswith("criterion") or (r.kind == "evaluation" and r.key != "szybzx-2020-f2-1"):
            continue
        if r.kind == "evaluation_row" and r.get("evaluation") != "szybzx-2020-f2-1":
            continue
        fields = {
            name: value
            for name, value in r.fields.items()
            if not name.startswith("printed") and name != "document"
        }
        if r.kind == "evaluation_row":
            fields |= {"actual": reached.get(r.key, r.get("actual")), "evidence": "年度统计表"}
        records.append(replace(r, fields=fields) if r.kind.startswith("evaluation") else r)
    return replace(accounts, records=tuple(records), document="")


class TestClaims:
    def test_a_transcribed_claim_is_found_and_kept(self, paper: Paper) -> None:
        (found,) = [f for f in paper.findings if f.rule == CLAIM and f.outcome is Outcome.FAIL]
        assert found.place == "说明文字[evaluation.results]"
        assert found.accepted == AS_PRINTED
        assert "附件2-5 参保深圳重疾险人数 分值 6.25，得分 6.07" in found.message
        assert found.message.startswith("文字写“全面实现”，而 9 个指标没有得满分")

    def test_ones_own_claim_stops_the_publication(
        self, accounts: DepartmentYear, policy: Policy, tmp_path: Path
    ) -> None:
        with pytest.raises(PublicationStopped) as stopped:
            publish(own(accounts, met=False), policy, tmp_path)
        assert [f.rule for f in stopped.value.findings] == [CLAIM]
        assert list(tmp_path.iterdir()) == []

    def test_it_passes_where_all_are_met(self, accounts: DepartmentYear, policy: Policy) -> None:
        found = assembled(own(accounts, met=True), policy).paper.findings
        assert [f.outcome for f in found if f.rule == CLAIM] == [Outcome.PASS]


def test_what_no_document_stands_behind_says_so(paper: Paper) -> None:
    notices = "\n".join(paper.notices)
    assert "系统默认：绩效自评真实性核查阈值，没有文件规定" in notices
    assert "由公开文件反推：深圳市2020年度项目支出绩效自评评分做法" in notices


def test_what_cannot_be_judged_stops_the_publication(
    accounts: DepartmentYear, policy: Policy, tmp_path: Path
) -> None:
    broken = tuple(
        replace(r, fields={**r.fields, "target": ""}) if r.key == "szybzx-2020-f2-1-03" else r
        for r in accounts.records
    )
    with pytest.raises(PublicationStopped) as stopped:
        publish(replace(accounts, records=broken), policy, tmp_path)
    assert [f.title for f in stopped.value.findings] == ["绩效评价无法计算"]
    assert "缺少 target" in stopped.value.findings[0].message


def test_a_place_without_an_outline_of_its_own_follows_the_general_one(
    accounts: DepartmentYear, policy: Policy
) -> None:
    """Without a score of the whole department the paper is called after its sheets, and has no empty columns."""
    elsewhere = replace(own(accounts, met=False), jurisdiction="440000")
    plain = tuple(
        replace(r, fields={**r.fields, "framework": ""}) if r.kind == "evaluation" else r
        for r in elsewhere.records
    )
    found = assembled(replace(elsewhere, records=plain), policy).paper
    assert found.title == "深圳市医疗保险基金管理中心2020年度项目支出绩效自评材料"
    assert [s.heading for s in found.sections if s.level == 1][:3] == [
        "一、基本情况", "二、绩效自评工作开展情况", "三、综合评价情况及评价结论",
    ]  # fmt: skip
    assert any(
        notice.startswith("系统默认：部门整体支出绩效自评报告提纲（通用）") for notice in found.notices
    )
    assert "有1个指标待人工评分，相应项目的总分未定。" in text(found)  # 照抄目标的 ≤100% 按现行规则不给分
    assert cell(found, "自评表1[总分, 得分]") == "待评"
    assert "原件印出" not in [column.path[-1] for column in found.table("结果汇总").blocks[0].columns]


def test_a_framework_that_nobody_scored_shows_no_zero(accounts: DepartmentYear, policy: Policy) -> None:
    """The national framework (财预〔2013〕53号) has criteria and no weights; what is not scored is not 0."""
    found = assemble_evaluation(accounts, policy, framework="framework.department.national")
    assert found is not None
    said = text(found.paper)
    assert "部门整体支出绩效评价共性指标体系框架的各项指标都还没有评分。" in said
    assert "得分0分" not in said
    sums = ("投入小计", "过程小计", "总分")
    assert [cell(found.paper, f"附件1[{name}, 得分]") for name in sums] == ["待评"] * 3
    assert [cell(found.paper, f"附件1[{name}, 分值]") for name in sums] == [""] * 3


def test_no_paper_without_an_evaluation(papers: Mapping[str, DepartmentYear], policy: Policy) -> None:
    assert assemble_evaluation(papers["szybzx-2023-budget"], policy) is None
