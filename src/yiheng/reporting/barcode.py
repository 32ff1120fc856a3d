"""Barcodes as SVG (条码): Code 128 for scanners, QR for telephones. Nothing inline that a page's policy forbids.

Code 128 after ISO/IEC 15417: a start, symbol characters, a check character modulo 103, a stop. Digits in pairs are
written in set C, everything else in set B.
"""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import quoteattr

import segno

QUIET: Final = 10
"""Modules of blank space that a scanner needs on either side."""
_START_B, _START_C, _TO_C, _TO_B = 104, 105, 99, 100
_STOP: Final = "2331112"
_WIDTHS: Final = re.findall(
    r"\d{6}",
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 "
    "113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 "
    "212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 "
    "113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 "
    "241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 "
    "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 "
    "211232",
)
"""Widths of bars and spaces of each symbol character, from 0 to 105."""
_PAIRS: Final = re.compile(r"(?:\d\d){2,}")


def code128_values(text: str) -> list[int]:
    """The symbol characters of a text, start and check included. ValueError for what Code 128 B cannot hold."""
    if not text or any(not " " <= letter <= "~" for letter in text):
        raise ValueError(f"Code 128 holds printable ASCII only: {text!r}")
    values: list[int] = []
    at = 0
    in_pairs = False
    while at < len(text):
        run = _PAIRS.match(text, at)
        if run:
            if not in_pairs:
                values.append(_TO_C if values else _START_C)
            values += [int(text[place : place + 2]) for place in range(at, run.end(), 2)]
            at, in_pairs = run.end(), True
            continue
        if in_pairs or not values:
            values.append(_TO_B if values else _START_B)
        values.append(ord(text[at]) - 32)
        at, in_pairs = at + 1, False
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    return [*values, check]


def code128_svg(text: str, name: str = "") -> str:
    """The text as a barcode that fills its box; `name` is what a screen reader says. ValueError as above."""
    bars = "".join(_WIDTHS[value] for value in code128_values(text)) + _STOP
    at, path = QUIET, ""
    for number, width in enumerate(map(int, bars)):
        if number % 2 == 0:
            path += f"M{at} 0h{width}v1h-{width}z"
        at += width
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="barcode" role="img" aria-label={quoteattr(name or text)} '
        f'viewBox="0 0 {at + QUIET} 1" preserveAspectRatio="none" shape-rendering="crispEdges">'
        f'<path fill="#000" d="{path}"/></svg>'
    )


def qr_svg(text: str, name: str) -> str:
    """The text as a QR code that fills its box; `name` is what a screen reader says."""
    code = segno.make(text, error="m", micro=False)
    size, path = code.symbol_size(border=4)[0], ""
    for row, line in enumerate(code.matrix, 4):
        column = 0
        while column < len(line):
            first = column
            while column < len(line) and line[column]:
                column += 1
            if column > first:
                path += f"M{first + 4} {row}h{column - first}v1h-{column - first}z"
            column += 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr-code" role="img" aria-label={quoteattr(name)} '
        f'viewBox="0 0 {size} {size}" shape-rendering="crispEdges"><path fill="#000" d="{path}"/></svg>'
    )
