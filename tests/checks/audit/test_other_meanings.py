"""What looks like a relation and is another one: silent as it is, told where it is wrong. All invented (虚构)."""

from __future__ import annotations

import pytest
from tests.checks.audit.sentences import passed, shown
from tests.checks.audit.test_forms import rules

HOLD = [
    # The plan of each collector is its own budget; the share beside it is of the whole.
    "全区一般公共预算收入完成30,000万元，占调整预算104.28%。从征收部门看：税务部门完成18,000万元，占调整预算101.35%，"
    "占一般公共预算收入的60%；财政部门完成12,000万元，占调整预算109.02%，占一般公共预算收入的40%。",
    # Last year's figure in one stage and this year's in another, of which the change tells.
    "2016年公益金的执行数是300.00亿元，2017年的预算数是375.00亿元，比上一年度增加75.00亿元，增长25.00%。",
    # The parts of the revenue stand between it and the expenditure.
    "基金收入9,000亿元，比上年增长9.9%，其中保险费收入6,500亿元，财政补贴收入2,000亿元；支出7,600亿元，"
    "比上年增长16.8%；本年收支结余1,400亿元。",
    # The same name in two sums that both hold is of two things.
    "4、安排中药产业项目资金418万元（其中：中央财政资金310万元、省级财政资金108万元）。\n"
    "6、安排旅游产业项目资金1750万元（其中：中央财政资金810万元、省级财政资金940万元）。",
    # 转移支付 is but a part of 税收返还和转移支付.
    "总支出5,000.00亿元。其中，省本级支出1,000.00亿元，占总支出的20%；税收返还和转移支付4,000.00亿元，占总支出的80%"
    "（包括一般性转移支付2,405.16亿元，占转移支付比重达80%；专项转移支付601.29亿元）。",
    # What something was before and came to, although the two differ in a digit only.
    "收入总计由403,666万元调整为433,655万元，调增29,989万元。税收收入由年初预算94,800万元调整为94,870万元，调增70万元；"
    "非税收入由36,400万元调整为36,380万元，调减20万元。",
    # Between round figures every gap looks like a slip.
    "收入9,000万元，其中：甲收入6,500万元、乙收入2,000万元。支出7,000万元，其中：丙支出4,000万元、丁支出2,000万元，占28.57%。",
]
WRONG = [
    (HOLD[0].replace("的60%", "的66%"), "narrative.share", "66%"),
    (HOLD[1].replace("25.00%", "35.00%"), "narrative.growth", "35.00%"),
    (HOLD[1].replace("增加75.00", "增加78.00"), "narrative.difference", "78.00亿元"),
    (HOLD[2].replace("1,400", "1,900"), "narrative.difference", "1,900亿元"),
    (
        HOLD[6].replace("甲收入6,500", "甲收入6,583").replace("2,000", "2,417", 1).replace("9,000", "9,500"),
        "narrative.parts",
        "9,500万元",
    ),
    (HOLD[3].replace("940", "960"), "narrative.parts", "960万元"),
    (HOLD[4].replace("的20%", "的25%"), "narrative.share", "25%"),
]


@pytest.mark.parametrize("text", HOLD)
def test_what_holds_in_its_own_meaning_is_silent(text: str) -> None:
    paragraphs = tuple(text.split("\n"))
    assert shown(*paragraphs) == []
    assert passed(paragraphs) > 0


@pytest.mark.parametrize(("text", "rule", "figure"), WRONG)
def test_what_is_wrong_in_its_own_meaning_is_told(text: str, rule: str, figure: str) -> None:
    ((found, printed),) = shown(*text.split("\n"))
    assert found == rule and figure in printed.split("；")


DROPPED = "（一）甲项目”募集100元；乙项目”募集200元，按规定使用。"


def test_signs_whose_other_half_a_converter_dropped_everywhere_are_not_judged() -> None:
    assert rules(DROPPED, DROPPED, DROPPED, rule="audit.form.brackets") == []
    assert rules(DROPPED, DROPPED, rule="audit.form.brackets") == ["”", "”"]
    assert rules(DROPPED, DROPPED, DROPPED, "“丙”项目。", rule="audit.form.brackets") == ["”"] * 3
