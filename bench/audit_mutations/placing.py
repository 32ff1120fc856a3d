"""From a figure that was read to where the paper says it, so that the file itself is written with another digit."""

from __future__ import annotations

from dataclasses import replace

from bench.audit_mutations.probe import Mutation

from yiheng.facts import Paper, Section, Sentence, Table
from yiheng.facts.document import ReadCell, ReadDocument, ReadParagraph, ReadTable


def misprinted(paper: Paper, document: ReadDocument, mutation: Mutation) -> Paper | None:
    """The paper with that one figure changed; None where what was read is not one certain place of the paper."""
    part = document.body[mutation.spot.body]
    if isinstance(part, ReadParagraph):
        return _in_sentence(paper, part, mutation)
    return _in_table(paper, document, part, mutation)


def landed(document: ReadDocument, mutation: Mutation) -> bool:
    """Whether the file, read again, shows the changed figure."""
    spot, part = mutation.spot, None
    if spot.body < len(document.body):
        part = document.body[spot.body]
    if spot.cell is None:
        return isinstance(part, ReadParagraph) and _plain(mutation.after) in _plain(part.text)
    if not isinstance(part, ReadTable):
        return False
    b, r, c = spot.cell
    try:
        return _plain(part.blocks[b].cells[r][c].text) == _plain(mutation.after)
    except IndexError:
        return False


def _in_sentence(paper: Paper, part: ReadParagraph, mutation: Mutation) -> Paper | None:
    before, figure = _plain(part.text), _plain(mutation.spot.text)
    number = _plain(part.text[: mutation.spot.start]).count(figure)
    same = [s for section in paper.sections for s in section.sentences if _plain(s.text) == before]
    if len(same) != 1:
        return None
    pieces = same[0].text.split(mutation.spot.text)
    if number + 1 >= len(pieces):
        return None
    text = mutation.spot.text.join(pieces[: number + 1]) + mutation.after
    changed = replace(same[0], spans=(text + mutation.spot.text.join(pieces[number + 1 :]),))
    return replace(paper, sections=tuple(_with(section, same[0], changed) for section in paper.sections))


def _with(section: Section, before: Sentence, after: Sentence) -> Section:
    return replace(section, sentences=tuple(after if s is before else s for s in section.sentences))


Place = tuple[str, str, str]
"""Label of the table, name of the row, name of the column."""


def _in_table(paper: Paper, document: ReadDocument, part: ReadTable, mutation: Mutation) -> Paper | None:
    """Cells of one place are told apart by their order, in the file as in the paper."""
    if mutation.spot.cell is None:
        return None
    b, r, c = mutation.spot.cell
    wanted = part.blocks[b].cells[r][c]
    place, number, count = _read_place(document, wanted)
    refs = [
        (table, block, row, column)
        for table in paper.tables
        for block in range(len(table.blocks))
        for row in range(len(table.blocks[block].rows))
        for column in range(len(table.blocks[block].columns))
        if _paper_place(table, block, row, column) == place
        and _plain(table.blocks[block].cells[row][column].text)
    ]
    if len(refs) != count or number < 0:
        return None
    table, *at = refs[number]
    if _plain(table.blocks[at[0]].cells[at[1]][at[2]].text) != _plain(mutation.spot.text):
        return None
    changed = _with_cell(table, (at[0], at[1], at[2]), mutation.after)
    return replace(paper, tables=tuple(changed if t is table else t for t in paper.tables))


def _read_place(document: ReadDocument, wanted: ReadCell) -> tuple[Place, int, int]:
    """The place of a cell, its number among those of one place, and how many these are."""
    found: dict[Place, list[ReadCell]] = {}
    label = ""
    for table in document.tables:
        label = table.label or label
        for block, row, column, cell in table.cells():
            if _plain(cell.text):
                names = _plain("/".join(block.columns[column].path))
                found.setdefault((label, _plain(block.rows[row].label), names), []).append(cell)
    for place, cells in found.items():
        for number, cell in enumerate(cells):
            if cell is wanted:
                return place, number, len(cells)
    return ("", "", ""), -1, 0


def _paper_place(table: Table, block: int, row: int, column: int) -> Place:
    shown = table.blocks[block]
    return table.code, _plain(shown.rows[row].label), _plain("/".join(shown.columns[column].path))


def _with_cell(table: Table, at: tuple[int, int, int], text: str) -> Table:
    b, r, c = at
    block = table.blocks[b]
    row = (*block.cells[r][:c], block.cells[r][c]._replace(text=text), *block.cells[r][c + 1 :])
    cells = (*block.cells[:r], row, *block.cells[r + 1 :])
    return replace(table, blocks=(*table.blocks[:b], replace(block, cells=cells), *table.blocks[b + 1 :]))


def _plain(text: str) -> str:
    return "".join(text.split())
