"""Indicator tables whose merged cells a converter dropped, so that rows begin too far left or right.

Levels are known by their words (…指标); what follows them in a row is the name of the indicator and its values. Only
rows that contradict the header are laid out anew, and a page that repeats no header gets that of the page before.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yiheng.reading.raw import RawCell
from yiheng.reading.structure.words import FIELD, HEAD, SIDE, bare
from yiheng.reading.text.formcells import is_total
from yiheng.reading.text.phrases import levels

_LEVELS: Final = ("一级指标", "二级指标", "三级指标")
_POINTS: Final = re.compile(r"分值|权重|得分")
_TASKS: Final = ("任务名称", "主要内容")


class Heads(NamedTuple):
    """Header of indicators and of tasks that a page may go on without."""

    indicators: tuple[str, ...] = ()
    """Heads after 三级指标."""
    amounts: tuple[str, ...] = ()
    """Heads of the amounts of tasks."""


def aligned(rows: list[list[RawCell]], carried: Heads) -> tuple[list[list[RawCell]], Heads]:
    """The rows with those of indicators under their heads, and the heads that the next page may rely on."""
    at = next((n for n, row in enumerate(rows) if _is_header(row)), None)
    heads = Heads(carried.indicators, _amount_heads(rows) or carried.amounts)
    if at is None:
        begin = next((n for n, row in enumerate(rows) if _begins_indicators(row)), None)
        if begin is None or not carried.indicators or any(FIELD.match(bare(row[0].text)) for row in rows):
            return rows, heads
        side = [_like(rows[begin][0], rows[begin][0].text)] if SIDE.match(bare(rows[begin][0].text)) else []
        header = [*side, *(_like(rows[begin][0], t) for t in (*_LEVELS, *carried.indicators))]
        return [*rows[:begin], header, *_laid_out(rows[begin:], header)], heads
    header = rows[at]
    top = _tasks_without_header(rows[:at], carried)
    return [*top, header, *_laid_out(rows[at + 1 :], header)], heads._replace(indicators=_value_heads(header))


def _is_header(row: list[RawCell]) -> bool:
    texts = [bare(cell.text) for cell in row]
    return all(level in texts for level in _LEVELS)


def _value_heads(header: list[RawCell]) -> tuple[str, ...]:
    texts = [cell.text for cell in header]
    last = [bare(text) for text in texts].index("三级指标")
    return tuple(text for text in texts[last + 1 :] if text)


def _amount_heads(rows: list[list[RawCell]]) -> tuple[str, ...]:
    """总额, 财政拨款 … under 预算金额 of a table of tasks."""
    for n, row in enumerate(rows[:-1]):
        if tuple(bare(cell.text) for cell in row[:2]) == _TASKS:
            below = [cell.text for cell in rows[n + 1] if cell.text]
            return tuple(below) if below and all(HEAD.match(bare(text)) for text in below) else ()
    return ()


def _begins_indicators(row: list[RawCell]) -> bool:
    shown = [bare(cell.text) for cell in row if cell.text]
    shown = shown[1:] if shown and SIDE.match(shown[0]) else shown
    return bool(shown) and bool(levels(shown[0], False).first) and len(shown) >= 3


def _laid_out(rows: list[list[RawCell]], header: list[RawCell]) -> list[list[RawCell]]:
    names = [bare(cell.text) for cell in header]
    first, second, third = (names.index(level) for level in _LEVELS)
    values = [n for n in range(third + 1, len(names)) if names[n]]
    made: list[list[RawCell]] = []
    known = False
    for row in rows:
        if row and FIELD.match(bare(row[0].text)):
            made += rows[rows.index(row) :]
            break
        shown = [cell for cell in row if cell.text]
        if shown and SIDE.match(bare(shown[0].text)) and first > 0:
            shown = shown[1:]
        if _fits(row, first, second, third, values, len(header)) or _is_total(row, names):
            made.append(row)
            known = known or bool(row[first].text)
            continue
        blank = [_like(row[0], "") for _ in header]
        for cell in list(shown):
            found = levels(cell.text, known)
            if found.rest or not (found.first or found.second):
                break
            blank[first if found.first else second] = cell
            known = known or bool(found.first)
            shown.pop(0)
        for column, cell in zip((third, *values), shown, strict=False):
            blank[column] = cell
        if blank[third].text or blank[first].text or blank[second].text:
            made.append(blank)
    return _without_loose_levels(made, first, second, third)


def _fits(row: list[RawCell], first: int, second: int, third: int, values: list[int], width: int) -> bool:
    """The row agrees with its header: levels stand in their columns, and the name in its own."""
    if len(row) < third + 1 or len(row) > width or not row[third].text:
        return False
    for column in (first, second):
        text = row[column].text
        if text and not (levels(text, False).first or levels(text, True).second):
            return False
    if row[second].text and levels(row[second].text, True).first:
        return False
    own = levels(row[third].text, True)
    is_level = bool((own.first or own.second) and not own.rest)
    return not is_level and any(n < len(row) and row[n].text for n in values)


def _is_total(row: list[RawCell], names: list[str]) -> bool:
    """总分 with its figures under the heads of points."""
    shown = [n for n, cell in enumerate(row) if cell.text]
    return (
        len(shown) > 1
        and is_total(row[shown[0]].text)
        and all(n < len(names) and _POINTS.search(names[n]) for n in shown[1:])
    )


def _without_loose_levels(
    rows: list[list[RawCell]], first: int, second: int, third: int
) -> list[list[RawCell]]:
    """A level that stands alone in a row belongs to the rows below it."""
    made: list[list[RawCell]] = []
    loose: dict[int, RawCell] = {}
    for row in rows:
        if len(row) > third and not row[third].text and any(row[c].text for c in (first, second)):
            loose.update({c: row[c] for c in (first, second) if row[c].text})
            continue
        if loose:
            row = [loose.get(c, cell) if not cell.text else cell for c, cell in enumerate(row)]
            loose = {}
        made.append(row)
    return made


def _tasks_without_header(rows: list[list[RawCell]], carried: Heads) -> list[list[RawCell]]:
    """Tasks at the head of a page that repeats no header: name, words and amounts, whatever blanks stand between."""
    if not rows or not carried.amounts or not SIDE.match(bare(rows[0][0].text)):
        return rows
    if any(bare(cell.text) == _TASKS[0] for cell in rows[0]):
        return rows
    width = 3 + len(carried.amounts)
    taken: list[list[RawCell]] = []
    for row in rows:
        shown = [cell for cell in row if cell.text]
        if taken and shown and SIDE.match(bare(shown[0].text)):
            break
        shown = shown[1:] if not taken else shown
        amounts = shown[-len(carried.amounts) :]
        if len(shown) not in (width - 1, width - 2):
            return rows
        names = shown[: -len(carried.amounts)]
        words = [*names, *[_like(row[0], "")] * (2 - len(names))]
        taken.append([_like(row[0], ""), *words, *amounts])
    place = rows[0][0]
    header = [_like(place, text) for text in (place.text, *_TASKS, *carried.amounts)]
    return [header, *taken, *rows[len(taken) :]]


def _like(cell: RawCell, text: str) -> RawCell:
    return RawCell(text, cell.place)
