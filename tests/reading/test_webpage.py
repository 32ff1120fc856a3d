"""HTML pages as raw lines and grids."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading.published import grids, lines, texts

from yiheng.reading.problems import Unreadable
from yiheng.reading.raw import RawDocument
from yiheng.reading.webpage import read_webpage


def read(tmp_path: Path, body: str, encoding: str = "utf-8") -> RawDocument:
    path = tmp_path / "a.html"
    path.write_bytes(f"<html><head><title>t</title></head><body>{body}</body></html>".encode(encoding))
    return read_webpage(path)


def test_inline_marks_do_not_break_a_sentence(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "<h2>一、收支</h2><p>收入<b>1,0</b>00 万元，<br>增长<span>5</span>%。</p><script>x=1</script>",
    )
    assert lines(found) == ["一、收支", "收入1,000 万元，", "增长5%。"]


def test_spans_cover_their_places(tmp_path: Path) -> None:
    table = (
        "<table><tr><th rowspan=2>项目</th><th colspan=2>支出</th></tr><tr><th>基本</th><th>项目</th></tr>"
        "<tr><td>合计</td><td>1<br>2</td><td>-</td></tr></table>"
    )
    (grid,) = grids(read(tmp_path, table))
    assert texts(grid) == [["项目", "支出", None], [None, "基本", "项目"], ["合计", "1\n2", "-"]]


def test_a_table_that_lays_out_others_is_no_grid(tmp_path: Path) -> None:
    inner = "<table><tr><td>合计</td><td>5</td></tr></table>"
    found = read(tmp_path, f"<table><tr><td><p>说明</p>{inner}</td></tr></table>")
    assert lines(found) == ["说明"]
    assert [texts(grid) for grid in grids(found)] == [[["合计", "5"]]]


def test_pages_of_before_utf8_are_read(tmp_path: Path) -> None:
    assert lines(read(tmp_path, "<p>部门决算</p>", "gb18030")) == ["部门决算"]


def test_deep_nesting_and_wide_spans_end(tmp_path: Path) -> None:
    read(tmp_path, "<div>" * 5000 + "x" + "</div>" * 5000)
    (grid,) = grids(read(tmp_path, "<table><tr><td rowspan=99999 colspan=99999>x</td></tr></table>"))
    assert (len(grid.cells), len(grid.cells[0])) == (1, 512)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b" \n")
    with pytest.raises(Unreadable, match="没有任何内容"):
        read_webpage(path)
