"""WordprocessingML in small pieces: escaped text, runs, paragraphs and fields."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from yiheng.reporting.gbt9704 import MM

W_NS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(millimetres * MM * 20)


def attr(text: str) -> str:
    """Text inside double quotes."""
    return escape(text, {'"': "&quot;", "\n": " "})


def run(text: str, properties: str = "", style: str = "", face: str = "") -> str:
    """A run of a character style, with a Chinese typeface and properties of its own; line ends become breaks."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    # The hint makes Word take quotation marks, dashes and dots from the Chinese font.
    chinese = f' w:eastAsia="{attr(face)}"' if face else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f'<w:r><w:rPr>{named}<w:rFonts w:hint="eastAsia"{chinese}/>{properties}</w:rPr>{lines}</w:r>'


def fonts(east_asia: str, latin: str) -> str:
    """A run's typefaces for Chinese and for Latin letters and digits."""
    far, near = attr(east_asia), attr(latin)
    return f'<w:rFonts w:ascii="{near}" w:hAnsi="{near}" w:eastAsia="{far}" w:cs="{near}"/>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph of a named style; `properties` follow the style in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def field(instruction: str, result: str, properties: str = "") -> str:
    """A complex field with its stored result, which is shown until the field is updated."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{rpr}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{rpr}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{rpr}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{rpr}<w:t>{escape(result)}</w:t></w:r>"
        f'<w:r>{rpr}<w:fldChar w:fldCharType="end"/></w:r>'
    )
