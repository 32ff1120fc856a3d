"""Figures that a document prints more than once (同一数字): in two sentences, or in a sentence and in a table.

Two places are only put beside each other where their words name the same thing, and only one changed digit between them
is taken for a slip: figures that differ more are of different things more often than wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from yiheng.checks.audit.blame import Witness, one_digit_apart
from yiheng.checks.audit.subject import Subject
from yiheng.facts.claims import (
    Claim,
    ClaimKind,
    FigureKind,
    Role,
    Scope,
    Stage,
    StatedFigure,
    Strength,
)
from yiheng.facts.document import Place
from yiheng.facts.known import CellKey
from yiheng.money import MoneyUnit, PrintedKind

_DIGITS = 4
_TELLING = 3
_NAMED = 3
_LONG_NAME = 6
"""A name as long is of one thing; under a shorter one, an amount that a table prints elsewhere is left."""
_TOTAL = re.compile(r"[合总]\s*计|^小计$")
_SIGNS = re.compile(r"[\s“”\"()（）《》、,，的]|^[一二三四五六七八九十]+、|^\d+[.、．]")
_MEASURE = re.compile(r"收入|支出")
_TRIVIAL = re.compile(r"(?:本年|收入|支出|预算|决算|总额|总|合计|小计|金额|经费|安排|数)+")
_ANY = re.compile(r"(?:项目|全年|资金|该|本|其)+")
"""What may be of another project in each paragraph."""
_ITEM = re.compile(r"^(?:.*[(（][类款][)）])?(?P<name>.+?)[(（][类款项][)）]")
"""卫生健康支出（类）医疗保障管理事务（款）行政运行（项）: the row of a table is called by the last name."""
_OTHER_YEAR = re.compile(r"上年|去年|年初|增减|比|占")
_YEAR = re.compile(r"20\d{2}")
_PLANNED = (Stage.INITIAL, Stage.ADJUSTED)
_SCOPES = (
    ("一般公共预算", Scope.GENERAL),
    ("政府性基金", Scope.FUND),
    ("国有资本", Scope.CAPITAL),
)


class TableFigure(NamedTuple):
    """A money cell with its names, ready to be found."""

    row: str
    column: str
    measures: frozenset[str]
    total: bool
    scope: Scope
    fen: Fraction
    quantum: Fraction
    unit: MoneyUnit
    value: Decimal
    places: int
    text: str
    address: str
    place: Place
    skip: bool
    """Of another year, or a comparison."""
    bound: bool
    """The tables' own relations hold it."""
    year: int
    """Year that its row or column names; 0 where they name none."""
    title: str
    key: CellKey


@lru_cache(maxsize=8192)
def core(name: str) -> str:
    """A name without signs and without the words that every amount may carry."""
    bare = name
    while (shorter := _SIGNS.sub("", bare)) != bare:
        bare = shorter
    return _TRIVIAL.sub("", bare)


def sound_figures(
    subject: Subject, wrong: frozenset[CellKey], bound: frozenset[CellKey]
) -> list[TableFigure]:
    """The amounts of all tables without those that the tables show to be wrong, and which of them are bound."""
    return [
        cell._replace(bound=True) if cell.key in bound else cell
        for cell in table_figures(subject)
        if cell.key not in wrong
    ]


def table_figures(subject: Subject) -> list[TableFigure]:
    """The amounts of all tables, worked out once."""
    kept = subject.memo.get("table-figures")
    if isinstance(kept, list):
        return kept
    found = []
    for table in subject.tables:
        scope = next((s for word, s in _SCOPES if word in table.read.title), Scope.UNKNOWN)
        for key in table.keys():  # noqa: SIM118
            printed = table.cell(key).printed
            unit = table.unit_of(key)
            if printed.kind is not PrintedKind.NUMBER or printed.value is None or unit is None:
                continue
            block = table.blocks[key.block]
            row, column = block.rows[key.row], block.columns[key.column]
            named = " ".join(column.path) or column.name
            step = Fraction(unit.fen, 10**printed.places)
            found.append(
                TableFigure(
                    core(row.label or row.name),
                    core(column.path[-1] if column.path else column.name),
                    frozenset(_MEASURE.findall(f"{row.label}{column.label}{block.name}")),
                    bool(_TOTAL.search(row.label or row.name)),
                    scope,
                    Fraction(printed.value) * unit.fen,
                    step if step > 1 else Fraction(0),
                    unit,
                    printed.value,
                    printed.places,
                    printed.text.strip(),
                    table.address(key),
                    table.cell(key).place,
                    bool(_OTHER_YEAR.search(named)),
                    False,
                    _year(f"{row.label} {named}"),
                    core(table.read.title),
                    key,
                )
            )
    subject.memo["table-figures"] = found
    return found


def _year(names: str) -> int:
    found = _YEAR.findall(names)
    return int(found[0]) if len(set(found)) == 1 else 0


def last_years(
    figures: Sequence[StatedFigure], claims: Sequence[Claim], cells: Sequence[TableFigure]
) -> Iterator[tuple[Claim, TableFigure]]:
    """Growth whose base a table prints: above or below this year's figure, in the table that is named like it.

    The base that a sentence leaves open (增加 45 万元) is then known as exactly as the table prints it.
    """
    by_fen: dict[Fraction, list[TableFigure]] = {}
    by_column: dict[tuple[int, int, int], list[TableFigure]] = {}
    for cell in cells:
        if cell.year:
            by_fen.setdefault(cell.fen, []).append(cell)
            by_column.setdefault(_column(cell), []).append(cell)
    for claim in claims:
        if claim.kind is not ClaimKind.GROWTH or claim.form != "change-now" or claim.readings:
            continue
        change, now = (figures[i] for i in claim.left)
        name = core(now.subject)
        if len(name) < 2 or not now.year:
            continue
        same = [c for c in by_fen.get(now.nominal, ()) if name in c.title and c.year == now.year]
        bases = [b for c in same for b in by_column[_column(c)] if b.year == now.year - 1]
        step = change.interval.scaled(change.direction.sign if change.direction else 1)
        fitting = [b for b in bases if step.contains(now.nominal - b.fen)]
        if len({b.fen for b in fitting}) == 1 and fitting[0].fen:
            yield claim, fitting[0]


def _column(cell: TableFigure) -> tuple[int, int, int]:
    return cell.key.table, cell.key.block, cell.key.column


def witness(figures: Sequence[StatedFigure], cells: Sequence[TableFigure]) -> Witness:
    """What else is printed: in sentences as a value or base, or in a table."""
    said = Counter((f.kind, f.nominal) for f in figures if f.role in (Role.VALUE, Role.BASE))
    said.update((FigureKind.AMOUNT, cell.fen) for cell in cells)
    found = {}
    for figure in figures:
        if len(_significant(figure.value)) >= _DIGITS and figure.kind is FigureKind.AMOUNT:
            own = figure.role in (Role.VALUE, Role.BASE)
            found[figure.number] = said[(figure.kind, figure.nominal)] - own
    return Witness(found, said)


def said_twice(figures: Sequence[StatedFigure]) -> Iterator[Claim]:
    """SAME claims between figures of the same name, scope, stage, year and unit (单位)."""
    groups: dict[tuple[object, ...], list[StatedFigure]] = {}
    for figure in figures:
        name = core(figure.subject)
        if (
            len(name) < 2
            or _ANY.fullmatch(name)
            or not _comparable(figure, _TELLING if len(name) >= _NAMED else _DIGITS)
        ):
            continue
        measures = frozenset(_MEASURE.findall(figure.subject))
        planned = figure.stage in (Stage.INITIAL, Stage.ADJUSTED, Stage.BUDGET)
        key = (name, measures, planned, figure.stage is Stage.INITIAL, figure.year, figure.scope, figure.unit)
        groups.setdefault(key, []).append(figure)
    for group in groups.values():
        values = Counter(f.nominal for f in group)
        for figure in group:
            for other in group:
                once = values[figure.nominal] <= values[other.nominal] and figure.number != other.number
                if once and _slip(figure, other.value, other.places):
                    yield Claim(ClaimKind.SAME, (other.number,), (figure.number,), Strength.STATED)
                    break


def said_and_printed(
    figures: Sequence[StatedFigure], cells: Sequence[TableFigure]
) -> Iterator[tuple[StatedFigure, TableFigure]]:
    """Figures that a table prints too: each with the cell that agrees, or with the one that a digit parts it from."""
    values = {cell.fen for cell in cells}
    names: dict[str, list[TableFigure]] = {}
    for cell in cells:
        for name in {cell.row, cell.column if cell.total else cell.row}:
            names.setdefault(name, []).append(cell)
    settled = {f.sentence for f in figures if f.stage is Stage.FINAL and f.role is Role.VALUE}
    for figure in figures:
        item = _ITEM.match(figure.subject)
        name = core(item["name"] if item else figure.subject)
        if not _comparable(figure, _TELLING if len(name) >= _NAMED else _DIGITS):
            continue
        if item and (
            figure.stage in _PLANNED or (figure.stage is Stage.BUDGET and figure.sentence in settled)
        ):
            continue
        candidates = [cell for cell in names.get(name, ()) if _fits(figure, cell)]
        if not candidates:
            continue
        equal = next((cell for cell in candidates if cell.fen == figure.nominal), None)
        if equal is not None:
            yield figure, equal
        elif len(name) >= _LONG_NAME or figure.nominal not in values:
            near = [
                cell
                for cell in candidates
                if _slip(figure, cell.value * cell.unit.fen / _fen(figure), figure.places)
            ]
            if near:
                yield figure, near[0]


def _fen(figure: StatedFigure) -> int:
    return MoneyUnit.of(figure.unit).fen


def _fits(figure: StatedFigure, cell: TableFigure) -> bool:
    measures = frozenset(_MEASURE.findall(figure.subject))
    known = Scope.UNKNOWN not in (figure.scope, cell.scope) and figure.scope not in (Scope.ALL, Scope.FISCAL)
    scopes = not known or figure.scope is cell.scope
    named = bool(core(figure.subject)) or cell.total
    return (
        not cell.skip
        and scopes
        and named
        and (not measures or not cell.measures or bool(measures & cell.measures))
    )


def _comparable(figure: StatedFigure, digits: int = _DIGITS) -> bool:
    return (
        figure.kind is FigureKind.AMOUNT
        and figure.role is Role.VALUE
        and not figure.approximate
        and len(_significant(figure.value)) >= digits
    )


def _slip(figure: StatedFigure, value: Decimal, places: int) -> bool:
    return figure.places == places and one_digit_apart(figure.value, value, places)


def _significant(value: Decimal) -> str:
    return str(abs(value)).replace(".", "").lstrip("0")
