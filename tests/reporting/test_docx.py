"""The DOCX as Word sees it: page, grid, styles, tables, contents and every figure, read back with python-docx."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import docx as python_docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from tests.reporting import sample

from yiheng.facts import Section, Sentence, Status
from yiheng.reporting import docx


def read(data: bytes) -> WordDocument:
    return python_docx.Document(io.BytesIO(data))


def all_text(document: WordDocument) -> str:
    """The text of all paragraphs, tables and the contents, in order."""
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


@pytest.fixture(scope="module")
def public() -> bytes:
    return docx.render(sample.paper())


@pytest.fixture(scope="module")
def word(public: bytes) -> WordDocument:
    return read(public)


def near(length: int | None, millimetres: float) -> bool:
    """Equal to half a tenth of a millimetre; lengths are stored in twips."""
    return length is not None and abs(length - Mm(millimetres)) < Mm(0.05)


def test_every_part_is_well_formed_xml(public: bytes) -> None:
    for name, content in parts(public):
        assert ElementTree.fromstring(content) is not None, name


def test_upright_pages_have_the_margins_of_the_standard(word: WordDocument) -> None:
    # GB/T 9704-2012 5.2.1: 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm.
    section = word.sections[0]
    assert near(section.page_width, 210) and near(section.page_height, 297)
    assert near(section.top_margin, 37) and near(section.left_margin, 28)
    assert section.page_width and section.left_margin and section.right_margin
    assert near(section.page_width - section.left_margin - section.right_margin, 156)
    assert section.page_height and section.top_margin and section.bottom_margin
    assert near(section.page_height - section.top_margin - section.bottom_margin, 225)


def test_the_grid_is_22_lines_of_28_characters(word: WordDocument) -> None:
    for section in word.sections:
        grid = section._sectPr.find(qn("w:docGrid"))
        assert grid is not None
        assert grid.get(qn("w:type")) == "linesAndChars"
        assert grid.get(qn("w:linePitch")) == "579"
        assert -860 <= int(grid.get(qn("w:charSpace"))) <= -840
    # Line height and character spacing of the body say the same where a program cannot draw the grid:
    # 22 lines in 225 mm, and 28 characters of 16 pt in 156 mm.
    normal = word.styles["Normal"]
    assert normal.font.size == Pt(16)
    spacing = normal.element.pPr.find(qn("w:spacing"))
    assert 22 * int(spacing.get(qn("w:line"))) / 20 * 12700 <= Mm(225)
    tight = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    assert 28 * (16 + tight / 20) * 12700 <= Mm(156)


def test_wide_tables_lie_on_turned_pages(word: WordDocument) -> None:
    turned = [s for s in word.sections if s.orientation == WD_ORIENT.LANDSCAPE]
    assert len(turned) == 1
    assert near(turned[0].page_width, 297) and near(turned[0].page_height, 210)
    # The next section is upright again.
    assert word.sections[-1].orientation == WD_ORIENT.PORTRAIT


@pytest.mark.parametrize(
    ("style", "face", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 18),
        ("Heading 2", "黑体", 16),
        ("Heading 3", "楷体_GB2312", 16),
        ("Heading 4", "仿宋_GB2312", 16),
        ("Heading 5", "仿宋_GB2312", 16),
    ],
)
def test_styles_name_the_official_typefaces(word: WordDocument, style: str, face: str, points: int) -> None:
    # GB/T 9704-2012 7.2.2 and 7.3: 标题 2号小标宋, 一、黑体, （一）楷体, 1. and （1）仿宋, 正文 3号.
    found = word.styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == face
    size = found.font.size or word.styles["Normal"].font.size
    assert size == Pt(points)


def test_each_licensed_typeface_has_an_open_stand_in(public: bytes) -> None:
    table = dict(parts(public))["word/fontTable.xml"].decode()
    for face in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"):
        entry = re.search(f'<w:font w:name="{face}"><w:altName w:val="([^"]+)"', table)
        assert entry and "Noto S" in entry[1], face


def test_headings_stand_in_order_with_their_ranks(word: WordDocument) -> None:
    styled = [(p.style.name if p.style else "", p.text) for p in word.paragraphs]
    found = [(name, text) for name, text in styled if name.startswith("Heading")]
    expected = [(f"Heading {s.level + 1}", s.heading) for s in sample.paper().sections]
    assert found == [*expected, ("Heading 1", "编制说明")]


def test_the_contents_are_a_field_with_filled_in_linked_entries(word: WordDocument, public: bytes) -> None:
    xml = dict(parts(public))["word/document.xml"].decode()
    assert 'TOC \\o "1-2" \\h \\z \\u' in xml
    entries = [p for p in word.element.body.iter(qn("w:p")) if _style(p) in ("TOC1", "TOC2")]
    texts = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in entries]
    wanted = [s.heading for s in sample.paper().sections if s.level <= 1]
    for heading in wanted:
        assert any(text.startswith(heading) for text in texts), heading
    for table in sample.all_tables():
        assert any(table.title in text for text in texts), table.title
    bookmarks = {b.get(qn("w:name")) for b in word.element.body.iter(qn("w:bookmarkStart"))}
    anchors = [h.get(qn("w:anchor")) for h in word.element.body.iter(qn("w:hyperlink"))]
    assert len(anchors) == len(entries) and set(anchors) == bookmarks
    # Page numbers are filled in and never fall back.
    pages = [int(re.search(r"\d+$", text)[0]) for text in texts]  # type: ignore[index]
    assert pages == sorted(pages) and pages[0] > 2
    assert "<w:updateFields" in dict(parts(public))["word/settings.xml"].decode()


def _style(paragraph: ElementTree.Element) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else style.get(qn("w:val"), "")


def test_header_rows_repeat_over_pages(word: WordDocument) -> None:
    tables = word.tables
    # 9 tables, of which the form has 4 parts.
    assert len(tables) == len(sample.all_tables()) + 3
    for table in tables:
        repeated = [
            row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
            for row in table.rows
        ]
        head = repeated.index(False)
        assert not any(repeated[head:])
        # Only the table of which not even the columns are known has no header.
        assert head > 0 or "原件未列明" in table.cell(0, 0).text


def test_header_cells_are_merged_from_their_paths(word: WordDocument) -> None:
    wide = next(t for t in word.tables if len(t.columns) == 16)
    head = [[wide.cell(r, c) for c in range(16)] for r in range(4)]
    assert {cell.text for cell in head[0][2:15]} == {"本年收入"}
    assert head[0][2]._tc is head[0][14]._tc
    assert head[2][2].text == "一般公共预算拨款" and head[2][2]._tc is head[2][6]._tc
    assert [cell.text for cell in head[3][2:5]] == ["小计", "基本支出拨款", "履职类项目拨款"]
    # A leaf of the first level reaches down to the figures.
    assert head[0][0].text == head[3][0].text == "预算单位"
    assert head[0][15].text == head[3][15].text == "上年结余、结转"


def test_tables_have_fixed_columns_as_wide_as_the_type_area(word: WordDocument) -> None:
    for table in word.tables:
        widths = [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid.iter(qn("w:gridCol"))]
        type_width = 225 if len(table.columns) == 16 else 156
        assert abs(sum(widths) * 635 - Mm(type_width)) < Mm(0.1)
        for row in table.rows:
            spans = sum(
                int(getattr(tc.tcPr.gridSpan, "val", 1) if tc.tcPr.gridSpan is not None else 1)
                for tc in row._tr.tc_lst
            )
            assert spans == len(widths)


def test_figures_stand_to_the_right_and_totals_are_marked(word: WordDocument) -> None:
    tree = next(t for t in word.tables if t.cell(0, 2).text == "本年支出合计")
    total = tree.rows[1].cells
    assert total[1].text == "合计" and total[2].text == "201,787.57"
    assert total[2].paragraphs[0].style is not None and total[2].paragraphs[0].style.name == "表格数字"
    assert total[2].paragraphs[0].style.element.pPr.jc.val is not None
    assert total[1].paragraphs[0].runs[0].style.name == "合计"
    # A row below another is set in by a character for each level.
    leaf = next(row for row in tree.rows if row.cells[1].text == "信息化建设").cells[1]
    paragraph = leaf.paragraphs[0]
    assert paragraph.paragraph_format.left_indent == 2 * paragraph.runs[0].font.size


def test_every_figure_and_every_word_is_there(word: WordDocument) -> None:
    found = all_text(word)
    lines = set(found.split("\n"))
    paper = sample.paper()
    for section in paper.sections:
        for sentence in section.sentences:
            assert sentence.text in lines
    for table in paper.tables:
        assert f"单位：{table.unit}" in found and f"部门：{table.owner}" in found
        for note in table.notes:
            assert note in lines
        if table.status in (Status.VALUE, Status.NOTHING):
            for ref in table.cells():
                assert ref.cell.text in lines or not ref.cell.text


def test_reasons_for_missing_figures_differ(word: WordDocument) -> None:
    found = all_text(word)
    assert "注：本表无发生额。" in found
    assert "数据未录入：本表所需数据尚未录入。" in found
    assert "原件未列明：来源文件没有印出本表。" in found


def test_gaps_show_in_internal_papers_only(word: WordDocument) -> None:
    mark = "【缺：变动原因】"
    assert mark not in all_text(word)
    internal = read(docx.render(sample.paper("internal")))
    gaps = [gap for s in sample.paper().sections for sentence in s.sentences for gap in sentence.gaps]
    assert all_text(internal).count(mark) == len(gaps) > 10
    runs = [r for p in internal.paragraphs for r in p.runs if r.text == mark]
    assert {r.style.name for r in runs} == {"缺项"}
    assert "内部稿" in internal.sections[0].header.paragraphs[0].text


def test_synthetic_papers_say_so_on_every_page_and_in_their_properties(word: WordDocument) -> None:
    synthetic = read(docx.render(sample.paper(synthetic=True)))
    mark = "演示数据（虚构）"
    assert mark in [p.text for p in synthetic.paragraphs[:10]]
    for section in synthetic.sections:
        for header in (section.header, section.even_page_header, section.first_page_header):
            assert header.paragraphs[0].text == mark
    properties = synthetic.core_properties
    assert mark in properties.title and mark in properties.subject and mark in properties.keywords
    assert mark not in word.core_properties.title and word.sections[0].header.paragraphs[0].text == ""


def test_page_numbers_stand_between_dashes_and_outside(public: bytes) -> None:
    content = dict(parts(public))
    odd, even = (content[f"word/footer{side}.xml"].decode() for side in ("Odd", "Even"))
    for footer, side in ((odd, "right"), (even, "left")):
        assert "— " in footer and " —" in footer and " PAGE " in footer
        assert f'<w:jc w:val="{side}"/>' in footer
    settings = content["word/settings.xml"].decode()
    assert "<w:evenAndOddHeaders/>" in settings and "<w:mirrorMargins/>" in settings


def test_properties_name_title_and_owner_and_no_time(word: WordDocument, public: bytes) -> None:
    assert word.core_properties.title == f"{sample.OWNER}2024年度部门决算"
    assert word.core_properties.author == sample.OWNER
    core = dict(parts(public))["docProps/core.xml"].decode()
    assert "created" not in core and "modified" not in core


def test_the_same_paper_gives_the_same_bytes(public: bytes) -> None:
    assert docx.render(sample.paper()) == public
    assert docx.render(sample.paper(synthetic=True)) != public


def test_impossible_characters_are_shown_and_line_ends_kept() -> None:
    odd = sample.sentence("odd", "前\x00后\ud800尾\r\n第二行\t完<&>")
    document = read(docx.render(sample.paper(tables=(), parts=[Section("a", 1, "一、概况\x07", (odd,))])))
    body = [p.text for p in document.paragraphs]
    assert "前□后□尾\n第二行 完<&>" in body
    assert "一、概况□" in body


def test_a_missing_table_is_named() -> None:
    with pytest.raises(ValueError, match=r"“一、概况”引用的表 表99.*现有表：表13"):
        docx.render(sample.paper(tables=[sample.small()], parts=[Section("a", 1, "一、概况", (), ("表99",))]))


def test_tables_that_no_section_names_follow_at_the_end() -> None:
    section = Section("a", 0, "第一部分　概况", (Sentence("s", ("概况。",)),))
    document = read(docx.render(sample.paper(parts=[section])))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name.lower().startswith("heading")]
    assert headings == ["第一部分　概况", "附表", "编制说明"]
    assert len(document.tables) == len(sample.all_tables()) + 3


def test_it_is_quick() -> None:
    paper, times = sample.paper(), []
    for _ in range(3):
        begin = time.perf_counter()
        docx.render(paper)
        times.append(time.perf_counter() - begin)
    # A paper of 25 pages takes 0.2 s on two quiet cores; the bar for 40 pages is 1.5 s.
    assert min(times) < 1.5
