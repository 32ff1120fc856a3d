"""Which document it is, and its tables under their official names in the wordings of different places."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import block, document, policy, table

from yiheng.facts.document import ReadTable
from yiheng.reading.recognition import known_tables, names, recognise


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("收支总表", "收支总表"),
        ("部门收支总体情况表", "收支总表"),
        ("2024年部门收支预算总表", "收支总表"),
        ("表一：收支总表", "收支总表"),
        ("预算01表 收支总表", "收支总表"),
        ("某市医疗保障局2024年收支总表", "收支总表"),
        ("单位收支总表（续）", "收支总表"),
    ],
)
def test_titles_in_different_places(printed: str, name: str) -> None:
    assert names.title(printed, "某市医疗保障局") == name


def spending(title: str, columns: list[str], label: str = "") -> ReadTable:
    rows = [("", "合计", ["3.00", "1.00", "2.00"]), ("208", "社会保障和就业支出", ["3.00", "1.00", "2.00"])]
    return table(title, block(columns, rows), label=label)


@pytest.mark.parametrize(
    "columns",
    [
        ["本年支出合计", "基本支出", "项目支出"],
        ["合计", "基本支出", "项目支出"],
        ["本年支出/小计", "本年支出/基本支出", "本年支出/项目支出"],
        ["支出合计", "基本支出/小计", "项目支出/小计"],
    ],
)
def test_columns_in_different_wordings(columns: list[str]) -> None:
    (known,) = known_tables(
        document(spending("一般公共预算财政拨款支出决算表", columns)), policy(), "accounts"
    )
    if columns[0] == "支出合计":
        assert known.name == "一般公共预算财政拨款支出决算表"
    assert [c.name for c in known.blocks[0].columns] == ["合计", "基本支出", "项目支出"]
    assert [r.name for r in known.blocks[0].rows] == ["合计", "208"]


def test_of_several_years_the_latest_is_the_papers_own() -> None:
    def columns(*printed: str) -> list[str]:
        rows = [("", "本年收入合计", ["1.00" for _ in printed]), ("", "总计", ["1.00" for _ in printed])]
        (known,) = known_tables(
            document(table("收支总表", block(list(printed), rows, "收入"))), policy(), "budget"
        )
        return [c.name for c in known.blocks[0].columns]

    assert columns("2023年预算数", "2024年预算数") == ["", "金额"]
    assert columns("预算数", "预算数") == ["", ""]


def test_a_table_without_the_columns_of_its_name_is_not_known() -> None:
    other = spending("支出决算表", ["年初预算", "完成率", "说明"])
    assert known_tables(document(other), policy(), "accounts")[0].name == ""


def test_a_title_that_only_ends_alike_is_not_known() -> None:
    made = spending("各单位支出决算表汇总及说明表", ["合计", "基本支出", "项目支出"])
    assert known_tables(document(made), policy(), "accounts")[0].name == ""


def test_a_label_names_a_table_without_title() -> None:
    made = spending("", ["合计", "基本支出", "项目支出"], label="公开03表")
    assert known_tables(document(made), policy(), "accounts")[0].name == "支出决算表"


def test_functional_and_economic_tables_of_one_title_are_told_apart_by_their_codes() -> None:
    rows = [
        ("", "合计", ["3.00", "1.00", "2.00"]),
        ("301", "工资福利支出", ["2.00", "1.00", "1.00"]),
        ("302", "商品和服务支出", ["1.00", "", "1.00"]),
    ]
    made = table("一般公共预算支出表（按经济分类）", block(["合计", "基本支出", "项目支出"], rows))
    assert known_tables(document(made), policy(), "budget")[0].name == "一般公共预算支出表（按经济分类）"


def test_names_stand_for_codes_where_a_table_prints_names_only() -> None:
    rows = [
        ("", "一、社会保障和就业支出", ["3.00"]),
        ("", "行政事业单位养老支出", ["3.00"]),
        ("", "机关事业单位基本养老保险缴费支出", ["3.00"]),
        ("", "二、卫生健康支出", ["2.00"]),
        ("", "本年支出合计", ["5.00"]),
    ]
    income = block(["预算数"], [("", "本年收入合计", ["5.00"])], "收入")
    (known,) = known_tables(
        document(table("收支总表", income, block(["预算数"], rows, "支出"))), policy(), "budget"
    )
    assert [row.code for row in known.blocks[1].rows] == ["208", "20805", "2080505", "210", ""]


def identity_of(*parts: ReadTable | str) -> tuple[str, str, int, str]:
    found = recognise(document(*parts), policy())
    return found.kind, found.unit, found.year, found.jurisdiction


def test_a_year_that_is_compared_with_is_not_the_papers_own() -> None:
    said = "接待费5.20万元，较 2022 年度决算数减少0.10万元。会议费3.10万元，比2022年度决算数减少0.20万元。"
    assert identity_of(said, "2023年度总支出8.30万元。")[2] == 2023
    assert identity_of(said.replace("较 ", "").replace("比2", "2"), "2023年度总支出8.30万元。")[2] == 2022
    assert identity_of(said)[2] == 0


def test_kind_unit_year_and_place() -> None:
    owned = table("收支总表", block(["2023年预算数"], [("", "合计", ["1.00"])]), owner="深圳市医疗保障局")
    assert identity_of("深圳市医疗保障局2023年部门预算", owned) == (
        "budget",
        "深圳市医疗保障局",
        2023,
        "440300",
    )
    accounts = spending("支出决算表", ["合计", "基本支出", "项目支出"])
    assert identity_of("广州市医疗保障局2022年度部门决算", accounts) == (
        "accounts",
        "广州市医疗保障局",
        2022,
        "440100",
    )
    assert identity_of("2023年度广州市医疗保障局部门整体支出绩效自评报告")[:3] == (
        "self_evaluation",
        "广州市医疗保障局",
        2023,
    )
    assert identity_of("2023年度部门整体绩效评价报告", "部门名称：深圳市医疗保障局")[:3] == (
        "department_evaluation",
        "深圳市医疗保障局",
        2023,
    )


def test_unknown_stays_unknown() -> None:
    assert identity_of("关于召开会议的通知", "各科室：定于下周召开会议，请准时参加。") == ("", "", 0, "")
    assert identity_of("某某县医疗保障局2023年部门预算")[3] == ""


def test_a_form_is_a_form_and_a_paper_with_blanks_is_not() -> None:
    blanks = [f"{i}. XX部门XX年收入XX万元，比上年增加XX万元，增长XX%。" for i in range(5)]
    assert identity_of("XX部门2023年部门预算", *blanks)[0] == "form"
    filled = [
        f"{i}. 2023年收入{i},000.00万元，比上年增加{i}00.00万元，增长10%，按照规定编制并公开有关情况。"
        for i in range(1, 9)
    ]
    owned = table("收支总表", block(["预算数"], [("", f"项目{i}", [f"{i}.00"]) for i in range(30)]))
    assert identity_of("2023年部门预算", *filled, "共有车辆XX辆。", owned)[0] == "budget"


@pytest.mark.parametrize(
    ("lines", "kind", "unit", "year"),
    [
        (("望江区临水镇人民政府", "2021年“三公”经费决算汇总情况"), "accounts", "望江区临水镇人民政府", 2021),
        (("云溪县园区2017年部门“三公”经费预算情况表",), "budget", "", 2017),
        (("二、2023年度一般公共预算财政拨款“三公”经费支出情况说明",), "", "", 2023),
        (("第二部分望江区临水镇人民政府2023年度部门决算表",), "accounts", "望江区临水镇人民政府", 2023),
        (("望江区乡村振兴局望江区乡村振兴局", "关于资金分配的公告"), "", "望江区乡村振兴局", 0),
        (("索引号20231228-173456-045", "发布日期2016-03-18", "加上2016年度结转收入，共100万元。"), "", "", 0),
    ],
)
def test_the_first_lines_of_short_papers(lines: tuple[str, ...], kind: str, unit: str, year: int) -> None:
    found = recognise(document(*lines), policy())
    assert (found.kind, found.unit, found.year) == (kind, unit, year)
