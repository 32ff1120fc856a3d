"""Tables that go on over pages: told by their header, or by their columns where the next page repeats none."""

from __future__ import annotations

from dataclasses import dataclass

from yiheng.reading.structure.captions import Caption, bare_title
from yiheng.reading.structure.heads import head_end
from yiheng.reading.structure.sheet import Sheet, Slot, dropped
from yiheng.reading.structure.words import bare, is_figure


@dataclass
class Found:
    """A table before its blocks are made."""

    sheet: Sheet
    caption: Caption
    notes: list[str]


def continues(first: Found, second: Found, apart: bool) -> bool:
    """Whether `second` is the rest of `first`; `apart` says that text other than a caption stands between them."""
    if apart or first.notes or second.sheet.width != first.sheet.width:
        return False
    if second.caption.title and not _same_caption(first.caption, second.caption):
        return False
    head = signature(first.sheet)
    if head and signature(second.sheet) == head:
        return True
    next_page = (
        bool(second.sheet.pages and first.sheet.pages) and second.sheet.pages[0] == first.sheet.pages[-1] + 1
    )
    return next_page and not second.caption.lines and _is_headless(second.sheet)


def _same_caption(first: Caption, second: Caption) -> bool:
    labels = bare(first.label), bare(second.label)
    if labels[0] and labels[1] and labels[0] != labels[1]:
        return False
    return bare_title(first.title) == bare_title(second.title)


def signature(sheet: Sheet) -> tuple[tuple[str, ...], ...]:
    """The texts of the header rows; empty where the grid has none."""
    end, _ = head_end(sheet)
    return tuple(tuple(sheet.bare(row, c) for c in range(sheet.width)) for row in range(end))


def _is_headless(sheet: Sheet) -> bool:
    end, _ = head_end(sheet)
    return end == 0 or any(is_figure(slot.text) for slot in sheet.own(0))


def joined(first: Found, second: Found) -> Found:
    """One table; header rows that come again are left out, and a row cut by the page is put together."""
    rest = second.sheet
    head = signature(rest)
    if head and head == signature(first.sheet):
        rest = dropped(rest, set(range(head_end(rest)[1])))
    slots = [*first.sheet.slots]
    for row in rest.slots:
        slots.append([slot._replace(row=slot.row + first.sheet.height) if slot else None for slot in row])
    sheet = Sheet(slots, first.sheet.place, [*first.sheet.pages, *rest.pages])
    if rest.height and first.sheet.height:
        sheet = _mended(sheet, first.sheet.height)
    lines = first.caption.lines
    return Found(sheet, first.caption._replace(lines=lines), [*first.notes, *second.notes])


def _mended(sheet: Sheet, cut: int) -> Sheet:
    """The first row after the page goes on the one before it where it has words only, and no label."""
    own = sheet.own(cut)
    above = {slot.column: slot for slot in sheet.own(cut - 1)}
    goes_on = (
        bool(own)
        and sheet.bare(cut, 0) == ""
        and all(
            slot.column in above and not is_figure(slot.text) and not is_figure(above[slot.column].text)
            for slot in own
        )
        and len(own) < len(above)
    )
    if not goes_on:
        return sheet
    for slot in own:
        whole = above[slot.column]
        cell = whole.cell._replace(text=f"{whole.text}\n{slot.text}")
        _replace(sheet, whole, whole._replace(cell=cell))
    return dropped(sheet, {cut})


def _replace(sheet: Sheet, old: Slot, new: Slot) -> None:
    for row in sheet.slots:
        for column, slot in enumerate(row):
            if slot == old:
                row[column] = new
