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

from yiheng.checks.audit.blame import Witness, exchanged, one_digit_apart
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
from yiheng.facts.document import Place, ReadCell
from yiheng.facts.known import CellKey, KnownColumn, KnownRow, KnownTable, money_unit
from yiheng.money import MoneyUnit, PrintedKind

_DIGITS = 4
_TELLING = 3
_NAMED = 3
_LONG_NAME = 6
"""A name as long is of one thing; under a shorter one, an amount that a table prints elsewhere is left."""
_TOTAL = re.compile(r"[合总]\s*计|^小计$")
_GRAND = re.compile(r"总\s*计\s*(?:各?为|是)?\s*$")
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
    """A money cell with its names, ready to be found. Nearly every amount is one: it holds little of its own."""

    table: KnownTable
    key: CellKey
    row: str
    column: str
    measures: frozenset[str]
    total: bool
    scope: Scope
    fen: int | Fraction
    skip: bool
    """Of another year, or a comparison."""
    year: int
    """Year that its row or column names; 0 where they name none."""
    title: str
    bound: bool = False
    """Other figures beside it hold it, in ways that the relations of the tables do not tell."""

    @property
    def cell(self) -> ReadCell:
        return self.table.cell(self.key)

    @property
    def unit(self) -> MoneyUnit:
        unit = self.table.unit_of(self.key)
        assert unit is not None
        return unit

    @property
    def value(self) -> Decimal:
        value = self.cell.printed.value
        assert value is not None
        return value

    @property
    def places(self) -> int:
        return self.cell.printed.places

    @property
    def text(self) -> str:
        return self.cell.text.strip()

    @property
    def place(self) -> Place:
        return self.cell.place

    @property
    def address(self) -> str:
        return self.table.address(self.key)


@lru_cache(maxsize=8192)
def core(name: str) -> str:
    """A name without signs and without the words that every amount may carry."""
    bare = name
    while (shorter := _SIGNS.sub("", bare)) != bare:
        bare = shorter
    return _TRIVIAL.sub("", bare)


def sound_figures(subject: Subject, wrong: frozenset[CellKey]) -> list[TableFigure]:
    """The amounts of all tables but zeros, without those that the tables show to be wrong."""
    cells = table_figures(subject)
    return [cell for cell in cells if cell.key not in wrong] if wrong else cells


def table_figures(subject: Subject) -> list[TableFigure]:
    """The amounts of all tables but zeros, which are most of a wide table and show nothing; worked out once."""
    kept = subject.memo.get("table-figures")
    if isinstance(kept, list):
        return kept
    found = [figure for table in subject.tables for figure in figures_of_table(table) if figure.fen]
    subject.memo["table-figures"] = found
    return found


def figures_of_table(table: KnownTable) -> Iterator[TableFigure]:
    """All amounts of a table, zeros as well."""
    scope = next((s for word, s in _SCOPES if word in table.read.title), Scope.UNKNOWN)
    title = core(table.read.title)
    for b, block in enumerate(table.blocks):
        columns = [_Names.of_column(column, table, block.name) for column in block.columns]
        for r, (row, cells) in enumerate(zip(block.rows, block.cells, strict=True)):
            named = _Names.of_row(row)
            for c, (cell, column) in enumerate(zip(cells, columns, strict=True)):
                printed = cell.printed
                unit = printed.unit or column.unit
                if printed.kind is not PrintedKind.NUMBER or printed.value is None or unit is None:
                    continue
                yield TableFigure(
                    table,
                    table.key(b, r, c),
                    named.core,
                    column.core,
                    _ALIKE[named.measures | column.measures],
                    named.total,
                    scope,
                    _in_fen(printed.value, unit),
                    column.skip,
                    _year(named.years | column.years),
                    title,
                )


class _Names(NamedTuple):
    """What the words of a row or a column say of all its figures."""

    core: str
    measures: frozenset[str]
    years: frozenset[str]
    total: bool = False
    skip: bool = False
    unit: MoneyUnit | None = None

    @classmethod
    def of_row(cls, row: KnownRow) -> _Names:
        name = row.label or row.name
        years = frozenset(_YEAR.findall(row.label))
        return cls(core(name), _measures(row.label), years, bool(_TOTAL.search(name)))

    @classmethod
    def of_column(cls, column: KnownColumn, table: KnownTable, side: str) -> _Names:
        named = " ".join(column.path) or column.name
        return cls(
            core(column.path[-1] if column.path else column.name),
            _measures(f"{column.label}{side}"),
            frozenset(_YEAR.findall(named)),
            skip=bool(_OTHER_YEAR.search(named)),
            unit=None if column.of_names else money_unit(column.unit) or table.unit,
        )


def _measures(names: str) -> frozenset[str]:
    return frozenset(_MEASURE.findall(names))


_ALIKE = {frozenset(some): frozenset(some) for some in ((), ("收入",), ("支出",), ("收入", "支出"))}
"""One set for all that are equal."""


def _in_fen(value: Decimal, unit: MoneyUnit) -> int | Fraction:
    above, below = value.as_integer_ratio()
    fen, rest = divmod(above * unit.fen, below)
    return Fraction(above * unit.fen, below) if rest else fen


def zeros(subject: Subject) -> int:
    """How many amounts are printed as zero in the tables."""
    return sum(not figure.fen for table in subject.tables for figure in figures_of_table(table))


def _year(years: frozenset[str]) -> int:
    return int(next(iter(years))) if len(years) == 1 else 0


def last_years(
    figures: Sequence[StatedFigure], claims: Sequence[Claim], cells: Sequence[TableFigure]
) -> Iterator[tuple[Claim, TableFigure]]:
    """Growth whose base a table prints: above or below this year's figure, in the table that is named like it.

    The base that a sentence leaves open (增加 45 万元) is then known as exactly as the table prints it.
    """
    by_fen: dict[int | Fraction, list[TableFigure]] = {}
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
    said: Counter[tuple[FigureKind, int | Fraction]] = Counter()
    said.update((f.kind, f.nominal) for f in figures if f.role in (Role.VALUE, Role.BASE))
    said.update((FigureKind.AMOUNT, cell.fen) for cell in cells)
    found = {}
    for figure in figures:
        if len(_significant(figure.value)) >= _DIGITS and figure.kind is FigureKind.AMOUNT:
            own = figure.role in (Role.VALUE, Role.BASE)
            found[figure.number] = said[(figure.kind, figure.nominal)] - own
    return Witness(found, said)


def said_twice(figures: Sequence[StatedFigure], claims: Sequence[Claim] = ()) -> Iterator[Claim]:
    """SAME claims between figures of the same name, scope, stage, year and unit (单位).

    Parts of two sums are of two things, however they are called: 中央资金 of one project and of another.
    """
    sums = _sums(figures, claims)
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
                once = values[figure.nominal] <= values[other.nominal] and figure.sentence != other.sentence
                apart = (
                    figure.number in sums
                    and other.number in sums
                    and not sums[figure.number] & sums[other.number]
                )
                if once and not apart and _slip(figure, other.value, other.places):
                    yield Claim(ClaimKind.SAME, (other.number,), (figure.number,), Strength.STATED)
                    break


def _sums(figures: Sequence[StatedFigure], claims: Sequence[Claim]) -> dict[int, set[int | Fraction]]:
    """For each part of a sum, the amounts that it is divided from."""
    found: dict[int, set[int | Fraction]] = {}
    for claim in claims:
        if claim.kind is ClaimKind.PARTS and claim.strength is not Strength.UPPER and len(claim.left) > 1:
            for part in claim.left:
                found.setdefault(part, set()).add(figures[claim.right[0]].nominal)
    return found


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
                if not _is_other_total(figure, cell)
                and _slip(figure, cell.value * cell.unit.fen / _fen(figure), figure.places)
            ]
            if near:
                yield figure, near[0]


def _is_other_total(figure: StatedFigure, cell: TableFigure) -> bool:
    """收入总计 and 支出总计 hold what is carried over, the 合计 of a table of this year's spending does not."""
    before, _, _ = figure.quote.partition(figure.text)
    if not _GRAND.search(before) or "总表" in cell.table.read.title:
        return False
    block = cell.table.blocks[cell.key.block]
    names = (block.rows[cell.key.row].label, *block.columns[cell.key.column].path)
    return not any("总计" in "".join(name.split()) for name in names)


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
    return figure.places == places and (
        one_digit_apart(figure.value, value, places) or exchanged(figure.value, value, places)
    )


def _significant(value: Decimal) -> str:
    return str(abs(value)).replace(".", "").lstrip("0")
