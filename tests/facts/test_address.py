"""The address of a cell: what it may be written like, what it finds, and what it says when it finds nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples.reader import REAL, example, policy
from tests.facts.tables import money, row, table, words

from yiheng.facts import Block, CellKind, Column, Table
from yiheng.facts.address import Address, AddressError, Directory, parse
from yiheng.facts.names import compared
from yiheng.statements import statements

SPENDING = table(
    "公开03表",
    ["本年支出合计", "基本支出", "项目支出/小计"],
    (row("合计"), [money(30), money(20), money(10)]),
    (row(("205", "教育支出", "一、教育支出"), code="205"), [money(10), money(10), money(0)]),
    (row(("20508", "进修及培训"), code="20508", parent=1), [money(10), money(10), money(0)]),
    (row(("2050803", "培训支出"), code="2050803", parent=2), [money(10), money(10), money(0)]),
    title="支出决算表",
)
MAIN = ("szyb-main", "0102025001", "深圳市医疗保障局", "市医保局")
CENTRE = ("szybzx", "深圳市医疗保险基金管理中心", "市医保中心")
UNITS = table(
    "表7",
    ["支出总计"],
    (row(("合计", "深圳市医疗保障局", "szyb")), [money(30)]),
    (row(MAIN, kind="unit"), [money(10)]),
    (row(MAIN, ("2080505", "养老保险缴费"), code="2080505"), [money(10)]),
    (row(CENTRE, kind="unit"), [money(20)]),
    (row(CENTRE, ("2080505", "养老保险缴费"), code="2080505"), [money(5)]),
    (row(CENTRE, ("2210201", "住房公积金"), code="2210201"), [money(15)]),
)
PAPER = Directory([SPENDING, UNITS])


def found(text: str) -> int:
    cell = PAPER.resolve(text).cell
    assert cell.amount is not None
    return cell.amount.fen


@pytest.mark.parametrize(
    "text",
    [
        "公开03表[205, 基本支出]",
        "支出决算表[205, 基本支出]",
        "公开03表[教育支出, 基本支出]",
        "公开03表[一、教育支出, 基本支出]",
        " 公开03表 ［ 205 ， 基本 支出 ］ ",
    ],
)
def test_a_cell_answers_to_codes_titles_and_labels(text: str) -> None:
    assert PAPER.resolve(text).address == "公开03表[205, 基本支出]"


def test_a_unit_answers_to_key_code_and_name() -> None:
    assert found("表7[szybzx]") == found("表7[市医保中心]") == found("表7[深圳市医疗保险基金管理中心]") == 20
    assert found("表7[0102025001]") == 10


def test_a_column_answers_to_its_last_name_and_to_its_path() -> None:
    assert found("公开03表[合计, 小计]") == found("公开03表[合计, 项目支出/小计]") == 10


def test_names_around_a_row_tell_equal_rows_apart() -> None:
    assert found("表7[szybzx/2080505]") == found("表7[市医保中心/养老保险缴费, 支出总计]") == 5
    assert found("表7[2210201]") == 15


def test_the_column_may_be_left_out_where_there_is_one_of_money() -> None:
    with pytest.raises(AddressError, match=r"对应多个单元格.*公开03表\[合计, 本年支出合计\]"):
        PAPER.resolve("公开03表[合计]")


def test_a_name_of_two_rows_lists_both() -> None:
    """A department and its main unit share one name."""
    with pytest.raises(AddressError) as error:
        PAPER.resolve("表7[深圳市医疗保障局, 支出总计]")
    assert "表7[合计, 支出总计]；表7[szyb-main, 支出总计]" in str(error.value)
    with pytest.raises(AddressError, match=r"szyb-main/2080505.*szybzx/2080505"):
        PAPER.resolve("表7[2080505]")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("公开99表[合计, 基本支出]", "没有表“公开99表”；现有：公开03表 支出决算表、表7 表7标题"),
        ("公开03表[299, 基本支出]", "没有行“299”；现有：合计、205、20508、2050803"),
        ("公开03表[205, 经营支出]", "没有列“经营支出”；现有：本年支出合计、基本支出、项目支出/小计"),
        ("公开03表", "只写了表名"),
        ("公开03表[205, 基本支出", "看不懂单元格地址"),
        ("[205, 基本支出]", "看不懂单元格地址"),
        ("公开03表[, 基本支出]", "没有写行"),
        ("", "看不懂单元格地址"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_there(text: str, reason: str) -> None:
    with pytest.raises(AddressError) as error:
        PAPER.resolve(text)
    assert reason in str(error.value)


def test_long_lists_are_cut_with_their_number() -> None:
    many = table("长表", ["数"], *((row(f"行{n}"), [money(n)]) for n in range(60)))
    with pytest.raises(AddressError, match="行39、…（共 60 个）"):
        Directory([many]).resolve("长表[没有]")


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("公开03表[*]", [("合计",), ("205",), ("20508",), ("2050803",)]),
        ("公开03表[*类]", [("205",)]),
        ("公开03表[*款]", [("20508",)]),
        ("公开03表[*项]", [("2050803",)]),
        ("表7[*单位]", [("szyb-main",), ("szybzx",)]),
        ("表7[*项]", [("szyb-main", "2080505"), ("szybzx", "2080505"), ("szybzx", "2210201")]),
        ("表7[szybzx/*]", [("2080505",), ("2210201",)]),
        ("表7[*/2080505]", [("szyb-main",), ("szybzx",)]),
        ("表7[*科室]", []),
        ("公开99表[*]", []),
    ],
)
def test_a_star_stands_for_every_row_of_its_sort(pattern: str, names: list[tuple[str, ...]]) -> None:
    assert PAPER.bindings(parse(pattern)) == names


def test_a_star_stands_only_for_rows_that_have_the_column() -> None:
    """A form has blocks of different columns; an identity of one is not asked of the others."""
    words_block = Block("", (Column(("内容",), CellKind.TEXT),), (row("部门名称"),), ((words("某局"),),))
    form = Table("表14", "目标表", "万元", (words_block, SPENDING.blocks[0]), "stacked")
    assert Directory([form]).bindings(parse("表14[*, 基本支出]"))[0] == ("合计",)


def test_blank_lines_are_no_rows() -> None:
    blank = table(
        "公开01表", ["金额"], (row("合计"), [money(1)]), (row(""), [words("")]), (row(""), [words("")])
    )
    assert Directory([blank]).bindings(parse("公开01表[*]")) == [("合计",)]


def test_signs_of_structure_inside_a_name_are_written_as_a_point() -> None:
    strange = table(
        "表5",
        ["金额（元）", "其中：一、二"],
        (row("门诊/住院[甲], 乙*"), [money(7), money(8)]),
        (row("门诊"), [money(1), money(2)]),
    )
    directory = Directory([strange])
    ref = next(strange.cells())
    assert ref.address == "表5[门诊·住院·甲··乙·, 金额（元）]"
    assert directory.resolve(ref.address).cell is ref.cell
    assert directory.resolve("表5[门诊·住院·甲··乙·,金额(元)]").cell is ref.cell


NAMES = st.text(alphabet="科目甲乙 （）()/,，[]*1２", min_size=1, max_size=6).filter(str.strip)


@given(st.lists(NAMES, min_size=1, max_size=6, unique_by=compared))
def test_every_address_finds_its_own_cell(names: list[str]) -> None:
    made = table("表1", ["甲", "乙/甲"], *((row(name), [money(1), money(2)]) for name in names))
    directory = Directory([made])
    for ref in made.cells():
        assert directory.resolve(ref.address).cell is ref.cell


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_in_chinese(text: str) -> None:
    try:
        address = parse(text)
    except AddressError as error:
        assert "单元格地址" in str(error)
    else:
        assert parse(str(address)) == address


@pytest.mark.parametrize("name", REAL)
def test_every_amount_of_the_real_papers_is_found_by_its_own_address(name: str) -> None:
    tables = statements(example(name), policy()).tables
    directory = Directory(tables)
    for computed in tables:
        for ref in computed.money_cells():
            assert directory.resolve(ref.address).cell is ref.cell


def test_an_address_reads_back_as_it_is_written() -> None:
    assert str(parse("表7[ szybzx / 2080505 ， 支出总计 ]")) == "表7[szybzx/2080505, 支出总计]"
    assert parse("公开03表") == Address("公开03表")
