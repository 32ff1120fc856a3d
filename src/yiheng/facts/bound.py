"""Figures that a person's words name (文字里的数字), as the ledger keeps them: by their address between double braces.

    今年安排{{表4[合计, 合计]}}，比上年{{说明[total.income.change]}}。

The address is that of a cell, or of a figure that the narrative's own template gives. `\\{{` stands for the two braces
themselves. Nothing else is a figure: digits that were typed stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

OPEN: Final = "{{"
_PART: Final = re.compile(r"\\\{\{|\{\{(?:([^{}\n]*)\}\})?")
UNCLOSED: Final = ""


class Bound(NamedTuple):
    """A figure that is named. An `address` of nothing is one whose braces are empty or never close."""

    address: str

    @property
    def raw(self) -> str:
        """How the words name it."""
        return f"{OPEN}{self.address}}}}}"


def escaped(words: str) -> str:
    """The words as the ledger keeps them, so that braces in them name nothing."""
    return words.replace(OPEN, "\\" + OPEN)


def split(text: str) -> tuple[str | Bound, ...]:
    """The words and the figures that they name, in order; neighbouring words are one."""
    found: list[str | Bound] = []
    for part in _parts(text):
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)


def _parts(text: str) -> Iterator[str | Bound]:
    at = 0
    for match in _PART.finditer(text):
        yield text[at : match.start()]
        yield OPEN if match[0].startswith("\\") else Bound((match[1] or UNCLOSED).strip())
        at = match.end()
    yield text[at:]
