"""One published table in many layouts: every cell must come back, and nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from tests.reading.pdf.papers import TABLE, XS, grids, lines, lines_at, placed, read, table, texts

from yiheng.reading.pdf import read_pdf

YS = [20.0 * row for row in range(len(TABLE) + 1)]
INNER = "left: if x > 0 {0.5pt} else {none}, right: if x < 4 {0.5pt} else {none}"
OUTER = "left: if x == 0 {0.5pt} else {none}, right: if x == 4 {0.5pt} else {none}"
ENDS = "top: if y < 2 {0.5pt} else {none}, bottom: if y == 9 {0.5pt} else {none}"
RAISED = '#show regex("[0-9,.]+"): it => text(baseline: -4pt, size: 10pt, it)\n'
LAYOUTS = {
    "every rule": table(),
    "hair lines": table("stroke: 0.1pt,"),
    "thick lines": table("stroke: 2.5pt,"),
    "dotted lines": table('stroke: (thickness: 0.5pt, dash: "dotted"),'),
    "shaded head": table("fill: (x, y) => if y == 0 {gray} else {none},"),
    "open at the sides": table(f"stroke: (x, y) => (top: 0.5pt, bottom: 0.5pt, {INNER}),"),
    "no rules between rows": table(f"stroke: (x, y) => (left: 0.5pt, right: 0.5pt, {ENDS}),"),
    "no rules between columns": table(f"stroke: (x, y) => (top: 0.5pt, bottom: 0.5pt, {OUTER}),"),
    "horizontal rules only": table("stroke: (x, y) => (top: 0.5pt, bottom: 0.5pt),"),
    "three rules": table(f"stroke: (x, y) => ({ENDS}),"),
    "filled rectangles": placed() + lines_at(XS, YS),
    "one path of rectangles": placed() + lines_at(XS, YS, joint=True),
    "double lines": placed() + lines_at(XS, YS) + lines_at([x + 1.5 for x in XS], [y + 1.5 for y in YS]),
    "small type": "#set text(size: 5pt)\n" + table("inset: 1pt,"),
    "tight rows": "#set par(leading: 0.1em)\n" + table("inset: (x: 2pt, y: 0.5pt),"),
    "raised digits": RAISED + table(),
    "turned right": f"#rotate(90deg, reflow: true, block(width: 600pt)[{table()}])\n",
    "turned left": f"#rotate(-90deg, reflow: true, block(width: 600pt)[{table()}])\n",
    "upside down": f"#rotate(180deg, reflow: true)[{table()}]\n",
    "clipped": f"#block(clip: true, width: 100%, height: 300pt)[{table()}]\n",
}
UNRULED = {
    "no rule": table("stroke: none,"),
    "striped": table("stroke: none, fill: (x, y) => if calc.odd(y) {luma(230)} else {none},"),
    "placed one by one": placed(),
    "vertical rules only": table("stroke: (x, y) => (left: 0.5pt, right: 0.5pt),"),
    "raised digits": RAISED + table("stroke: none,"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_ruled_layouts(layout: str, tmp_path: Path) -> None:
    document = read(tmp_path, LAYOUTS[layout])
    (grid,) = grids(document)
    assert texts(grid) == list(TABLE)
    assert grid.ruled
    assert lines(document) == []
    assert document.problems == ()


@pytest.mark.parametrize("layout", UNRULED)
def test_layouts_that_only_alignment_shows(layout: str, tmp_path: Path) -> None:
    document = read(tmp_path, UNRULED[layout])
    (grid,) = grids(document)
    assert texts(grid) == list(TABLE)
    assert not grid.ruled
    assert lines(document) == []


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_pages_with_a_rotation_of_their_own(quarters: int, tmp_path: Path) -> None:
    """Scanners and spreadsheet programs turn the page, not the text; places are those of the page as shown."""
    read(tmp_path, table())
    document = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    document[0].set_rotation(90 * quarters)
    document.save(tmp_path / "turned.pdf")
    turned = read_pdf(tmp_path / "turned.pdf")
    (grid,) = grids(turned)
    assert texts(grid) == list(TABLE)
    size, box = turned.pages[0].size, grid.place.box
    assert size is not None and box is not None
    assert size.width > size.height if quarters % 2 else size.width < size.height
    across = {1: box.right == pytest.approx(size.width - 72, abs=1), 3: box.left == pytest.approx(72, abs=1)}
    assert across.get(quarters, box.bottom == pytest.approx(size.height - 72, abs=1))


MERGED = """#table(columns: (90pt, 60pt, 90pt, 60pt, 60pt),
table.cell(colspan: 2)[收入], table.cell(colspan: 3)[支出],
table.cell(rowspan: 2)[项目], table.cell(rowspan: 2)[决算数], table.cell(rowspan: 2)[项目],
table.cell(colspan: 2)[决算数], [小计], [其中：基本支出],
[一、财政拨款收入], [1.00], table.cell(rowspan: 2)[一、卫生健康支出], [2.00], [3.00],
[二、其他收入], [4.00], [5.00], [])
"""


def test_merged_cells(tmp_path: Path) -> None:
    """A merged cell stands once with its span; the places that it covers hold nothing."""
    (grid,) = grids(read(tmp_path, MERGED))
    assert texts(grid) == [
        ("收入", None, "支出", None, None),
        ("项目", "决算数", "项目", "决算数", None),
        (None, None, None, "小计", "其中：基本支出"),
        ("一、财政拨款收入", "1.00", "一、卫生健康支出", "2.00", "3.00"),
        ("二、其他收入", "4.00", None, "5.00", ""),
    ]
    spans = {
        "".join(cell.text.split()): (cell.rows, cell.columns) for row in grid.cells for cell in row if cell
    }
    assert spans["收入"] == (1, 2) and spans["支出"] == (1, 3)
    assert spans["一、卫生健康支出"] == (2, 1) and spans["1.00"] == (1, 1)


def test_wraps_indents_and_boxes_of_cells(tmp_path: Path) -> None:
    body = (
        "#table(columns: (80pt, 60pt), [机关事业单位基本养老保险缴费支出], [1,234.50], "
        "[#h(2em)职业年金], [1.00])\n"
    )
    (grid,) = grids(read(tmp_path, body))
    label, amount = grid.cells[0]
    lower = grid.cells[1][0]
    assert label and amount and lower
    assert label.text == "机关事业单位\n基本养老保险\n缴费支出"
    assert lower.indent == pytest.approx(label.indent + 21, abs=1)
    assert amount.place.box is not None and label.place.box is not None
    assert amount.place.box.left == pytest.approx(label.place.box.right, abs=0.1) == pytest.approx(152, abs=1)
    assert amount.place.page == 1


def test_equal_texts_in_tight_rows(tmp_path: Path) -> None:
    """PDFium takes wide equal texts that nearly touch for one printed twice; both are there."""
    label = "机关事业单位基本养老保险缴费支出"
    rows = ((label, "13.86"), (label, "13.86"), (label, "490.41"))
    cells = ", ".join(f"[{text}]" for row in rows for text in row)
    body = f"#table(columns: (300pt, 60pt), inset: (x: 2pt, y: 0.5pt), {cells})\n"
    (grid,) = grids(read(tmp_path, body))
    assert texts(grid) == list(rows)


def test_text_printed_twice_for_a_bold_look(tmp_path: Path) -> None:
    body = "#place(dx: 0.3pt)[合计 201,787.58]#place[合计 201,787.58]\n"
    assert [line.text for line in lines(read(tmp_path, body))] == ["合计 201,787.58"]


def test_text_that_overflows_its_cell(tmp_path: Path) -> None:
    """Text without a gap at the rule stays whole; the figure of the next cell is its own."""
    body = "#table(columns: (40pt, 60pt), align: right, [#box(width: 20pt)[A0201060102]], [26.14])\n"
    (grid,) = grids(read(tmp_path, body))
    assert texts(grid) == [("A0201060102", "26.14")]


def test_boxes_and_underlines_are_no_tables(tmp_path: Path) -> None:
    body = "#rect(width: 300pt)[说明：本表数据经四舍五入。]\n#underline[二、收入决算情况说明]\n\n第二段。\n"
    document = read(tmp_path, body)
    assert grids(document) == []
    assert [line.text for line in lines(document)] == [
        "说明：本表数据经四舍五入。",
        "二、收入决算情况说明",
        "第二段。",
    ]


def test_prose_and_contents_are_no_tables(tmp_path: Path) -> None:
    """Numbers in sentences do not stand in columns, and the page numbers of a contents list are one column."""
    contents = "".join(f"第{n}部分 部门概况 #box(width: 1fr, repeat[.]) {n + 3}\\\n" for n in range(1, 10))
    prose = (
        "本年收入 201,787.95 万元，比上年增加 50,005 万元，增长 23.53%；本年支出 201,787.58 万元。\n\n" * 6
    )
    assert grids(read(tmp_path, contents + "\n" + prose)) == []


def test_caption_stays_a_line_and_two_tables_stay_two(tmp_path: Path) -> None:
    caption = "#grid(columns: (1fr, auto), [部门：甲中心], [单位：万元])\n"
    document = read(tmp_path, "收入决算表\n\n" + caption + table() + "\n支出决算表\n\n" + caption + table())
    assert [texts(grid) for grid in grids(document)] == [list(TABLE), list(TABLE)]
    assert [line.text for line in lines(document)] == [
        "收入决算表", "部门：甲中心  单位：万元", "支出决算表", "部门：甲中心  单位：万元",
    ]  # fmt: skip


WRAPPED = (
    ("科目名称", "合计", "基本支出"),
    ("机关事业单位基本养老保险缴费支出", "413.04", "413.04"),
    ("住房公积金", "490.41", ""),
    ("用于城乡医疗救助的彩票公益金支出", "678.23", "0.00"),
    ("合计", "1,581.68", "413.04"),
)


BETWEEN_ROWS = "(x, y) => (top: 0.5pt, bottom: 0.5pt)"
BETWEEN_COLUMNS = (
    "(x, y) => (left: 0.5pt, right: 0.5pt, top: if y < 2 {0.5pt} else {none}, "
    "bottom: if y == 4 {0.5pt} else {none})"
)


@pytest.mark.parametrize(
    ("stroke", "align"),
    [
        ("none", "top"),
        (BETWEEN_ROWS, "top"),
        (BETWEEN_ROWS, "horizon"),
        (BETWEEN_COLUMNS, "top"),
        (BETWEEN_COLUMNS, "horizon"),
    ],
)
def test_wrapped_labels_where_rules_are_missing(stroke: str, align: str, tmp_path: Path) -> None:
    """A label goes on where its line is full; a full line of its own has figures beside it."""
    cells = ", ".join(f"[{text}]" for row in WRAPPED for text in row)
    body = (
        f"#table(columns: (115pt, 70pt, 70pt), stroke: {stroke}, "
        f"align: (x, y) => {align} + if x > 0 {{right}} else {{left}}, {cells})\n"
    )
    document = read(tmp_path, body)
    (grid,) = grids(document)
    assert texts(grid) == list(WRAPPED)
    assert lines(document) == []


def test_charts_are_no_tables(tmp_path: Path) -> None:
    """Bars with their values, and lines of a scale with theirs: the texts stay, but no table is made of them."""
    bars = "".join(
        f"#place(dx: 0pt, dy: {20 * n}pt)[支出项目{n}]"
        f"#place(dx: {80 + width}pt, dy: {20 * n}pt)[{amount}]"
        f"#place(dx: 75pt, dy: {20 * n}pt, rect(width: {width}pt, height: 8pt, fill: gray))\n"
        for n, (width, amount) in enumerate(
            [(250, "75,552.72"), (6, "1,686.68"), (5, "1,582.00"), (3, "817.47"), (1, "77.91")]
        )
    )
    scale = (
        "#table(columns: 300pt, stroke: (x, y) => (top: 0.5pt, left: 0.5pt), [212,502], [], [216#h(1fr)48])\n"
    )
    document = read(tmp_path, bars + "#v(140pt)\n" + scale)
    assert grids(document) == []
    assert "75,552.72" in " ".join(line.text for line in lines(document))
