"""Tables whose cells a separator keeps apart: tabs, or the pipes of Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from yiheng.facts.document import Place
from yiheng.reading.raw import RawCell, RawGrid
from yiheng.reading.text.lines import TextLine
from yiheng.reading.text.shifted import Heads, aligned

_RULE: Final = re.compile(r"^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_BREAK: Final = re.compile(r"\s*<br\s*/?>\s*", re.I)
_ITEM: Final = re.compile(r"</?(?:ol|ul|li|p|b|strong|em|span|div)\b[^>]*>", re.I)
_NESTED: Final = re.compile(r"^\s*(?:<[^>]+>\s*)+$")


def is_separated(raw: str) -> bool:
    """A row of cells kept apart by tabs or pipes."""
    return "\t" in raw.strip(" \n") or is_piped(raw)


def is_piped(raw: str) -> bool:
    body = raw.strip()
    return body.count("|") >= 2 and (body.startswith("|") or body.endswith("|"))


def separated_grid(rows: Sequence[tuple[TextLine, str]], carried: Heads) -> tuple[RawGrid | None, Heads]:
    """The grid that consecutive lines make, None where only the ruler of a pipe table is there; heads to carry on."""
    texts = texts_of(rows)
    cells = [[RawCell(text, Place(line=number)) for text in row] for number, row in texts]
    if not cells:
        return None, carried
    cells, carried = aligned(cells, carried)
    width = max(map(len, cells))
    while width > 1 and all(len(row) < width or not row[width - 1].text for row in cells):
        width -= 1
    table = tuple((*row[:width], *([None] * (width - len(row)))) for row in cells)
    return RawGrid(table, Place(line=rows[0][0].number), ruled=True), carried


def texts_of(rows: Sequence[tuple[TextLine, str]]) -> list[tuple[int, list[str]]]:
    """The cells of each row with the number of its line, without the ruler of a pipe table.

    Pipes stand around the cells, or only behind each: then a pipe at the front ends an empty cell.
    """
    shown = [(line, raw) for line, raw in rows if not (is_piped(raw) and _RULE.match(raw.strip()))]
    around = all(raw.strip().startswith("|") for _, raw in shown if is_piped(raw))
    return [
        (
            line.number,
            [
                clean(text)
                for text in (_piped(raw, around) if is_piped(raw) else raw.strip("\r\n").split("\t"))
            ],
        )
        for line, raw in shown
    ]


def _piped(raw: str, around: bool) -> list[str]:
    body = raw.strip()
    body = body[1:] if around else body
    body = body[:-1] if body.endswith("|") and not body.endswith("\\|") else body
    return [part.replace("\\|", "|") for part in re.split(r"(?<!\\)\|", body)]


def clean(text: str) -> str:
    """A cell without the marks of HTML that converters leave in it."""
    text = _BREAK.sub("\n", text)
    return _ITEM.sub("", text).strip() if "<" in text else text.strip()
