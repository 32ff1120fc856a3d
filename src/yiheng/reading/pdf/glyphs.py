"""Characters of a page → words with their boxes (字符与词), straight from PDFium.

A word is a run of characters without a blank or a gap between them. Its box is as high as the type and as wide as the
advances, so that a comma, a 一 and a digit of one size have one centre line.
"""

from __future__ import annotations

import unicodedata
from ctypes import addressof, byref, c_double
from dataclasses import dataclass
from math import hypot, pi
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from yiheng.reading.pdf.objects import Objects
from yiheng.reading.pdf.turn import Turn
from yiheng.reading.pdf.twins import Twin, twins_of

WORD_GAP: Final = 0.3
"""Characters farther apart than this, in type sizes, are two words."""
SQUEEZED: Final = 0.6
"""Marks that follow each other (）。) are set so much closer than their boxes are wide, in type sizes."""
SAME_LINE: Final = 0.3
QUARTER: Final = pi / 2
SLANT: Final = 0.1
"""Radians that a character may lean before it counts as a watermark."""
TWICE: Final = 0.3
"""A character printed again within this part of its width is one with a bold look."""
CENTRE: Final = 0.38
"""The centre line of Chinese type lies this many type sizes above the baseline."""
LEAST_OF_HEIGHT: Final = 0.4
MOST_OF_HEIGHT: Final = 2.5
"""A stated type size outside these parts of the character's height is not believed (fonts made of drawings)."""
SMALLEST: Final = 0.5
"""Points; smaller type does not exist, but characters without a shape do."""
UNKNOWN: Final = "\ufffd"
BLANKS: Final = frozenset(
    map(ord, "\x00\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff\x02")
) | frozenset(range(0x2000, 0x200C))
FIRST_RADICAL: Final = 0x2E80
# Printers that embed only glyph shapes map them to the radicals that look the same (⻚ for 页).
RADICALS: Final = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


class Stop(NamedTuple):
    """Where a character of a word stands, and its index in the page's text."""

    left: float
    right: float
    at: int


@dataclass(slots=True)
class Word:
    """Text without blanks and its box in reading coordinates: points from the upper left corner, text upright."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    spaced: bool
    """A blank character stands before it."""
    stops: list[Stop]
    """One for each character of the text."""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


@dataclass(slots=True)
class PageText:
    """The words of a page, how it is turned, and what could not be read."""

    words: list[Word]
    turn: Turn
    text: Any
    """PDFium's text of the page, open."""
    characters: int = 0
    unknown: int = 0

    def together(self, one: Stop, other: Stop) -> bool:
        """Whether two characters belong to one text object of the file, as the words of one cell do."""
        return _object(self.text, one.at) == _object(self.text, other.at)


Point = tuple[float, float]
Glyph = tuple[str, int, float, float, float, float, bool, Point]
"""Character, index in the page's text, box in page coordinates, whether a blank stands before it, and how far it
stands from the character with that index (not at all, but for copies)."""
HERE: Final[Point] = (0.0, 0.0)


def page_text(text: Any, objects: Objects, shown: Turn) -> PageText:
    """The words of a page's text in reading coordinates; `shown` maps its own coordinates to the upright page."""
    by_quarter, unknown = _glyphs(text, shown)
    twins = twins_of(objects.texts)
    if twins:
        for glyphs in by_quarter.values():
            glyphs += _left_out(text, glyphs, twins)
    counts = {quarter: len(found) for quarter, found in by_quarter.items()}
    characters = sum(counts.values())
    if not characters:
        return PageText([], shown, text, 0, unknown)
    main = max(counts, key=lambda quarter: counts[quarter])
    turn = shown.turned(main)
    words: list[Word] = []
    for quarter, glyphs in by_quarter.items():
        own = shown.turned(quarter)
        found = _words(text, glyphs, own)
        words += found if quarter == main else [_moved(word, own, turn) for word in found]
    return PageText(words, turn, text, characters, unknown)


def _glyphs(text: Any, shown: Turn) -> tuple[dict[int, list[Glyph]], int]:
    """Printed characters by the quarter turn that sets them upright, and how many have no Unicode."""
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    failed, generated = pdfium.FPDFText_HasUnicodeMapError, pdfium.FPDFText_IsGenerated
    angle_of = pdfium.FPDFText_GetCharAngle
    rect = pdfium.FS_RECTF()
    pointer = byref(rect)
    of_quarter: list[Glyph] = []
    found = {0: of_quarter}
    unknown = high = 0
    spaced = slanting = False
    level_bottom = level_top = 0.0
    least_x, least_y, most_x, most_y = shown.left, shown.bottom, shown.right, shown.top
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = unicode_of(text, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        unmapped = failed(text, i) == 1
        if code in BLANKS and not unmapped:
            spaced = spaced or not generated(text, i)
            continue
        if not box_of(text, i, pointer):
            continue
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        if bottom != level_bottom or top != level_top:
            # Characters of one height after each other run the same way. PDFium counts angles clockwise; the turn
            # that sets the text upright goes the other way.
            level_bottom, level_top = bottom, top
            quarters = -angle_of(text, i) / QUARTER
            quarter = round(quarters)
            slanting = abs(quarters - quarter) > SLANT
            if not slanting:
                of_quarter = found.setdefault(quarter % 4, [])
        if slanting:
            continue
        if not least_x <= (left + right) / 2 <= most_x or not least_y <= (bottom + top) / 2 <= most_y:
            continue
        if unmapped or code < 32 or 0xD800 <= code < 0xF900 or code >= 0x110000:
            character = UNKNOWN
            unknown += 1
        else:
            character = chr(code) if code < FIRST_RADICAL else plain(code)
        of_quarter.append((character, i, left, bottom, right, top, spaced, HERE))
        spaced = False
    return {quarter: glyphs for quarter, glyphs in found.items() if glyphs}, unknown


def plain(code: int) -> str:
    """A character by its code; radicals and compatibility forms as the characters that they look like."""
    character = chr(code)
    if FIRST_RADICAL <= code < 0x2FE0 or 0xF900 <= code < 0xFB00:
        return RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    return character


def _left_out(text: Any, glyphs: list[Glyph], twins: list[Twin]) -> list[Glyph]:
    """Glyphs that PDFium leaves out, taking the text for a second printing of the same text above it."""
    of_object: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        of_object.setdefault(_object(text, glyph[1]), []).append(glyph)
    found: list[Glyph] = []
    for twin in twins:
        if twin.address in of_object or twin.like not in of_object:
            continue
        copy = [
            (
                character,
                at,
                x0 + twin.x,
                y0 + twin.y,
                x1 + twin.x,
                y1 + twin.y,
                True,
                (twin.x + x, twin.y + y),
            )
            for character, at, x0, y0, x1, y1, _, (x, y) in of_object[twin.like]
        ]
        of_object[twin.address] = copy
        found += copy
    return found


def _object(text: Any, index: int) -> int:
    """The address of the text object that a character belongs to."""
    return addressof(pdfium.FPDFText_GetTextObject(text, index).contents)


def _words(text: Any, glyphs: list[Glyph], turn: Turn) -> list[Word]:
    """Characters in the order of the file, joined while they stand side by side."""
    a, b, c, d, e, f = turn.affine
    measure = _Measure(text, turn)
    words: list[Word] = []
    letters: list[str] = []
    stops: list[Stop] = []
    height = centre = size = reach = last_left = last_right = 0.0
    for character, index, x0, y0, x1, y1, spaced, away in glyphs:
        left, right = a * x0 + b * y0 + c, a * x1 + b * y1 + c
        top, bottom = d * x0 + e * y0 + f, d * x1 + e * y1 + f
        if left > right:
            left, right = right, left
        last_height, last_centre = height, centre
        height, centre = abs(bottom - top), (top + bottom) / 2
        if letters and not spaced:
            near = SAME_LINE * size
            level = abs(centre - last_centre) < near and abs(height - last_height) < near
            joined = -SQUEEZED * size <= left - reach < WORD_GAP * size and left >= last_left
            if level and (joined or (left == last_left and right == last_right)):
                if 0 < left - last_left < TWICE * (right - left) and character == letters[-1][-1]:
                    continue
                letters.append(character)
                stops.append(Stop(left, right, index))
                reach, last_left, last_right = max(reach, right), left, right
                continue
        if letters:
            words[-1].text, words[-1].right = "".join(letters), reach
        size, middle = measure(index, height, centre, away)
        reach, last_left, last_right = right, left, right
        letters, stops = [character], [Stop(left, right, index)]
        words.append(Word(character, left, middle - size / 2, right, middle + size / 2, size, spaced, stops))
    if letters:
        words[-1].text, words[-1].right = "".join(letters), reach
    return words


class _Measure:
    """Type size and centre line from the baseline, since fonts often state a wrong height or none."""

    def __init__(self, text: Any, turn: Turn) -> None:
        self.text = text
        self.affine = turn.affine
        self.matrix = pdfium.FS_MATRIX()
        self.x, self.y = c_double(), c_double()
        self.pointers = byref(self.matrix), byref(self.x), byref(self.y)

    def __call__(self, index: int, height: float, centre: float, away: Point) -> tuple[float, float]:
        matrix, x, y = self.pointers
        if not pdfium.FPDFText_GetMatrix(self.text, index, matrix):
            return max(height, SMALLEST), centre
        size = pdfium.FPDFText_GetFontSize(self.text, index) * hypot(self.matrix.c, self.matrix.d)
        if height > SMALLEST and not LEAST_OF_HEIGHT * height <= size <= MOST_OF_HEIGHT * height:
            return height, centre
        size = max(size, SMALLEST)
        if not pdfium.FPDFText_GetCharOrigin(self.text, index, x, y):
            return size, centre
        d, e, f = self.affine[3:]
        return size, d * (self.x.value + away[0]) + e * (self.y.value + away[1]) + f - CENTRE * size


def _moved(word: Word, own: Turn, turn: Turn) -> Word:
    """A word that stands across the page, with its box where the others have theirs."""
    left, top, right, bottom = turn.box(*own.back(word.left, word.top, word.right, word.bottom))
    return Word(
        word.text,
        left,
        top,
        right,
        bottom,
        word.size,
        True,
        [Stop(left, right, stop.at) for stop in word.stops],
    )
