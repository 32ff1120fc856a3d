"""Tables whose rows are lost, found among the lines of a text before anything else reads them."""

from __future__ import annotations

from collections.abc import Sequence

from yiheng.reading.raw import RawGrid
from yiheng.reading.structure.words import bare
from yiheng.reading.text.cells import Cell, cells_at, line_of, tables_of
from yiheng.reading.text.formcells import FIRST, LEVELS, form_of
from yiheng.reading.text.formlines import MOST_WORDS, form_lines, relined
from yiheng.reading.text.lines import TextLine
from yiheng.reading.text.ragged import form_cells, is_ragged_form, is_ragged_table
from yiheng.reading.text.separated import is_separated, texts_of


def unrolled(lines: Sequence[TextLine], raws: list[str]) -> list[TextLine | RawGrid]:
    """The lines, and in place of cells whose rows are lost the tables that they make.

    Rows that stand under wrong heads become lines of text where no table can be made of them; their `raws` are blanked.
    """
    found: list[TextLine | RawGrid] = []
    at = 0
    while at < len(lines):
        cells, end = cells_at(lines, at)
        if cells:
            found += _of_cells(cells)
        elif form := _form_at(lines, raws, at):
            lined, end = form
            found += lined
        else:
            end = _rows_end(lines, raws, at)
            found += _of_rows(lines[at:end], raws) or lines[at : max(end, at + 1)]
        at = max(end, at + 1)
    return found


def _form_at(lines: Sequence[TextLine], raws: Sequence[str], at: int) -> tuple[list[TextLine], int] | None:
    """Forms run into the line at `at`, or with each cell on a line from there on, and the line after them."""
    text = lines[at].text
    if is_separated(raws[lines[at].number - 1]):
        return None
    if FIRST in text and LEVELS[2] in text:
        lined = relined([Cell(word, lines[at].number) for word in text.split()])
        return (lined, at + 1) if lined else None
    if bare(text) != FIRST:
        return None
    words = [Cell(bare(line.text), line.number) for line in lines[at : at + MOST_WORDS]]
    form = form_lines(words, 0)
    return (form[0], at + form[1]) if form else None


def _rows_end(lines: Sequence[TextLine], raws: Sequence[str], at: int) -> int:
    """After the rows of cells that begin at `at`."""
    end = at
    while (
        end < len(lines) and is_separated(raws[lines[end].number - 1]) and not (end > at and lines[end].gap)
    ):
        end += 1
    return end


def _of_rows(lines: Sequence[TextLine], raws: list[str]) -> list[TextLine | RawGrid]:
    """What ragged rows make; nothing where the rows are not ragged."""
    texts = texts_of([(line, raws[line.number - 1]) for line in lines])
    rows = [[Cell(text, number) for text in row] for number, row in texts]
    if is_ragged_form(rows):
        found = _of_cells(form_cells(rows))
    elif is_ragged_table(rows):
        found = _tables([cell for row in rows for cell in row])
    else:
        return []
    for line in lines:
        raws[line.number - 1] = ""
    return found


def _of_cells(cells: Sequence[Cell]) -> list[TextLine | RawGrid]:
    found: list[TextLine | RawGrid] = []
    loose: list[Cell] = []
    at = 0
    while at < len(cells):
        form = form_of(cells, at)
        if form is None:
            loose.append(cells[at])
            at += 1
            continue
        found += [*_tables(loose), form[0]]
        loose, at = [], form[1]
    return [*found, *_tables(loose)]


def _tables(cells: Sequence[Cell]) -> list[TextLine | RawGrid]:
    return [line_of(part) if isinstance(part, Cell) else part for part in tables_of(cells)]
