"""The plain table of a sheet (表格), for readers without JavaScript and until the script has laid the grid over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from yiheng.web.shared import drawn

_NUMBERS = ("amount", "int", "decimal")


def plain_rows(
    rows: Iterable[dict[str, Any]], columns: Sequence[dict[str, Any]], lists: dict[str, list[list[str]]]
) -> SafeString:
    """The rows, names beside codes. Each is drawn by itself: a draft changes one of them, and a template takes ten
    times as long for a thousand cells.
    """
    names = [column["name"] for column in columns]
    kinds = tuple(column["kind"] in _NUMBERS for column in columns)
    listed = [_Named(lists.get(column["list"], ())) for column in columns]
    lines = []
    for row in rows:
        cells = row["cells"]
        texts = [cells.get(name, "") for name in names]
        shown = tuple(
            _plain(text, of_column[text]) if text else ""
            for text, of_column in zip(texts, listed, strict=True)
        )
        lines.append(drawn(("plain row", kinds, shown), partial(_line, kinds, shown)))
    return mark_safe("".join(lines))  # every text is escaped in its line


class _Named(dict[str, str]):
    """The names of a list by code, looked up when a cell first asks for one."""

    def __init__(self, listed: Iterable[list[str]]) -> None:
        super().__init__()
        self._listed = listed

    def __missing__(self, code: str) -> str:
        found = next((label for each, label in self._listed if each == code), "")
        self[code] = found
        return found


def _line(numbers: Sequence[bool], texts: Sequence[str]) -> str:
    cells = (
        f'<td class="number">{escape(text)}</td>' if number else f"<td>{escape(text)}</td>"
        for number, text in zip(numbers, texts, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _plain(text: str, name: str) -> str:
    return f"{text} {name}" if name and text.isascii() and text[:1].isdigit() else name or text
