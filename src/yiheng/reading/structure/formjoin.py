"""Performance forms that go on over pages: their parts are put together, so that a total has all its rows."""

from __future__ import annotations

from dataclasses import replace

from yiheng.facts.document import ReadBlock, ReadParagraph, ReadTable
from yiheng.reading.structure.captions import bare_title
from yiheng.reading.structure.words import FIELD, SIDE, bare

_STRAY = 4
"""Characters of a line that is a piece of the name of a part, printed down the side of a page."""


def goes_on(first: ReadTable, second: ReadTable) -> bool:
    """Whether `second` is the rest of the form `first`: it begins in the middle of one, and says no other name."""
    if not second.blocks or not SIDE.match(second.blocks[0].name) or not first.blocks or first.notes:
        return False
    if second.label or second.title:
        same_label = bare(first.label) == bare(second.label)
        return same_label and bare_title(first.title) == bare_title(second.title)
    if not first.pages or not second.pages:
        return _is_form(first)
    return second.pages[0] == first.pages[-1] + 1 or (second.pages[0] == first.pages[-1] and _is_form(first))


def _is_form(table: ReadTable) -> bool:
    """It holds fields with their values, or a named part of a form."""
    return any(
        SIDE.match(block.name) or any(FIELD.match(bare(row.label)) for row in block.rows[:3])
        for block in table.blocks
    )


def stray(between: list[ReadParagraph]) -> bool:
    """Lines that only are the name of a part in a narrow cell: 年度 over 主要 over 任务."""
    if any(len(bare(p.text)) > _STRAY for p in between):
        return False
    return not between or bool(SIDE.match("".join(bare(p.text) for p in between)))


def put_together(first: ReadTable, second: ReadTable) -> ReadTable:
    """One form; the rows of a part that both hold follow one another."""
    blocks = list(first.blocks)
    rest = list(second.blocks)
    last = blocks[-1]
    if rest and _alike(last, rest[0]):
        more = rest.pop(0)
        name = last.name or more.name
        blocks[-1] = ReadBlock(name, last.columns, (*last.rows, *more.rows), (*last.cells, *more.cells))
    pages = tuple(sorted({*first.pages, *second.pages}))
    return replace(first, blocks=(*blocks, *rest), pages=pages, notes=(*first.notes, *second.notes))


def _alike(first: ReadBlock, second: ReadBlock) -> bool:
    names = [[bare(c.path[-1]) if c.path else "" for c in block.columns] for block in (first, second)]
    return names[0] == names[1] and (not first.name or not second.name or first.name == second.name)
