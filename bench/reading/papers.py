"""Random papers with known tables, as PDF and as the cells that must be read from it; equal seeds, equal papers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Final

import typst

from yiheng.reporting.fonts import FontSet

LABELS: Final = (
    "一般公共服务支出",
    "医疗卫生与计划生育支出",
    "机关事业单位基本养老保险缴费支出",
    "“三公”经费（含因公出国（境）费）",
    "其中：面向中小企业政府采购项目",
    "1. 一般公共预算拨款",
    "（二）项目支出",
    "商品和服务支出",
    "A0201060102",
    "2101506",
    "合计",
)
NAMES: Final = ("合计", "基本支出", "项目支出", "科目 名称")
FIGURES: Final = ("", "0", "0.00", "—", "≥95%", "100%")
STROKES: Final = {
    "every rule": "0.5pt",
    "hair lines": "0.2pt",
    "dashed lines": '(paint: black, thickness: 0.5pt, dash: "dashed")',
    "no rules between rows": "(x, y) => (left: 0.5pt, right: 0.5pt, "
    "top: if y <= HEAD {0.5pt} else {none}, bottom: if y == LAST {0.5pt} else {none})",
    "horizontal rules only": "(x, y) => (top: 0.5pt, bottom: 0.5pt)",
    "no rule": "none",
}
SHIFTS: Final = (
    "",
    '#show regex("[0-9,.]+"): it => text(baseline: 0.25em, it)\n',
    '#show regex("[0-9,.]+"): it => text(font: "Noto Sans SC", size: 0.9em, it)\n',
)
"""Digits as the Chinese text, lowered, and in a face and size of their own."""
ROWS_OF_A_PAGE: Final = 24
Cells = tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True)
class Paper:
    """A paper whose every page holds one table of one layout."""

    layout: str
    path: Path
    pages: int
    rows: Cells
    """Without blanks and wraps; None where a merged cell covers a place."""


def papers(folder: Path, pages: int, seed: int = 2020) -> list[Paper]:
    """One paper for each layout."""
    return [
        _paper(folder / f"{number}.pdf", layout, pages, seed + number)
        for number, layout in enumerate(STROKES)
    ]


def _paper(path: Path, layout: str, pages: int, seed: int) -> Paper:
    chance = random.Random(seed)
    merged = layout not in ("horizontal rules only", "no rule")
    sources: list[str] = []
    rows: list[tuple[str | None, ...]] = []
    for _ in range(pages):
        source, of_page = _page(chance, STROKES[layout], merged)
        sources.append(source)
        rows += of_page
    typ = path.with_suffix(".typ")
    typ.write_text("\n".join(sources), encoding="utf-8")
    typst.compile(str(typ), output=str(path), font_paths=FontSet().loaded())
    return Paper(layout, path, pages, tuple(rows))


def _page(chance: random.Random, stroke: str, merged: bool) -> tuple[str, list[tuple[str | None, ...]]]:
    width = chance.randint(4, 9)
    labels = {0, width // 2} if merged and chance.random() < 0.3 else {0}
    head, head_rows = _head(chance, width, merged)
    body = [
        tuple(_label(chance, merged) if column in labels else _figure(chance) for column in range(width))
        for _ in range(chance.randint(8, ROWS_OF_A_PAGE))
    ]
    size = chance.choice((7.5, 9, 10.5)) if width < 7 else chance.choice((5, 6, 7.5))
    columns = ", ".join("2fr" if column in labels else "1.3fr" for column in range(width))
    align = ", ".join("left" if column in labels else "right" for column in range(width))
    stroke = stroke.replace("HEAD", str(len(head_rows))).replace("LAST", str(len(head_rows) + len(body) - 1))
    cells = [*head, *(f"[{text}]" for row in body for text in row)]
    source = (
        f'#set page(width: 842pt, height: 595pt, margin: 50pt)\n#set text(font: "Noto Serif SC", size: {size}pt, '
        f'lang: "zh")\n#[\n{chance.choice(SHIFTS)}#table(columns: ({columns}), align: ({align}), stroke: {stroke}, '
        f"inset: {chance.choice((2, 3, 5))}pt,\n{', '.join(cells)})\n]\n#pagebreak(weak: true)\n"
    )
    return source, [*head_rows, *(tuple("".join(text.split()) for text in row) for row in body)]


def _head(chance: random.Random, width: int, merged: bool) -> tuple[list[str], list[tuple[str | None, ...]]]:
    """One row of column names, or two with names over groups of columns."""
    names = [f"{name}{column}" for column, name in enumerate(islice(cycle(NAMES), width))]
    flat = tuple("".join(name.split()) for name in names)
    if not merged:
        return [f"[{name}]" for name in names], [flat]
    start = chance.randint(1, width - 2)
    end = chance.randint(start + 2, width)
    group = range(start, end)
    upper = [
        f"table.cell(colspan: {len(group)})[财政拨款]"
        if column == start
        else f"table.cell(rowspan: 2)[{name}]"
        for column, name in enumerate(names)
        if column == start or column not in group
    ]
    over = tuple(
        "财政拨款" if column == start else None if column in group else flat[column]
        for column in range(width)
    )
    under = tuple(flat[column] if column in group else None for column in range(width))
    return [*upper, *(f"[{names[column]}]" for column in group)], [over, under]


def _label(chance: random.Random, wraps: bool) -> str:
    return chance.choice(LABELS) * (chance.choice((1, 1, 1, 2)) if wraps else 1)


def _figure(chance: random.Random) -> str:
    if chance.random() < 0.25:
        return chance.choice(FIGURES)
    amount = chance.randint(0, 10 ** chance.randint(2, 8))
    return f"{amount / 100:,.2f}" if chance.random() < 0.8 else f"{amount:,}"


def right(expected: Sequence[Sequence[str | None]], found: Sequence[Sequence[str | None]]) -> int:
    """How many cells of the expected rows were found in their row and column.

    Rows are taken in order: one that was not found is passed over, and one too many does not shift the rest.
    """
    count = 0
    position = 0
    for row in expected:
        best, step = 0, -1
        for ahead in range(min(3, len(found) - position)):
            equal = sum(a == b for a, b in zip(row, found[position + ahead], strict=False))
            if len(found[position + ahead]) == len(row) and equal > best:
                best, step = equal, ahead
        if step >= 0:
            position += step + 1
        count += best
    return count
