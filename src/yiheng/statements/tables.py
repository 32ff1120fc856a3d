"""Statutory tables (法定报表) from leaf rows: every cell is a measure under the predicates of its row and column.

Order of work: 1. choose the facts that a block may need and bundle them by the dimensions that its predicates use
(`selection`); 2. spell out the rows (`rows`); 3. hand each bundle to the cells whose predicates it meets (`sums`);
4. give every cell its amount, status and words. No total is stored: a total is a cell with fewer predicates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from yiheng.facts import Block, Cell, CellKind, Column, DepartmentYear, Row, Source, Status, Table
from yiheng.facts.select import Conditions, matches
from yiheng.money import MoneyUnit, format_amount
from yiheng.policy import Policy
from yiheng.statements.rows import Line, Manner, RowMaker, Scope, blank
from yiheng.statements.selection import Bundle, Selection, Terms
from yiheng.statements.sums import Ask, Place, Sum, add_up, predicates
from yiheng.statements.template import BlockSpec, ColumnSpec, FamilySpec, TableSpec, TermSpec
from yiheng.statements.words import Words

_BLANK = Cell(CellKind.TEXT, "")


def compute(
    department_year: DepartmentYear, family: FamilySpec, policy: Policy, absence: Mapping[str, str]
) -> tuple[Table, ...]:
    """All tables of the family. `absence` says per measure what no rows at all mean (nothing or unavailable)."""
    words = Words(department_year, policy)
    selection = Selection(department_year, absence, family.dims)
    return tuple(_table(spec, words, selection) for spec in family.tables)


def _table(spec: TableSpec, words: Words, selection: Selection) -> Table:
    blocks: list[Block] = []
    for scope, name in _scopes(spec, words, selection):
        blocks.extend(_blocks(spec, words, selection, scope, name))
    status, reason = _status(spec, blocks, selection)
    empty_note = (spec.empty_note,) if status is Status.NOTHING and spec.empty_note else ()
    return Table(
        spec.code,
        spec.title,
        spec.unit,
        tuple(blocks),
        spec.layout,
        (*spec.notes, *empty_note),
        status,
        reason,
        words.department_year.unit.name,
        words.department_year.year,
    )


def _scopes(spec: TableSpec, words: Words, selection: Selection) -> Iterator[tuple[Scope, str]]:
    """What the table is drawn for, and the name that its rows stand under: once, for each unit, or for each project."""
    base = Scope(where=spec.where)
    if spec.each == "objective_unit":
        records = [*words.department_year.records_of("task"), *words.department_year.records_of("objective")]
        keys = {r.unit for r in records if (r.get("level") or "department") == "department"}
        for unit in words.department_year.units:
            if unit.key in keys:
                # What the paper's own unit declares is about all the units below it.
                own = () if unit == words.department_year.unit else (("unit", (unit.key,)),)
                yield replace(base, unit=unit, where=(*base.where, *own)), unit.key
    elif spec.each == "project":
        for key in words.in_project_order(_projects_with_money(selection)):
            scope = replace(base, project=key, where=(*base.where, ("project", (key,))))
            yield scope, words.project_field(key, "code") or key
    elif spec.blocks:
        yield base, ""


def _projects_with_money(selection: Selection) -> set[str]:
    return {
        bundle.dims["project"]
        for view in ("project_form", "project")
        for bundle in selection.bundles("budget", 0, view, ("project",))
        if "project" in bundle.dims
    }


def _status(spec: TableSpec, blocks: Sequence[Block], selection: Selection) -> tuple[Status, str]:
    """The table's own status when all its money cells agree on being empty, and the reason in Chinese."""
    if spec.not_attested:
        return Status.NOT_ATTESTED, spec.not_attested
    states = {
        cell.status for block in blocks for row in block.cells for cell in row if cell.kind is CellKind.MONEY
    }
    if not blocks:
        states = (
            {selection.status("budget", 0, spec.views)} if spec.each == "project" else {Status.UNAVAILABLE}
        )
    if states == {Status.NOTHING}:
        return Status.NOTHING, spec.empty_note or "本表无发生额。"
    if states and states <= {Status.UNAVAILABLE, Status.NOTHING}:
        return Status.UNAVAILABLE, "本表所需数据尚未录入。"
    if states and Status.VALUE not in states:
        return Status.NOT_ATTESTED, "已录入的数据未按本表口径列明，不能推算。"
    return Status.VALUE, ""


def _blocks(spec: TableSpec, words: Words, selection: Selection, scope: Scope, name: str) -> Iterator[Block]:
    unit = MoneyUnit.of(spec.unit)
    grids = [_Grid(spec, part, words, selection, unit) for part in spec.blocks]
    drawn = [RowMaker(words, grid.bundles).make(grid.part.rows, scope) for grid in grids]
    if spec.layout == "beside":
        _level(drawn)
    for grid, lines in zip(grids, drawn, strict=True):
        yield grid.block(lines, name)


def _level(sides: list[list[Line]]) -> None:
    """Let the footers (本年收入合计 …) of blocks that stand beside each other share the last lines."""
    height = max(len(lines) for lines in sides)
    for lines in sides:
        missing = height - len(lines)
        at = next((i for i, line in enumerate(lines) if line.footer), len(lines))
        for line in lines:
            line.parent += missing if line.parent >= at else 0
        lines[at:at] = [blank() for _ in range(missing)]


@dataclass(frozen=True, slots=True)
class _Grid:
    """One block while it is being computed."""

    spec: TableSpec
    part: BlockSpec
    words: Words
    selection: Selection
    unit: MoneyUnit

    def block(self, lines: list[Line], name: str) -> Block:
        """The finished block; its rows stand under the names of the scope and of the block."""
        names = tuple(n for n in (name, self.part.name) if n)
        above = tuple((n,) for n in names)
        rows = tuple(
            Row((*above, *n.path), n.label, n.code, n.level, n.parent, n.role, n.kind) for n in lines
        )
        title = self.part.title if self.spec.layout == "stacked" else ""
        columns = tuple(map(self._column, self.part.columns))
        return Block("/".join(names), columns, rows, self._cells(lines), title)

    def _column(self, column: ColumnSpec) -> Column:
        path = tuple(p.format(**self.words.placeholders()) for p in column.path)
        return Column(path, CellKind.TEXT) if column.text else Column(path, CellKind.MONEY, self.spec.unit)

    # -- what is added up ---------------------------------------------------------------------------------------

    def _sums(self, lines: list[Line]) -> dict[Place, Sum]:
        """What every money cell came to. Cells are added up together where they ask for the same."""
        by_manner: dict[int, tuple[Manner, dict[int, Conditions]]] = {}
        for r, line in enumerate(lines):
            if not line.silent:
                by_manner.setdefault(id(line.manner), (line.manner, {}))[1][r] = line.where
        sums: dict[Place, Sum] = {}
        for manner, rows in by_manner.values():
            by_ask: dict[Ask, dict[int, Conditions]] = {}
            for i, column in enumerate(self.part.columns):
                ask = self._ask(manner, column)
                if ask is not None:
                    by_ask.setdefault(ask, {})[i] = column.where
            for ask, columns in by_ask.items():
                sums.update(add_up(self.selection, ask, rows, columns))
        return sums

    def _ask(self, manner: Manner, column: ColumnSpec) -> Ask | None:
        """What a cell adds up: the row says it, else the column, else the table. A column of words has no amounts,
        but for a form's `value` column, in which a row may say what it adds up."""
        if column.text and not (column.text == "value" and manner.terms):
            return None
        terms = manner.terms or column.terms or self.spec.terms
        views = manner.views or column.views or self.spec.views
        return Ask(_in_year(terms, manner.year), views) if terms else None

    def bundles(self, manner: Manner, years: Iterable[int], dims: Iterable[str]) -> Iterator[Bundle]:
        """What rows of that manner may be listed from in the years of these offsets, told apart by the dimensions."""
        columns = [c for c in self.part.columns if not c.text]
        terms = manner.terms or tuple(dict.fromkeys(t for c in columns for t in c.terms or self.spec.terms))
        views = manner.views or tuple(dict.fromkeys(v for c in columns for v in c.views or self.spec.views))
        for term in dict.fromkeys(t for year in years for t in _in_year(terms, year)):
            offset = term.year or 0
            measure = self.selection.measure(term.measures, offset)
            wanted = tuple(sorted({*dims, *(dim for dim, _ in term.where)}))
            for view in views:
                for bundle in self.selection.bundles(measure, offset, view, wanted):
                    if not term.where or matches(bundle.dims, term.where):
                        yield bundle

    # -- what is printed ----------------------------------------------------------------------------------------

    def _cells(self, lines: list[Line]) -> tuple[tuple[Cell, ...], ...]:
        sums = self._sums(lines)
        across = [_rule_part(column.where) for column in self.part.columns]
        made = []
        for r, line in enumerate(lines):
            down = _rule_part(line.where)
            row = []
            for i, column in enumerate(self.part.columns):
                total = sums.get((r, i))
                if total is None:
                    row.append(self._words(line, column, self.part.first_line + r))
                else:
                    row.append(self._money(total, total.how + down + across[i]))
            made.append(tuple(row))
        return tuple(made)

    def _money(self, total: Sum, rule: str) -> Cell:
        if total.status.no_figure:
            return Cell(CellKind.MONEY, "", total.status, None, (), rule)
        amount = total.amount
        terms = Terms(total.parts) if total.parts else ()
        return Cell(CellKind.MONEY, self._shown(amount.fen), total.status, amount, terms, rule)

    def _shown(self, fen: int) -> str:
        return (
            format_amount(fen, self.unit, self.spec.places, strip=self.spec.strip) if fen else self.spec.zero
        )

    def _words(self, line: Line, column: ColumnSpec, number: int) -> Cell:
        if column.text == "line":
            return Cell(CellKind.TEXT, str(number))
        text, source = self._text(line, column.text), _source(line)
        return Cell(CellKind.TEXT, text, source=source) if text or source else _BLANK

    def _text(self, line: Line, kind: str) -> str:
        if kind in line.words:
            return line.words[kind]
        what, _, name = kind.partition(".")
        if what == "project" and line.words.get("project"):
            return self.words.project_field(line.words["project"], name)
        if name and line.record is not None and line.record.kind == what:
            return line.record.get(name)
        return ""


@lru_cache(maxsize=4096)
def _in_year(terms: tuple[TermSpec, ...], year: int) -> tuple[TermSpec, ...]:
    """The terms with the year that the row gives to those that have none of their own."""
    return tuple(t if t.year is not None else replace(t, year=year) for t in terms)


def _rule_part(where: Conditions) -> str:
    return f" {predicates(where)}" if where else ""


def _source(line: Line) -> Source | None:
    return line.record.source if line.record is not None else None
