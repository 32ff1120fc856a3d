"""Files that cannot be read, wholly or in part: always an answer in Chinese, never a crash, a hang or silence."""

from __future__ import annotations

import os
import signal
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.reading.pdf.files import (
    TEXT,
    encrypted,
    forms_in_forms,
    many_pages,
    one_page,
    page,
    pdf,
    stream,
    without_unicode,
)
from tests.reading.pdf.papers import lines

from yiheng.reading.pdf import apart as processes
from yiheng.reading.pdf import document as whole
from yiheng.reading.pdf import objects, read_pdf
from yiheng.reading.problems import Unreadable
from yiheng.reading.raw import RawDocument


def written(folder: Path, data: bytes) -> Path:
    path = folder / "file.pdf"
    path.write_bytes(data)
    return path


def taken(folder: Path, data: bytes) -> RawDocument:
    return read_pdf(written(folder, data))


UNREADABLE = {
    "empty": (b"", "文件是空的", "0 字节"),
    "a web page": (b"<html><body>1</body></html>", "不是 PDF 文件", "网页"),
    "a workbook": (b"PK\x03\x04" + bytes(100), "不是 PDF 文件", "XLSX"),
    "an old document": (b"\xd0\xcf\x11\xe0" + bytes(100), "不是 PDF 文件", "旧版 Office"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "不是 PDF 文件", "图片"),
    "something else": (b"2023,\xe5\x85\x83\n", "不是 PDF 文件", "没有 PDF 标记"),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "PDF 损坏", "损坏"),
    "a head without a body": (one_page(TEXT)[:60], "PDF 损坏", "不完整"),
    "encrypted": (encrypted(), "PDF 有密码", "加了密"),
    "no pages": (
        pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]),
        "PDF 损坏",
        "损坏",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_files_that_give_nothing(case: str, tmp_path: Path) -> None:
    data, kind, reason = UNREADABLE[case]
    with pytest.raises(Unreadable) as caught:
        taken(tmp_path, data)
    problem = caught.value.problem
    assert (problem.kind, problem.file) == (kind, "file.pdf")
    assert reason in problem.reason and problem.remedy


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="文件打不开"):
        read_pdf(tmp_path / "missing.pdf")


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    """PDFium repairs what it can; that something may be missing is said."""
    document = taken(tmp_path, one_page(TEXT)[:-8])
    assert [line.text for line in lines(document)] == ["Total 123.45"]
    (problem,) = document.problems
    assert "不完整" in problem.message and "可能丢失" in problem.message


def test_a_page_that_is_missing(tmp_path: Path) -> None:
    """The sound page is read, the other named with its number."""
    data = pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>",
            page(),
            stream(TEXT),
        ]
    )
    document = taken(tmp_path, data)
    assert [line.text for line in lines(document)] == ["Total 123.45"]
    assert len(document.pages) == 2
    (problem,) = document.problems
    assert problem.message == "第 2 页：页面数据损坏" and problem.place.page == 2 and problem.remedy


def test_a_scanned_page_is_not_clean(tmp_path: Path) -> None:
    picture = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"
    (problem,) = taken(tmp_path, one_page(picture)).problems
    assert problem.message == "第 1 页：这一页是图片（扫描件），没有文字层" and "OCR" in problem.remedy


def test_an_empty_page_is_no_problem(tmp_path: Path) -> None:
    document = taken(tmp_path, one_page(b""))
    assert document.problems == () and document.pages[0].blocks == ()


def test_a_font_without_characters(tmp_path: Path) -> None:
    document = taken(tmp_path, without_unicode())
    (problem,) = document.problems
    assert "第 1 页：" in problem.message and "没有文字编码" in problem.message
    assert lines(document) == []


def test_a_few_characters_without_unicode(tmp_path: Path) -> None:
    """The rest of the page is read, with a mark where a character is unknown."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Song/Encoding<</Differences[65/g4711]>>>>"
    document = taken(tmp_path, one_page(TEXT[:-8] + b" A) Tj ET", resources=b"<</Font<</F1%s>>>>" % font))
    (problem,) = document.problems
    assert problem.message == "第 1 页：有 1 个字符没有文字编码，用“\ufffd”代替"
    assert [line.text for line in lines(document)] == ["Total 123.45 \ufffd"]


@pytest.mark.parametrize("box", [b"0 0 2000000 2000000", b"0 0 0 0", b"595 842 0 0"])
def test_strange_page_sizes(box: bytes, tmp_path: Path) -> None:
    assert [line.text for line in lines(taken(tmp_path, one_page(TEXT, box)))] == ["Total 123.45"]


def test_numbers_beyond_all_bounds(tmp_path: Path) -> None:
    content = (
        b"BT /F1 9e39 Tf 1e39 0 0 1e39 0 0 Tm (x) Tj ET 1e38 1e38 m 1e38 -1e38 l S 0 0 1e30 0 re f " + TEXT
    )
    assert "Total 123.45" in [line.text for line in lines(taken(tmp_path, one_page(content)))]


def test_more_pages_than_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert whole.MOST_PAGES >= 1_000
    monkeypatch.setattr(whole, "MOST_PAGES", 100)
    started = time.process_time()
    document = taken(tmp_path, many_pages(10_000))
    assert len(document.pages) == whole.MOST_PAGES
    assert [problem.message for problem in document.problems] == ["文件有 10,000 页，只读了前 100 页"]
    assert time.process_time() - started < 5


def test_pages_are_read_until_there_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time and memory for the whole are bounded between pages; what was read until then is kept."""
    monkeypatch.setattr(whole, "ENOUGH_SECONDS", 0)
    document = taken(tmp_path, many_pages(300))
    assert len(document.pages) == 1
    assert [problem.message for problem in document.problems] == ["文件有 300 页，只读了前 1 页"]
    monkeypatch.undo()
    monkeypatch.setattr(whole, "ENOUGH_PIECES", 5)
    assert len(taken(tmp_path, many_pages(300)).pages) == 5
    monkeypatch.undo()
    document = taken(tmp_path, many_pages(whole.REOPENED + 1))
    assert len(document.pages) == whole.REOPENED + 1 and not document.problems


def test_a_page_with_too_many_characters(tmp_path: Path) -> None:
    content = b"BT /F1 1 Tf " + b"(0123456789) Tj 0 1 Td " * 5_000 + b"ET"
    (problem,) = taken(tmp_path, one_page(content)).problems
    assert "一页超过 40,000 个字符" in problem.message


def test_a_page_with_too_many_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing of many lines: the text is read, and that the tables may be incomplete is said."""
    monkeypatch.setattr(objects, "MOST_OBJECTS", 5_000)
    content = TEXT + b"".join(b"%d 0 m %d 800 l S\n" % (n % 595, n % 595) for n in range(6_000))
    document = taken(tmp_path, one_page(content))
    assert "Total 123.45" in [line.text for line in lines(document)]
    assert "表格线没有全部读取" in document.problems[0].message


def test_a_form_that_shows_itself(tmp_path: Path) -> None:
    form = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>")
    document = taken(tmp_path, one_page(b"/X Do", resources=b"<</XObject<</X 5 0 R>>>>", more=[form]))
    assert lines(document) == []


def test_work_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty forms, each showing the next four times: 4 ** 20 texts in three kilobytes."""
    monkeypatch.setattr(processes, "MOST_SECONDS", 1)
    path = written(tmp_path, forms_in_forms(20, 4))
    with pytest.raises(Unreadable, match="PDF 软件打开后另存"):
        read_pdf(path)


def test_a_bomb_of_blanks_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kilobytes that unpack to 200 MB."""
    monkeypatch.setattr(processes, "MOST_MEMORY", 64 * 1024 * 1024)
    packed = zlib.compress(zlib.compress(b" " * 200_000_000, 1), 9)
    path = written(tmp_path, one_page(packed, entries=b"/Filter[/FlateDecode/FlateDecode]"))
    with pytest.raises(Unreadable, match="占用内存过多"):
        read_pdf(path)


def test_a_crash_is_an_answer() -> None:
    with pytest.raises(processes.OutOfBounds):
        processes.apart(lambda: os.kill(os.getpid(), signal.SIGKILL))


def test_what_came_before_a_crash_is_handed_over() -> None:
    def work() -> Iterator[int]:
        yield 1
        os.kill(os.getpid(), signal.SIGKILL)

    found = processes.stream(work)
    assert next(found) == 1
    with pytest.raises(processes.OutOfBounds):
        next(found)


def test_a_child_that_nobody_listens_to_is_ended() -> None:
    found = processes.stream(lambda: iter([os.getpid(), 2, 3]))
    child = next(found)
    found.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_an_error_in_the_child_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        processes.apart(lambda: 1 // 0)

    class Local(Exception):
        """Cannot travel between processes."""

    def fail() -> None:
        raise Local("cause")

    with pytest.raises(RuntimeError, match=r"Local: cause"):
        processes.apart(fail)


def test_without_processes_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert processes.apart(os.getpid) == os.getpid()
