"""Rules on the form of a document: each with what passes, what fails and what only looks alike."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import block, document, failed, findings, table

from yiheng.facts import Outcome
from yiheng.facts.document import ReadTable


def rules(*parts: ReadTable | str, kind: str = "budget", rule: str, year: int = 2020) -> list[str]:
    """What the rule prints as wrong."""
    return [printed for found, printed, _ in failed(document(*parts), kind, year) if found == rule]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("本年支出增加（主要是新增项目，按规定办理。", ["（"]),
        ("本年支出增加主要是新增项目），按规定办理。", ["）"]),
        ("根据《预算法的规定编制。", ["《"]),
        ("本年支出（含结转）增加，按规定办理。", []),
        ("主要用于以下方面：1）会议费；2）培训费。", []),
        ("依据（财社〔2020〕149号）编制（详见附件 1）。", []),
        ("混用全角和半角（含结转)的括号。", []),
        ("# 四、“三公经费支出情况说明", ["“"]),
        ("# 四、“三公”经费支出情况说明（续", ["（"]),
        ("# 四、“三公”经费支出情况说明", []),
        ("本年“三公经费支出减少，按规定办理。", ["“"]),
        ('本年“三公"经费支出减少，按规定办理。', []),
    ],
)
def test_brackets(text: str, wrong: list[str]) -> None:
    assert rules(text, "特此说明。", rule="audit.form.brackets") == wrong


def test_a_bracket_over_a_break_is_paired() -> None:
    assert not rules(
        "本年支出增加（主要是新增项目，按照规定办理有关手续。",
        "其余不变），特此说明。",
        rule="audit.form.brackets",
    )


def test_a_document_that_breaks_off_leaves_its_last_bracket_open() -> None:
    whole = "本年度国内公务接待共12批次，主要用于开展业务调研和接受上级检查。"
    begun = (
        "经费使用严格执行厉行节约的各项规定，陪餐人数和接待标准一律不得超过上级和本市的统一标准，"
        "具体按照《岚山市党政机关公务接待管理"
    )
    assert not rules(whole, begun, rule="audit.form.brackets")
    assert rules(begun, whole, rule="audit.form.brackets") == ["《"]
    assert not rules(whole, "# 10.城乡社区支出19.20万元（", rule="audit.form.brackets")
    assert rules(whole, begun.replace("《", "》"), rule="audit.form.brackets") == ["》"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("比上年增长/下降5%。", ["增长/下降"]),
        ("主要原因是（列明具体原因）。", ["（列明具体原因）"]),
        ("共有车辆XX辆。", ["XX"]),
        ("比上年增长5%，其中项目支出下降2%。", []),
        ("列明具体项目所需经费的年度目标。", []),
        ("引进XX型设备的说明。", []),
        ("开展宣传活动XX场。", ["XX"]),
        ("比上年下降X%。", ["X"]),
        ("型号为MAX的设备X台。", []),
        ("增加的主要原因是……。", ["原因是……"]),
        ("下设______（本级）等单位。", ["______"]),
        ("具体名单见附件（待补充）。", ["（待补充）"]),
        ("主要原因是政策调整……", []),
        ("填表人签字：______ 日期：______", []),
        ("联系电话：____________", []),
        ("决算数小于预算数（或与预算数持平）的主要原因是节约开支。", ["（或与预算数持平）"]),
        ("决算数小于预算数（年末追加后与预算数持平）。", []),
        ("会议费较上年（减少）1.20万元，（减）幅7%。", ["（减少）1.20万元"]),
        ("会议费较上年（减少）较多。", []),
        ("商品和服务支出7.00万元，占基本支出预算%，同比增加1.00万元。", ["占基本支出预算%"]),
        ("商品和服务支出7.00万元，占基本支出预算7%，同比增加1.00万元。", []),
    ],
)
def test_leftovers_of_the_template(text: str, wrong: list[str]) -> None:
    assert rules(text, rule="audit.form.leftovers") == wrong


CONTENTS = (
    "目 录",
    "第一部分 部门概况",
    "第二部分 预算说明",
    "第三部分 名词解释",
    "1. 收支总表",
    "2. 收入总表",
)


def test_contents_against_headings_and_tables() -> None:
    total = table("收支总表", block(["预算数"], [("", "合计", ["1.00"])]))
    income = table("收入总表", block(["合计"], [("", "合计", ["1.00"])]))
    body = (
        "# 第一部分 部门概况",
        "本部门职责如下，按照规定执行。",
        "# 第二部分 2020年预算说明",
        "# 第三部分 名词解释",
    )
    assert not rules(*CONTENTS, *body, total, income, rule="audit.form.contents")
    assert rules(*CONTENTS, *body, total, rule="audit.form.contents") == ["2. 收入总表"]
    assert rules(*CONTENTS, *body[:2], body[3], total, income, rule="audit.form.contents") == [
        "第二部分 预算说明"
    ]
    assert not rules(*body, total, rule="audit.form.contents")


def goal(name: str) -> ReadTable:
    head = block(["内容"], [("", "项目名称", [name])])
    return table(
        "项目支出绩效目标表", head, block(["指标值"], [("", "培训次数", ["≥2次"]), ("", "满意度", ["≥90%"])])
    )


def test_as_many_targets_as_announced() -> None:
    said = "2020年设置并编报3个项目绩效目标。"
    assert not rules(said, goal("甲"), goal("乙"), goal("丙"), rule="audit.form.announced")
    assert rules(said, goal("甲"), goal("乙"), rule="audit.form.announced") == ["3"]
    assert not rules(said, rule="audit.form.announced")


def test_empty_tables_say_why() -> None:
    columns = ["合计", "基本支出", "项目支出"]
    empty = block(columns, [("", "合计", ["", "", ""])])
    name = "国有资本经营预算支出表"
    assert not rules(
        table(name, empty, notes=["注：本部门没有国有资本经营预算支出。"]), rule="audit.form.empty-table"
    )
    assert not rules(table(name, empty), "本单位无国有资本经营预算支出。", rule="audit.form.empty-table")
    found = findings(document(table(name, empty), "本单位有一般公共预算支出。"), "budget")
    assert [f.quote for f in found if f.rule == "audit.form.empty-table" and f.outcome is Outcome.FAIL] == [
        name
    ]


def test_a_total_row_left_blank() -> None:
    def fund(total: list[str]) -> ReadTable:
        rows = [
            ("", "合计", total),
            ("229", "其他支出", ["678.23", "", "678.23"]),
            ("22960", "彩票公益金安排的支出", ["678.23", "", "678.23"]),
        ]
        return table("政府性基金预算支出表", block(["合计", "基本支出", "项目支出"], rows))

    assert rules(fund(["", "", ""]), rule="audit.form.blank-total") == ["（空白）"]
    assert not rules(fund(["678.23", "", "678.23"]), rule="audit.form.blank-total")


def test_disclosure_within_twenty_days() -> None:
    approved = "本部门预算于2020年2月1日由财政局批复。"
    assert not rules(approved, "2020年2月20日向社会公开。", rule="audit.form.in-time")
    assert rules(approved, "2020年3月20日向社会公开。", rule="audit.form.in-time") == ["48 日"]
    assert not rules("2020年3月20日向社会公开。", rule="audit.form.in-time")
    found = [
        f
        for f in findings(document(approved, "2020年2月21日向社会公开。"), "budget")
        if f.rule == "audit.form.in-time"
    ]
    assert [f.outcome for f in found] == [Outcome.PASS]


def coded(name: str, title: str = "支出决算表") -> ReadTable:
    return table(
        title,
        block(
            ["合计", "基本支出", "项目支出"],
            [("", "合计", ["1.00", "1.00", ""]), ("210", name, ["1.00", "1.00", ""])],
        ),
    )


def test_subject_names_by_code_and_year() -> None:
    name = "audit.label.code-name"
    assert not rules(coded("卫生健康支出"), kind="accounts", rule=name)
    assert not rules(coded("卫生健康"), kind="accounts", rule=name)
    two = (coded("医疗卫生与计划生育支出"), coded("卫生健康支出", "一般公共预算财政拨款支出决算表"))
    assert rules(*two, kind="accounts", rule=name) == ["医疗卫生与计划生育支出"]
    assert rules(coded("卫生建康支出"), kind="accounts", rule=name) == ["卫生建康支出"]


def test_serial_numbers_are_no_codes() -> None:
    rows = [
        ("205", "第一项说明", ["1.00"]),
        ("208", "第二项说明", ["2.00"]),
        ("210", "卫生健康支出", ["3.00"]),
    ]
    made = (coded("卫生健康支出"), table("数据来源一览", block(["金额"], rows)))
    assert not rules(*made, kind="accounts", rule="audit.label.code-name")


def test_years_of_titles_and_headers() -> None:
    def made(title: str, column: str) -> ReadTable:
        return table(title, block([column], [("", "合计", ["1.00"])]))

    rule = "audit.label.year"
    assert not rules(made("2020年收支总表", "2020年预算数"), rule=rule)
    assert not rules(made("收支总表", "预算数"), rule=rule)
    assert rules(made("2019年收支总表", "预算数"), rule=rule) == ["2019"]
    assert rules(made("收支总表", "2019年预算数"), rule=rule) == ["2019"]
    both = table("收支总表", block(["2019年预算数", "2020年预算数"], [("", "合计", ["1.00", "1.00"])]))
    assert not rules(both, rule=rule)


def test_units_names_in_captions() -> None:
    def made(owner: str) -> ReadTable:
        return table("收支总表", block(["预算数"], [("", "合计", ["1.00"])]), owner=owner)

    rule = "audit.label.owner"
    usual = [made("某市医疗保障局") for _ in range(3)]
    assert not rules(*usual, made("某市医疗保障局"), rule=rule)
    assert rules(*usual, made("某市医疗保证局"), rule=rule) == ["某市医疗保证局"]
    assert not rules(*usual, made("某市医疗保险服务中心"), rule=rule)


def test_a_blank_form_gets_one_line() -> None:
    blanks = [f"{i}. XX部门XX年收入XX万元，增长/下降XX%（列明原因。" for i in range(30)]
    made = findings(document("XX部门2020年部门预算", *blanks), "form")
    assert [(f.rule, f.outcome) for f in made] == [("audit.form.blank", Outcome.FAIL)]
    filled = [f for f in findings(document("本年支出 5.00 万元。"), "budget") if f.rule == "audit.form.blank"]
    assert not filled


def test_placeholders_in_short_cells() -> None:
    def made(actual: str) -> ReadTable:
        return table("绩效情况", block(["实际完成值"], [("", "等候时间", [actual])], unit=""), unit="")

    assert rules(made("XX人次"), rule="audit.form.leftovers") == ["XX"]
    assert not rules(made("12人次"), rule="audit.form.leftovers")
