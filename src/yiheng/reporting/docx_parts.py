"""The parts of the DOCX package around the text (包结构): settings, headers, footers, properties, relationships."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

from yiheng.reporting.document import Document
from yiheng.reporting.docx_xml import R_NS, W_NS, XML_HEAD, field, mm_twips, paragraph, run, twips
from yiheng.reporting.gbt9704 import (
    BODY_SIZE,
    BOTTOM_MM,
    CHAR_PITCH,
    INSIDE_MM,
    LANDSCAPE_BOTTOM_MM,
    LANDSCAPE_SIDE_MM,
    LANDSCAPE_TOP_MM,
    LINE_PITCH,
    MM,
    OUTSIDE_MM,
    PAGE_HEIGHT_MM,
    PAGE_NUMBER_DROP_MM,
    PAGE_NUMBER_SIZE,
    PAGE_WIDTH_MM,
    TOP_MM,
)

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_WORD_URI: Final = "http://schemas.microsoft.com/office/word"
_WORD: Final = f"{_OFFICE}.wordprocessingml"

# (file, relationship type, content type) of every part that the text refers to; the order numbers the relationships.
_PARTS: Final = (
    ("styles.xml", "styles", f"{_WORD}.styles+xml"),
    ("settings.xml", "settings", f"{_WORD}.settings+xml"),
    ("fontTable.xml", "fontTable", f"{_WORD}.fontTable+xml"),
    ("header.xml", "header", f"{_WORD}.header+xml"),
    ("footerOdd.xml", "footer", f"{_WORD}.footer+xml"),
    ("footerEven.xml", "footer", f"{_WORD}.footer+xml"),
    ("footerFirst.xml", "footer", f"{_WORD}.footer+xml"),
)


def section_xml(landscape: bool, first: bool = False, last: bool = False) -> str:
    """Section properties: page size and margins, 22 × 28 grid, headers and footers (named once, then inherited)."""
    width, height = mm_twips(PAGE_WIDTH_MM), mm_twips(PAGE_HEIGHT_MM)
    if landscape:
        size = f'<w:pgSz w:w="{height}" w:h="{width}" w:orient="landscape"/>'
        margins = _margins(LANDSCAPE_TOP_MM, LANDSCAPE_SIDE_MM, LANDSCAPE_BOTTOM_MM, LANDSCAPE_SIDE_MM)
    else:
        size = f'<w:pgSz w:w="{width}" w:h="{height}"/>'
        margins = _margins(TOP_MM, OUTSIDE_MM, BOTTOM_MM, INSIDE_MM)
    grid = f'<w:docGrid w:type="linesAndChars" w:linePitch="{int(LINE_PITCH * 20)}" w:charSpace="{_char_space()}"/>'
    title = "<w:titlePg/>" if first else ""
    kind = "" if first else '<w:type w:val="nextPage"/>'
    refs = _references() if first else ""
    section = f'<w:sectPr>{refs}{kind}{size}{margins}<w:cols w:space="0"/>{title}{grid}</w:sectPr>'
    return section if last else paragraph("SectionEnd", "", section)


def _char_space() -> int:
    """What the grid takes from each character, in 1/4096 of a point."""
    return round((CHAR_PITCH - BODY_SIZE) * 4096)


def _margins(top: int, right: int, bottom: int, left: int) -> str:
    footer = bottom - PAGE_NUMBER_DROP_MM - PAGE_NUMBER_SIZE / MM
    return (
        f'<w:pgMar w:top="{mm_twips(top)}" w:right="{mm_twips(right)}" w:bottom="{mm_twips(bottom)}" '
        f'w:left="{mm_twips(left)}" w:header="{mm_twips(top / 2)}" w:footer="{mm_twips(footer)}" w:gutter="0"/>'
    )


def _references() -> str:
    ids = {file: f"rId{n}" for n, (file, _, _) in enumerate(_PARTS, 1)}
    named = (
        ("header", "default", "header.xml"),
        ("header", "even", "header.xml"),
        ("header", "first", "header.xml"),
        ("footer", "default", "footerOdd.xml"),
        ("footer", "even", "footerEven.xml"),
        ("footer", "first", "footerFirst.xml"),
    )
    return "".join(f'<w:{tag}Reference w:type="{kind}" r:id="{ids[file]}"/>' for tag, kind, file in named)


def image_relation(number: int) -> str:
    """The relationship of the picture with that number, from 1."""
    return f"rId{len(_PARTS) + number}"


def package(
    document: Document, body: str, styles: str, font_table: str, media: Mapping[str, bytes]
) -> dict[str, str | bytes]:
    """All parts by their name in the package, in the order in which they are stored; `media` are its pictures."""
    namespaces = f'xmlns:w="{W_NS}" xmlns:r="{R_NS}"'
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relationships(),
        "word/document.xml": f"{XML_HEAD}<w:document {namespaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _document_relationships(media),
        "word/styles.xml": styles,
        "word/settings.xml": _settings(),
        "word/fontTable.xml": font_table,
        "word/header.xml": _header(document),
        "word/footerOdd.xml": _footer("right"),
        "word/footerEven.xml": _footer("left"),
        "word/footerFirst.xml": _frame("ftr", paragraph("Footer", "")),
        "docProps/core.xml": _core(document),
        "docProps/app.xml": _app(document),
        **media,
    }


def _frame(tag: str, content: str) -> str:
    return f'{XML_HEAD}<w:{tag} xmlns:w="{W_NS}">{content}</w:{tag}>'


def _header(document: Document) -> str:
    text = "　".join(document.marks)
    return _frame("hdr", paragraph("Header", run(text) if text else ""))


def _footer(side: str) -> str:
    """“— 1 —”, outside on the page, one character in (7.5)."""
    edge = f'<w:ind w:{side}Chars="100" w:{side}="{twips(PAGE_NUMBER_SIZE)}"/><w:jc w:val="{side}"/>'
    return _frame("ftr", paragraph("Footer", run("— ") + field("PAGE", "1") + run(" —"), edge))


def _settings() -> str:
    # Word asks on opening whether to renew the fields, so that the page numbers of the contents are its own.
    mode = f'<w:compatSetting w:name="compatibilityMode" w:uri="{_WORD_URI}" w:val="15"/>'
    return (
        f'{XML_HEAD}<w:settings xmlns:w="{W_NS}"><w:mirrorMargins/><w:defaultTabStop w:val="420"/>'
        '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:updateFields w:val="true"/>'
        f"<w:compat><w:doNotExpandShiftReturn/>{mode}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _core(document: Document) -> str:
    """Title, owner and marks. No dates: the same paper gives the same bytes."""
    marks = escape("；".join(document.marks))
    optional = f"<cp:keywords>{marks}</cp:keywords><dc:subject>{marks}</dc:subject>" if marks else ""
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(document.full_title)}</dc:title><dc:creator>{escape(document.owner)}</dc:creator>"
        f"<dc:language>zh-CN</dc:language>{optional}</cp:coreProperties>"
    )


def _app(document: Document) -> str:
    return (
        f'{XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>Yiheng</Application><Company>{escape(document.owner)}</Company></Properties>"
    )


def _content_types() -> str:
    overrides = [("/word/document.xml", f"{_WORD}.document.main+xml")]
    overrides += [(f"/word/{file}", kind) for file, _, kind in _PARTS]
    overrides += [
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", f"{_OFFICE}.extended-properties+xml"),
    ]
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return (
        f'{XML_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relationships(targets: list[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _package_relationships() -> str:
    return _relationships(
        [
            (f"{R_NS}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{R_NS}/extended-properties", "docProps/app.xml"),
        ]
    )


def _document_relationships(media: Mapping[str, bytes]) -> str:
    pictures = [(f"{R_NS}/image", name.removeprefix("word/")) for name in media]
    return _relationships([(f"{R_NS}/{kind}", file) for file, kind, _ in _PARTS] + pictures)
