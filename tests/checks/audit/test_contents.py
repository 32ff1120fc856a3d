"""The contents list (目录) against headings and tables; all made up (虚构)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.checks.audit.papers import block, document, failed, findings, table

from yiheng.facts import Outcome
from yiheng.facts.document import ReadTable

RULE = "audit.form.contents"
PARTS = (
    "一、主要职能",
    "二、机构设置",
    "三、收入情况说明",
    "四、支出情况说明",
    "五、其他事项说明",
    "六、名词解释",
)


def paper(listed: Sequence[str], body: Sequence[str], *tables: ReadTable) -> list[tuple[str, str]]:
    """(printed, computed) of what the rule finds; every heading has a sentence below it."""
    below = [text for heading in body for text in (f"# {heading}", "本部门按照规定执行有关政策。")]
    made = document("目 录", *listed, *below, *tables)
    return [(p, c) for r, p, c in failed(made, "accounts") if r == RULE]


def test_contents_that_agree() -> None:
    assert not paper(PARTS, PARTS)


@pytest.mark.parametrize("at", [2, 4])
def test_a_lost_heading(at: int) -> None:
    assert paper(PARTS, [p for p in PARTS if p != PARTS[at]]) == [(PARTS[at], "")]


def test_a_heading_of_another_name_is_shown_beside_the_entry() -> None:
    long = "五、一般公共预算财政拨款基本支出决算情况说明"
    other = long.replace("基本", "项目")
    assert paper([*PARTS[:4], long], [*PARTS[:4], other]) == [(long, other)]
    whole = "三、一般公共预算财政拨款支出决算情况说明"
    swapped = (*PARTS[:2], whole, PARTS[3], other)
    assert paper((*PARTS[:2], whole, PARTS[3], long), swapped) == [(long, other)]


@pytest.mark.parametrize(
    ("entry", "heading"),
    [
        ("五、收支预算情况的说明", "五、关于收支预算情况说明"),
        ("五、部门支出情况说明及其他事项", "五、单位支出情况说明及其他事项"),
        ("五、政府采购情况", "五、2022年度政府采购情况"),
    ],
)
def test_words_that_contents_leave_out(entry: str, heading: str) -> None:
    assert not paper((*PARTS[:4], entry), (*PARTS[:4], heading))


def test_another_number() -> None:
    last = [*PARTS[:5], "七、名词解释"]
    assert paper(PARTS, last) == [(PARTS[5], "七、名词解释")]
    # The row of the headings shows it by itself: the rule on their numbers tells it.
    assert not paper(PARTS, [*PARTS[:3], "五、支出情况说明", *PARTS[4:]])
    listed = ("第一部分 概况", "第二部分 说明", "第三部分 解释")
    assert paper(listed, (*listed[:2], "第四部分 解释")) == [(listed[2], "第四部分 解释")]


def test_a_body_that_numbers_in_its_own_way_is_left() -> None:
    assert not paper(PARTS, [f"（{p[0]}）{p[2:]}" for p in PARTS])
    shifted = [f"{'一二三四五六'[(i + 1) % 6]}、{p[2:]}" for i, p in enumerate(PARTS)]
    assert not paper(PARTS, shifted)


def test_two_headings_that_changed_places() -> None:
    made = [p[2:] for p in PARTS]
    swapped = [*made[:3], made[4], made[3], made[5]]
    assert len(paper(made, swapped)) == 1
    assert not paper(made, [*made[:1], *reversed(made[1:])])


def test_a_heading_that_is_not_listed() -> None:
    assert paper([p for p in PARTS if p != PARTS[3]], PARTS) == [(PARTS[3], "")]
    assert not paper([PARTS[0], PARTS[1], PARTS[4]], PARTS)
    assert not paper(PARTS, (*PARTS[:3], "（一）经费", "（二）车辆", *PARTS[3:]))


def test_a_title_of_a_table_stands_for_an_entry() -> None:
    total = table("收支总表", block(["预算数"], [("", "合计", ["1.00"])]))
    assert not paper((*PARTS[:4], "收支总表"), PARTS[:4], total)


def test_contents_that_fit_nothing_are_not_judged() -> None:
    other = [f"{p[:2]}别的内容第{i}节" for i, p in enumerate(PARTS)]
    made = document(
        "目 录", *PARTS, f"# {PARTS[0]}", "本部门按照规定执行有关政策。", *(f"# {o}" for o in other)
    )
    assert [f.outcome for f in findings(made, "accounts") if f.rule == RULE] == [Outcome.COULD_NOT_RUN]


def test_an_excerpt_is_judged_as_far_as_it_goes() -> None:
    listed = ("第一部分 概况", "一、主要职能", "二、机构设置", "三、人员情况", "第二部分 决算表", *PARTS[2:])
    body = ("第一部分 概况", "一、主要职能", "二、内设科室", "三、人员情况", "第二部分 决算表")
    assert paper(listed, body) == [("二、机构设置", "")]
    assert not paper(listed, [heading.replace("内设科室", "机构设置") for heading in body])
    assert not paper(listed, [heading.replace("人员情况", "编制") for heading in body])


def test_another_number_of_a_table() -> None:
    listed = ("公开01表 收入决算表", "公开02表 支出决算表", "公开03表 资产情况表", "四、名词解释")
    swapped = ("公开01表 收入决算表", "公开03表 支出决算表", "公开04表 资产情况表", "四、名词解释")
    body = ("公开01表 收入决算表", "公开02表 支出决算表", "公开03表 资产情况表", "四、名词解释")
    wrong = ("公开01表 收入决算表", "公开01表 支出决算表", "公开03表 资产情况表", "四、名词解释")
    assert not paper(listed, body)
    assert paper(wrong, body) == [(wrong[1], body[1])]
    assert not paper(swapped, body)
