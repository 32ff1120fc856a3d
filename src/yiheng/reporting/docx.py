"""The disclosure document as DOCX (公开文本), laid out to GB/T 9704 and ready to be edited in Word or WPS.

1. Build the document (`document.build`), the same that the PDF shows.
2. Take page numbers for the table of contents from the PDF's page breaks; Word renews them on opening.
3. Write cover, contents, sections, tables and pictures as WordprocessingML.
4. Pack all parts with one fixed time, so that the same paper gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from yiheng.facts import Paper
from yiheng.reporting import pdf
from yiheng.reporting.document import (
    CONTENTS_DEPTH,
    Document,
    Heading,
    Paragraph,
    Picture,
    PlacedTable,
    build,
)
from yiheng.reporting.docx_parts import image_relation, package, section_xml
from yiheng.reporting.docx_picture import Image, image_parts, images, picture_xml
from yiheng.reporting.docx_styles import font_table_xml, heading_look, styles_xml
from yiheng.reporting.docx_table import table_xml
from yiheng.reporting.docx_xml import field, paragraph, run

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file can hold."""
_PAGE_BREAK: Final = "<w:pageBreakBefore/>"


def write(paper: Paper, path: Path) -> None:
    """Write the paper to `path`, replacing a file there.

    Raises ValueError (in Chinese) where a section names a table or chart that the paper does not have.
    """
    path.write_bytes(render(paper))


def render(paper: Paper) -> bytes:
    """The DOCX file of a paper as bytes."""
    document = build(paper)
    found = images(document)
    body = "".join(_body(document, pdf.entry_pages(document), found))
    parts = package(document, body, styles_xml(document.top), font_table_xml(), image_parts(found))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            # Else the file would tell the system that it was packed on.
            info.create_system = 0
            archive.writestr(info, content.encode("utf-8") if isinstance(content, str) else content)
    return buffer.getvalue()


def _body(document: Document, pages: Sequence[int], found: Sequence[Image]) -> Iterator[str]:
    pictures = enumerate(found, 1)
    yield from _cover(document)
    yield from _contents(document, pages)
    anchors = (f"_Toc{n:06d}" for n in range(1, len(document.entries) + 1))
    parts = document.parts
    if parts and parts[0].landscape:
        yield section_xml(False, first=True)
    elif not parts:
        yield section_xml(False, first=True, last=True)
    for p, part in enumerate(parts):
        for i, item in enumerate(part.items):
            # The contents end a page; a new section begins one by itself.
            fresh = p == i == 0 and not part.landscape
            if isinstance(item, Picture):
                number, image = next(pictures)
                yield picture_xml(item, image, number, image_relation(number))
            else:
                yield _item(document, item, anchors, fresh, top=i == 0)
        yield section_xml(part.landscape, first=p == 0 and not part.landscape, last=p == len(parts) - 1)


def _cover(document: Document) -> Iterator[str]:
    """Title in the upper third, marks below it, the owner lower down."""
    yield paragraph("Subtitle", "") * 5
    yield paragraph("Title", "<w:r><w:br/></w:r>".join(run(line) for line in document.title_lines))
    for mark in document.marks:
        yield paragraph("Subtitle", "") + paragraph("Mark", run(mark))
    yield paragraph("Subtitle", "") * (8 - 2 * len(document.marks))
    if document.owner:
        yield paragraph("Subtitle", run(f"编制单位：{document.owner}"))


def _contents(document: Document, pages: Sequence[int]) -> Iterator[str]:
    """A real TOC field with its entries filled in and linked."""
    heading = paragraph("TOCHeading", run("目　录"), _PAGE_BREAK)
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = []
    for n, (entry, page) in enumerate(zip(document.entries, pages, strict=True), 1):
        anchor = f"_Toc{n:06d}"
        number = field(f"PAGEREF {anchor} \\h", str(page))
        line = f"{run(entry.text)}<w:r><w:tab/></w:r>{number}"
        link = f'<w:hyperlink w:anchor="{anchor}" w:history="1">{line}</w:hyperlink>'
        lines.append(paragraph(f"TOC{entry.depth}", (begin if n == 1 else "") + link))
    end = paragraph("SectionEnd", '<w:r><w:fldChar w:fldCharType="end"/></w:r>') if lines else ""
    yield (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{heading}{''.join(lines)}{end}</w:sdtContent></w:sdt>"
    )


def _item(
    document: Document,
    item: Heading | Paragraph | PlacedTable,
    anchors: Iterator[str],
    fresh: bool,
    top: bool,
) -> str:
    """The item; `fresh` asks for a page break before it, `top` says that it begins a page in any case."""
    if isinstance(item, Paragraph):
        runs = "".join(run(r.text, style="Gap" if r.gap else "") for r in item.runs)
        return paragraph("SmallText" if item.small else "BodyText", runs, _PAGE_BREAK if fresh else "")
    broken = _PAGE_BREAK if fresh or item.new_page else ""
    level = f'<w:outlineLvl w:val="{item.depth - 1}"/>'
    if isinstance(item, Heading):
        look = heading_look(item.level, top or item.new_page)
        # The style of a rank has the look of the level that usually holds it; any other look is set by hand.
        usual = look == heading_look(document.top + item.depth - 1)
        content = run(item.text) if usual else run(item.text, look.run, face=look.face)
        if item.depth <= CONTENTS_DEPTH:
            content = _bookmarked(content, next(anchors))
        return paragraph(f"Heading{item.depth}", content, broken + ("" if usual else look.paragraph) + level)
    content = _bookmarked(run(item.layout.heading), next(anchors))
    return table_xml(item.layout, paragraph("TableTitle", content, broken + level))


def _bookmarked(content: str, anchor: str) -> str:
    number = int(anchor.removeprefix("_Toc"))
    return f'<w:bookmarkStart w:id="{number}" w:name="{anchor}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
