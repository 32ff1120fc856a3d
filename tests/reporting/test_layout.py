"""How tables become grids and find their place on the page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reporting import sample

from yiheng.facts import Block, Cell, CellKind, Column, Row, Section, Sentence, Status, Table
from yiheng.reporting.document import Heading, PlacedTable, build
from yiheng.reporting.grid import Face, grids, reason_line
from yiheng.reporting.layout import PORTRAIT_HEIGHT, PORTRAIT_WIDTH, lay_out
from yiheng.reporting.text import breakable, clean, ems


def table(*blocks: Block, **other: object) -> Table:
    return replace(Table("表1", "题", "万元", blocks, owner="单位"), **other)  # type: ignore[arg-type]


def texts(grid_rows: object) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid_rows]  # type: ignore[attr-defined]


def test_blocks_beside_each_other_share_one_header_and_are_filled_up() -> None:
    left = Block(
        "收入",
        sample.columns("项目", "决算数", words=1),
        (sample.row("甲"),),
        ((sample.text("甲"), sample.money(100)),),
    )
    right = Block(
        "支出",
        sample.columns("项目", ("其中", "基本"), ("其中", "项目"), words=1),
        (sample.row("乙"), sample.row("丙")),
        (
            (sample.text("乙"), sample.money(200), sample.money(None)),
            (sample.text("丙"), sample.money(300), sample.money(400)),
        ),
    )
    (grid,) = grids(table(left, right))
    assert grid.columns == 5 and grid.header_rows == 3
    assert texts(grid.rows) == [
        ["收入", "支出"],
        ["项目", "决算数", "项目", "其中"],
        ["基本", "项目"],
        ["甲", "1.00", "乙", "2.00", ""],
        ["", "", "丙", "3.00", "4.00"],
    ]
    assert [(c.column, c.colspan, c.rowspan) for row in grid.rows[:3] for c in row] == [
        (0, 2, 1),
        (2, 3, 1),
        (0, 1, 2),
        (1, 1, 2),
        (2, 1, 2),
        (3, 2, 1),
        (3, 1, 1),
        (4, 1, 1),
    ]


def test_rows_that_no_column_names_get_a_column_of_names() -> None:
    rows = (Row((("合计",),), "合计", role="total"), Row((("205",),), "教育支出", "205"))
    block = Block("", sample.columns("小计"), rows, ((sample.money(1),), (sample.money(2),)))
    (grid,) = grids(table(block))
    assert texts(grid.rows) == [
        ["科目编码", "项目", "小计"],
        ["", "合计", "0.01"],
        ["205", "教育支出", "0.02"],
    ]
    assert all(cell.strong for cell in grid.rows[1]) and not any(cell.strong for cell in grid.rows[2])


def test_department_and_unit_of_one_name_stay_two_rows() -> None:
    # As 表7 of the 2021 budget: the department and its main unit are both 深圳市医疗保障局.
    name = "深圳市医疗保障局"
    block = Block(
        "",
        sample.columns("预算单位", "支出总计", words=1),
        (Row((("部门",),), name), Row(((name,),), name)),
        ((sample.text(name), sample.money(1)), (sample.text(name), sample.money(2))),
    )
    (grid,) = grids(table(block))
    assert [cell.rowspan for row in grid.rows for cell in row] == [1] * 6


def test_equal_words_left_of_the_names_are_joined_in_forms_only() -> None:
    form = sample.form()
    indicators = grids(form)[-1]
    joined = [(c.text, c.rowspan) for row in indicators.rows for c in row if c.rowspan > 1]
    assert joined == [("产出指标", 9), ("数量指标", 6), ("质量指标", 3), ("效益指标", 2), ("社会效益指标", 2)]
    (flat,) = grids(replace(form, layout="beside", blocks=form.blocks[-1:]))
    assert {c.rowspan for row in flat.rows for c in row} == {1}


def test_a_long_group_names_itself_again_so_that_every_page_shows_it() -> None:
    lines = [("产出指标", f"第{n}项") for n in range(1, 31)]
    block = Block(
        "",
        sample.columns("一级指标", "三级指标", words=2),
        tuple(sample.row(name) for _, name in lines),
        tuple((sample.text(group), sample.text(name)) for group, name in lines),
    )
    (grid,) = grids(table(block, layout="stacked"))
    assert [c.rowspan for row in grid.rows[1:] for c in row if c.text == "产出指标"] == [10, 10, 10]


def test_several_forms_in_one_table_stand_apart() -> None:
    form = sample.form()
    assert [grid.apart for grid in grids(replace(form, blocks=form.blocks * 2))] == [False] * 4 + [True] + [
        False
    ] * 3


def test_faces_follow_the_kinds_of_columns() -> None:
    columns = (
        Column(("名称",), CellKind.TEXT),
        Column(("行次",), CellKind.TEXT),
        Column(("人数",), CellKind.COUNT),
        Column(("总额",), CellKind.MONEY, "元"),
    )
    cells = (
        sample.text("甲"),
        sample.text("1"),
        Cell(CellKind.COUNT, "5"),
        Cell(CellKind.MONEY, "", Status.UNAVAILABLE),
    )
    (grid,) = grids(table(Block("", columns, (sample.row("甲"),), (cells,))))
    assert [cell.face for cell in grid.rows[1]] == [Face.TEXT, Face.CENTRE, Face.FIGURE, Face.FIGURE]
    # A column in another unit than the table says so, and a cell that is empty for a reason names it.
    assert texts(grid.rows) == [["名称", "行次", "人数", "总额（元）"], ["甲", "1", "5", "未录入"]]


@pytest.mark.parametrize(
    ("status", "reason", "line"),
    [
        (Status.VALUE, "", ""),
        (Status.NOTHING, "", "本表无发生额。"),
        (Status.NOTHING, "本表本年无发生额。", "本表本年无发生额。"),
        (Status.UNAVAILABLE, "", "数据未录入。"),
        (Status.UNAVAILABLE, "缺 2024 年支出预算", "数据未录入：缺 2024 年支出预算"),
        (Status.NOT_ATTESTED, "文件未印本表", "原件未列明：文件未印本表"),
        (Status.WITHHELD, "", "不予公开。"),
    ],
)
def test_each_reason_has_words_of_its_own(status: Status, reason: str, line: str) -> None:
    assert reason_line(table(status=status, reason=reason)) == line


@pytest.mark.parametrize("status", [Status.UNAVAILABLE, Status.NOT_ATTESTED, Status.WITHHELD])
def test_a_table_without_figures_shows_its_reason_and_no_rows(status: Status) -> None:
    block = replace(sample.small().blocks[0])
    (grid,) = grids(table(block, status=status, reason="某种原因"))
    assert grid.header_rows == 1 and len(grid.rows) == 2
    (only,) = grid.rows[1]
    assert only.face is Face.REASON and only.colspan == 2 and only.text.endswith("某种原因")


def test_column_widths_fill_the_type_area_and_hold_every_figure() -> None:
    for drawn in sample.all_tables():
        layout = lay_out(drawn)
        width = PORTRAIT_HEIGHT if layout.landscape else PORTRAIT_WIDTH
        for part in layout.parts:
            assert sum(part.widths) == pytest.approx(width)
            for row in part.grid.rows:
                for cell in row:
                    if cell.face is Face.FIGURE:
                        assert ems(cell.text, 0.5) * layout.size <= part.width_of(cell) - 6


def test_direction_follows_columns_and_widths() -> None:
    assert lay_out(sample.wide()).landscape
    assert not lay_out(sample.two_sided()).landscape
    # Nine columns of large figures do not fit upright at a readable size.
    headers = [f"第{n}栏金额" for n in range(9)]
    figures = tuple(sample.money(12345678901234) for _ in headers)
    block = Block(
        "",
        sample.columns("名称", *headers, words=1),
        (sample.row("某单位名称"),),
        ((sample.text("某单位名称"), *figures),),
    )
    assert lay_out(table(block)).landscape


def test_headings_above_make_a_table_smaller_rather_than_longer_than_the_page() -> None:
    tree = sample.tree("公开05表", "支出决算表", "小计", "基本支出", "项目支出")
    alone, below = lay_out(tree), lay_out(tree, above=110)
    assert (alone.size, alone.pad) == (10.5, 2.6)
    assert (below.size, below.pad) < (alone.size, alone.pad)


def test_small_tables_stay_in_the_text_and_large_ones_begin_a_page() -> None:
    placed = [item for part in build(sample.paper()).parts for item in part.items]
    breaks = {item.layout.code: item.new_page for item in placed if isinstance(item, PlacedTable)}
    assert breaks["表13"] is False and lay_out(sample.small()).together
    assert breaks["公开05表"] is False  # the first after a turned page, which ends with a page break anyway
    assert breaks["公开03表"] is True
    # The heading directly above a large table takes the break over.
    assert breaks["公开01表"] is False
    part = next(item for item in placed if isinstance(item, Heading) and item.text.startswith("第二部分"))
    assert part.new_page


def test_ranks_have_no_jumps() -> None:
    words = (Sentence("s", ("正文。",)),)
    sections = [
        Section("a", 1, "一、甲", words),
        Section("b", 3, "1.乙", words),
        Section("c", 2, "（一）丙", words),
        Section("d", 1, "二、丁", words),
    ]
    document = build(sample.paper(tables=(), parts=sections))
    headings = [item for part in document.parts for item in part.items if isinstance(item, Heading)]
    assert [(h.level, h.depth) for h in headings] == [(1, 1), (3, 2), (2, 2), (1, 1), (0, 1)]


@pytest.mark.parametrize(
    ("title", "owner", "lines"),
    [
        ("2024年度部门决算", "某局", ("2024年度部门决算",)),
        (
            "深圳市医疗保险基金管理中心2020年度部门决算",
            "深圳市医疗保险基金管理中心",
            ("深圳市医疗保险基金管理中心", "2020年度部门决算"),
        ),
        (
            "关于全市基本医疗保险基金预算执行情况和绩效的报告",
            "某局",
            ("关于全市基本医疗保险基金", "预算执行情况和绩效的报告"),
        ),
    ],
)
def test_long_titles_break_behind_the_owner_or_in_halves(
    title: str, owner: str, lines: tuple[str, ...]
) -> None:
    assert build(replace(sample.paper(tables=(), parts=()), title=title, owner=owner)).title_lines == lines


def test_text_helpers() -> None:
    assert clean("a\r\nb\rc\x00\td") == "a\nb\nc□ d"
    assert ems("医保12\n短") == pytest.approx(2 + 2 * 0.56)
    assert breakable("短 abc 很长" + "x" * 20, 8).count("\u200b") == 19
    assert breakable("abc", 8) == "abc"
