"""Pictures of the DOCX (图片): a chart as PNG with its values as alternative text, its caption below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from yiheng.reporting import charts
from yiheng.reporting.document import PICTURE_HEIGHT, Document, Picture
from yiheng.reporting.docx_xml import attr, paragraph, run
from yiheng.reporting.raster import pngs
from yiheng.reporting.text import clean

_EMU: Final = 12_700
"""English metric units in a point."""
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"


@dataclass(frozen=True, slots=True)
class Image:
    """One PNG of the package, with its size on the page in points."""

    file: str
    """Name below word/media."""
    content: bytes
    width: float
    height: float


def images(document: Document) -> tuple[Image, ...]:
    """The pictures of a document, in order."""
    pictures = [item for part in document.parts for item in part.items if isinstance(item, Picture)]
    drawn = [charts.on_paper(picture.chart) for picture in pictures]
    content = pngs([drawing.svg for drawing in drawn])
    return tuple(
        Image(f"image{n}.png", png, *_size(drawing.width, drawing.height))
        for n, (drawing, png) in enumerate(zip(drawn, content, strict=True), 1)
    )


def _size(width: int, height: int) -> tuple[float, float]:
    """Points; smaller where the picture is too high for a page."""
    shrunk = min(1.0, PICTURE_HEIGHT / height) * charts.POINTS_A_PIXEL
    return width * shrunk, height * shrunk


def picture_xml(picture: Picture, image: Image, number: int, relation: str) -> str:
    """The picture, its caption and its note; the first two stay together."""
    drawing = _inline(picture, image, number, relation)
    xml = paragraph("Picture", f"<w:r><w:drawing>{drawing}</w:drawing></w:r>")
    xml += paragraph("PictureCaption", run(picture.caption))
    return xml + (paragraph("TableNote", run(picture.note)) if picture.note else "")


def _inline(picture: Picture, image: Image, number: int, relation: str) -> str:
    size = f'cx="{round(image.width * _EMU)}" cy="{round(image.height * _EMU)}"'
    alt = attr(clean(f"{picture.caption}。{charts.description(picture.chart)}"))
    named = f'id="{number}" name="{attr(picture.caption)}" descr="{alt}"'
    return (
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {size}/><wp:docPr {named}/>"
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    )


def image_parts(found: Sequence[Image]) -> dict[str, bytes]:
    """The files of the package."""
    return {f"word/media/{image.file}": image.content for image in found}
