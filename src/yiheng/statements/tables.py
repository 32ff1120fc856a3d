"""Statutory tables (法定报表) from leaf rows: every cell is a measure under the predicates of its row and column.

Order of work: 1. choose the facts that a block may need and bundle them by the dimensions that its predicates use;
2. spell out the rows; 3. hand each bundle to the cells whose predicates it meets; 4. give every cell its amount,
status and words. No total is stored: a total is a cell with fewer predicates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from yiheng.facts import Block, Cell, CellKind, Column, DepartmentYear, Row, Source, Status, Table, Unit
from yiheng.facts.select import CODED_DIMS, Conditions, matches
from yiheng.money import Amount, MoneyUnit, format_amount
from yiheng.policy import Policy
from yiheng.statements.rows import Line, RowMaker, Scope
from yiheng.statements.selection import FACT_DIM, Bundle, Selection, Terms
from yiheng.statements.template import (
    BlockSpec,
    ColumnSpec,
    FamilySpec,
    RowSpec,
    TableSpec,
    TermSpec,
)
from yiheng.statements.words import Words

_WEIGHT = {Status.VALUE: 0, Status.NOTHING: 1, Status.NOT_ATTESTED: 2, Status.UNAVAILABLE: 3}


def compute(
    department_year: DepartmentYear, family: FamilySpec, policy: Policy, absence: Mapping[str, str]
) -> tuple[Table, ...]:
    """All tables of the family. `absence` says per measure what no rows at all mean (nothing or unavailable)."""
    words = Words(department_year, policy)
    selection = Selection(department_year, absence)
    return tuple(_table(spec, words, selection) for spec in family.tables)


def _table(spec: TableSpec, words: Words, selection: Selection) -> Table:
    owner, year = words.department_year.unit.name, words.department_year.year
    if spec.not_attested:
        return Table(
            spec.code,
            spec.title,
            spec.unit,
            (),
            status=Status.NOT_ATTESTED,
            reason=spec.not_attested,
            owner=owner,
            year=year,
        )
    blocks = tuple(
        block
        for scope, name in _scopes(spec, words, selection)
        for block in _blocks(spec, words, selection, scope, name)
    )
    status, reason = _table_status(spec, blocks)
    notes = (*spec.notes, *((spec.empty_note,) if status is Status.NOTHING and spec.empty_note else ()))
    return Table(spec.code, spec.title, spec.unit, blocks, spec.layout, notes, status, reason, owner, year)


def _scopes(spec: TableSpec, words: Words, selection: Selection) -> Iterator[tuple[Scope, str]]:
    base = Scope(where=spec.where)
    if spec.each == "objective_unit":
        records = [*words.department_year.records_of("task"), *words.department_year.records_of("objective")]
        keys = {r.unit for r in records if (r.get("level") or "department") == "department"}
        for unit in words.department_year.units:
            if unit.key in keys:
                yield replace(base, unit=unit, where=(*base.where, ("unit", (unit.key,)))), unit.key
    elif spec.each == "project":
        for record in _projects_with_money(words, selection):
            scope = replace(base, project=record, where=(*base.where, ("project", (record,))))
            code = words.project_field(record, "code")
            yield scope, code or record
    else:
        yield base, ""


def _projects_with_money(words: Words, selection: Selection) -> list[str]:
    found = {
        b.dims["project"]
        for view in ("project_form", "project")
        for b in selection.bundles("budget", 0, view, ("project",))
        if b.dims.get("project")
    }
    return [r.key for r in words.department_year.records_of("project") if r.key in found]


def _blocks(spec: TableSpec, words: Words, selection: Selection, scope: Scope, name: str) -> Iterator[Block]:
    drawn = [_Grid(spec, block, words, selection, scope).lines() for block in spec.blocks]
    if spec.layout == "beside":
        _level(drawn)
    for block, lines in zip(spec.blocks, drawn, strict=True):
        yield _Grid(spec, block, words, selection, scope).block(lines, name)


def _level(sides: list[list[Line]]) -> None:
    """Let the footers (本年收入合计 …) of blocks that stand beside each other share the last lines."""
    height = max(len(lines) for lines in sides)
    for lines in sides:
        missing = height - len(lines)
        at = next((i for i, line in enumerate(lines) if line.footer), len(lines))
        lines[at:at] = [Line((("",),), "", (), silent=True) for _ in range(missing)]
        for line in lines[at + missing :]:
            line.parent = line.parent + missing if line.parent >= at else line.parent


@dataclass(slots=True)
class _Sum:
    """What a money cell adds up: its terms, the views that may attest them, and the signed bundles found."""

    terms: tuple[TermSpec, ...]
    views: tuple[str, ...]
    parts: list[tuple[int, Bundle]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Grid:
    """One block while it is being computed."""

    spec: TableSpec
    part: BlockSpec
    words: Words
    selection: Selection
    scope: Scope

    def lines(self) -> list[Line]:
        return RowMaker(self.words, self._bundles).make(self.part.rows, self.scope)

    def block(self, lines: list[Line], name: str) -> Block:
        path = tuple(n for n in (name, self.part.name) if n)
        columns = tuple(self._column(c) for c in self.part.columns)
        money = self._money(lines)
        number = self.part.first_line
        rows, cells = [], []
        for r, line in enumerate(lines):
            rows.append(
                Row(
                    (*((n,) for n in path), *line.path),
                    line.label,
                    line.code,
                    line.level,
                    line.parent,
                    line.role,
                    line.kind,
                )
            )
            cells.append(
                tuple(
                    self._cell(line, c, money.get((r, i)), number + r)
                    for i, c in enumerate(self.part.columns)
                )
            )
        title = self.part.title if self.spec.layout == "stacked" else ""
        return Block("/".join(path), columns, tuple(rows), tuple(cells), title)

    def _column(self, column: ColumnSpec) -> Column:
        fill = self.words.placeholders()
        kind = CellKind.TEXT if column.text else CellKind.MONEY
        return Column(
            tuple(p.format(**fill) for p in column.path), kind, "" if column.text else self.spec.unit
        )

    # -- what is added up ---------------------------------------------------------------------------------------

    def _money(self, lines: list[Line]) -> dict[tuple[int, int], _Sum]:
        """What every money cell is the sum of, by row and column."""
        sums: dict[tuple[int, int], _Sum] = {}
        same: dict[tuple[tuple[TermSpec, ...], tuple[str, ...]], tuple[dict[int, None], dict[int, None]]] = {}
        for r, line in enumerate(lines):
            for i, column in enumerate(self.part.columns):
                if line.silent or (column.text and not (column.text == "value" and line.terms)):
                    continue
                terms = tuple(
                    t if t.year is not None else replace(t, year=line.year or 0)
                    for t in line.terms or column.terms or self.spec.terms
                )
                views = line.views or column.views or self.spec.views
                if terms:
                    sums[r, i] = _Sum(terms, views)
                    rows, cols = same.setdefault((terms, views), ({}, {}))
                    rows[r], cols[i] = None, None
        for (terms, views), (rows, cols) in same.items():
            for term in terms:
                self._hand_out(term, views, lines, list(rows), list(cols), sums)
        return sums

    def _hand_out(
        self,
        term: TermSpec,
        views: tuple[str, ...],
        lines: list[Line],
        rows: list[int],
        cols: list[int],
        sums: dict[tuple[int, int], _Sum],
    ) -> None:
        """Give each bundle of the term to the cells that it belongs to. A later view fills only what is still empty."""
        measure = self.selection.measure(term.measures)
        down = _Finder([(r, (*term.where, *lines[r].where)) for r in rows])
        across = _Finder([(i, self.part.columns[i].where) for i in cols])
        dims = self._dims()
        settled: set[tuple[int, int]] = set()
        for view in views:
            filled: set[tuple[int, int]] = set()
            for bundle in self.selection.bundles(measure, term.year or 0, view, dims):
                hit = down.find(bundle.dims)
                for i in across.find(bundle.dims) if hit else ():
                    for r in hit:
                        total = sums.get((r, i))
                        if (
                            total is not None
                            and total.terms
                            and term in total.terms
                            and (r, i) not in settled
                        ):
                            total.parts.append((term.sign, bundle))
                            filled.add((r, i))
            settled |= filled

    def _bundles(self, scope: Scope) -> Iterator[Bundle]:
        """The bundles that rows inside the scope may be spelled out from."""
        columns = [c for c in self.part.columns if not c.text]
        terms = scope.terms or tuple(dict.fromkeys(t for c in columns for t in c.terms or self.spec.terms))
        views = scope.views or tuple(dict.fromkeys(v for c in columns for v in c.views or self.spec.views))
        for term in terms:
            measure = self.selection.measure(term.measures)
            for offset in (0, -1) if term.year is None else (term.year,):
                for view in views:
                    yield from (
                        b
                        for b in self.selection.bundles(measure, offset, view, self._dims())
                        if matches(b.dims, term.where)
                    )

    def _dims(self) -> tuple[str, ...]:
        """The dimensions that any predicate or row list of the block uses."""
        used = {d for d, _ in self.scope.where}
        used |= {d for t in self.spec.terms for d, _ in t.where}
        for column in self.part.columns:
            used |= {d for d, _ in column.where} | {d for t in column.terms for d, _ in t.where}
        for row in _walk(self.part.rows):
            used |= (
                {d for d, _ in row.where}
                | {d for t in row.terms for d, _ in t.where}
                | dict(row.views_by).keys()
            )
            if row.each == "fact":
                used |= {FACT_DIM, row.code}
            elif row.each in CODED_DIMS or row.each in ("unit", "project"):
                used.add(row.each)
        return tuple(sorted(used))

    # -- what is printed ----------------------------------------------------------------------------------------

    def _cell(self, line: Line, column: ColumnSpec, total: _Sum | None, number: int) -> Cell:
        if column.text == "line":
            return Cell(CellKind.TEXT, str(number))
        if total is None:
            return Cell(
                CellKind.TEXT, "" if line.silent else self._text(line, column.text), source=_source(line)
            )
        rule = _rule(total.terms, total.views, (*line.where, *column.where), self.selection)
        if total.parts:
            amount = Amount.sum([b.amount if sign > 0 else -b.amount for sign, b in total.parts])
            text = (
                self.spec.zero
                if amount.fen == 0
                else format_amount(
                    amount.fen, MoneyUnit.of(self.spec.unit), self.spec.places, strip=self.spec.strip
                )
            )
            return Cell(CellKind.MONEY, text, Status.VALUE, amount, Terms(total.parts), rule)
        status = max(
            (
                self.selection.status(self.selection.measure(t.measures), t.year or 0, total.views)
                for t in total.terms
            ),
            key=_WEIGHT.__getitem__,
        )
        nothing = status is Status.NOTHING
        return Cell(
            CellKind.MONEY,
            self.spec.zero if nothing else "",
            status,
            Amount(0) if nothing else None,
            (),
            rule,
        )

    def _text(self, line: Line, kind: str) -> str:
        if kind in line.words:
            return line.words[kind]
        what, _, name = kind.partition(".")
        if what == "project" and line.words.get("project"):
            return self.words.project_field(line.words["project"], name)
        if name and line.record is not None and line.record.kind == what:
            return line.record.get(name)
        return ""


class _Finder:
    """Finds the rows (or columns) whose predicates a bundle meets without trying each of them.

    A predicate on one dimension is looked up by the bundle's own code and its beginnings; what has none is always a
    candidate. Candidates are then tried in full.
    """

    __slots__ = ("_always", "_by_code", "_dims", "_known", "_places")

    def __init__(self, places: Sequence[tuple[int, Conditions]]) -> None:
        self._places = places
        self._always: list[int] = []
        self._by_code: dict[tuple[str, str], list[int]] = {}
        self._dims: dict[str, set[int]] = {}
        self._known: dict[tuple[str, ...], list[int]] = {}
        for n, (_, where) in enumerate(places):
            if not where:
                self._always.append(n)
                continue
            dim, codes = where[-1]
            for code in codes:
                self._by_code.setdefault((dim, code), []).append(n)
                self._dims.setdefault(dim, set()).add(len(code))

    def find(self, dims: Mapping[str, str]) -> list[int]:
        key = tuple(dims.values())
        found = self._known.get((*key, *dims))
        if found is None:
            found = self._known[(*key, *dims)] = self._find(dims)
        return found

    def _find(self, dims: Mapping[str, str]) -> list[int]:
        candidates = list(self._always)
        for dim, lengths in self._dims.items():
            value = dims.get(dim, "")
            if not value:
                continue
            tried = {value[:n] for n in lengths} if dim in CODED_DIMS else {value}
            for code in tried:
                candidates.extend(self._by_code.get((dim, code), ()))
        hit = sorted({n for n in candidates if matches(dims, self._places[n][1])})
        return [self._places[n][0] for n in hit]


def _walk(rows: Sequence[RowSpec]) -> Iterator[RowSpec]:
    for row in rows:
        yield row
        yield from _walk(row.rows)


def _source(line: Line) -> Source | None:
    return line.record.source if line.record is not None else None


def _rule(terms: Sequence[TermSpec], views: Sequence[str], where: Conditions, selection: Selection) -> str:
    """How the cell was selected, as `explain` shows it: measure(year) @view [dim=codes]."""
    sums = " ".join(
        f"{'+' if t.sign > 0 else '-'}{selection.measure(t.measures)}({t.year or 0:+d})"
        + "".join(f"[{d}={'|'.join(c)}]" for d, c in t.where)
        for t in terms
    )
    predicates = " ".join(f"{dim}={'|'.join(codes)}" for dim, codes in where)
    return f"{sums} @{'>'.join(views)} {predicates}".strip()


def _table_status(spec: TableSpec, blocks: Sequence[Block]) -> tuple[Status, str]:
    """The table's own status when all its money cells agree on being empty."""
    states = {
        cell.status for block in blocks for row in block.cells for cell in row if cell.kind is CellKind.MONEY
    }
    if states == {Status.NOTHING}:
        return Status.NOTHING, spec.empty_note or "本表无发生额。"
    if states and states <= {Status.UNAVAILABLE, Status.NOTHING}:
        return Status.UNAVAILABLE, "本表所需数据尚未录入。"
    if states and states <= {Status.NOT_ATTESTED, Status.NOTHING, Status.UNAVAILABLE}:
        return Status.NOT_ATTESTED, "已录入的数据未按本表口径列明，不能推算。"
    return Status.VALUE, ""


def unit_name(unit: Unit) -> str:
    """Name with code, for candidates of an ambiguous name."""
    return f"{unit.name}（{unit.code or unit.key}）"
