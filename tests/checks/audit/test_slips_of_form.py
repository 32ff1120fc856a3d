"""Slips of headings, units, brackets and directions. All invented (虚构)."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import TODAY
from tests.checks.audit.sentences import subject

from yiheng.checks.audit import audit

Paragraphs = tuple[str, ...]

TITLE = (
    "{year}年“三公”经费预算情况说明",
    "2023年“三公”经费预算8.10万元，比2022年预算减少0.40万元。",
    "2023年接待费按规定执行。",
)
SECTION = (
    "第一部分 概况",
    "一、职责",
    "本单位承担相应职责。",
    "二、{year}年度“三公”经费预算安排情况",
    "2023年度“三公”经费预算总计21.80万元。",
    "三、2022年度“三公”经费决算情况",
    "2022年度“三公”经费决算20.12万元。",
)
LISTED = (
    "1、2023年一般公共预算收入表",
    "2、{year}年一般公共预算支出表",
    "3、2023年政府性基金预算支出表",
)
GLUED = (
    "{year}年市本级“三公”经费情况说明根据工作安排，2023年“三公”经费预算为190.40万元，2023年接待费减少。",
)
NUMBERS = ("一、职责", "承担相应职责。", "{two}、机构", "内设科室。", "三、预算", "收入和支出。")
YUAN = (
    "工资福利支出120.50万元，商品和服务支出30.20万元，资本性支出4.60万元。",
    "会议费支出1.30万元，培训费支出2.40万元。",
    "接待费支出3.80{unit}，用于公务。",
)
REASON = ("接待费支出3.80万元，比上年减少0.40万元，{way}的主要原因是厉行节约。",)
BARE = ("接待费支出3.80{unit}，比上年减少0.40万元。",)
NUMBERED = ("（一{sign}收入情况：全年收入平稳，各项工作有序推进。",)
QUOTES = ("“三公{sign}经费预算情况说明", "全年安排接待费。")
COLON = ("现将本单位“三公{sign}经费情况公布如下：",)
Case = tuple[Paragraphs, dict[str, str], dict[str, str], str, str]
CASES: list[Case] = [
    (TITLE, {"year": "2023"}, {"year": "2022"}, "audit.label.heading-year", "2022"),
    (SECTION, {"year": "2023"}, {"year": "2022"}, "audit.label.heading-year", "2022"),
    (LISTED, {"year": "2023"}, {"year": "2022"}, "audit.label.heading-year", "2022"),
    (GLUED, {"year": "2023"}, {"year": "2022"}, "audit.label.heading-year", "2022"),
    (NUMBERS, {"two": "二"}, {"two": "三"}, "audit.label.heading-number", "三"),
    (YUAN, {"unit": "万元"}, {"unit": "元"}, "narrative.unit", "3.80元"),
    (REASON, {"way": "减少"}, {"way": "增加"}, "narrative.direction", "0.40万元"),
    (BARE, {"unit": "万元"}, {"unit": ""}, "narrative.bare-number", "3.80"),
    (NUMBERED, {"sign": "）"}, {"sign": ""}, "audit.form.brackets", "（"),
    (QUOTES, {"sign": "”"}, {"sign": ""}, "audit.form.brackets", "“"),
    (COLON, {"sign": "”"}, {"sign": ""}, "audit.form.brackets", "“"),
]


def _shown(paragraphs: Paragraphs, values: dict[str, str]) -> list[tuple[str, str]]:
    made = audit(subject(*(p.format(**values) for p in paragraphs)), TODAY)
    return [(f.rule, f.printed) for f in made if f.shown]


@pytest.mark.parametrize(("paragraphs", "right", "wrong", "rule", "printed"), CASES)
def test_a_slip_is_named_once(
    paragraphs: Paragraphs, right: dict[str, str], wrong: dict[str, str], rule: str, printed: str
) -> None:
    assert _shown(paragraphs, right) == []
    assert _shown(paragraphs, wrong) == [(rule, printed)]


SILENT: list[Paragraphs] = [
    # The paper of one year tells the execution of the other; a heading compares; the text names both years.
    ("2023年预算草案的报告", "2022年预算执行良好。", "2022年收入增长。", "2023年预算安排如下，收入平稳。"),
    ("2022年与2023年预算对比情况", "2023年预算8.10万元。", "2023年接待费按规定执行。"),
    (
        "2022年决算情况说明",
        "2022年决算8.10万元。",
        "2023年将加强管理。",
        "2023年安排会议。",
    ),
    ("2022年部门决算公开", "2023年8月公开。", "2023年9月说明。"),
    # A new part begins at one; a list within a section counts for itself.
    ("一、职责", "二、机构", "一、收入", "二、支出", "三、结余"),
    ("一、职责", "三、机构"),
    # 元 for each, for small things and in papers that tell many amounts in 元.
    (*YUAN[:2], "接待费人均支出3.80元，用于公务。"),
    (*YUAN[:2], "接待费支出3.80元，培训费支出5.20元。"),
    (*YUAN[:2], "接待费支出38,000.50元，用于公务。"),
    # The reason is of something else.
    ("接待费支出3.80万元，比上年减少0.40万元，比预算增加0.20万元，减少的主要原因是节约。",),
    ("接待费支出3.80万元，比上年增减0万元，增加的主要原因是没有变化。",),
    # An amount that another sign follows, and a paragraph of two units.
    ("接待费支出3.80，比上年减少0.40万元、120元。",),
    ("人均费用3.80倍于上年，支出减少0.40万元。",),
]


@pytest.mark.parametrize("paragraphs", SILENT)
def test_what_is_right_or_open_stays_silent(paragraphs: Paragraphs) -> None:
    assert _shown(paragraphs, {}) == []
