"""Rows of cells from which a converter dropped what merged cells cover, so that they stand under wrong heads.

A header row that is shorter than the rows below it, or a form whose first column is missing below its side, is laid out
anew from its cells (`cells`, `formcells`). Where that fails no table is made of it: its figures have no sure heads.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from yiheng.reading.structure.captions import is_caption_line
from yiheng.reading.structure.words import SIDE, bare, is_figure
from yiheng.reading.text.cells import Cell
from yiheng.reading.text.formcells import (
    LEVELS,
    fund_heads,
    is_fund,
    is_label_head,
    is_reason,
    is_total,
    unpointed,
)
from yiheng.reading.text.phrases import levels

Rows = Sequence[Sequence[Cell]]


def is_ragged_form(rows: Rows) -> bool:
    """A form whose funds begin below the name of their part instead of beside it."""
    if not any(LEVELS[0] in map(_bare, row) for row in rows):
        return False
    return any(
        fund_heads(row) and SIDE.match(unpointed(row[0].text)) and is_fund(after[0].text)
        for row, after in pairwise(rows)
        if row and after
    )


def is_ragged_table(rows: Rows) -> bool:
    """A table with a row of heads that has fewer cells than the rows of figures, which all have as many."""
    first = next((n for n, row in enumerate(rows) if any(is_figure(c.text) for c in row[1:])), len(rows))
    counts = {len(row) for row in rows[first:]}
    heads = [row for row in rows[:first] if sum(bool(c.text) for c in row) > 1 and not _is_caption(row)]
    if len(counts) != 1 or len(heads) < 2:
        return False
    return any(len(row) < counts.copy().pop() for row in heads)


def _is_caption(row: Sequence[Cell]) -> bool:
    return all(is_caption_line(cell.text) for cell in row if cell.text)


def form_cells(rows: Rows) -> list[Cell]:
    """The cells of a form one after the other, each row with as many as its heads ask for."""
    found: list[Cell] = []
    funds = indicators = 0
    for row in map(_shown, rows):
        if not row:
            continue
        texts = [_bare(cell) for cell in row]
        if LEVELS[2] in texts:
            indicators = len(texts) - texts.index(LEVELS[2]) - 1
            found += row
        elif heads := fund_heads(row):
            funds = sum(not is_reason(head.text) for head in heads)
            # A head that stands above the labels has no values.
            funds -= is_label_head(heads[0].text)
            found += row
        elif indicators and not is_total(row[0].text):
            found += _padded(row, _levels(row) + 1 + indicators)
        elif funds and is_fund(row[0].text):
            found += _padded(row, 1 + funds)
        else:
            found += row
    return found


def _bare(cell: Cell) -> str:
    return bare(cell.text)


def _shown(row: Sequence[Cell]) -> list[Cell]:
    """Without the empty cells at its end."""
    end = len(row)
    while end and not row[end - 1].text:
        end -= 1
    return list(row[:end])


def _padded(row: list[Cell], count: int) -> list[Cell]:
    return [*row, *[Cell("", row[0].line)] * (count - len(row))]


def _levels(row: Sequence[Cell]) -> int:
    """How many names of levels stand at the front of a row."""
    count = 0
    for cell in row[:2]:
        found = levels(unpointed(cell.text), count > 0)
        if not (found.first or found.second) or found.rest:
            break
        count += 1
    return count
