"""Characters of a page → words with their boxes (字符与词), straight from PDFium.

A word is a run of characters without a blank or a gap between them. Boxes are "loose": as high as the type and as
wide as the advance, so that a comma, a 一 and a digit of one size have comparable centre lines.
"""

from __future__ import annotations

import unicodedata
from ctypes import byref
from dataclasses import dataclass
from math import pi
from typing import Any, Final

import pypdfium2.raw as pdfium

from yiheng.reading.pdf.turn import Turn

WORD_GAP: Final = 0.3
"""Characters farther apart than this, in type sizes, are two words."""
SAME_LINE: Final = 0.3
QUARTER: Final = pi / 2
SLANT: Final = 0.1
"""Radians that a character may lean before it counts as a watermark."""
UNKNOWN: Final = "\ufffd"
BLANKS: Final = frozenset(
    "\x00\t\n\v\f\r \x85\xa0\u1680\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\x02"
) | frozenset(map(chr, range(0x2000, 0x200B)))
# Printers that embed only glyph shapes map them to the radicals that look the same (⻚ for 页).
RADICALS: Final = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


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
    stops: list[tuple[float, float]]
    """Left and right edge of each character, as long as the text."""

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
    characters: int = 0
    unknown: int = 0


Glyph = tuple[str, float, float, float, float, bool]


def page_text(page: Any, text: Any, shown: Turn) -> PageText:
    """The words of a loaded page in reading coordinates; `shown` maps its own coordinates to the upright page."""
    by_quarter, unknown = _glyphs(text, shown)
    counts = {quarter: len(found) for quarter, found in by_quarter.items()}
    characters = sum(counts.values())
    if not characters:
        return PageText([], shown, 0, unknown)
    main = max(counts, key=lambda quarter: counts[quarter])
    turn = shown.turned(main)
    words: list[Word] = []
    for quarter, glyphs in by_quarter.items():
        own = shown.turned(quarter)
        found = _words(glyphs, own)
        words += found if quarter == main else [_moved(word, own, turn) for word in found]
    return PageText(words, turn, characters, unknown)


def _glyphs(text: Any, shown: Turn) -> tuple[dict[int, list[Glyph]], int]:
    """Printed characters by the quarter turn in which they stand, and how many have no Unicode."""
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    failed, generated, angle_of = (
        pdfium.FPDFText_HasUnicodeMapError,
        pdfium.FPDFText_IsGenerated,
        pdfium.FPDFText_GetCharAngle,
    )
    rect = pdfium.FS_RECTF()
    pointer = byref(rect)
    found: dict[int, list[Glyph]] = {}
    unknown = 0
    spaced = False
    high = 0
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = unicode_of(text, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        character = chr(code) if code < 0x110000 else UNKNOWN
        if character in BLANKS and failed(text, i) != 1:
            spaced = spaced or not generated(text, i)
            continue
        if not box_of(text, i, pointer):
            continue
        if not shown.holds((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2):
            continue
        # PDFium counts angles clockwise; the turn that sets the text upright goes the other way.
        quarters = -angle_of(text, i) / QUARTER
        quarter = round(quarters)
        if abs(quarters - quarter) > SLANT:
            continue
        if failed(text, i) == 1 or code < 32 or code >= 0x110000 or 0xE000 <= code < 0xF900:
            character = UNKNOWN
            unknown += 1
        elif 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00:
            character = RADICALS.get(character) or unicodedata.normalize("NFKC", character)
        glyph = (character, rect.left, rect.top, rect.right, rect.bottom, spaced)
        found.setdefault(quarter % 4, []).append(glyph)
        spaced = False
    return found, unknown


def _words(glyphs: list[Glyph], turn: Turn) -> list[Word]:
    """Characters in the order of the file, joined while they stand side by side."""
    words: list[Word] = []
    word: Word | None = None
    for character, x0, y0, x1, y1, spaced in glyphs:
        left, top, right, bottom = turn.box(x0, y0, x1, y1)
        size = bottom - top
        if word is not None and not spaced:
            gap = left - word.right
            near = SAME_LINE * word.size
            level = abs(top + bottom - word.top - word.bottom) / 2 < near and abs(size - word.size) < near
            if level and -near <= gap < WORD_GAP * word.size:
                if character == word.text[-1] and left - word.stops[-1][0] < 0.3 * (right - left):
                    continue  # Printed twice for a bold look.
                word.text += character
                word.right = max(word.right, right)
                word.stops.append((left, right))
                continue
        word = Word(character, left, top, right, bottom, size, spaced, [(left, right)])
        words.append(word)
    return words


def _moved(word: Word, own: Turn, turn: Turn) -> Word:
    """A word that stands across the page, with its box where the others have theirs."""
    left, top, right, bottom = turn.box(*own.back(word.left, word.top, word.right, word.bottom))
    return Word(word.text, left, top, right, bottom, word.size, True, [(left, right)] * len(word.text))
