"""The styles and fonts of the DOCX (样式): GB/T 9704 typefaces by their official names, with open fallbacks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from yiheng.reporting.document import CONTENTS_DEPTH
from yiheng.reporting.docx_xml import W_NS, XML_HEAD, attr, fonts, twips
from yiheng.reporting.gbt9704 import (
    BODY_FACE,
    BODY_SIZE,
    CHAR_PITCH,
    CHARS,
    CONTENTS_SIZE,
    HEI_FACE,
    KAI_FACE,
    LATIN_FACE,
    LINE_PITCH,
    PAGE_NUMBER_SIZE,
    PART_SIZE,
    SMALL_SIZE,
    SONG_FACE,
    TITLE_FACE,
    TITLE_SIZE,
)
from yiheng.reporting.layout import LINE, NOTE_SIZE

FALLBACKS: Final = {
    TITLE_FACE: "方正小标宋_GBK,Noto Serif SC",
    BODY_FACE: "仿宋,FangSong,Noto Serif SC",
    KAI_FACE: "楷体,KaiTi,Noto Serif SC",
    HEI_FACE: "SimHei,Noto Sans SC",
    SONG_FACE: "SimSun,Noto Serif SC",
}
"""Names under which a typeface may be at hand instead, best first (w:altName)."""

TWO_CHARS: Final = f'<w:ind w:firstLineChars="200" w:firstLine="{twips(2 * CHAR_PITCH)}"/>'
_CENTRE: Final = '<w:jc w:val="center"/>'
_LEFT: Final = '<w:jc w:val="left"/>'
_PITCH: Final = f'w:line="{int(LINE_PITCH * 20)}" w:lineRule="exact"'
"""One of 22 lines, as an exact line height."""
_TIGHT: Final = math.floor((CHAR_PITCH - BODY_SIZE) * 20)
"""What brings 28 characters into a line, in twentieths of a point."""


def size(points: float) -> str:
    """A type size at its natural character spacing."""
    half = round(points * 2)
    return f'<w:spacing w:val="0"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


@dataclass(frozen=True, slots=True)
class Look:
    """How a heading level looks: paragraph properties, Chinese typeface and type size."""

    paragraph: str
    face: str
    size: float = BODY_SIZE

    @property
    def run(self) -> str:
        """Run properties but for the typeface; the body's size keeps the body's character spacing."""
        return "" if self.size == BODY_SIZE else size(self.size)


def heading_look(level: int, top_of_page: bool = False) -> Look:
    """The look of a heading level of the outline (0 part, 1 一、, 2 （一）, 3 1., 4 （1）)."""
    if level <= 0:
        before = 0 if top_of_page else twips(LINE_PITCH)
        spacing = f'<w:spacing w:before="{before}" w:after="{twips(LINE_PITCH / 2)}" {_PITCH}/><w:ind w:firstLine="0"/>'
        return Look(spacing + _CENTRE, HEI_FACE, PART_SIZE)
    return Look(TWO_CHARS, {1: HEI_FACE, 2: KAI_FACE}.get(level, BODY_FACE))


def styles_xml(top: int) -> str:
    """styles.xml; `top` is the outline level that Heading 1 stands for."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(BODY_FACE, LATIN_FACE)}{size(BODY_SIZE)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    styles = "".join((*_basic(), *_text(), *_headings(top), *_tables()))
    return f'{XML_HEAD}<w:styles xmlns:w="{W_NS}">{defaults}{styles}</w:styles>'


def _style(ident: str, name: str, ppr: str = "", rpr: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def _basic() -> tuple[str, ...]:
    # The 22 × 28 grid stands in the section properties. Line height and character spacing say the same once more
    # and do not snap to it, since not every program that opens a DOCX can draw such a grid.
    half = round(BODY_SIZE * 2)
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:snapToGrid w:val="0"/><w:spacing {_PITCH}/><w:jc w:val="both"/></w:pPr>'
        f'<w:rPr><w:spacing w:val="{_TIGHT}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>',
        '<w:style w:type="character" w:styleId="Gap"><w:name w:val="缺项"/><w:qFormat/>'
        '<w:rPr><w:color w:val="C00000"/><w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Total"><w:name w:val="合计"/><w:qFormat/>'
        f"<w:rPr>{fonts(HEI_FACE, LATIN_FACE)}</w:rPr></w:style>",
    )


def _text() -> tuple[str, ...]:
    hei = fonts(HEI_FACE, LATIN_FACE)
    number = fonts(SONG_FACE, SONG_FACE) + size(PAGE_NUMBER_SIZE)
    title = '<w:spacing w:line="760" w:lineRule="exact"/>' + _CENTRE
    return (
        _style("BodyText", "Body Text", TWO_CHARS),
        _style("SmallText", "小字说明", TWO_CHARS + _LEFT, size(SMALL_SIZE)),
        _style("Title", "Title", title, fonts(TITLE_FACE, LATIN_FACE) + size(TITLE_SIZE)),
        _style("Subtitle", "Subtitle", _CENTRE),
        _style("Mark", "封面标注", _CENTRE, f'{hei}<w:color w:val="C00000"/>'),
        _style("Header", "header", _CENTRE, hei + size(NOTE_SIZE)),
        _style(
            "Footer", "footer", f'<w:spacing w:line="{twips(PAGE_NUMBER_SIZE)}" w:lineRule="exact"/>', number
        ),
        _style("SectionEnd", "分节", '<w:spacing w:line="20" w:lineRule="exact"/>', size(1)),
    )


def _headings(top: int) -> tuple[str, ...]:
    headings = []
    for depth in range(1, 6):
        look = heading_look(top + depth - 1)
        ppr = f'<w:keepNext/><w:keepLines/>{look.paragraph}<w:outlineLvl w:val="{depth - 1}"/>'
        headings.append(
            _style(f"Heading{depth}", f"heading {depth}", ppr, fonts(look.face, LATIN_FACE) + look.run)
        )
    part = heading_look(0)
    leader = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(CHARS * CHAR_PITCH)}"/></w:tabs>'
    contents = [
        _style(
            "TOCHeading",
            "TOC Heading",
            f'<w:spacing w:after="290"/>{_CENTRE}',
            fonts(part.face, LATIN_FACE) + part.run,
        )
    ]
    for depth in range(1, CONTENTS_DEPTH + 1):
        indent = f'<w:ind w:left="{twips((depth - 1) * 1.5 * CONTENTS_SIZE)}"/>'
        contents.append(_style(f"TOC{depth}", f"toc {depth}", leader + indent + _LEFT, size(CONTENTS_SIZE)))
    return (*headings, *contents)


def _tables() -> tuple[str, ...]:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    small = fonts(SONG_FACE, LATIN_FACE) + size(NOTE_SIZE)
    line = f'w:line="{twips(NOTE_SIZE * LINE)}" w:lineRule="exact"'
    title = f'<w:keepNext/><w:keepLines/><w:spacing w:before="160"/>{_CENTRE}<w:outlineLvl w:val="1"/>'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>',
        '<w:style w:type="table" w:styleId="StatutoryTable"><w:name w:val="法定报表"/><w:basedOn w:val="TableNormal"/>'
        f"<w:qFormat/><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style>",
        # A line of a fixed height would cut the picture.
        _style(
            "Picture",
            "图",
            f'<w:keepNext/><w:spacing w:before="240" w:line="240" w:lineRule="auto"/>{_CENTRE}',
        ),
        _style(
            "PictureCaption",
            "图题",
            f'<w:keepLines/><w:spacing w:before="80" w:after="160" {line}/>{_CENTRE}',
            fonts(HEI_FACE, LATIN_FACE) + size(NOTE_SIZE),
        ),
        _style("TableTitle", "表题", title, fonts(HEI_FACE, LATIN_FACE)),
        _style("TableCaption", "表头说明", f'<w:keepNext/><w:spacing w:after="60" {line}/>', small),
        _style("TableHead", "表格栏目", _CENTRE, small),
        _style("TableText", "表格文字", _LEFT, small),
        _style("TableFigure", "表格数字", '<w:jc w:val="right"/>', small),
        _style("TableNote", "表注", f'<w:spacing w:before="60" {line}/>{_LEFT}', small),
    )


def font_table_xml() -> str:
    """fontTable.xml: each official typeface with the names that may stand in for it."""
    entries = []
    for face, names in FALLBACKS.items():
        family = "swiss" if face == HEI_FACE else "roman"
        entries.append(
            f'<w:font w:name="{attr(face)}"><w:altName w:val="{attr(names)}"/><w:charset w:val="86"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        )
    entries.append(
        f'<w:font w:name="{LATIN_FACE}"><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )
    return f'{XML_HEAD}<w:fonts xmlns:w="{W_NS}">{"".join(entries)}</w:fonts>'
