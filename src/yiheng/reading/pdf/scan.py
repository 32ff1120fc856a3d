"""Scanned pages (扫描件) through character recognition (OCR), where its library is installed (extra `ocr`).

Recognised figures may be wrong, and every such page says so. Without the library the pages stay unread and say that.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Any, Final, NamedTuple

from pypdfium2 import PdfDocument

from yiheng.facts.document import Place, ReadingProblem
from yiheng.reading.pdf.apart import OutOfBounds, apart
from yiheng.reading.pdf.draft import DraftPage
from yiheng.reading.pdf.glyphs import Stop, Word
from yiheng.reading.pdf.grids import box_of
from yiheng.reading.pdf.layout import blocks_of
from yiheng.reading.pdf.rules import Rule, Rules, joined
from yiheng.reading.pdf.skew import Lean, slope_of, straightened
from yiheng.reading.pdf.turn import Edges

LIBRARY: Final = "rapidocr"
DOTS: Final = 200
"""Dots an inch at which a page is drawn for recognition."""
MOST_DOTS: Final = 20_000_000
MOST_PAGES: Final = 100
"""Scanned pages of a file that are recognised; each takes seconds."""
INK: Final = rb"\x00-\x8c"
"""The greys of ink, as a class of a regular expression."""
LONG_RULE: Final = 30.0
"""Points; strokes of characters are shorter."""
TYPE_OF_BOX: Final = 0.8
"""Type size by the height of the box around recognised text."""
SURE: Final = 0.5
"""Recognised text below this score is no text."""


class Picture(NamedTuple):
    """A page as grey dots, row by row, and how many dots make a point."""

    width: int
    height: int
    stride: int
    dots: bytes
    scale: float


class Recognised(NamedTuple):
    """A text with its score and its edges in dots."""

    text: str
    score: float
    edges: Edges


def recognised(path: Path, pages: Sequence[DraftPage], most: int = MOST_PAGES) -> list[DraftPage]:
    """The pages, scanned ones with the text that was recognised in them, so many at most."""
    scanned = [page.number for page in pages if page.scanned][: max(0, most)]
    if not scanned or importlib.util.find_spec(LIBRARY) is None:
        return list(pages)
    chosen = set(scanned)
    return [_recognised(path, page) if page.number in chosen else page for page in pages]


def _recognised(path: Path, page: DraftPage) -> DraftPage:
    try:
        picture = apart(lambda: _drawn(path, page.number - 1))
    except OutOfBounds:
        return page
    picture, lean = _straight(picture)
    words = [_word(text, picture.scale) for text in recognise(picture) if text.score >= SURE]
    if not words:
        return page
    rules = Rules(
        joined(_runs(_rows(picture), picture.scale)), joined(_runs(_columns(picture), picture.scale))
    )
    scale = picture.scale

    def place(edges: Edges) -> Place:
        left, top, right, bottom = lean.back(tuple(edge * scale for edge in edges))  # type: ignore[arg-type]
        return Place(page.number, box_of((left / scale, top / scale, right / scale, bottom / scale)))

    blocks = blocks_of(words, rules, _apart, place)
    warning = ReadingProblem(
        f"第 {page.number} 页：这一页是图片（扫描件），文字由识别（OCR）得到，数字可能有误",
        page.problems[0].place,
        "请对照原件核对这一页的每个数字",
    )
    width, height = picture.width / picture.scale, picture.height / picture.scale
    return replace(page, blocks=blocks, problems=(warning,), width=width, height=height)


def _straight(picture: Picture) -> tuple[Picture, Lean]:
    """The picture put straight, and how it lay."""
    dots = _array(picture)
    slope = slope_of(dots)
    lean = Lean(slope, picture.width, picture.height)
    if not slope:
        return picture, lean
    return picture._replace(stride=picture.width, dots=straightened(dots, slope).tobytes()), lean


def _array(picture: Picture) -> Any:
    import numpy

    dots = numpy.frombuffer(picture.dots, dtype=numpy.uint8)
    return dots.reshape(picture.height, picture.stride)[:, : picture.width]


def recognise(picture: Picture) -> list[Recognised]:
    """The texts that the library finds in a picture."""
    found = _engine()(_array(picture))
    if found.boxes is None:
        return []
    return [
        Recognised(
            text.strip(),
            float(score),
            (float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys))),
        )
        for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        for xs, ys in (zip(*corners, strict=True),)
        if text.strip()
    ]


@lru_cache(maxsize=1)
def _engine() -> Any:
    import rapidocr

    return rapidocr.RapidOCR(params={"Global.log_level": "error"})


def _drawn(path: Path, index: int) -> Picture:
    document = PdfDocument(path)
    page = document[index]
    width, height = page.get_size()
    scale = min(DOTS / 72, sqrt(MOST_DOTS / max(1.0, width * height)))
    bitmap = page.render(scale=scale, grayscale=True)
    return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), scale)


def _word(found: Recognised, scale: float) -> Word:
    """A recognised text in points; each character gets its share of the width."""
    left, top, right, bottom = (edge / scale for edge in found.edges)
    size = TYPE_OF_BOX * (bottom - top)
    middle = (top + bottom) / 2
    stops = list(_stops(found.text, left, right))
    return Word(found.text, left, middle - size / 2, right, middle + size / 2, size, True, stops)


def _stops(text: str, left: float, right: float) -> Iterator[Stop]:
    shares = [0.5 if character.isascii() else 1.0 for character in text]
    unit = (right - left) / sum(shares)
    for index, share in enumerate(shares):
        yield Stop(left, left + share * unit, index)
        left += share * unit


def _apart(one: Stop, other: Stop) -> bool:
    """Where a rule stands between two recognised characters, they belong to two cells."""
    return False


def _rows(picture: Picture) -> Iterator[bytes]:
    for start in range(0, picture.height * picture.stride, picture.stride):
        yield picture.dots[start : start + picture.width]


def _columns(picture: Picture) -> Iterator[bytes]:
    for column in range(picture.width):
        yield picture.dots[column :: picture.stride]


def _runs(lines: Iterable[bytes], scale: float) -> Iterator[Rule]:
    """Long runs of ink along lines of dots, in points; a single light dot does not end one."""
    long = int(LONG_RULE * scale)
    ink = re.compile(b"[%s]{4,}(?:[^%s][%s]{4,})*" % (INK, INK, INK))
    for at, dots in enumerate(lines):
        for run in ink.finditer(dots):
            if run.end() - run.start() >= long:
                yield Rule(at / scale, run.start() / scale, run.end() / scale)
