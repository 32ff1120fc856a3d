"""The PDF as a reader sees it: every heading and figure as text, bookmarks, page numbers, fonts, equal bytes."""

from __future__ import annotations

import ctypes
import re
import time
import zipfile
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from tests.reporting import sample

from yiheng.facts import Block, Section, Status, Table
from yiheng.reporting import docx, fonts, pdf
from yiheng.reporting.document import build
from yiheng.reporting.fonts import FontsError, FontSet


def squeezed(text: str) -> str:
    """Without blanks: where words are set apart, readers of a PDF may see a blank or none."""
    return re.sub(r"\s", "", text)


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [squeezed(page.get_textpage().get_text_range()) for page in document]


def running_text(pages: list[str]) -> str:
    """All pages without their numbers, which stand between the halves of sentences."""
    return "".join(re.sub(r"—\d+—$", "", page) for page in pages)


@pytest.fixture(scope="module")
def public() -> bytes:
    return pdf.render(sample.paper())


@pytest.fixture(scope="module")
def pages(public: bytes) -> list[str]:
    return pages_of(public)


def test_every_heading_figure_and_word_is_there(pages: list[str]) -> None:
    found = running_text(pages)
    paper = sample.paper()
    for section in paper.sections:
        assert squeezed(section.heading) in found
        for sentence in section.sentences:
            assert squeezed(sentence.text) in found, sentence.id
    for table in paper.tables:
        assert squeezed(f"{table.code} {table.title}") in found
        if table.status in (Status.VALUE, Status.NOTHING):
            for ref in table.cells():
                assert squeezed(ref.cell.text) in found, ref.address


def test_figures_are_never_broken_over_lines(public: bytes) -> None:
    lines = {
        word
        for page in pypdfium2.PdfDocument(public)
        for line in page.get_textpage().get_text_range().splitlines()
        for word in line.split()
    }
    for table in sample.all_tables():
        if table.status is Status.VALUE:
            for ref in table.money_cells():
                assert ref.cell.text in lines or not ref.cell.text, ref.address


def test_pages_are_a4_and_wide_tables_lie_across(public: bytes) -> None:
    document = pypdfium2.PdfDocument(public)
    sizes = [tuple(round(length * 25.4 / 72) for length in page.get_size()) for page in document]
    assert set(sizes) == {(210, 297), (297, 210)}
    turned = [n for n, size in enumerate(sizes) if size == (297, 210)]
    assert len(turned) == 1
    assert "表2收入总表" in pages_of(public)[turned[0]]


def test_text_stays_inside_the_type_area(public: bytes) -> None:
    # GB/T 9704-2012 5.2.1: 天头 37 mm, 版心 156 × 225 mm; only marks and page numbers stand outside. A hanging
    # full stop may reach into the margin by half a character.
    millimetre = 72 / 25.4
    for page in list(pypdfium2.PdfDocument(public))[3:]:
        width, height = page.get_size()
        text = page.get_textpage()
        top, bottom = (37, 35) if height > width else (28, 26)
        for n in range(text.count_rects()):
            left, low, right, high = text.get_rect(n)
            inside = low > bottom * millimetre - 3 and high < height - top * millimetre + 3
            if inside:
                assert left > 25 * millimetre and right < width - 25 * millimetre + 8
            else:
                assert "—" in text.get_text_bounded(left, low, right, high)


def test_page_numbers_stand_between_dashes_and_the_cover_has_none(pages: list[str]) -> None:
    assert not re.search(r"—\d+—", pages[0])
    for number, page in enumerate(pages[1:], 2):
        assert page.endswith(f"—{number}—")


def test_bookmarks_follow_the_outline(public: bytes) -> None:
    bookmarks = [(b.level, b.get_title()) for b in pypdfium2.PdfDocument(public).get_toc(max_depth=9)]
    headings = [(s.level, s.heading) for s in sample.paper().sections]
    assert [b for b in bookmarks if b in headings] == headings
    assert (1, "公开01表 收入支出决算总表") in bookmarks
    assert bookmarks[-1] == (0, "编制说明")


def test_contents_name_the_pages_where_headings_stand(pages: list[str]) -> None:
    document = build(sample.paper())
    numbers = pdf.entry_pages(document)
    assert len(numbers) == len(document.entries)
    listed = "".join(pages[1:3])
    for entry, number in zip(document.entries, numbers, strict=True):
        assert squeezed(entry.text) in pages[number - 1]
        assert re.search(re.escape(squeezed(entry.text)) + rf"\.+{number}(?!\d)", listed), entry.text


def test_headings_never_end_a_page(public: bytes) -> None:
    headings = {squeezed(s.heading) for s in sample.paper().sections}
    for page in list(pypdfium2.PdfDocument(public))[3:]:
        lines = [squeezed(line) for line in page.get_textpage().get_text_range().splitlines() if line.strip()]
        assert lines[-2] not in headings


def test_large_tables_begin_a_page_with_the_heading_above_them(pages: list[str]) -> None:
    first = next(page for page in pages[3:] if "公开01表" in page)
    assert first.startswith("第二部分")
    assert next(page for page in pages[3:] if "公开03表" in page).startswith("公开03表")


def test_header_rows_repeat_on_the_next_page() -> None:
    many = [(f"第{n}个项目", n) for n in range(1, 121)]
    block = Block(
        "",
        sample.columns("项目名称", "预算数", words=1),
        tuple(sample.row(name) for name, _ in many),
        tuple((sample.text(name), sample.money(n)) for name, n in many),
    )
    long = Table("表8", "项目表", "万元", (block,), owner=sample.OWNER)
    found = pages_of(
        pdf.render(sample.paper(tables=[long], parts=[Section("a", 1, "一、项目", (), ("表8",))]))
    )
    over = [page for page in found if "个项目" in page]
    assert len(over) > 2
    assert all(page.count("项目名称预算数") == 1 for page in over)


def test_fonts_are_embedded_and_open(public: bytes) -> None:
    names = set()
    for page in pypdfium2.PdfDocument(public):
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(item.raw)
            assert pdfium.FPDFFont_GetIsEmbedded(font) == 1
            names.add(_family(font))
    assert names == {"NotoSerifSC-Regular", "NotoSansSC-Regular"}


def _family(font: pdfium.FPDF_FONT) -> str:
    name = ctypes.create_string_buffer(100)
    pdfium.FPDFFont_GetFamilyName(font, name, 100)
    return name.value.decode()


def test_metadata_and_tags(public: bytes) -> None:
    document = pypdfium2.PdfDocument(public)
    metadata = document.get_metadata_dict()
    assert metadata["Title"] == f"{sample.OWNER}2024年度部门决算"
    assert metadata["Author"] == sample.OWNER
    assert metadata["CreationDate"] == metadata["ModDate"] == ""
    assert pdfium.FPDFCatalog_IsTagged(document.raw) == 1
    assert b"pdfuaid" in public


def test_the_same_paper_gives_the_same_bytes(public: bytes) -> None:
    assert pdf.render(sample.paper()) == public
    assert pdf.render(sample.paper("internal")) != public


HARD = (
    '#let x = 1; #import "a.typ"',
    "$ a^2 $ \\ $",
    "@ref <label> /* c */ // d",
    "*b* _i_ `r` [c] {d} = h - l + n / t",
    "\\u{41} \\n ~ -- --- ... '",
    '“引号”‘单’《书名》（括号）"直"',
    "#" * 40,
)


@pytest.mark.parametrize("hard", HARD)
def test_no_character_of_a_text_acts_as_a_command(hard: str) -> None:
    cell = (sample.text(hard), sample.money(123))
    table = Table(
        "表1",
        f"题{hard}",
        "万元",
        (Block("", sample.columns(f"栏{hard}", "数", words=1), (sample.row(hard),), (cell,)),),
        notes=(f"注{hard}",),
        owner=f"单位{hard}",
    )
    section = Section("a", 1, f"一、{hard}", (sample.sentence("s", f"文{hard}"),), ("表1",))
    found = "".join(pages_of(pdf.render(sample.paper(tables=[table], parts=[section]))))
    for before in ("题", "栏", "注", "单位", "一、", "文"):
        assert squeezed(before + hard) in found


def test_a_very_long_cell_runs_over_pages_and_a_very_long_word_stays_in_its_column() -> None:
    long, word = "很长的内容。" * 1000, "X" * 300
    rows = [("甲", long), ("乙", word)]
    block = Block(
        "",
        sample.columns("名称", "内容", "数", words=2),
        tuple(sample.row(name) for name, _ in rows),
        tuple((sample.text(name), sample.text(words), sample.money(1)) for name, words in rows),
    )
    table = Table("表1", "长表", "万元", (block,), owner=sample.OWNER)
    data = pdf.render(sample.paper(tables=[table], parts=[Section("a", 1, "一、表", (), ("表1",))]))
    found = "".join(pages_of(data))
    assert found.count("很长的内容。") == 1000
    # Broken over lines without a character that was not there.
    assert found.count("X") == 300 and "\u200b" not in found
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        for n in range(text.count_rects()):
            assert text.get_rect(n)[2] < page.get_size()[0] - 25 * 72 / 25.4 + 8


def test_synthetic_papers_say_so_on_every_page_and_in_the_metadata() -> None:
    data = pdf.render(sample.paper(synthetic=True))
    mark = "演示数据（虚构）"
    assert all(page.startswith(mark) for page in pages_of(data))
    metadata = pypdfium2.PdfDocument(data).get_metadata_dict()
    assert mark in metadata["Title"] and mark in metadata["Keywords"]


def test_gaps_show_in_internal_papers_only(pages: list[str]) -> None:
    assert "【缺" not in "".join(pages)
    internal = pages_of(pdf.render(sample.paper("internal")))
    assert "【缺：变动原因】" in "".join(internal)
    assert all(page.startswith("内部稿") for page in internal)


def test_reasons_for_missing_figures_differ(pages: list[str]) -> None:
    found = "".join(pages)
    assert "注：本表无发生额。" in found
    assert "数据未录入：本表所需数据尚未录入。" in found
    assert "原件未列明：来源文件没有印出本表。" in found


def test_the_last_page_carries_notices_sources_and_stamp(pages: list[str]) -> None:
    last = pages[-1]
    assert last.startswith("编制说明1.本年度沿用2020年表式。2.金额单位转换可能产生尾数差。")
    # Copied from the page, a hash has no character too many.
    assert "规则摘要：" + "a" * 64 in last and "数据摘要：" + "0123456789abcdef" * 4 in last
    assert "程序版本：0.1.0" in last and "来源文件：" in last


def test_a_character_without_a_glyph_is_reported_and_the_rest_printed() -> None:
    rare = sample.sentence("s", "生僻字\U00020000在句中")
    paper = sample.paper(tables=(), parts=[Section("a", 1, "一、概况", (rare,))])
    with pytest.warns(UserWarning, match="没有“\U00020000”的字形"):
        found = "".join(pages_of(pdf.render(paper)))
    assert "生僻字" in found and "在句中" in found


def test_both_formats_show_the_same_words(tmp_path: Path) -> None:
    paper = sample.paper(
        parts=[Section("a", 1, "一、概况", sample.narrative(1))], tables=[sample.two_sided()]
    )
    pdf.write(paper, tmp_path / "a.pdf")
    docx.write(paper, tmp_path / "a.docx")
    shown = running_text(pages_of((tmp_path / "a.pdf").read_bytes()))
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        xml = archive.read("word/document.xml").decode()
    for paragraph in re.findall(r"<w:p>.*?</w:p>", xml):
        text = "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", paragraph))
        # In the contents the PDF draws a leader where the DOCX has a tab.
        assert squeezed(text) in shown or 'w:val="TOC' in paragraph


def test_a_folder_without_the_official_fonts_is_reported(tmp_path: Path) -> None:
    chosen = FontSet(tmp_path)
    assert chosen.missing == ("方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体")
    small = sample.paper(tables=(), parts=[Section("a", 1, "一、概况", sample.narrative(1, 1))])
    with pytest.warns(UserWarning, match="未找到公文字体 方正小标宋简体、黑体"):
        pdf.write(small, tmp_path / "a.pdf", chosen)
    # Without the folder nothing is expected of it, so nothing is warned of; the notice says so when asked.
    assert "未提供公文字体" in FontSet().notice
    with pytest.raises(FontsError, match="不存在或不是文件夹"):
        FontSet(tmp_path / "none").loaded()


def test_a_licensed_typeface_at_hand_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_hand = frozenset({"FangSong_GB2312", "KaiTi", "Noto Serif SC", "Noto Sans SC"})
    monkeypatch.setattr(fonts, "_families", lambda folder: at_hand if folder == tmp_path else frozenset())
    chosen = FontSet(tmp_path)
    assert chosen.family("仿宋_GB2312") == "FangSong_GB2312"
    assert chosen.family("楷体_GB2312") == "KaiTi"
    assert chosen.family("黑体") == "Noto Sans SC"
    assert chosen.missing == ("方正小标宋简体", "黑体", "宋体")


def test_it_is_quick() -> None:
    paper, times = sample.paper(), []
    for _ in range(3):
        begin = time.perf_counter()
        pages = len(pypdfium2.PdfDocument(pdf.render(paper)))
        times.append(time.perf_counter() - begin)
    # 25 pages take 0.25 s on two quiet cores; the bar for 40 pages is 1.5 s.
    assert pages > 20 and min(times) < 1.5
