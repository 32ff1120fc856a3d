"""Spelling a template's rows out for one department-year: a line for each unit, code, project or record found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from yiheng.facts import Record, Unit
from yiheng.facts.select import CODED_DIMS, Conditions, matches
from yiheng.statements.selection import FACT_DIM, Bundle
from yiheng.statements.template import RowSpec, TermSpec
from yiheng.statements.words import ORDINALS, Words, ordinal

_PARTITIONS = frozenset({*CODED_DIMS, "unit", "project", "fact"})
"""Lists whose rows together make up the whole that they are listed from."""


@dataclass(slots=True)
class Line:
    """One row to be printed: its names, predicates and terms."""

    path: tuple[tuple[str, ...], ...]
    label: str
    where: Conditions
    code: str = ""
    level: int = 0
    parent: int = -1
    role: str = ""
    terms: tuple[TermSpec, ...] = ()
    """The row's own terms; empty where the column's or the table's hold. The same goes for views."""
    views: tuple[str, ...] = ()
    year: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    """Texts by column kind (unit, name, group, value, task.content …)."""
    record: Record | None = None
    footer: bool = False
    kind: str = ""
    """What the row stands for where rows are listed (unit, function, project …)."""
    silent: bool = False
    """A blank line: no words, no figures."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the rows inside a row inherit."""

    path: tuple[tuple[str, ...], ...] = ()
    where: Conditions = ()
    terms: tuple[TermSpec, ...] = ()
    views: tuple[str, ...] = ()
    year: int | None = None
    parent: int = -1
    level: int = 0
    unit: Unit | None = None
    project: str = ""
    group: str = ""


class RowMaker:
    """Expands row specs over the bundles that the block selects from."""

    def __init__(self, words: Words, bundles: Callable[[Scope], Iterable[Bundle]]) -> None:
        self.words = words
        self._bundles = bundles
        self._lines: list[Line] = []
        self._order = {r.key: i for i, r in enumerate(words.department_year.records_of("project"))}

    def make(self, rows: Iterable[RowSpec], scope: Scope) -> list[Line]:
        """All lines in print order; footers are kept last by the caller."""
        for row in rows:
            self._add(row, scope)
        _adopt(self._lines)
        return self._lines

    def _add(self, row: RowSpec, scope: Scope) -> None:
        inherited = replace(
            scope,
            where=(*scope.where, *row.where),
            terms=row.terms or scope.terms,
            views=row.views or scope.views,
            year=scope.year if row.year is None else row.year,
        )
        if row.blank:
            self._lines.extend(Line((*scope.path, ("",)), "", (), silent=True) for _ in range(row.blank))
        elif row.each:
            self._each(row, inherited)
        elif row.group:
            label = self._fill(row.label)
            inside = replace(inherited, path=(*scope.path, ("合计", label)), group=label)
            for inner in row.rows:
                self._add(inner, inside)
        else:
            self._fixed(row, inherited)

    def _fixed(self, row: RowSpec, scope: Scope) -> None:
        label = self._fill(row.label)
        names = tuple(dict.fromkeys(n for n in (self._fill(row.key), label, _plain(label)) if n)) or ("",)
        if row.role == "total" and label == self.words.department_year.unit.name:
            names = ("合计", *names, self.words.department_year.unit.key)
        words = {
            "label": label,
            "unit": label,
            "group": self._group(scope),
            "value": self._value(row.value, scope),
        }
        self._emit(
            Line(
                (*scope.path, names),
                label,
                scope.where,
                role=row.role,
                terms=scope.terms,
                views=scope.views,
                year=scope.year,
                words=words,
                footer=row.footer,
                level=scope.level,
                parent=scope.parent,
            )
        )

    def _each(self, row: RowSpec, scope: Scope) -> None:
        if row.each in CODED_DIMS:
            self._codes(row, scope)
        elif row.each == "unit":
            self._units(row, scope)
        elif row.each == "project":
            self._projects(row, scope)
        elif row.each == "fact":
            self._facts(row, scope)
        else:
            self._records(row, scope)

    def _units(self, row: RowSpec, scope: Scope) -> None:
        present = {b.dims.get("unit") for b in self._inside(scope)}
        for unit in self.words.department_year.base_units():
            if unit.key not in present and not row.all:
                continue
            names = tuple(dict.fromkeys(n for n in (unit.key, unit.code, unit.name, unit.short_name) if n))
            inside = replace(
                scope,
                path=(*scope.path, names),
                where=(*scope.where, ("unit", (unit.key,))),
                unit=unit,
                level=scope.level + 1,
                group=unit.name,
            )
            if row.header:
                words = {"label": unit.name, "unit": unit.name, "group": unit.name}
                inside = replace(
                    inside,
                    parent=self._emit(
                        Line(
                            inside.path,
                            unit.name,
                            inside.where,
                            level=scope.level,
                            parent=scope.parent,
                            terms=scope.terms,
                            views=scope.views,
                            year=scope.year,
                            words=words,
                            kind="unit",
                        )
                    ),
                )
            for inner in row.rows:
                self._add(inner, inside)

    def _codes(self, row: RowSpec, scope: Scope) -> None:
        dim, names, labels = row.each, dict(row.names), dict(row.labels)
        found = {b.dims[dim] for b in self._inside(scope) if dim in b.dims}
        codes = list(row.codes) or sorted(_levels(found, row.levels))
        finest = max(row.levels, default=0)
        at: dict[str, int] = {}
        counts: dict[int, int] = {}
        for code in codes:
            above = next((at[code[:n]] for n in range(len(code) - 1, 0, -1) if code[:n] in at), -1)
            name = self.words.name_of(dim, code, names)
            counts[len(code)] = counts.get(len(code), 0) + 1
            label = labels.get(len(code), "{name}").format(name=name, ordinal=ordinal(counts[len(code)]))
            gap = dim == "function" and code in found and len(code) < finest
            at[code] = self._emit(
                Line(
                    (*scope.path, tuple(dict.fromkeys((code, name, label)))),
                    label,
                    (*scope.where, (dim, (code,))),
                    code=code,
                    level=scope.level + (self._lines[above].level + 1 - scope.level if above >= 0 else 0),
                    parent=above if above >= 0 else scope.parent,
                    role="gap" if gap else "",
                    terms=scope.terms,
                    views=scope.views,
                    year=scope.year,
                    words={"label": label, "code": code, "name": name},
                    kind=dim,
                )
            )

    def _projects(self, row: RowSpec, scope: Scope) -> None:
        present = dict.fromkeys(b.dims["project"] for b in self._inside(scope) if b.dims.get("project"))
        for key in sorted(present, key=lambda k: self._order.get(k, len(self._order))):
            name = self.words.project_name(key)
            record = self.words.project(key)
            names = tuple(dict.fromkeys(n for n in (record.get("code") if record else "", key, name) if n))
            self._emit(
                Line(
                    (*scope.path, names),
                    name,
                    (*scope.where, ("project", (key,))),
                    level=scope.level,
                    parent=scope.parent,
                    terms=scope.terms,
                    views=scope.views,
                    year=scope.year,
                    words={"label": name, "name": name, "project": key},
                    record=record,
                    kind="project",
                )
            )

    def _facts(self, row: RowSpec, scope: Scope) -> None:
        for bundle in self._inside(scope):
            fact = bundle.facts[0]
            code = fact.dims.get(row.code, "")
            name = self.words.name_of(row.code, code)
            project = fact.dims.get("project_name") or self.words.project_name(fact.dims.get("project", ""))
            names = tuple(dict.fromkeys(n for n in (code, name, project, fact.key) if n))
            self._emit(
                Line(
                    (*scope.path, names),
                    name,
                    (*scope.where, (FACT_DIM, (fact.key,))),
                    code=code,
                    level=scope.level,
                    parent=scope.parent,
                    terms=scope.terms,
                    views=scope.views,
                    year=scope.year,
                    words={"label": name, "code": code, "name": name, "fact.project_name": project},
                    kind="fact",
                )
            )

    def _records(self, row: RowSpec, scope: Scope) -> None:
        for record in self._records_in(row.each, scope):
            label = record.get({"task": "name", "indicator": "level3", "objective": "text"}[row.each])
            line = Line(
                (*scope.path, (label,)),
                label,
                scope.where,
                level=scope.level,
                parent=scope.parent,
                terms=scope.terms,
                views=scope.views,
                year=scope.year,
                words={"label": label},
                record=record,
                kind=row.each,
            )
            if row.each == "task":
                project = record.get("project")
                kind = "project" if project else "category"
                line.where = (*scope.where, (kind, (project or record.get("category"),)))
                line.views = (dict(row.views_by).get(kind, ""),)
            self._emit(line)

    def _records_in(self, kind: str, scope: Scope) -> Iterator[Record]:
        for record in self.words.department_year.records_of(kind):
            level = record.get("level") or "department"
            if scope.project:
                if level == "project" and record.get("project") == scope.project:
                    yield record
            elif level == "department" and (scope.unit is None or record.unit == scope.unit.key):
                yield record

    def _inside(self, scope: Scope) -> Iterator[Bundle]:
        return (b for b in self._bundles(scope) if matches(b.dims, scope.where))

    def _emit(self, line: Line) -> int:
        self._lines.append(line)
        return len(self._lines) - 1

    def _fill(self, text: str) -> str:
        return text.format(**self.words.placeholders()) if "{" in text else text

    def _group(self, scope: Scope) -> str:
        first = not self._lines or self._lines[-1].path[:-1] != scope.path
        return scope.group if first else ""

    def _value(self, path: str, scope: Scope) -> str:
        if not path:
            return ""
        what, _, name = path.partition(".")
        department_year = self.words.department_year
        if what == "project":
            return self.words.project_field(scope.project, name)
        unit = scope.unit if what == "unit" else department_year.department
        if unit is None:
            unit = department_year.unit
        return self.words.unit_title(unit) if name == "title" else unit.name


def _levels(codes: Iterable[str], levels: Sequence[int]) -> set[str]:
    """Each code and its beginnings at the given lengths; a coarser code than asked for stays as it is."""
    wanted: set[str] = set()
    for code in codes:
        wanted.update(code[:n] for n in levels if n < len(code))
        if len(code) <= max(levels):
            wanted.add(code)
        else:
            wanted.add(code[: max(levels)])
    return wanted


def _adopt(lines: list[Line]) -> None:
    """Listed rows at the top of their scope are the parts of the total row (合计) with the same terms and predicates."""

    def scope(line: Line, where: Conditions) -> tuple[object, ...]:
        return line.terms, line.views, line.year, where

    totals = {scope(line, line.where): i for i, line in enumerate(lines) if line.role == "total"}
    for line in lines:
        if line.parent < 0 and line.kind in _PARTITIONS:
            line.parent = totals.get(scope(line, line.where[:-1]), -1)


def _plain(label: str) -> str:
    """The label without its numbering (一、 1.), as people cite it."""
    head, separator, rest = label.partition("、")
    if separator and head and all(c in ORDINALS for c in head):
        return rest
    number, dot, rest = label.partition(".")
    return rest.strip() if dot and number.isdigit() else label
