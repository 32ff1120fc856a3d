"""What parts say against their whole, and lists that no 其中 opens. All invented (虚构)."""

from __future__ import annotations

import pytest
from tests.checks.audit.sentences import passed, shown

Paragraphs = tuple[str, ...]

CHANGES = (
    "“三公”经费预算合计24.70万元，比上年预算数减少{total}万元。其中：",
    "出国费支出预算0万元，与上年预算数持平，无增减变化。",
    "公务用车购置费支出预算0万元，与上年预算数持平。",
    "公务用车运行费支出预算8.20万元，比上年预算数增加1.30万元。",
    "接待费支出预算16.50万元，比上年预算数减少5.90万元。",
)
GROWTH = (
    "一般公共预算收入348.10亿元，同比增长{total}%。其中，税收收入220.60亿元，同比增长9.0%；"
    "非税收入127.50亿元，同比下降{part}%。",
)
RATES = (
    "收入累计完成340.00万元，为年预算的{total}%。其中：税务部门完成210.00万元，为年预算的30.0%；"
    "财政部门完成130.00万元，为年预算的40.0%。",
)
WHOLE = (
    "（一）教育支出类科目580.61万元，占支出总预算{first}%，同比增加12.00万元。",
    "（二）卫生健康支出类科目83.30万元，占支出总预算11.80%，同比减少3.00万元。",
    "（三）住房保障支出类科目{last}万元，占支出总预算5.93%，同比持平。",
)
LATER = (
    "工资福利支出预算90.57万元，占基本支出预算{share}%，同比增加2.15万元。",
    "2023年一般公共预算基本支出113.37万元，用于人员和公用。",
)
HEADINGS = (
    "2023年“三公”经费决算总额为102.30万元。其中：",
    "一、出国费",
    "2023年出国支出0万元。",
    "二、公务用车",
    "2023年公务用车运行费决算支出{car}万元。",
    "三、公务接待费",
    "2023年公务接待费决算支出23.80万元，主要用于来访。",
)
INLINE = (
    "2023年“三公”经费预算安排520.00万元，与2022年预算持平：一、出国费预算170.00万元，用于招商，"
    "二、用车运行费预算150.00万元，主要原因是减少用车，三、接待费预算{last}万元，持平。",
)
BRACKET = (
    "公务用车购置及运行维护费21.30万元（公务用车购置费8.10万元、公务用车运行维护费{last}万元），用于公务。",
)
NAMED = ("2023年“三公”经费决算45.20万元，出国费0万元，接待费12.10万元，公务用车购置及运行维护费{last}万元。",)
ITEMS = (
    "2023年“三公”经费预算总额为27.60万元，其中，出国费0万元，公务用车购置及运行费15.20万元，接待费12.40万元。具体情况如下：",
    "1.公务用车购置及运行维护费{car}万元。",
    "2.接待费：2023年接待费按规定执行。",
)
YEARS = (
    "2023年度“三公”经费预算总计21.80万元，用于公务。",
    "2022年度“三公”经费预算总计20.12万元，用于公务。",
    "2023年度“三公”经费预算较2022年度增加{change}万元。",
)
WAN = ("2023年“三公”经费决算数合计为100.80万，其中：公务用车运行费56.40万元、接待费{last}万元。",)
EACH = ("公务用车运行维护费24.60万元，公务用车保有量为8辆，车均{each}。",)
TURN = ("全市采购规模为500.0万元。本级、下级采购规模分别为150.0万元和{last}万元，占全市采购规模的30%和70%。",)
SIDE = (
    "教育支出（类）：支出决算为12.30万元，完成年初预算{rate}%，决算数{side}年初预算数的主要原因是厉行节约。",
)
Case = tuple[Paragraphs, dict[str, str], dict[str, str], str, str]
CASES: list[Case] = [
    (CHANGES, {"total": "4.60"}, {"total": "4.90"}, "narrative.parts", "4.90万元"),
    (GROWTH, {"total": "1.2", "part": "10.0"}, {"total": "7.2", "part": "10.0"}, "narrative.growth", "7.2%"),
    (GROWTH, {"total": "1.2", "part": "10.0"}, {"total": "1.2", "part": "40.0"}, "narrative.growth", "40.0%"),
    (RATES, {"total": "33.2"}, {"total": "38.2"}, "narrative.completion", "38.2%"),
    (
        WHOLE,
        {"first": "82.27", "last": "41.83"},
        {"first": "52.27", "last": "41.83"},
        "narrative.share",
        "52.27%",
    ),
    (
        WHOLE,
        {"first": "82.27", "last": "41.83"},
        {"first": "82.27", "last": "91.83"},
        "narrative.share",
        "91.83万元",
    ),
    (LATER, {"share": "79.89"}, {"share": "73.89"}, "narrative.share", "73.89%"),
    (HEADINGS, {"car": "78.50"}, {"car": "73.50"}, "narrative.parts", "73.50万元"),
    (INLINE, {"last": "200.00"}, {"last": "260.00"}, "narrative.parts", "260.00万元"),
    (BRACKET, {"last": "13.20"}, {"last": "18.20"}, "narrative.parts", "18.20万元"),
    (NAMED, {"last": "33.10"}, {"last": "35.10"}, "narrative.parts", "35.10万元"),
    (ITEMS, {"car": "15.20"}, {"car": "15.70"}, "narrative.repeated", "15.70万元"),
    (YEARS, {"change": "1.68"}, {"change": "2.68"}, "narrative.difference", "2.68万元"),
    (WAN, {"last": "44.40"}, {"last": "41.40"}, "narrative.parts", "41.40万元"),
    (EACH, {"each": "3.075万元"}, {"each": "3.075元"}, "narrative.unit", "3.075元"),
    (TURN, {"last": "350.0"}, {"last": "380.0"}, "narrative.share", "380.0万元"),
    (
        SIDE,
        {"rate": "89.50", "side": "小于"},
        {"rate": "189.50", "side": "小于"},
        "narrative.direction",
        "189.50%",
    ),
    (SIDE, {"rate": "100", "side": "等于"}, {"rate": "97", "side": "等于"}, "narrative.direction", "97%"),
]


def _filled(paragraphs: Paragraphs, values: dict[str, str]) -> Paragraphs:
    return tuple(paragraph.format(**values) for paragraph in paragraphs)


@pytest.mark.parametrize(("paragraphs", "right", "wrong", "rule", "figure"), CASES)
def test_the_wrong_figure_is_named_and_the_right_one_passes(
    paragraphs: Paragraphs, right: dict[str, str], wrong: dict[str, str], rule: str, figure: str
) -> None:
    good = _filled(paragraphs, right)
    assert shown(*good) == []
    assert passed(good) > 0
    ((found, printed),) = shown(*_filled(paragraphs, wrong))
    assert found == rule and figure in printed.split("；")


SILENT: list[Paragraphs] = [
    # One part says nothing of its change: it may have had one.
    (CHANGES[0].format(total="4.90"), *CHANGES[2:]),
    # The parts are compared with something else than the whole.
    (
        "收入348.10亿元，比上年增长7.2%。其中，税收收入220.60亿元，比年初预算增长9.0%；"
        "非税收入127.50亿元，比年初预算下降10.0%。",
    ),
    # 100 % more may be of nothing.
    (
        "收入348.10亿元，同比增长7.2%。其中，税收收入220.60亿元，同比增长9.0%；非税收入127.50亿元，同比增长100%。",
    ),
    # A list that is not whole tells nothing of the whole.
    ("支出875.94亿元，增长7.2%。其中：教育支出128.53亿元，增长5.2%；公共安全支出33.95亿元，增长23.4%。",),
    # Shares of one whole that are not all.
    (WHOLE[0].format(first="52.27"), WHOLE[1]),
    # One share moved by a last place, so that all come to 100 %.
    ("甲类支出58.33万元，占支出总预算58.34%。", "乙类支出41.66万元，占支出总预算41.66%。"),
    # Two totals of one name below.
    (LATER[0].format(share="73.89"), LATER[1], "2022年一般公共预算基本支出110.20万元，用于人员。"),
    # A bracket of which one figure is of something else, and one that names a few.
    ("公务用车购置及运行维护费21.30万元（含购置费8.10万元，比上年增加2.00万元），用于公务。",),
    # Items of another year, and of another stage.
    (ITEMS[0], "1.2022年公务用车购置及运行维护费15.70万元。"),
    (ITEMS[0], "1.公务用车购置及运行维护费决算15.70万元。"),
    # Years that are not named by their figures, and other subjects.
    (*YEARS[:2], "2023年度会议费预算较2022年度增加2.68万元。"),
    # 万 alone may count anything.
    ("参保人数合计为100.80万，其中：职工56.40万，居民41.40万，筹资120.00万元。",),
    # Two numbers of vehicles, and an average that is only about.
    ("用车运行费24.60万元，保有量8辆，购置2辆，车均3.875万元。",),
    ("用车运行费24.60万元，保有量8辆，车均约3万元。",),
    # The budget that the words speak of is another one; nothing was planned or spent; both signs are left.
    ("支出决算为12.30万元，完成全年预算的89.50%，决算数大于年初预算数的主要原因是追加。",),
    ("支出决算为0万元，完成预算0%，决算数与预算数持平。",),
    ("支出决算为12.30万元，完成年初预算89.50%，决算数大于（小于）年初预算数的主要原因是节约。",),
]


@pytest.mark.parametrize("paragraphs", SILENT)
def test_what_is_open_stays_silent(paragraphs: Paragraphs) -> None:
    assert shown(*paragraphs) == []
