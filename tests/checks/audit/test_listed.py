"""Announced numbers against the lists that follow (列举个数); all made up (虚构)."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import block, document, failed, findings, table

from yiheng.facts import Outcome
from yiheng.facts.document import ReadTable

RULE = "audit.form.listed"


def wrong(*parts: ReadTable | str) -> list[tuple[str, str]]:
    return [(p, c) for r, p, c in failed(document(*parts), "accounts") if r == RULE]


def outcomes(*parts: ReadTable | str) -> list[Outcome]:
    return [f.outcome for f in findings(document(*parts), "accounts") if f.rule == RULE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("主要采取以下{}项措施：一是完善制度；二是加强监管；三是强化应用。", ("两", "四")),
        ("自评工作分为{}个步骤。一是制定方案。二是单位自评。三是审核汇总。", ("二", "4")),
        ("存在{}个方面的问题：1.指标不够细化；2.执行不够均衡；3.调查样本偏少。", ("2", "四")),
        ("工作原则有{}条，具体是：（1）客观公正；（2）突出重点；（3）公开透明。", ("2", "4")),
        ("从{}个方面改进：第一，提高质量；第二，加强监控；第三，落实责任。", ("两", "四")),
        ("设立{}大任务：①参保扩面；②基金监管；③待遇落实。", ("2", "四")),
    ],
)
def test_a_list_in_the_sentence(text: str, expected: tuple[str, str]) -> None:
    assert outcomes(text.format("三")) == [Outcome.PASS]
    for count in expected:
        assert wrong(text.format(count)) == [(count, "3")]


def test_a_list_of_paragraphs() -> None:
    items = ("1.某市医疗保障局（本级）；", "2.某市医疗保障服务中心；", "3.某市医疗保障信息中心。")
    assert outcomes("纳入编制范围的单位共3个，具体包括：", *items) == [Outcome.PASS]
    assert wrong("纳入编制范围的单位共4个，具体包括：", *items, "本部门按照规定编制决算。") == [("4", "3")]
    headings = ("# （一）绩效目标不够细化", "部分指标难以量化。", "# （二）执行不够均衡", "支出集中在年末。")
    assert wrong("主要存在以下三个问题：", *headings) == [("三", "2")]
    assert outcomes("主要存在以下两个问题：", *headings) == [Outcome.PASS]


def test_a_list_that_goes_on_in_the_next_paragraph() -> None:
    assert outcomes("采取三项措施：一是完善制度；二是加强监管。", "三是强化应用，与预算挂钩。") == [
        Outcome.PASS
    ]
    assert wrong("采取四项措施：一是完善制度；二是加强监管。", "三是强化应用，与预算挂钩。") == [("四", "3")]
    assert not outcomes("采取三项措施：一是完善制度；二是加强监管。", "按照要求，三是强化应用。").count(
        Outcome.FAIL
    )


@pytest.mark.parametrize(
    "text",
    [
        "开展约三项工作：一是完善制度；二是加强监管。",
        "共处理3个月以上的案件：1.甲案；2.乙案。",
        "全年完成5项任务，支出30万元：一是完善制度；二是加强监管。",
        "前三个季度：一是完善制度；二是加强监管。",
        "本部门开展了三项工作，成效明显。一是完善制度；二是加强监管。",
        "内设办公室、监管科等5个科室：负责日常工作。",
        "包括三个方面：完善制度，加强监管。",
    ],
)
def test_what_is_no_announcement_or_no_list(text: str) -> None:
    assert not outcomes(text).count(Outcome.FAIL)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("下属单位共{}个：某市医疗保障服务中心、某市医疗保障信息中心、某市医疗保障稽核所。", "3"),
        ("内设{}个科室：办公室、基金监管科（行政执法队）、待遇保障科。", "三"),
        ("设置{}类指标：数量指标、质量指标、时效指标。", "三"),
        ("重点开展{}项工作：完善制度，明确责任；加强监管，防范风险；强化应用。", "三"),
        ("制定{}个办法，具体为：《基金、价格管理办法》；《内部控制办法》；《考核办法》。", "3"),
    ],
)
def test_a_list_without_numbers(text: str, count: str) -> None:
    more = {"3": "4", "三": "四"}[count]
    assert outcomes(text.format(count)) == [Outcome.PASS]
    assert wrong(text.format(more)) == [(more, "3")]
    assert wrong(text.format("2")) == [("2", "3")]


@pytest.mark.parametrize(
    "text",
    [
        "内设4个科室：办公室、待遇保障和医药服务科、基金监管科。",  # 和 may join two
        "内设2个科室：办公室、规划财务、法规科。",  # 、 may stand inside a name
        "内设4个科室：办公室、监管科、信息科，另有机关党委。",
        "下属单位4个：甲中心、乙中心、丙中心等。",
        "开展四项工作：完善制度；加强监管；同时强化应用。",
        "开展四项工作：一方面完善制度；二是加强监管；强化应用。",
        "设4个组：综合组：甲、乙；业务组：丙。",
        "评价分为4个等级：优、良、差。",
        "下属单位4个：甲中心、乙中心、丙中心",  # the sentence goes on elsewhere
        "下属单位4个。甲中心、乙中心、丙中心。",
    ],
)
def test_a_list_whose_marks_part_it_not_surely(text: str) -> None:
    assert not outcomes(text).count(Outcome.FAIL)


def test_where_the_list_ends_is_unsure() -> None:
    inner = table("", block(["金额"], [("", "甲", ["1.00"])]))
    assert not wrong("共有4个项目，具体如下：", "1.甲项目。", "2.乙项目。", inner, "3.丙项目。")
    assert not wrong("共有4个项目，具体如下：", "1.甲项目。", "2.乙项目。", "4.丁项目。")
    assert outcomes("共有12个项目，具体如下：", "1.甲项目。", "2.乙项目。", "说明到此为止。") == [
        Outcome.COULD_NOT_RUN
    ]


def test_as_many_sheets_as_announced() -> None:
    def sheet(name: str) -> ReadTable:
        head = block(["内容"], [("", "项目名称", [name])], unit="")
        columns = ["年度指标值", "实际完成值", "分值", "得分"]
        rows = [("", "次数", ["2次", "2次", "60", "60"]), ("", "质量", ["好", "好", "40", "40"])]
        return table("项目支出绩效自评表", head, block(columns, rows, unit=""), unit="")

    def said(count: int) -> list[tuple[str, str]]:
        text = f"随本报告公开{count}个项目支出绩效自评表。"
        made = failed(document(text, sheet("甲项目"), sheet("乙项目"), sheet("丙项目")), "self_evaluation")
        return [(p, c) for r, p, c in made if r == "audit.form.announced-sheets"]

    assert said(4) == [("4", "3")]
    assert not said(3)
    assert not said(30)
