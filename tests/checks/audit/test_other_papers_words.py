"""What papers copied from others leave: names, years, numbers, paragraphs, units. All invented (虚构)."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import TODAY
from tests.checks.audit.sentences import subject

from yiheng.checks.audit import audit

Paragraphs = tuple[str, ...]

NAMES = (
    "云溪县司法局2023年度部门决算情况说明",
    "{name}2023年度收入总计120.50万元，支出总计120.50万元。",
    "云溪县司法局2023年度一般公共预算财政拨款支出100.20万元。",
    "云溪县司法局负责管理。",
)
LEVEL = (
    "2023年，云溪市红十字会本级实现财务收入30.20万元。",
    "本年度云溪市红十字会本级政府拨款收入20.10万元。",
    "2023年度，{name}本级财务支出共计28.40万元。",
    "云溪市红十字会负责管理。",
)
YEARS = (
    "2023年度部门决算情况说明",
    "2023年度收入合计80.10万元。",
    "2023年度支出合计79.20万元。",
    "{year}年度“三公”经费财政拨款支出预算为6.50万元，比上年减少0.40万元。",
)
BASE = (
    "2023年度收入合计80.10万元，与2022年度相比增加1.10万元。",
    "2023年度支出合计79.20万元，与2022年度相比增加1.20万元。",
    "2023年度财政拨款收入70.30万元。",
    "{year}年度政府采购支出总额12.30万元。",
)
ITEMS = (
    "1.因公出国费2.10万元。",
    "{two}.公务接待费3.40万元。",
    "3.公务用车费5.60万元。",
)
TABLES = ("表一：收入总表", "表{two}：支出总表", "表三：财政拨款收支总表")
TWICE = (
    "（二）公务接待费支出预算4.00万元，比2022年预算减少4.00万元，下降50%，主要是压缩开支。",
    "（三）公务用车费支出预算9.00万元，比2022年预算减少1.00万元，下降10%，主要是压缩开支。",
)
LEFT = "（二）公务接待费支出预算4.00万元，比2020年预算减少6.00万元，主要是压缩接待开支。"
UNITS = (
    "接待费支出3.80{unit}，比上年减少0.40万元，下降9.52%。",
    "人均补助标准120元，共安排培训费支出6.20万元、会议费支出1.30万元。",
)
INTEGERS = ("收入决算129748万元，上级补助收入428905万元，调入资金348606{unit}，国债资金11万元。",)
BLANK = ("2023年度支出共计{amount}万元，具体如下。",)
RATE = ("出国费支出决算为7.80万元，完成预算10.00万元的78.0{sign}；主要是压缩开支。",)
SIDES = ("接待费决算{side}预算数的主要原因是压缩开支。",)
ROOMS = ("本单位内设综合部、{room}部、服务部。",)
Case = tuple[Paragraphs, dict[str, str], dict[str, str], str, str]
CASES: list[Case] = [
    (NAMES, {"name": "云溪县司法局"}, {"name": "云溪县民政局"}, "audit.label.other-unit", "云溪县民政局"),
    (
        LEVEL,
        {"name": "云溪市红十字会"},
        {"name": "岚山市红十字会"},
        "audit.label.other-unit",
        "岚山市红十字会",
    ),
    (YEARS, {"year": "2023"}, {"year": "2021"}, "narrative.year", "2021年"),
    (BASE, {"year": "2023"}, {"year": "2022"}, "narrative.year", "2022年"),
    (ITEMS, {"two": "2"}, {"two": "3"}, "audit.label.heading-number", "3"),
    (TABLES, {"two": "二"}, {"two": "三"}, "audit.label.heading-number", "三"),
    (UNITS, {"unit": "万元"}, {"unit": "元"}, "narrative.unit", "3.80元"),
    (INTEGERS, {"unit": "万元"}, {"unit": ""}, "narrative.bare-number", "348606"),
    (BLANK, {"amount": "12.30"}, {"amount": "  "}, "audit.form.leftovers", "共计  万元"),
    (RATE, {"sign": "%"}, {"sign": ""}, "narrative.bare-number", "78.0"),
    (SIDES, {"side": "小于"}, {"side": "大于/小于"}, "audit.form.leftovers", "大于/小于"),
    (ROOMS, {"room": "信息"}, {"room": "XX"}, "audit.form.leftovers", "XX"),
]


def _shown(paragraphs: Paragraphs, values: dict[str, str]) -> list[tuple[str, str]]:
    made = audit(subject(*(p.format(**values) for p in paragraphs)), TODAY)
    return [(f.rule, f.printed) for f in made if f.shown]


@pytest.mark.parametrize(("paragraphs", "right", "wrong", "rule", "printed"), CASES)
def test_what_another_paper_left_is_named_once(
    paragraphs: Paragraphs, right: dict[str, str], wrong: dict[str, str], rule: str, printed: str
) -> None:
    assert _shown(paragraphs, right) == []
    assert _shown(paragraphs, wrong) == [(rule, printed)]


def test_two_paragraphs_on_one_thing_are_told_once_by_the_older_one() -> None:
    assert _shown(TWICE, {}) == []
    assert _shown((LEFT, *TWICE), {}) == [("audit.form.repeated", LEFT[:40])]
    assert _shown((*TWICE, TWICE[1]), {}) == [("audit.form.repeated", TWICE[1][:40])]


SILENT: list[Paragraphs] = [
    # Offices below, and an office of another kind that is named again; one that only begins a title of a law.
    (*(p.format(name="云溪县司法局城关司法所") for p in NAMES),),
    (
        *(p.format(name="云溪县司法局") for p in NAMES),
        "云溪县民政局2023年度支出2.00万元。",
        "由云溪县民政局管理。",
    ),
    (*(p.format(name="县财政局") for p in NAMES),),
    # Last year's execution, two years side by side, and a section of that year.
    (*(p.format(year="2023") for p in YEARS[:3]), "2022年度结转资金支出6.50万元。"),
    (*(p.format(year="2023") for p in YEARS[:3]), "2022年度支出合计6.50万元；2023年度支出合计7.50万元。"),
    (*(p.format(year="2023") for p in YEARS[:3]), "二、2022年情况", "2022年度支出合计6.50万元。"),
    # A list that begins anew, one that leaves out a number, decimals.
    ("1.收入。", "2.支出。", "一、其他", "1.收入。", "3.支出。"),
    ("1.5万元以上的项目。", "3.5万元以上的项目。", "3.6万元以上的项目。"),
    # Alike, and not on one thing; the same words without amounts.
    (TWICE[0], TWICE[0].replace("（二）公务接待费", "（三）公务用车费")),
    ("本单位没有政府性基金预算收入，也没有使用政府性基金预算安排的支出。",) * 2,
    # 元 with which the claims hold.
    ("每人补助标准为500.00元，比上年增加50.00元，支出6.20万元、1.30万元、2.40万元、3.50万元。",),
    # Headers and names that only look like gaps.
    ("单位：万元", "2023年度支出（万元）", "XXL型号设备12个。"),
]


@pytest.mark.parametrize("paragraphs", SILENT)
def test_what_is_right_or_open_stays_silent(paragraphs: Paragraphs) -> None:
    assert _shown(paragraphs, {}) == []
