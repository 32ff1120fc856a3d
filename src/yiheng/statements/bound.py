"""Figures named in entered words (文字里的数字), put in their place: the words' addresses become figures with facts.

A figure that cannot be found is a gap, as a missing reason is: it is never printed and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from yiheng.facts import YUAN_UOM, CellKind, CellRef, Entered, Figure, Gap, Section, Sentence, Span, Table
from yiheng.facts.address import AddressError, Directory, fold
from yiheng.facts.bound import OPEN, Bound, split
from yiheng.statements.figures import Look

NARRATIVE: Final = "说明["
_SHEETS: Final = {"reason": "变动原因", "text": "说明文字"}


class Nameable:
    """What words may name: the cells that hold a figure, and the figures of the narrative's own sentences."""

    def __init__(self, sections: Sequence[Section], tables: Sequence[Table], look: Look) -> None:
        self._directory, self._look = Directory(tables), look
        self._figures = {
            fold(figure.address): figure
            for section in sections
            for sentence in section.sentences
            for figure in sentence.figures
            if not figure.entered
        }

    def figure(self, named: Bound) -> Figure:
        """The figure as the narrative prints it. Raises `AddressError`, in Chinese, with what is there instead."""
        if not named.address:
            raise AddressError("“{{”后面没有写完：应写成 {{表名[行, 列]}}；要印出两个花括号，写成 \\{{")
        wanted = fold(named.address)
        if wanted in self._figures:
            return self._figures[wanted]
        if wanted.startswith(NARRATIVE):
            raise AddressError(f"说明里没有数字“{named.address}”，文字里的数字也不能再被引用")
        return self._of_cell(self._directory.resolve(named.address))

    def _of_cell(self, ref: CellRef) -> Figure:
        cell = ref.cell
        if cell.kind is CellKind.TEXT or cell.amount is None:
            what = "是文字" if cell.kind is CellKind.TEXT else cell.status.value
            raise AddressError(f"“{ref.address}”{what}，没有可引用的数")
        count = cell.kind is CellKind.COUNT
        uoms = (term.fact.uom for term in cell.terms if term.fact.uom != YUAN_UOM)
        text = f"{cell.amount.fen}{next(uoms, '')}" if count else self._look.text(cell.amount.fen, YUAN_UOM)
        return Figure(
            "",
            ref.address,
            text,
            "count" if count else "amount",
            cell.amount,
            None,
            tuple(cell.terms),
            cell.rule,
        )


def bind(sections: Sequence[Section], tables: Sequence[Table], look: Look) -> tuple[Section, ...]:
    """The sections with every figure that entered words name."""
    if not any(_names(sentence) for section in sections for sentence in section.sentences):
        return tuple(sections)
    nameable = Nameable(sections, tables, look)
    return tuple(
        replace(
            section,
            sentences=tuple(
                replace(s, spans=tuple(_spans(s, nameable))) if _names(s) else s for s in section.sentences
            ),
        )
        for section in sections
    )


def _names(sentence: Sentence) -> bool:
    return any(isinstance(span, Entered) and OPEN in span for span in sentence.spans)


def _spans(sentence: Sentence, nameable: Nameable) -> Iterator[Span]:
    number = 0
    for span in sentence.spans:
        if not isinstance(span, Entered) or OPEN not in span:
            yield span
            continue
        parts = split(span)
        if isinstance(parts[0], Bound):
            parts = ("", *parts)
        for part, each in enumerate(parts):
            if isinstance(each, Bound):
                number += 1
                yield _figure(each, span, f"entered{number}", sentence.id, nameable)
            else:
                yield Entered(each, span.record, span.subject, span.key, part)


def _figure(named: Bound, words: Entered, name: str, sentence: str, nameable: Nameable) -> Figure | Gap:
    address = f"{NARRATIVE}{sentence}.{name}]"
    try:
        return replace(nameable.figure(named), name=name, address=address, entered=words.key)
    except AddressError as error:
        sheet = _SHEETS.get(words.record, "说明文字")
        remedy = f"请在“{sheet}”表 {words.key} 行改正 {{{{…}}}} 里的地址，或删去它"
        return Gap(name, address, f"文字里的数字找不到：{error}", remedy, entered=words.key)
