"""What another paper left behind, and captions in the wrong unit; all made up (虚构)."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import TODAY, block, document, failed, policy, table

from yiheng.checks.audit import Subject, audit
from yiheng.facts.audit import Identity
from yiheng.facts.document import ReadTable
from yiheng.reading.narrative import claims
from yiheng.reading.recognition import known_tables

UNIT = "云溪县医疗保障局"


def wrong(rule: str, *parts: ReadTable | str, kind: str = "accounts") -> list[tuple[str, str]]:
    return [(p, c) for r, p, c in failed(document(*parts), kind, 2022, UNIT) if r == rule]


# -- audit.label.heading-year -----------------------------------------------------------------------------------------

HEADINGS = ("# 第二部分 2022年度部门决算表", "# 第三部分 2022年度部门决算情况说明")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("# 四、2021年度支出决算情况说明", [("2021", "2022")]),
        ("# 四、2022年度支出决算情况说明", []),
        ("# 四、2021年度与2022年度支出决算情况", []),
        ("# 四、与2021年度决算相比的变化情况", []),
        ("# 四、2021年度结转资金决算情况", []),
        ("# 四、2021年度工作总结", []),
        ("2021年度支出决算情况说明另行公开。", []),
    ],
)
def test_the_year_of_headings(heading: str, expected: list[tuple[str, str]]) -> None:
    assert wrong("audit.label.heading-year", *HEADINGS, heading) == expected


def test_one_heading_against_one_is_left() -> None:
    assert not wrong("audit.label.heading-year", HEADINGS[0], "# 四、2021年度支出决算情况说明")


# -- audit.label.other-unit -------------------------------------------------------------------------------------------

OWN = (f"{UNIT}2022年度收入总计100.00万元。", f"{UNIT}内设3个股室。", f"{UNIT}2022年度部门决算公开如下。")


@pytest.mark.parametrize(
    "text",
    [
        "澧江县医疗保障局2022年度支出总计100.00万元。",
        "一、关于望江区医疗保障局2022年度“三公”经费的说明",
        "2.澧江县医疗保障局（本级）；",
        "本部门情况如下：澧江县医疗保障局内设办公室等股室。",
    ],
)
def test_the_same_office_of_another_place(text: str) -> None:
    assert len(wrong("audit.label.other-unit", *OWN, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "岚山市医疗保障局2022年度部门决算另行公开。",
        "云溪县医疗保障局东山分局内设2个科室。",
        "岚山市云溪县医疗保障局2022年度支出总计100.00万元。",
        "澧江县人力资源和社会保障局2022年度支出总计100.00万元。",
        "与澧江县医疗保障局2022年度支出相比有所增加。",
        "学习澧江县医疗保障局的经验。",
    ],
)
def test_other_offices_and_mere_mentions(text: str) -> None:
    assert not wrong("audit.label.other-unit", *OWN, text)


def test_a_place_whose_name_ends_like_another_kind_of_place() -> None:
    own = [text.replace("云溪县", "岚州市") for text in OWN]

    def found(text: str) -> list[str]:
        made = document(*own, text)
        return [
            p
            for r, p, _ in failed(made, "accounts", 2022, "岚州市医疗保障局")
            if r == "audit.label.other-unit"
        ]

    assert found("澧江市医疗保障局2022年度支出总计100.00万元。") == ["澧江市医疗保障局"]
    assert not found("岚州市医疗保障局2022年度支出总计100.00万元。")


def test_a_paper_of_several_units_is_left() -> None:
    others = [f"澧江县医疗保障局2022年度{what}总计100.00万元。" for what in ("收入", "支出", "预算")]
    assert not wrong("audit.label.other-unit", *OWN, *others)


# -- audit.label.table-number -----------------------------------------------------------------------------------------


def numbered(label: str, title: str, owner: str = UNIT) -> ReadTable:
    columns = ["合计", "基本支出", "项目支出"]
    return table(title, block(columns, [("", "合计", ["1.00", "1.00", "0.00"])]), label=label, owner=owner)


def test_a_number_above_two_tables() -> None:
    rule = "audit.label.table-number"
    one, other = "支出决算表", "一般公共预算财政拨款支出决算表"
    assert not wrong(rule, numbered("公开03表", one), numbered("公开05表", other))
    assert wrong(rule, numbered("公开03表", one), numbered("公开03表", other)) == [("公开03表", "")]
    assert not wrong(rule, numbered("公开03表", one), numbered("公开03表", one))
    assert not wrong(rule, numbered("公开03表", one), numbered("公开03表", other, "某县医疗保障中心"))
    assert not wrong(rule, numbered("附表", one), numbered("附表", other))


# -- audit.label.unit -------------------------------------------------------------------------------------------------


def captioned(title: str, unit: str, figures: tuple[str, str, str]) -> ReadTable:
    columns = ["合计", "基本支出", "项目支出"]
    return table(title, block(columns, [("", "合计", figures)], unit=unit), unit=unit)


def units(*units_: str, last: tuple[str, str, str] = ("512.30", "200.10", "312.20")) -> list[tuple[str, str]]:
    titles = ("支出决算表", "一般公共预算财政拨款支出决算表", "政府性基金预算财政拨款支出决算表")
    figures = ("512.30", "200.10", "312.20")
    made = [captioned(t, u, figures) for t, u in zip(titles, units_[:2], strict=False)]
    return wrong("audit.label.unit", *made, captioned(titles[2], units_[2], last))


def test_a_caption_in_another_unit_than_the_figures() -> None:
    assert not units("万元", "万元", "万元")
    assert units("万元", "万元", "元") == [("元", "万元")]
    assert units("元", "元", "万元") == [("万元", "元")]


def test_figures_that_nothing_repeats_leave_the_unit_open() -> None:
    assert not units("万元", "万元", "元", last=("71300.00", "30000.00", "41300.00"))
    assert not units("万元", "万元", "元", last=("512.30", "100.00", "412.30"))


def test_a_wrong_caption_is_one_finding() -> None:
    columns = ["合计", "基本支出", "项目支出"]
    figures = ["512.30", "200.10", "312.20"]
    made = [
        table(title, block(columns, [("", "合计", figures)], unit=unit), unit=unit)
        for title, unit in (
            ("支出决算表", "万元"),
            ("一般公共预算财政拨款支出决算表", "元"),
            ("支出明细", "万元"),
        )
    ]
    assert [r for r, *_ in failed(document(*made), "accounts", 2022)] == ["audit.label.unit"]


# -- narrative.year ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年度基本支出200.10万元。", []),
        ("2021年度基本支出200.10万元。", [("2021年", "2022年")]),
        ("2021年度基本支出188.10万元。", []),
        ("2021年度基本支出200.10万元，2022年度相同。", []),
        ("与2021年度基本支出200.10万元持平。", []),
        ("2019年度基本支出200.10万元。", []),
    ],
)
def test_the_year_of_a_figure(text: str, expected: list[tuple[str, str]]) -> None:
    made = document(text, captioned("支出决算表", "万元", ("512.30", "200.10", "312.20")))
    identity = Identity("accounts", UNIT, 2022)
    tables = known_tables(made, policy(), "accounts", UNIT)
    subject = Subject(made, identity, policy(), tables=tables, claims=claims(made, identity, policy()))
    found = [(f.printed, f.computed) for f in audit(subject, TODAY) if f.shown and f.rule == "narrative.year"]
    assert found == expected
