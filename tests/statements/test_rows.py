"""How a template's rows are spelled out: which lines, under which names, as parts of which."""

from dataclasses import replace

import pytest
from tests.statements.ledger import cell, fact, labels, of_centre, of_department, only, record, text

from yiheng.facts.address import AddressError, Directory


def form(rows: str, columns: str = "{path: [项目], text: label}, {path: [金额]}", **table: str) -> str:
    extra = "".join(f"\n  {key}: {value}" for key, value in table.items())
    lines = "\n".join(f"        {line}" for line in rows.strip().splitlines())
    return (
        f"- code: 甲表\n  title: 甲\n  view: function\n  measure: spending{extra}\n"
        f"  blocks:\n    - columns: [{columns}]\n      rows:\n{lines}"
    )


CODES = (("2050803", 1), ("2080505", 2), ("2101506", 4), ("2101599", 8))
HELD = of_centre(*(fact("spending", n, function=code, category="basic") for code, n in CODES))


def test_codes_are_listed_with_their_levels_and_parents() -> None:
    table = only(HELD, form("- {label: 合计, role: total}\n- {each: function, levels: [3, 5, 7]}"))
    rows = table.blocks[0].rows
    assert [row.code for row in rows] == [
        "", "205", "20508", "2050803", "208", "20805", "2080505", "210", "21015", "2101506", "2101599",
    ]  # fmt: skip
    assert [rows[row.parent].code if row.parent >= 0 else None for row in rows] == [
        None, "", "205", "20508", "", "208", "20805", "", "210", "21015", "21015",
    ]  # fmt: skip
    assert [row.level for row in rows[1:4]] == [0, 1, 2]
    assert [text(table, f"{code}") for code in ("合计", "210", "21015", "2101599")] == ["15", "12", "12", "8"]


def test_only_the_wanted_levels_are_listed() -> None:
    table = only(HELD, form("- {each: function, levels: [7]}"))
    assert [row.code for row in table.blocks[0].rows] == ["2050803", "2080505", "2101506", "2101599"]
    assert [row.code for row in only(HELD, form("- {each: function, levels: [3]}")).blocks[0].rows] == [
        "205",
        "208",
        "210",
    ]


def test_labels_number_the_codes_of_one_length() -> None:
    table = only(HELD, form("- {each: function, levels: [3, 7], labels: {3: '{ordinal}、{name}'}}"))
    assert labels(table)[:3] == ["一、教育支出", "培训支出", "二、社会保障和就业支出"]
    assert cell(table, "教育支出").row.code == "205"


def test_a_form_may_use_a_name_of_its_own_and_a_fixed_list() -> None:
    table = only(HELD, form("- {each: function, codes: ['201', '210'], names: {'210': 医疗卫生支出}}"))
    assert labels(table) == ["一般公共服务支出", "医疗卫生支出"]
    assert [text(table, "201"), text(table, "210")] == ["0", "12"]


@pytest.mark.parametrize(("year", "name"), [(2020, "医疗卫生与计划生育支出"), (2024, "卫生健康支出")])
def test_a_form_carried_on_lets_go_of_a_name_that_is_no_longer_in_use(year: int, name: str) -> None:
    # 210 is 医疗卫生与计划生育支出 in 公开01—04表 of 2020, and 卫生健康支出 in every later paper.
    rows = form("- {each: function, codes: ['210'], names: {'210': 医疗卫生与计划生育支出}}")
    assert labels(only(replace(HELD, year=year), rows)) == [name]


def test_an_unlisted_code_keeps_itself_as_its_name() -> None:
    assert labels(only(of_centre(fact(function="2999999")), form("- {each: function, levels: [7]}"))) == [
        "2999999"
    ]


UNITS = of_department(
    fact("spending", 1, unit="main", function="2101501"),
    fact("spending", 2, unit="centre", function="2101501"),
    fact("spending", 4, unit="centre", function="2101506"),
)


def test_units_are_listed_with_what_is_inside_them() -> None:
    rows = "- {label: '{owner}', role: total}\n- {each: unit, rows: [{each: function, levels: [7]}]}"
    table = only(UNITS, form(rows))
    assert [row.address for row in table.blocks[0].rows] == [
        "合计", "main", "main/2101501", "centre", "centre/2101501", "centre/2101506",
    ]  # fmt: skip
    assert [row.parent for row in table.blocks[0].rows] == [-1, 0, 1, 0, 3, 3]
    assert [text(table, a) for a in ("合计", "main", "centre", "中心/2101506")] == ["7", "1", "6", "4"]


def test_the_department_and_its_main_unit_share_a_name_and_not_a_row() -> None:
    table = only(UNITS, form("- {label: '{owner}', role: total}\n- {each: unit}"))
    assert labels(table) == ["某局", "某局", "某中心"]
    assert [text(table, a) for a in ("dept", "main")] == ["7", "1"]


def test_a_unit_without_amounts_is_left_out_unless_all_are_listed() -> None:
    one = of_department(fact("spending", 1, unit="main"))
    assert labels(only(one, form("- {each: unit}"))) == ["某局"]
    table = only(one, form("- {each: unit, all: true}"))
    assert [text(table, "main"), text(table, "centre")] == ["1", "0"]


def test_headings_print_on_their_first_line_only() -> None:
    rows = """
- {group: '{owner}', rows: &years [{label: '{prior}', year: -1}, {label: '{year}'}]}
- {each: unit, header: false, rows: *years}
"""
    held = of_department(
        fact("spending", 1, unit="main"),
        fact("spending", 2, unit="main", year=2019, view="function"),
        fact("spending", 4, unit="centre", year=2019, view="function"),
    )
    columns = "{path: [单位], text: group}, {path: [年度], text: label}, {path: [金额]}"
    table = only(held, form(rows, columns))
    printed = [[c.text for c in line] for line in table.blocks[0].cells]
    assert printed == [
        ["某局", "2019", "6"], ["", "2020", "1"],
        ["某局", "2019", "2"], ["", "2020", "1"],
        ["某中心", "2019", "4"], ["", "2020", "0"],
    ]  # fmt: skip
    assert [text(table, "合计/2019, 金额"), text(table, "main/2019, 金额")] == ["6", "2"]


def test_projects_stand_in_ledger_order_under_code_and_name() -> None:
    projects = (record("project", "p2", code="C-2", name="乙项目"), record("project", "p1", name="甲项目"))
    held = of_centre(
        fact(project="p1", category="project"), fact(project="p2"), fact(project="p0"), records=projects
    )
    table = only(held, form("- {each: project}"))
    assert labels(table) == ["乙项目", "甲项目", "p0"]
    assert cell(table, "C-2").row is cell(table, "p2").row is cell(table, "乙项目").row


def test_facts_are_listed_one_by_one() -> None:
    held = of_centre(
        fact("transfer", 5, key="t1", function="2101505", project="p"),
        fact("transfer", 6, key="t2", function="2101505", project="p", project_name="印出的名称"),
        records=(record("project", "p", name="项目"),),
    )
    columns = "{path: [科目], text: code}, {path: [项目], text: fact.project_name}, {path: [金额], measure: transfer}"
    table = only(held, form("- {each: fact, code: function}", columns))
    assert [[c.text for c in line] for line in table.blocks[0].cells] == [
        ["2101505", "项目", "5"], ["2101505", "印出的名称", "6"],
    ]  # fmt: skip
    assert [text(table, "t1, 金额"), text(table, "印出的名称, 金额")] == ["5", "6"]
    assert all(cell(table, f"{key}, 金额").cell.given for key in ("t1", "t2"))


def test_tasks_take_the_amount_of_their_project_or_category() -> None:
    tasks = (
        record("task", "1", name="基本支出", category="basic", content="人员和公用"),
        record("task", "2", name="宣传", project="p"),
        record("task", "3", name="未列明"),
    )
    held = of_centre(
        fact("spending", 5, function="2101501", category="basic"),
        fact("spending", 7, function="2101506", category="project", project="p"),
        records=tasks,
    )
    columns = "{path: [任务], text: label}, {path: [内容], text: task.content}, {path: [金额]}"
    rows = "- {each: task, views: {project: project, category: function}}\n- {label: 金额合计, role: total}"
    table = only(held, form(rows, columns))
    assert [[c.text for c in line] for line in table.blocks[0].cells] == [
        ["基本支出", "人员和公用", "5"], ["宣传", "", "7"], ["未列明", "", ""], ["金额合计", "", "12"],
    ]  # fmt: skip


def test_indicators_belong_to_their_unit_or_project() -> None:
    indicators = (
        record("indicator", "1", level="department", level3="满意度", target="≥90%"),
        record("indicator", "2", level="project", project="p", level3="次数", target="≥4次"),
    )
    held = of_centre(
        fact("budget", 1, project="p"), records=(*indicators, record("project", "p", code="C-1", name="甲"))
    )
    columns = "{path: [指标], text: label}, {path: [目标值], text: indicator.target}"
    rows = "- {each: indicator}"
    assert labels(only(held, form(rows, columns))) == ["满意度"]
    of_project = only(held, form(rows, columns, each="project"))
    assert [row.address for row in of_project.blocks[0].rows] == ["C-1/次数"]


def test_fixed_lines_answer_to_their_plain_words() -> None:
    table = only(
        HELD, form("- {label: 一、本年支出, key: 支出}\n- {label: 2. 其中, where: {function: '210'}}")
    )
    assert cell(table, "支出").row is cell(table, "本年支出").row is cell(table, "一、本年支出").row
    assert text(table, "其中") == "12"


TWO_SIDED = """
- code: 甲表
  title: 甲
  view: function
  measure: spending
  blocks:
    - name: 收入
      columns: &columns [{path: [项目], text: label}, {path: [行次], text: line}, {path: [金额]}]
      rows: [{label: 甲}, {label: 乙}, {label: 丙}, {label: 丁}, {label: 戊}, {label: 总计, role: total, footer: true}]
    - name: 支出
      first_line: 20
      columns: *columns
      rows:
        - {each: function, levels: [3]}
        - {label: 合计, role: total, footer: true}
        - {label: 结转, footer: true, measure: carry_forward}
"""


def test_the_footers_of_two_sides_share_the_last_lines() -> None:
    table = only(HELD, TWO_SIDED)
    assert labels(table, 1) == ["教育支出", "社会保障和就业支出", "卫生健康支出", "", "合计", "结转"]
    assert [line[1].text for line in table.blocks[1].cells] == ["20", "21", "22", "23", "24", "25"]
    assert text(table, "支出/合计, 金额") == "15"


def test_parts_find_their_total_below_the_lines_put_between() -> None:
    rows = only(HELD, TWO_SIDED).blocks[1].rows
    assert [rows[row.parent].label if row.parent >= 0 else None for row in rows] == [
        "合计",
        "合计",
        "合计",
        None,
        None,
        None,
    ]


def test_blank_lines_print_nothing() -> None:
    table = only(HELD, form("- {label: 甲}\n- {blank: 2}\n- {label: 乙}"))
    assert [[c.text for c in line] for line in table.blocks[0].cells] == [
        ["甲", "15"],
        ["", ""],
        ["", ""],
        ["乙", "15"],
    ]


def test_an_amount_may_stand_in_a_column_of_words() -> None:
    columns = "{path: [项目], text: label}, {path: [内容], text: value}"
    rows = """
- {label: 单位, value: unit.title}
- {label: 主管部门, value: department.title}
- {label: 金额, measure: spending}
"""
    table = only(HELD, form(rows, columns))
    assert [line[1].text for line in table.blocks[0].cells] == ["某中心", "0100某局", "15"]


def test_rows_of_one_name_have_addresses_of_their_own() -> None:
    """A code or name that stands for two rows is ambiguous; each row still has an address that finds it."""
    held = of_centre(
        fact("transfer", 5, key="t1", function="2101505", project="p", project_name="甲"),
        fact("transfer", 6, key="t2", function="2101505", project="q", project_name="乙"),
        fact("transfer", 7, key="t3", function="2101505", project="q", project_name="乙"),
        records=(
            record("task", "1", name="宣传", project="p"),
            record("task", "2", name="宣传", project="q"),
        ),
    )
    columns = "{path: [科目], text: code}, {path: [金额], measure: transfer}"
    transfers = only(held, form("- {each: fact, code: function}", columns))
    assert [ref.row.address for ref in transfers.money_cells()] == ["甲", "t2", "t3"]
    tasks = only(held, form("- {each: task, views: {project: project}}", columns))
    assert [ref.row.address for ref in tasks.money_cells()] == ["宣传（1）", "宣传（2）"]
    for table in (transfers, tasks):
        directory = Directory([table])
        assert all(directory.resolve(ref.address).cell is ref.cell for ref in table.money_cells())
    with pytest.raises(AddressError, match="对应多个单元格"):
        cell(transfers, "2101505, 金额")
    with pytest.raises(AddressError, match="对应多个单元格"):
        cell(tasks, "宣传, 金额")
