"""Scanned pages: recognised where the library is there, with a warning on each; itself tried with the extra `ocr`."""

from __future__ import annotations

import importlib.util
from math import cos, radians, sin
from pathlib import Path

import pypdfium2
import pytest
from tests.reading.pdf.files import TEXT, one_page
from tests.reading.pdf.papers import TABLE, grids, lines, made, table, texts

from yiheng.reading.pdf import read_pdf, scan
from yiheng.reading.pdf.skew import slope_of, straightened
from yiheng.reading.raw import RawGrid


def scanned(folder: Path, body: str, askew: float = 0.0, dots: int = 150) -> tuple[Path, Path]:
    """A paper, and the same paper as a picture on a page, turned by so many degrees about its middle."""
    paper = made(folder, body)
    page = pypdfium2.PdfDocument(paper)[0]
    copy = pypdfium2.PdfDocument.new()
    sheet = copy.new_page(*page.get_size())
    picture = pypdfium2.PdfImage.new(copy)
    picture.set_bitmap(page.render(scale=dots / 72))
    width, height = page.get_size()
    turned = pypdfium2.PdfMatrix().scale(width, height).translate(-width / 2, -height / 2).rotate(askew)
    picture.set_matrix(turned.translate(width / 2, height / 2))
    sheet.insert_obj(picture)
    sheet.gen_content()
    copy.save(folder / "scan.pdf")
    return paper, folder / "scan.pdf"


def as_recognised(paper: Path, scale: float) -> list[scan.Recognised]:
    """What a perfect recognition finds: the texts of the cells and lines of the paper, in dots."""
    found = []
    for block in read_pdf(paper).pages[0].blocks:
        parts = (
            [cell for row in block.cells for cell in row if cell] if isinstance(block, RawGrid) else [block]
        )
        for part in parts:
            box = part.place.box
            if part.text and box is not None:
                middle = (box.top + box.bottom) / 2
                edges = (box.left + 4, middle - 6, box.right - 4, middle + 6)
                found.append(scan.Recognised(part.text, 0.98, tuple(edge * scale for edge in edges)))
    return [*found, scan.Recognised("污渍", 0.2, (0.0, 0.0, 9.0, 9.0))]


def test_without_the_library_a_scanned_page_is_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    _, path = scanned(tmp_path, table())
    document = read_pdf(path)
    assert grids(document) == [] and lines(document) == []
    assert [problem.message for problem in document.problems] == [
        "第 1 页：这一页是图片（扫描件），没有文字层"
    ]


def test_recognised_text_stands_in_the_cells_of_the_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules are found in the dots; every page says that its figures may be wrong."""
    paper, path = scanned(tmp_path, "支出决算表\n" + table())
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(scan, "recognise", lambda picture: as_recognised(paper, picture.scale))
    document = read_pdf(path)
    (grid,) = grids(document)
    assert texts(grid) == list(TABLE)
    assert [line.text for line in lines(document)] == ["支出决算表"]
    (problem,) = document.problems
    assert problem.place.page == 1 and "识别（OCR）得到，数字可能有误" in problem.message


def test_a_page_in_which_nothing_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, path = scanned(tmp_path, table())
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(scan, "recognise", lambda picture: [])
    (problem,) = read_pdf(path).problems
    assert "没有文字层" in problem.message


def test_a_picture_with_a_few_words_beside_it(tmp_path: Path) -> None:
    """A page number printed on a scan does not make the page clean."""
    picture = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q\n"
    path = tmp_path / "numbered.pdf"
    path.write_bytes(one_page(picture + TEXT))
    document = read_pdf(path)
    assert [line.text for line in lines(document)] == ["Total 123.45"]
    (problem,) = document.problems
    assert problem.message == "第 1 页：图片占页面的 100%，图片里的文字没有读取"


@pytest.mark.parametrize("askew", [0.3, -0.9, 2.0])
def test_a_scan_that_lies_askew(askew: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is put straight before its rules are looked for; places are those of the page as it is shown."""
    paper, path = scanned(tmp_path, "支出决算表\n" + table(), askew)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(scan, "recognise", lambda picture: as_recognised(paper, picture.scale))
    (grid,) = grids(read_pdf(path))
    assert texts(grid) == list(TABLE)
    (straight,) = grids(read_pdf(paper))
    for row, other in ((0, 0), (-1, -1)):
        shown, printed = grid.cells[row][other].place.box, straight.cells[row][other].place.box
        assert shown is not None and printed is not None
        x, y = _turned((printed.left + printed.right) / 2, (printed.top + printed.bottom) / 2, askew)
        assert abs((shown.left + shown.right) / 2 - x) < 4 and abs((shown.top + shown.bottom) / 2 - y) < 4


def _turned(x: float, y: float, degrees: float) -> tuple[float, float]:
    """A point of an upright page (595 × 842) on the page that was turned about its middle, clockwise."""
    x, y, angle = x - 595 / 2, y - 842 / 2, radians(degrees)
    return x * cos(angle) - y * sin(angle) + 595 / 2, x * sin(angle) + y * cos(angle) + 842 / 2


def test_how_much_a_picture_leans() -> None:
    """Lines of 520 dots show a slope to one dot in their length."""
    numpy = pytest.importorskip("numpy")
    picture = numpy.full((400, 600), 255, dtype=numpy.uint8)
    assert slope_of(picture) == 0.0
    for middle in range(25, 375, 50):
        for x in range(40, 560):
            picture[middle + round(0.01 * (x - 300)), x] = 0
    assert slope_of(picture) == pytest.approx(0.01, abs=1 / 520)
    level = straightened(picture, 0.01)
    assert slope_of(level) == 0.0
    assert (level[25, 50:550] == 0).all()


@pytest.mark.parametrize(("dots", "askew", "least"), [(200, 0.0, 0.95), (150, 0.5, 0.90)])
def test_cells_that_the_library_recognises(dots: int, askew: float, least: float, tmp_path: Path) -> None:
    """The share of cells that stand in their row and column with all their characters; needs the extra `ocr`."""
    pytest.importorskip("rapidocr")
    _, path = scanned(tmp_path, "支出决算表\n" + table(), askew, dots)
    (grid,) = grids(read_pdf(path))
    found = [["".join(text.split()) for text in row] for row in texts(grid)]
    wanted = [(r, c, text) for r, row in enumerate(TABLE) for c, text in enumerate(row) if text]
    right = sum(r < len(found) and c < len(found[r]) and found[r][c] == text for r, c, text in wanted)
    assert right >= least * len(wanted), found
