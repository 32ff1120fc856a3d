"""Barcodes: worked by hand after ISO/IEC 15417, and read back from the bars that are drawn."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from yiheng.reporting.barcode import _WIDTHS, code128_svg, code128_values, qr_svg


def test_the_check_character_is_the_weighted_sum() -> None:
    # Start B 104; W i k i p e d i a = 55 73 75 73 80 69 68 73 65, each times its place:
    # 104 + 55 + 146 + 225 + 292 + 400 + 414 + 476 + 584 + 585 = 3281 = 31 × 103 + 88.
    assert code128_values("Wikipedia") == [104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88]


def test_runs_of_digits_go_in_pairs() -> None:
    values = code128_values("XN2024000001")
    assert values[:-1] == [104, 56, 46, 99, 20, 24, 0, 0, 1]
    assert code128_values("123456")[:-1] == [105, 12, 34, 56]
    assert code128_values("12345A")[:-1] == [105, 12, 34, 100, 21, 33]


def test_every_symbol_is_eleven_modules_and_none_is_like_another() -> None:
    assert len(_WIDTHS) == len(set(_WIDTHS)) == 106
    assert all(sum(map(int, widths)) == 11 for widths in _WIDTHS)
    # In every symbol the bars together are even (the standard's own parity).
    assert all(sum(int(width) for width in widths[::2]) % 2 == 0 for widths in _WIDTHS)


@pytest.mark.parametrize("text", ["XN2024000001", "demo-2024-assets-0007", "A b~!"])
def test_the_bars_read_back_as_the_text(text: str) -> None:
    svg = code128_svg(text)
    bars = [(int(x), int(width)) for x, width in re.findall(r"M(\d+) 0h(\d+)", svg)]
    widths = ""
    for (x, width), (following, _) in pairwise(bars):
        widths += f"{width}{following - x - width}"
    symbols = [widths[at : at + 6] for at in range(0, len(widths) - 6, 6)]
    values = [_WIDTHS.index(symbol) for symbol in symbols]
    said, in_pairs = "", values[0] == 105
    for value in values[1:-1]:
        if value == 99 and not in_pairs:
            in_pairs = True
        elif value == 100 and in_pairs:
            in_pairs = False
        else:
            said += f"{value:02}" if in_pairs else chr(value + 32)
    assert said == text


@pytest.mark.parametrize("text", ["", "条码", "a\n"])
def test_what_the_bars_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        code128_svg(text)


def test_nothing_inline_that_a_page_policy_forbids() -> None:
    for svg in (code128_svg('A"<b>', 'say "<b>"'), qr_svg('"<b>\n条码', 'say "<b>"')):
        assert "style" not in svg and "<b>" not in svg and "script" not in svg
        assert svg.startswith("<svg ") and svg.endswith("</svg>")
