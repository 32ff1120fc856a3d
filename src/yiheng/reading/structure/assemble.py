"""A raw document → paragraphs and tables in reading order, each with its place and section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from yiheng.facts.document import ReadDocument, ReadParagraph, ReadTable
from yiheng.reading.raw import RawDocument, RawGrid, RawLine
from yiheng.reading.structure.blocks import blocks
from yiheng.reading.structure.captions import (
    Caption,
    caption_of,
    is_caption_line,
    is_note,
    is_title,
    says_empty,
)
from yiheng.reading.structure.flow import Draft, Print, paragraphs, print_of
from yiheng.reading.structure.formjoin import goes_on, put_together, stray
from yiheng.reading.structure.furniture import without_furniture
from yiheng.reading.structure.headings import ended, has_leader, number_level
from yiheng.reading.structure.joining import Found, continues, joined
from yiheng.reading.structure.parts import parts, trim
from yiheng.reading.structure.sheet import lay_out
from yiheng.reading.structure.words import bare, flowing

_MOST_CAPTION_LINES = 8


def structure(raw: RawDocument) -> ReadDocument:
    """What a document says, in reading order, the same way for all formats. Never raises for what is in it.

    What is structured is let go of on the way, so that a long document is not held twice.
    """
    numbers = [page.number for page in raw.pages]
    sizes = tuple(page.size for page in raw.pages if page.size is not None)
    made = ReadDocument(raw.name, raw.format, (), sizes, raw.problems, raw.sha256, dict(raw.properties))
    pages = without_furniture(raw.pages)
    del raw
    style = print_of([block for page in pages for block in page if isinstance(block, RawLine)])
    body: list[Draft | Found] = []
    waiting: list[RawLine] = []
    for item in _items(numbers, pages):
        if isinstance(item, RawLine):
            waiting.append(item)
        else:
            _place_table(body, waiting, item, style)
            waiting = []
    _flush(body, waiting, style)
    return replace(made, body=_finished(body))


def _items(numbers: list[int], pages: list[list[RawLine | RawGrid]]) -> Iterator[RawLine | Found]:
    """Lines and laid-out grids in order. Empties `pages`."""
    pages.reverse()
    for number in numbers:
        for block in pages.pop():
            if isinstance(block, RawLine):
                if block.text.strip():
                    yield block
                continue
            trimmed = trim(lay_out(block, number))
            if trimmed.sheet.height == 0:
                continue
            lines = [flowing(slot.text) for slot in trimmed.caption]
            notes = [flowing(slot.text) for slot in trimmed.notes]
            name = [block.name] if block.name and not lines and is_caption_line(block.name) else []
            yield Found(trimmed.sheet, caption_of((*name, *lines)), notes)


def _place_table(body: list[Draft | Found], waiting: list[RawLine], table: Found, style: Print) -> None:
    """Put the table after the lines before it, of which some are notes of the last one and some its caption."""
    waiting = _take_notes(body, waiting)
    cut = _caption_start(waiting)
    caption = [line.text.strip() for line in waiting[cut:]]
    heading = _heading_title(waiting[:cut]) if not any(map(_names, caption)) else ""
    table.caption = _merged(caption_of((*([heading] if heading else []), *caption)), table.caption)
    before = waiting[:cut]
    last = body[-1] if body and isinstance(body[-1], Found) else None
    if last is not None and continues(last, table, bool(before)):
        body[-1] = joined(last, table)
        return
    _extend(body, paragraphs(before, style))
    body.append(table)


def _names(line: str) -> bool:
    return bool(caption_of((line,)).title) and is_caption_line(line)


def _heading_title(before: list[RawLine]) -> str:
    """A numbered heading right above the table that reads as its title stays a heading and names the table too."""
    if not before or not number_level(before[-1].text) or has_leader(before[-1].text):
        return ""
    text = before[-1].text.strip()
    return text if is_caption_line(text) and not text.endswith("。") else ""


def _merged(above: Caption, inside: Caption) -> Caption:
    if not inside.lines:
        return above
    return Caption(
        inside.title if is_title(inside.title) or not above.title else above.title,
        inside.label or above.label,
        inside.unit or above.unit,
        inside.owner or above.owner,
        (*above.lines, *inside.lines),
    )


def _caption_start(lines: list[RawLine]) -> int:
    """Where the caption begins among the lines right above a table."""
    start = len(lines)
    while start > 0 and len(lines) - start < _MOST_CAPTION_LINES:
        line = lines[start - 1]
        if _belongs_above(line, lines[start:]):
            start -= 1
        elif _ends_wrapped_title(lines[:start]):
            start -= 2
        else:
            break
    return start


def _ends_wrapped_title(lines: list[RawLine]) -> bool:
    """The last line ends a title that the line before it begins; more of the caption stands below."""
    return len(lines) > 1 and _is_wrapped_title(lines[-2], lines[-1]) and not number_level(lines[-2].text)


def _belongs_above(line: RawLine, below: list[RawLine]) -> bool:
    text = line.text.strip()
    if has_leader(text) or is_note(text):
        return False
    if number_level(text) != 0:
        return False
    if is_caption_line(text):
        return True
    return bool(below) and _is_wrapped_title(line, below[0])


def _is_wrapped_title(line: RawLine, below: RawLine) -> bool:
    """The first line of a title whose last few characters stand on the next one."""
    together = line.text.strip() + below.text.strip()
    alike = line.full or (line.size > 0 and line.size == below.size)
    short = len(bare(below.text)) <= 12 and not is_caption_line(below.text, titles=False)
    return alike and short and not line.whole and not below.whole and is_caption_line(together)


def _take_notes(body: list[Draft | Found], waiting: list[RawLine]) -> list[RawLine]:
    """Give the last table the notes that stand right below it; the lines that remain."""
    if not body or not isinstance(body[-1], Found):
        return waiting
    table = body[-1]
    taken = 0
    open_note = False
    while taken < len(waiting):
        line = waiting[taken]
        text = line.text.strip()
        begins = is_note(text) or (not open_note and not table.notes and taken == 0 and says_empty(text))
        wrapped = open_note and waiting[taken - 1].full and not ended(waiting[taken - 1].text)
        goes_on = (wrapped and not is_caption_line(text)) or (open_note and _numbered_note(table.notes, text))
        if not begins and not goes_on:
            break
        if begins or _numbered_note(table.notes, text):
            table.notes.append(text)
        else:
            table.notes[-1] += text
        open_note = True
        taken += 1
    return waiting[taken:]


def _numbered_note(notes: list[str], text: str) -> bool:
    """2.… after a note that numbers its points."""
    level = number_level(text)
    first = notes[-1].partition("：")[2] or notes[-1].partition(":")[2] if notes else ""
    same = number_level(first.strip()) == level or (bool(notes) and number_level(notes[-1]) == level)
    return level > 1 and same and len(text) <= 200


def _flush(body: list[Draft | Found], waiting: list[RawLine], style: Print) -> None:
    _extend(body, paragraphs(_take_notes(body, waiting), style))


def _extend(body: list[Draft | Found], drafts: list[Draft]) -> None:
    body.extend(draft for draft in drafts if draft.text)


def _finished(body: list[Draft | Found]) -> tuple[ReadParagraph | ReadTable, ...]:
    """The paragraphs and tables of the document. Empties `body`."""
    found: list[ReadParagraph | ReadTable] = []
    open_headings: list[tuple[int, int]] = []
    tables = 0
    body.reverse()
    while body:
        item = body.pop()
        if isinstance(item, Found):
            table = _table(item, tables)
            if not _joined_to_form(found, table):
                found.append(table)
                tables += 1
            continue
        if item.level:
            rank = max(item.level, 0)
            while open_headings and open_headings[-1][0] >= rank:
                open_headings.pop()
        section = tuple(position for _, position in open_headings)
        index = len(found)
        found.append(ReadParagraph(index, item.text, item.level, item.spots, section, item.contents))
        if item.level:
            open_headings.append((max(item.level, 0), index))
    return tuple(found)


def _joined_to_form(found: list[ReadParagraph | ReadTable], table: ReadTable) -> bool:
    """Put a table that is the rest of a form with the form above it, over stray pieces of a part's name."""
    between: list[ReadParagraph] = []
    while len(between) < len(found) and isinstance(last := found[-1 - len(between)], ReadParagraph):
        between.append(last)
    if len(between) == len(found):
        return False
    form = found[-1 - len(between)]
    if not isinstance(form, ReadTable) or not goes_on(form, table) or not stray(between[::-1]):
        return False
    if any(paragraph.level for paragraph in between):
        return False
    del found[len(found) - len(between) :]
    found[-1] = put_together(form, table)
    return True


def _table(found: Found, index: int) -> ReadTable:
    caption = found.caption
    made = [block for part in parts(found.sheet) for block in blocks(found.sheet, part, caption.unit)]
    pages = tuple(sorted({page for page in found.sheet.pages if page}))
    return ReadTable(
        index,
        caption.title,
        caption.label,
        caption.unit,
        caption.owner,
        tuple(block for block in made if block.columns or block.rows),
        found.sheet.place,
        pages,
        caption.lines,
        tuple(found.notes),
    )
