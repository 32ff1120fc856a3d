"""Wordings of many places: what holds, what is wrong and what must not be judged. All invented (虚构)."""

from __future__ import annotations

import pytest
from tests.checks.audit.sentences import passed, shown

Paragraphs = tuple[str, ...]

HOLD: list[Paragraphs] = [
    # A change behind a subject that stands without a figure is not one of the total.
    (
        "“三公”经费支出决算总额为7.50万元，比去年增加1.50万元，增长25%。其中，出国费比预算无增减变化，比去年无增减变化；"
        "用车运行费比预算无增减变化，比去年增加1.20万元，增长30%；接待费比预算无变化，比去年增加0.30万元，增长13%。",
    ),
    # How far two figures lie apart is no part of a total.
    (
        "“三公”经费支出3.10万元，年初预算为4.60万元，差值为1.50万元。其中：出国支出0万元，年初预算为0万元，差值为0万元；"
        "用车运行费支出0万元，年初预算为1.40万元，差值为1.40万元；接待费支出3.10万元，年初预算为3.20万元，差值为0.10万元。",
    ),
    ("截至4月底，收入累计完成20,000万元，完成年初预算数50,000万元的40%，比上年减收1,000万元，下降4.8%。",),
    ("收入累计完成20,000万元，完成年初预算数50,000万元的40%。其中：税收收入7,500万元，非税收入12,500万元。",),
    ("教育支出12.00万元，完成预算15.00万元的80%，医疗卫生与计划生育支出9.00万元，完成预算12.00万元的75%。",),
    ("工资福利支出120万元，较上年增20万元，增20%；公用支出45万元，同比降5万元，降10%。",),
    ("上划收入37.80亿元，减少0.46亿元，负增长1.20%。",),
]
WRONG: list[tuple[Paragraphs, str, str]] = [
    (
        ("用车运行费5.20万元，比预算无增减变化，比去年增加1.20万元，增长35%。",),
        "narrative.growth",
        "35%",
    ),
    (
        ("收入累计完成20,000万元，完成年初预算数50,000万元的47%，比上年减收1,000万元，下降4.8%。",),
        "narrative.completion",
        "47%",
    ),
    (
        (
            "收入累计完成20,000万元，完成年初预算数50,000万元的40%。其中：税收收入7,500万元，非税收入12,800万元。",
        ),
        "narrative.parts",
        "12,800万元",
    ),
    (("公用支出45万元，同比降5万元，降14%。",), "narrative.growth", "14%"),
    (("公用支出较上年减0.40万元，增0.1%。",), "narrative.direction", "0.1%"),
    (("上划收入37.80亿元，减少0.46亿元，负增长2.20%。",), "narrative.growth", "2.20%"),
]
SILENT: list[Paragraphs] = [
    # The last item of a sentence is not the total of the paragraphs below.
    (
        "“三公”经费支出决算中，出国费支出决算0万元，占0%；接待费支出决算4.20万元，占58.33%；用车购置及运行费支出决算"
        "3.00万元，占41.67%。具体情况如下：",
        "1.出国费支出0万元，与预算相比无增减。",
        "2.接待费支出4.20万元，与预算相比无增减。",
        "3.用车购置及运行费支出3.00万元，与预算相比无增减。",
    ),
    ("车均运行费多在2万至4万元，其中最高的水务局4.71万元，林业局4.60万元，最低的粮食局2.12万元。",),
    ("“三公”经费支出7.50万元。其中，接待费比预算无变化，比去年增加0.30万元，增长13%。",),
    ("2023年新增605.20万元专项资金，增长50%，基本支出1,000万元。",),
    ("收入20,000万元，完成年初预算数的47%，比上年减收1,000万元，下降4.8%。",),
]


@pytest.mark.parametrize("paragraphs", HOLD)
def test_what_holds_passes(paragraphs: Paragraphs) -> None:
    assert shown(*paragraphs) == []
    assert passed(paragraphs) > 0


@pytest.mark.parametrize(("paragraphs", "rule", "figure"), WRONG)
def test_what_is_wrong_is_named_once(paragraphs: Paragraphs, rule: str, figure: str) -> None:
    ((found, printed),) = shown(*paragraphs)
    assert found == rule and figure in printed.split("；")


@pytest.mark.parametrize("paragraphs", SILENT)
def test_what_is_open_stays_silent(paragraphs: Paragraphs) -> None:
    assert shown(*paragraphs) == []
