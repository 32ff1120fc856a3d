"""A made-up draft (虚构) as converters leave it that lose the rows of its tables, or the heads of merged cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import zip_longest
from pathlib import Path

from tests.audit.drafts import Draft, Over, Words, placed_cells

Cells = list[list[str]]


def _written(
    tables: Callable[[Cells], str], between: str = "\n", covered: bool = False
) -> Callable[[Draft, Path], None]:
    def write(draft: Draft, path: Path) -> None:
        cells = _laid_out if covered else _cells
        parts = [part.text if isinstance(part, Words) else tables(cells(part)) for part in draft.parts]
        path.write_text(between.join(parts) + "\n", encoding="utf-8")

    return write


def _cells(rows: tuple[tuple[str | Over, ...], ...]) -> Cells:
    return [[(cell.text if isinstance(cell, Over) else cell).strip() for cell in row] for row in rows]


def _laid_out(rows: tuple[tuple[str | Over, ...], ...]) -> Cells:
    """As a spreadsheet or Markdown has them: what a merged cell covers is empty."""
    placed, width_ = placed_cells(rows)
    made = [[""] * width_ for _ in rows]
    for r, c, cell in placed:
        made[r][c] = cell.text.strip()
    return made


def _down(rows: Cells) -> str:
    """Column after column."""
    return "\n".join(cell for column in zip_longest(*rows, fillvalue="") for cell in column if cell)


def _each(rows: Cells) -> list[str]:
    return [cell for row in rows for cell in row]


FLATTENED: Mapping[str, Callable[[Draft, Path], None]] = {
    "a pipe behind each cell": _written(
        lambda rows: "\n".join(f"{cell} |" if cell else "|" for cell in _each(rows))
    ),
    "a pipe below each cell": _written(
        lambda rows: "\n".join(f"{cell}\n|" if cell else "|" for cell in _each(rows))
    ),
    "pipes in rows": _written(lambda rows: "\n".join(" | ".join(row) + " |" for row in rows)),
    "pipes around rows": _written(lambda rows: "\n".join(f"| {' | '.join(row)} |" for row in rows)),
    "pipes around all places": _written(
        lambda rows: "\n".join(f"| {' | '.join(row)} |" for row in rows), covered=True
    ),
    "tabs": _written(lambda rows: "\n".join("\t".join(row) for row in rows), covered=True),
    "a cell a line": _written(lambda rows: "\n".join(cell for cell in _each(rows) if cell)),
    "blank lines between cells": _written(
        lambda rows: "\n\n".join(_each(rows)).replace("\n\n\n\n", "\n\n\n"), between="\n\n"
    ),
    "a table in one line": _written(lambda rows: " ".join(cell for cell in _each(rows) if cell)),
    "all in one line": _written(lambda rows: " ".join(cell for cell in _each(rows) if cell), between=" "),
    "columns read down": _written(_down, covered=True),
}
"""Writers of text files by what they leave of a table."""
