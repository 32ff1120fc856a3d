"""Three kinds of empty, never confused with each other or with zero: nothing occurred, not loaded, not attested."""

from tests.examples.reader import policy
from tests.statements.ledger import cell, drawn, fact, family, of_centre, of_department, only, text

from yiheng.facts import Status
from yiheng.statements import absence

BY_FUNCTION = """
- code: 甲表
  title: 甲
  view: function
  measure: spending
  blocks:
    - columns:
        - {path: [科目], text: label}
        - {path: [合计]}
        - {path: [基本支出], where: {category: basic}}
      rows:
        - {label: 合计, role: total}
        - {each: function, levels: [3, 5, 7]}
"""
BY_ECONOMIC = BY_FUNCTION.replace("function", "economic").replace("[3, 5, 7]", "[3, 5]")
BALANCE = """
- code: 乙表
  title: 乙
  view: function
  blocks:
    - columns: [{path: [项目], text: label}, {path: [金额]}]
      rows:
        - {label: 年初, measure: opening_balance}
        - {label: 收入, measure: revenue}
        - {label: 支出, measure: spending}
        - {label: 年末, terms: [{measure: opening_balance}, {measure: revenue}, {measure: spending, sign: -1}]}
"""
TWO_YEARS = """
- code: 丙表
  title: 丙
  view: item
  measure: three_public_budget
  blocks:
    - columns: [{path: [年度], text: label}, {path: [合计]}]
      rows:
        - {label: 上年, year: -1}
        - {label: 本年}
        - {label: 增减, terms: [{measure: three_public_budget}, {measure: three_public_budget, year: -1, sign: -1}]}
"""


def test_an_amount_of_zero_is_a_figure() -> None:
    table = only(of_centre(fact("spending", 0, function="2101506", category="basic")), BY_FUNCTION)
    assert (cell(table, "合计, 合计").cell.status, text(table, "合计, 合计")) == (Status.VALUE, "0")


def test_nothing_occurred_prints_as_the_form_says() -> None:
    held = of_centre(fact("spending", 5, function="2101506", category="project"))
    for zero in ("0", "", "-"):
        table = only(held, BY_FUNCTION, zero=zero)
        found = cell(table, "合计, 基本支出").cell
        assert (found.status, found.text, found.amount is not None and found.amount.fen) == (
            Status.NOTHING,
            zero,
            0,
        )


def test_what_is_not_loaded_prints_nothing_and_has_no_amount() -> None:
    table = only(of_centre(fact("revenue", 5)), BY_FUNCTION)
    found = cell(table, "合计, 合计").cell
    assert (found.status, found.text, found.amount, found.terms) == (Status.UNAVAILABLE, "", None, ())
    assert (table.status, table.reason) == (Status.UNAVAILABLE, "本表所需数据尚未录入。")


def test_what_no_view_attests_cannot_be_said() -> None:
    table = only(
        of_centre(fact("spending", 5, view="function", function="2101506", category="basic")), BY_ECONOMIC
    )
    assert cell(table, "合计, 合计").cell.status is Status.NOT_ATTESTED
    assert table.status is Status.NOT_ATTESTED
    assert table.reason == "已录入的数据未按本表口径列明，不能推算。"


def test_a_joint_ledger_attests_every_view() -> None:
    held = of_centre(fact("spending", 5, function="2101506", economic="30201", category="basic"))
    assert text(only(held, BY_ECONOMIC), "30201, 合计") == "5"
    assert text(only(held, BY_FUNCTION), "2101506, 基本支出") == "5"


def test_a_dimension_that_the_margin_does_not_have_is_not_attested() -> None:
    """The total is known; how much of it is basic expenditure is not, and is no zero."""
    table = only(of_centre(fact("spending", 5, view="function", function="2101506")), BY_FUNCTION)
    assert text(table, "合计, 合计") == "5"
    assert cell(table, "合计, 基本支出").cell.status is Status.NOT_ATTESTED
    assert cell(table, "2101506, 基本支出").cell.amount is None


def test_a_row_without_a_dimension_that_others_of_the_margin_have_has_none_of_it() -> None:
    held = of_centre(
        fact("spending", 5, view="function", function="2101506", category="basic"),
        fact("spending", 2, view="function", function="2101599"),
    )
    assert text(only(held, BY_FUNCTION), "合计, 基本支出") == "5"


def test_a_coarse_code_leaves_the_finer_ones_open() -> None:
    """Of 21011 nothing finer is known; a form that prints 2101101 cannot say 0."""
    form = BY_FUNCTION.replace("levels: [3, 5, 7]", 'codes: ["210", "21011", "2101101", "21015"]')
    table = only(of_centre(fact("spending", 5, view="function", function="21011", category="basic")), form)
    assert [text(table, f"{code}, 合计") for code in ("210", "21011", "21015")] == ["5", "5", "0"]
    assert cell(table, "2101101, 合计").cell.status is Status.NOT_ATTESTED


def test_a_coarse_leaf_is_listed_as_a_gap() -> None:
    held = of_centre(
        fact("spending", 5, view="function", function="21011"),
        fact("spending", 5, view="function", function="2101506"),
    )
    rows = only(held, BY_FUNCTION).blocks[0].rows
    assert [(row.code, row.role) for row in rows[1:]] == [
        ("210", ""), ("21011", "gap"), ("21015", ""), ("2101506", ""),
    ]  # fmt: skip


def test_a_sum_is_unknown_where_one_of_its_terms_is() -> None:
    """年末 = 年初 + 收入 − 支出: without the spending it is no number, and surely not the income."""
    table = only(of_centre(fact("revenue", 5)), BALANCE)
    assert text(table, "年初") == "0"
    assert text(table, "收入") == "5"
    assert cell(table, "年末").cell.status is Status.UNAVAILABLE
    assert text(only(of_centre(fact("revenue", 5), fact("spending", 3)), BALANCE), "年末") == "2"


def test_a_sum_of_nothing_is_nothing() -> None:
    loaded = of_centre(fact("revenue", 5, year=2020, view="function"), fact("spending", 5))
    assert cell(only(loaded, BALANCE), "年初").cell.status is Status.NOTHING


def test_what_a_unit_holds_in_another_view_only_is_missing_from_the_total() -> None:
    """One unit attests economic codes, the other functions only: the department's total by economic code is unknown."""
    held = of_department(
        fact("spending", 5, view="economic", unit="main", economic="30201", category="basic"),
        fact("spending", 7, view="function", unit="centre", function="2101506", category="basic"),
    )
    form = BY_ECONOMIC.replace(
        "- {label: 合计, role: total}", "- {label: 合计, role: total}\n        - {each: unit}"
    )
    table = only(held, form)
    assert cell(table, "合计, 合计").cell.status is Status.NOT_ATTESTED
    assert text(table, "main, 合计") == "5"


def test_a_figure_of_the_department_covers_its_units() -> None:
    held = of_department(
        fact("budget", 12, view="project_form", unit="dept", project="p1"),
        fact("budget", 5, view="project", unit="main", project="p1"),
        fact("budget", 7, view="project", unit="centre", project="p1"),
    )
    form = BY_FUNCTION.replace("view: function", "view: [project_form, project]").replace(
        "spending", "budget"
    )
    table = only(held, form.replace("{each: function, levels: [3, 5, 7]}", "{each: project}"))
    assert text(table, "p1, 合计") == "12"
    assert cell(table, "p1, 合计").cell.given


def test_last_year_is_unavailable_unless_it_is_loaded() -> None:
    """That nothing was spent is known of the paper's own year only: a missing comparative is no zero."""
    this_year = fact("three_public_budget", 5, view="item", item="reception")
    table = only(of_centre(this_year), TWO_YEARS)
    assert (text(table, "上年"), text(table, "本年"), text(table, "增减")) == ("", "5", "")
    assert cell(table, "增减").cell.status is Status.UNAVAILABLE
    before = fact("three_public_budget", 2, view="item", year=2019, item="reception")
    assert text(only(of_centre(this_year, before), TWO_YEARS), "增减") == "3"


def test_a_comparative_adds_no_row_to_this_year() -> None:
    held = of_centre(
        fact("spending", 5, view="function", function="2101506", category="basic"),
        fact("spending", 9, view="function", function="2080505", category="basic", year=2019),
    )
    table = only(held, BY_FUNCTION)
    assert [row.code for row in table.blocks[0].rows] == ["", "210", "21015", "2101506"]


def test_a_later_view_fills_only_what_an_earlier_one_leaves_open() -> None:
    form = BY_FUNCTION.replace("view: function", "view: [item, function]")
    held = of_centre(
        fact("spending", 5, view="item", item="A01", category="basic"),
        fact("spending", 6, view="function", function="2101506", category="basic"),
    )
    table = only(held, form)
    assert (text(table, "合计, 合计"), text(table, "2101506, 合计")) == ("5", "6")


def test_of_several_measures_the_first_held_in_that_year_counts() -> None:
    form = BY_FUNCTION.replace("measure: spending", "measure: [budget_revenue, budget]")
    old = fact("budget_revenue", 9, view="function", year=2019, function="2101506")
    assert text(only(of_centre(old, fact("budget", 5, function="2101506")), form), "合计, 合计") == "5"
    new = fact("budget_revenue", 8, function="2101506")
    assert text(only(of_centre(new, fact("budget", 5, function="2101506")), form), "合计, 合计") == "8"


def test_tables_for_each_project_are_empty_without_projects() -> None:
    form = BY_FUNCTION.replace("measure: spending", "each: project\n  measure: budget")
    assert only(of_centre(), form).status is Status.UNAVAILABLE
    assert only(of_centre(fact("budget", 5, category="basic")), form).status is Status.NOTHING


def test_a_table_that_no_paper_shows_is_not_drawn() -> None:
    (table,) = drawn(of_centre(), family("- {code: 表2, title: 收入总表, not_attested: 未见表样}"))
    assert (table.status, table.reason, table.blocks) == (Status.NOT_ATTESTED, "未见表样", ())


def test_the_policy_says_what_no_rows_at_all_mean() -> None:
    found = absence(policy(), of_centre())
    assert (found["opening_balance"], found["spending"]) == ("nothing", "unavailable")
