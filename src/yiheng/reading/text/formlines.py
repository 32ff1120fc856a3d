"""A performance form (绩效自评表) run into one line, or with each cell on a line, → the lines that `forms` reads.

Empty cells left no trace here. The words of the form say where a line begins: its fields, its parts, the labels of its
funds, its levels (…指标), and the two points (分值, 得分) that end a row of indicators.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from yiheng.reading.structure.captions import is_caption_line, is_title
from yiheng.reading.structure.words import FIELD, HEAD, SIDE, bare, is_empty, is_figure
from yiheng.reading.text.cells import Cell
from yiheng.reading.text.formcells import FIRST, LEVELS, fund_heads, is_fund, is_total, unpointed
from yiheng.reading.text.lines import TextLine, width
from yiheng.reading.text.phrases import levels

_POINTS: Final = re.compile(r"^(?:\d{1,3}(?:\.\d{1,2})?|[—–-])$")
_NUMBER: Final = re.compile(r"^\d{1,3}(?:\.\d{1,2})?$")
_BRACKETS: Final = re.compile(r"^[（(][^（）()]{1,12}[）)][:：]?$")
_SAID: Final = re.compile(r"[。；]|^(?:无|不适用|/)$")
MOST_WORDS: Final = 800
_MOST_TITLE: Final = 3
_FEWEST_ROWS: Final = 2
_FEWEST_AMOUNTS: Final = 3
_AMOUNT: Final = re.compile(r"预算|执行数")


def relined(words: Sequence[Cell]) -> list[TextLine] | None:
    """The lines of all that stands in `words`, its forms line by line; None where no form is found in them."""
    found: list[TextLine] = []
    loose: list[Cell] = []
    at = 0
    made = False
    while at < len(words):
        form = form_lines(words, at) if bare(words[at].text) == FIRST else None
        if form is None:
            loose.append(words[at])
            at += 1
            continue
        title = _title(loose)
        found += _joined(loose[: len(loose) - len(title)])
        found += [_line([cell]) for cell in title]
        found += form[0]
        loose, at, made = [], form[1], True
    return [*found, *_joined(loose)] if made else None


def _title(words: Sequence[Cell]) -> list[Cell]:
    """The words before a form that are its title and perhaps （2022年度）."""
    for count in range(1, min(_MOST_TITLE, len(words)) + 1):
        taken = list(words[-count:])
        if is_title(taken[0].text) and "绩效" in taken[0].text:
            return taken
        if not is_caption_line(taken[0].text) and not _BRACKETS.match(taken[0].text):
            break
    return []


def _joined(words: Sequence[Cell]) -> list[TextLine]:
    """Words of one line together again."""
    found: list[list[Cell]] = []
    for word in words:
        if found and found[-1][-1].line == word.line:
            found[-1].append(word)
        else:
            found.append([word])
    return [_line(part) for part in found]


def _line(words: Sequence[Cell]) -> TextLine:
    text = " ".join(word.text for word in words)
    return TextLine(words[0].line, text, 0, True, False, False, width(text))


def form_lines(words: Sequence[Cell], at: int) -> tuple[list[TextLine], int] | None:
    """The lines of the form whose first field stands at `at`, and the word after it."""
    head = next(
        (n for n in range(at + 1, min(at + MOST_WORDS, len(words))) if bare(words[n].text) in (*LEVELS[:1], FIRST)),
        None,
    )  # fmt: skip
    if head is None or tuple(bare(word.text) for word in words[head : head + 3]) != LEVELS:
        return None
    upper = _upper(words[at:head])
    body = head
    while body < len(words) and HEAD.match(bare(words[body].text)):
        body += 1
    heads = [bare(word.text) for word in words[head:body]]
    if not any(name in ("分值", "权重") for name in heads) or not any("得分" in name for name in heads):
        return None
    rows, end = _rows(words, body, any("原因" in name for name in heads))
    if len(rows) < _FEWEST_ROWS:
        return None
    return [*upper, _line(words[head:body]), *rows], end


def _upper(words: Sequence[Cell]) -> list[TextLine]:
    """Fields, funds and goals."""
    found: list[list[Cell]] = []
    funds: list[Cell] = []
    at = 0
    while at < len(words):
        text = bare(words[at].text)
        heads = _heads(words, at)
        wide = at + 1 < len(words) and _BRACKETS.match(bare(words[at + 1].text))
        side = unpointed(text + bare(words[at + 1].text)) if wide else unpointed(text)
        if heads:
            found.append(list(words[at : at + heads]))
            funds = fund_heads(words[at : at + heads])
            at += heads
        elif SIDE.match(side):
            found.append([Cell(side, words[at].line)])
            at += 2 if wide else 1
            found.append([])
        elif funds and is_fund(text):
            count = _values(words, at + 1)
            row = list(words[at : at + 1 + count])
            found.append([*row, *_without_trace(row[1:], funds)])
            at += 1 + count
        elif FIELD.match(text):
            found.append([words[at]])
            at += 1
        else:
            if not found:
                found.append([])
            found[-1].append(words[at])
            at += 1
    return [_line(part) for part in found if part]


def _values(words: Sequence[Cell], at: int) -> int:
    """How many figures and dashes stand at `at`, one after the other."""
    count = 0
    while at + count < len(words) and (
        is_figure(words[at + count].text) or is_empty(bare(words[at + count].text))
    ):
        count += 1
    return count


def _without_trace(values: Sequence[Cell], heads: Sequence[Cell]) -> list[Cell]:
    """Dashes for the cells behind the amounts, where a row shows just as many figures as the form has amounts."""
    amounts = 0
    while amounts < len(heads) and _AMOUNT.search(bare(heads[amounts].text)):
        amounts += 1
    if amounts < _FEWEST_AMOUNTS or len(values) != amounts or any("%" in value.text for value in values):
        return []
    return [Cell("—", values[0].line)] * (len(heads) - amounts)


def _heads(words: Sequence[Cell], at: int) -> int:
    """How many heads of funds or goals stand at `at`, one after the other."""
    count = 0
    while at + count < len(words) and (
        fund_heads([words[at + count]] * 3) or HEAD.match(bare(words[at + count].text))
    ):
        count += 1
    return count if count >= 2 else 0


def _rows(words: Sequence[Cell], at: int, reasons: bool) -> tuple[list[TextLine], int]:
    """The rows of indicators and their total, and the word after the last whole one."""
    found: list[TextLine] = []
    row: list[Cell] = []
    end = at
    while at < len(words):
        text = bare(words[at].text)
        if is_total(text):
            count = at + 1
            while count < min(at + 3, len(words)) and _NUMBER.match(bare(words[count].text)):
                count += 1
            if count == at + 1:
                break
            if row:
                found.append(_line(row))
            return [*found, _line(words[at:count])], count
        if FIELD.match(text) or (is_title(text) and "绩效" in text):
            break
        if row and _is_level(text) and not all(_is_level(bare(word.text)) for word in row):
            found.append(_line(row))
            row, end = [], at
        row.append(words[at])
        at += 1
        if _is_whole(row, words, at):
            if reasons and at < len(words) and _SAID.search(words[at].text):
                row.append(words[at])
                at += 1
            found.append(_line(row))
            row, end = [], at
    return found, end


def _is_level(text: str) -> bool:
    found = levels(unpointed(text), True)
    return bool(found.first or found.second) and not found.rest


def _is_whole(row: Sequence[Cell], words: Sequence[Cell], at: int) -> bool:
    """The row ends with two points, and no third follows, nor a level that says itself where the row ends."""
    if len(row) < 3 or not _NUMBER.match(bare(row[-2].text)) or not _POINTS.match(bare(row[-1].text)):
        return False
    following = bare(words[at].text) if at < len(words) else ""
    return not _POINTS.match(following)
