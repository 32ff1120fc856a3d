"""Charts in the documents: DOCX as PNG, PDF as drawing, each with its values in words, where a section asks for it."""

import io
import struct
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx as python_docx
import pypdfium2
import pytest
from tests.reporting import chart_sample, sample2

from yiheng.facts import Chart, Paper, Series
from yiheng.reporting import charts, docx, html, pdf, raster
from yiheng.reporting.document import PICTURE_HEIGHT, Picture, build

PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def numbered() -> Paper:
    many = tuple(replace(chart, id=f"{chart.id}{n}") for n, chart in enumerate(chart_sample.ALL))
    return replace(sample2.paper(), charts=many)


@pytest.fixture(scope="module")
def word() -> bytes:
    return docx.render(numbered())


def test_every_chart_is_a_png_of_its_own_with_its_values_as_alternative_text(word: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        images = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    assert len(images) == len(chart_sample.ALL)
    assert all(image.startswith(b"\x89PNG\r\n\x1a\n") for image in images)
    texts = [element.get("descr", "") for element in body.iter(f"{PICTURE}docPr")]
    assert len(texts) == len(images)
    assert texts[0].startswith("图1　得分瀑布图（单位：分）。自评：满分 100 分，指标0 扣 1.25 分")
    assert "患者满意度 无数据（无法判断）" in texts[4]


def test_pictures_keep_their_proportions_and_fit_the_type_area(word: bytes) -> None:
    shapes = python_docx.Document(io.BytesIO(word)).inline_shapes
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        sizes = [
            struct.unpack(">II", archive.read(f"word/media/image{n}.png")[16:24])
            for n in range(1, len(shapes) + 1)
        ]
    for shape, (width, height) in zip(shapes, sizes, strict=True):
        assert shape.width.mm <= 156 and shape.height.pt <= PICTURE_HEIGHT * charts.POINTS_A_PIXEL
        assert abs(shape.width * height - shape.height * width) <= 0.005 * shape.width * height


def test_captions_are_numbered_and_stand_under_their_heading(word: bytes) -> None:
    paragraphs = [p.text for p in python_docx.Document(io.BytesIO(word)).paragraphs]
    first = paragraphs.index("图示")
    captions = [text for text in paragraphs[first:] if text.startswith("图") and text != "图示"]
    assert [c.split("　")[0] for c in captions] == [f"图{n}" for n in range(1, len(captions) + 1)]


def test_the_pdf_draws_the_same_and_stays_tagged() -> None:
    data = pdf.render(numbered())
    assert b"pdfuaid" in data
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    text = "\n".join(pages)
    # The words of a chart are text, which can be searched and read out.
    assert "其余 23 项合计" in text and "截至 2024-08-31" in text
    assert all(f"图 {n}" in text or f"图{n}" in text for n in range(1, len(chart_sample.ALL) + 1))


def test_the_same_paper_gives_the_same_bytes(word: bytes) -> None:
    assert docx.render(numbered()) == word
    assert pdf.render(numbered()) == pdf.render(numbered())


def test_a_chart_stands_in_the_section_that_names_it() -> None:
    whole = sample2.paper()
    sections = (*whole.sections[:1], replace(whole.sections[1], charts=("structure",)), *whole.sections[2:])
    paper = replace(whole, sections=sections)
    items = [item for part in build(paper).parts for item in part.items]
    pictures = [(n, item) for n, item in enumerate(items) if isinstance(item, Picture)]
    heading = next(n for n, item in enumerate(items) if getattr(item, "text", "") == "图示")
    assert [picture.caption for _, picture in pictures] == [
        "图1　支出结构（单位：万元）",
        "图2　支出进度（单位：万元）",
    ]
    assert pictures[0][0] < heading < pictures[1][0]


def test_the_site_shows_it_there_too(tmp_path: Path) -> None:
    whole = sample2.paper()
    sections = (replace(whole.sections[0], charts=("structure",)), *whole.sections[1:])
    folder = tmp_path
    html.write(replace(whole, sections=sections), folder)
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.count("<figure") == 2
    unplaced = page.index('<section id="charts"')
    named = page.index("支出结构<span>")
    assert unplaced < page.index("支出进度<span>") < named


def test_an_unknown_chart_is_named() -> None:
    whole = sample2.paper()
    paper = replace(whole, sections=(replace(whole.sections[0], charts=("没有",)),))
    with pytest.raises(ValueError, match=r"引用的图 没有.*现有图：progress、structure"):
        docx.render(paper)


def test_long_attainment_is_shared_out_over_pages() -> None:
    points = tuple((f"指标{n}", chart_sample.D(90 + n)) for n in range(50))
    chart = replace(chart_sample.attainment(), series=(Series("完成率", points),))
    parts = charts.pages(chart, PICTURE_HEIGHT)
    assert [part.title for part in parts] == [f"指标完成率（{n}/3）" for n in (1, 2, 3)]
    assert [point for part in parts for point in part.series[0].points] == list(points)
    assert all(charts.draw(part, charts.PAPER_WIDTH).height <= PICTURE_HEIGHT for part in parts)


def test_equal_values_that_print_differently_are_drawn_apart() -> None:
    plain, long = (
        Chart("x", "radar", "图", "%", (Series("s", tuple((n, chart_sample.D(v)) for n in "甲乙丙")),))
        for v in ("93.8", "93.80")
    )
    assert plain == long
    assert "93.8%" in charts.on_paper(plain).svg and "93.80%" in charts.on_paper(long).svg


def test_no_picture_needs_no_typesetting() -> None:
    assert raster.pngs(()) == ()
