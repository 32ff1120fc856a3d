"""One digit changed in one figure of a clean document: what can be changed, and how it is changed in memory."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from yiheng.checks.audit import Subject
from yiheng.checks.audit.blame import members
from yiheng.checks.audit.culprits import mends
from yiheng.checks.audit.narrative import judged
from yiheng.checks.audit.network import figures_of, network
from yiheng.checks.audit.stated import Ledger, Verdict, judge
from yiheng.facts.claims import StatedFigure, Strength
from yiheng.facts.document import ReadCell, ReadDocument, ReadParagraph, ReadTable
from yiheng.facts.known import CellKey
from yiheng.money import PrintedKind, parse_printed


@dataclass(frozen=True)
class Spot:
    """A figure that some relation binds."""

    where: str
    """narrative or table."""
    name: str
    body: int
    """Index in `ReadDocument.body`."""
    start: int
    """Offset of its print in the paragraph; 0 in a cell."""
    text: str
    cell: tuple[int, int, int] | None = None
    figure: StatedFigure | None = None
    key: CellKey | None = None
    line: int = 0
    """Line of a text file."""


@dataclass(frozen=True)
class Mutation:
    """A spot with one digit changed."""

    spot: Spot
    after: str
    breaks: bool
    """Whether the change leaves what rounding allows: only then can anybody see it."""


def spots(subject: Subject) -> Iterator[Spot]:
    """Every figure that is bound: first those of sentences, then the cells of tables."""
    made = judged(subject)
    bound: dict[int, None] = {}
    for claim, result in zip(made.claims, made.results, strict=True):
        if result.verdict is Verdict.HOLDS and claim.strength is not Strength.UPPER:
            bound.update(dict.fromkeys((*result.reading, *claim.right)))
    for number in bound:
        figure = made.figures[number]
        if figure.number < len(subject.claims.figures) and figure.cell is None:
            name = f"{figure.quote}"
            yield Spot(
                "narrative",
                name,
                figure.paragraph,
                figure.offset,
                figure.text,
                None,
                figure,
                None,
                figure.place.line,
            )
    places = {id(part): i for i, part in enumerate(subject.document.body)}
    tables = {table.index: table for table in subject.tables}
    for key in sorted(network(subject).bound):
        table = tables[key.table]
        cell = table.cell(key)
        if cell.printed.kind is PrintedKind.NUMBER and cell.printed.value:
            at = _raw(table.read, cell)
            if at is not None:
                yield Spot(
                    "table",
                    table.address(key),
                    places[id(table.read)],
                    0,
                    cell.text,
                    at,
                    None,
                    key,
                    cell.place.line,
                )


def _raw(table: ReadTable, cell: ReadCell) -> tuple[int, int, int] | None:
    for b, block in enumerate(table.blocks):
        for r, row in enumerate(block.cells):
            for c, other in enumerate(row):
                if other is cell:
                    return b, r, c
    return None


def change(spot: Spot, subject: Subject, dice: random.Random, swap: bool = False) -> Mutation | None:
    """One digit of the figure made another one, or two neighbours exchanged; its first digit never becomes 0."""
    digits = [i for i, sign in enumerate(spot.text) if sign in "0123456789"]
    after = _exchanged(spot.text, digits, dice) if swap else _another(spot.text, digits, dice)
    return Mutation(spot, after, _breaks(spot, after, subject)) if after else None


def _another(text: str, digits: list[int], dice: random.Random) -> str:
    if not digits:
        return ""
    at = dice.choice(digits)
    taken = text[at] + ("0" if at == digits[0] and len(digits) > 1 else "")
    other = dice.choice([digit for digit in "0123456789" if digit not in taken])
    return text[:at] + other + text[at + 1 :]


def _exchanged(text: str, digits: list[int], dice: random.Random) -> str:
    pairs = [(a, b) for a, b in pairwise(digits) if text[a] != text[b] and (a != digits[0] or text[b] != "0")]
    if not pairs:
        return ""
    a, b = dice.choice(pairs)
    return text[:a] + text[b] + text[a + 1 : b] + text[a] + text[b + 1 :]


def _breaks(spot: Spot, after: str, subject: Subject) -> bool:
    if spot.key is not None:
        return _breaks_table(spot.key, after, subject)
    if spot.figure is None:
        return True
    made = judged(subject)
    printed = parse_printed("".join(c for c in after if c in "0123456789.,，-").replace("，", ","))
    if printed.value is None:
        return False
    ledger = Ledger(made.figures, {spot.figure.number: printed.value})
    return any(
        judge(claim, ledger).verdict is Verdict.FAILS
        for claim, result in zip(made.claims, made.results, strict=True)
        if result.verdict is Verdict.HOLDS and spot.figure.number in members(claim)
    )


def _breaks_table(key: CellKey, after: str, subject: Subject) -> bool:
    figures = figures_of(subject)
    figure, cell = figures[key], figures.cell(key)
    printed = parse_printed(after, cell.printed.unit)
    if figure is None or printed.value is None or not cell.printed.value:
        return True
    fen = Fraction(figure.fen) * Fraction(printed.value) / Fraction(cell.printed.value)
    return not all(
        mends(figures, relation, key, fen)
        for relation in network(subject).holding
        if any(term.key == key for term in relation.terms)
    )


def mutated(document: ReadDocument, mutation: Mutation) -> ReadDocument:
    """The document with that figure changed."""
    spot = mutation.spot
    body = list(document.body)
    part = body[spot.body]
    if isinstance(part, ReadParagraph):
        text = part.text[: spot.start] + mutation.after + part.text[spot.start + len(spot.text) :]
        body[spot.body] = replace(part, text=text)
    elif spot.cell is not None:
        b, r, c = spot.cell
        block = part.blocks[b]
        cell = block.cells[r][c]
        unit = cell.printed.unit
        row = (
            *block.cells[r][:c],
            ReadCell(parse_printed(mutation.after, unit), cell.place),
            *block.cells[r][c + 1 :],
        )
        cells = (*block.cells[:r], row, *block.cells[r + 1 :])
        blocks = (*part.blocks[:b], replace(block, cells=cells), *part.blocks[b + 1 :])
        body[spot.body] = replace(part, blocks=blocks)
    return replace(document, body=tuple(body))
