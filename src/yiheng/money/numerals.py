"""The one grammar of a written number, shared by typed amounts and printed figures."""

import re

FULL_WIDTH = str.maketrans("０１２３４５６７８９，．＋－﹣−（）％：　\u00a0", "0123456789,.+---()%:  ")
"""Only these: Unicode's own folding would also turn ① and ² into digits."""

# Groups of three or none; "1,23" and "12,3456" do not match. A leading zero is a code, not an amount.
UNSIGNED = r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.[0-9]+)?"
MAX_LENGTH = 40
"""Longer texts are no amounts (the whole country's yearly fund has 15 digits in fen)."""

_NUMBER = re.compile(rf"[+-]?{UNSIGNED}")


def half_width(text: str) -> str:
    """`text` with full-width digits and signs as ASCII, without blanks at the ends."""
    return text.translate(FULL_WIDTH).strip()


def is_number(text: str) -> bool:
    """Whether `text` (already `half_width`) is one well-formed number and nothing else."""
    return len(text) <= MAX_LENGTH and _NUMBER.fullmatch(text) is not None
