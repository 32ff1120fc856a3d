"""Rankings in sentences against the figures of the list; all made up (虚构)."""

from __future__ import annotations

import pytest
from tests.checks.audit.sentences import findings, shown, subject

LIST = (
    "支出合计100.00万元，其中：卫生健康支出（类）70.00万元，占70.00%；住房保障支出（类）20.00万元，占20.00%；"
    "社会保障和就业支出（类）10.00万元，占10.00%。"
)
COUNTIES = "甲县补助10.00万元、乙县补助30.00万元、丙县补助5.00万元，{}。"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("从支出结构看，卫生健康支出占比最高。", "从支出结构看，住房保障支出占比最高。"),
        ("占比最高的是卫生健康支出。", "占比最高的是社会保障和就业支出。"),
        ("其中社会保障和就业支出最少。", "其中卫生健康支出最少。"),
        ("卫生健康支出、住房保障支出居前两位。", "卫生健康支出、社会保障和就业支出居前两位。"),
        ("住房保障支出、卫生健康支出居前两位。", "住房保障支出、社会保障和就业支出居前两位。"),
        (
            "卫生健康支出、住房保障支出、社会保障和就业支出分列前三位。",
            "住房保障支出、卫生健康支出、社会保障和就业支出分列前三位。",
        ),
    ],
)
def test_a_ranking_of_the_list_before_it(right: str, wrong: str) -> None:
    for parts in ((LIST + right,), (LIST, right)):
        assert len(subject(*parts).claims.rankings) == 1
        assert shown(*parts) == []
    for parts in ((LIST + wrong,), (LIST, wrong)):
        assert [rule for rule, _ in shown(*parts)] == ["narrative.ranking"]


def test_a_ranking_within_the_sentence() -> None:
    assert shown(COUNTIES.format("其中乙县居首")) == []
    (found,) = findings(COUNTIES.format("其中甲县居首"))
    assert (found.printed, found.computed, found.quote) == ("甲县补助", "乙县补助", "其中甲县居首")
    assert shown(COUNTIES.format("其中丙县最少")) == []


@pytest.mark.parametrize(
    "text",
    [
        "住房保障支出增幅最大。",
        "住房保障支出执行率最高。",
        "住房保障支出为近年最高。",
        "住房保障支出居全市第一。",
        "医疗救助支出占比最高。",
        "住房保障支出最多不超过20.00万元。",
        "最低生活保障支出按规定发放。",
        "住房保障支出、医疗救助支出居前两位。",
    ],
)
def test_what_ranks_something_else(text: str) -> None:
    assert shown(LIST, text) == []


def test_equal_amounts_and_amounts_that_may_be_equal_keep_their_rank() -> None:
    assert shown("甲县补助10.00万元、乙县补助10.00万元，乙县最多。") == []
    assert shown("甲县补助10万元、乙县补助10.3万元，甲县最多。") == []


def test_a_list_two_paragraphs_before_is_not_meant() -> None:
    assert shown(LIST, "本部门在职人员12人，退休人员3人。", "住房保障支出占比最高。") == []
