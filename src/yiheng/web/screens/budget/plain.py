"""The plain table of a sheet (表格), for readers without JavaScript and until the script has laid the grid over it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_NUMBERS: Final = ("amount", "int", "decimal")
_MOST: Final = 20_000
"""Rows of a table that are kept drawn."""


def plain_rows(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[Mapping[str, Any]],
    lists: Mapping[str, list[list[str]]],
    place: Hashable,
) -> SafeString:
    """The rows, names beside codes. Each is drawn once: a draft changes one of them, and a template takes ten times as
    long for a thousand cells. `place` names that on which the code lists depend.
    """
    names = [column["name"] for column in columns]
    registers = tuple(
        (name, *map(tuple, listed)) for name, listed in lists.items() if name.startswith("sheet.")
    )
    known = _drawn(
        (place, *((column["name"], column["kind"], column["list"]) for column in columns), registers)
    )
    draw = _drawing(columns, lists)
    lines = []
    for row in rows:
        cells = row["cells"]
        texts = tuple([cells.get(name, "") for name in names])
        line = known.get(texts)
        if line is None:
            line = known[texts] = draw(texts)
        lines.append(line)
    if len(known) > _MOST:
        known.clear()
    return mark_safe("".join(lines))  # every text is escaped in its line


@lru_cache(maxsize=64)
def _drawn(table: Hashable) -> dict[tuple[str, ...], str]:
    """The lines that were drawn of a table, by the texts of their cells."""
    return {}


def _drawing(
    columns: Sequence[Mapping[str, Any]], lists: Mapping[str, list[list[str]]]
) -> Callable[[Sequence[str]], str]:
    begins = ['<td class="number">' if column["kind"] in _NUMBERS else "<td>" for column in columns]
    named: list[dict[str, str]] = []

    def draw(texts: Sequence[str]) -> str:
        if not named:  # most tables have no line that was not drawn before
            named.extend({row[0]: row[1] for row in lists.get(each["list"], ())} for each in columns)
        cells = (
            f"{begin}{escape(_plain(text, names.get(text, '')))}</td>"
            for begin, text, names in zip(begins, texts, named, strict=True)
        )
        return f"<tr>{''.join(cells)}</tr>"

    return draw


def _plain(text: str, name: str) -> str:
    return f"{text} {name}" if name and text.isascii() and text[:1].isdigit() else name or text
