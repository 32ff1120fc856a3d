"""Names (名称) as addresses write and compare them."""

from __future__ import annotations

from functools import lru_cache

_SIGNS = {"［": "[", "］": "]", "，": ",", "／": "/", "＊": "*"}
_STRUCTURE = str.maketrans(_SIGNS)
_WIDTH = str.maketrans({**_SIGNS, "（": "(", "）": ")", "：": ":"})
_WITHOUT = str.maketrans(dict.fromkeys((*_SIGNS, *_SIGNS.values()), "·"))


def signs(text: str) -> str:
    """The text of an address without blanks, its structure written in half-width signs."""
    return "".join(text.split()).translate(_STRUCTURE)


@lru_cache(maxsize=65536)
def spell(name: str) -> str:
    """A name as an address writes it: without blanks, and with `·` for the signs that give an address its structure."""
    return "".join(name.split()).translate(_WITHOUT)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text without blanks and with half-width punctuation: two addresses are equal when these are."""
    return "".join(text.split()).translate(_WIDTH)


@lru_cache(maxsize=65536)
def compared(name: str) -> str:
    """A name as it is compared with another."""
    return fold(spell(name))
