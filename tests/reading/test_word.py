"""DOCX documents as raw lines and grids."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.reading.published import grids, lines, texts, word_file

from yiheng.reading.problems import Unreadable
from yiheng.reading.word import read_word


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_paragraphs_come_in_order_with_their_level(tmp_path: Path) -> None:
    body = paragraph("一、收支情况", '<w:outlineLvl w:val="0"/>') + paragraph("收入合计 10 万元。")
    found = read_word(word_file(tmp_path / "a.docx", body))
    assert lines(found) == ["一、收支情况", "收入合计 10 万元。"]
    assert [b.level for b in found.pages[0].blocks if hasattr(b, "level")] == [1, 0]


def test_a_figure_split_over_runs_is_one_figure(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>增加1,04</w:t></w:r><w:r><w:t>1.53</w:t></w:r><w:r><w:t>万元</w:t></w:r></w:p>"
    assert lines(read_word(word_file(tmp_path / "a.docx", body))) == ["增加1,041.53万元"]


def test_deleted_text_is_left_out(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>8</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>9</w:t></w:r></w:ins><w:r><w:t>项</w:t></w:r></w:p>"
    )
    assert lines(read_word(word_file(tmp_path / "a.docx", body))) == ["共9项"]


def test_merged_cells_keep_their_spans(tmp_path: Path) -> None:
    span, start, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        f"<w:tr>{cell('项目', start)}{cell('本年支出', span)}</w:tr>"
        f"<w:tr>{cell('', goes_on)}{cell('基本支出')}{cell('项目支出')}</w:tr>"
    )
    (grid,) = grids(read_word(word_file(tmp_path / "a.docx", f"<w:tbl>{rows}</w:tbl>")))
    assert texts(grid) == [["项目", "本年支出", None], [None, "基本支出", "项目支出"]]
    assert grid.cells[0][0] is not None and grid.cells[0][0].rows == 2
    assert grid.cells[0][1] is not None and grid.cells[0][1].columns == 2
    assert grid.cells[1][2] is not None and grid.cells[1][2].place.where == "第 1 个表格第 2 行第 3 列"


def test_a_span_as_wide_as_the_world_is_cut(tmp_path: Path) -> None:
    endless = '<w:gridSpan w:val="99999999"/>'
    row = f"<w:tr>{cell('合计', endless)}</w:tr>"
    (grid,) = grids(read_word(word_file(tmp_path / "a.docx", f"<w:tbl>{row}</w:tbl>")))
    assert len(grid.cells[0]) == 512


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "没有任何内容"), (b"PK\x03\x04 torn", "不是完整的"), (b"hello", "不是完整的")],
)
def test_what_is_no_document_is_refused_by_name(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=reason):
        read_word(path)


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    bomb = '<!DOCTYPE a [<!ENTITY x "aaaaaaaaaa"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", bomb)
    with pytest.raises(Unreadable, match="实体"):
        read_word(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(257):
            part.write(b"\0" * 2**20)
    with pytest.raises(Unreadable, match="超过可读的大小"):
        read_word(path)
