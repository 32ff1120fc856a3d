"""Spelling a template's rows out for one department-year: a line for each unit, code, project or record found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from yiheng.facts import Record, Unit
from yiheng.facts.select import CODED_DIMS, Conditions, matches
from yiheng.statements.selection import FACT_DIM, Bundle
from yiheng.statements.template import RowSpec, TermSpec, walk
from yiheng.statements.words import ORDINALS, Words, ordinal

_PARTITIONS = frozenset({*CODED_DIMS, "unit", "project", "fact"})
"""Lists whose rows together make up the whole that they are listed from."""
_RECORD_LABELS = {"task": "name", "indicator": "level3", "objective": "text"}


@dataclass(frozen=True, slots=True)
class Manner:
    """What a row says of its amounts; what is empty here the column or the table says."""

    terms: tuple[TermSpec, ...] = ()
    views: tuple[str, ...] = ()
    year: int = 0


@dataclass(slots=True)
class Line:
    """One row to be printed: its names, predicates and manner."""

    path: tuple[tuple[str, ...], ...]
    label: str
    where: Conditions = ()
    manner: Manner = field(default_factory=Manner)
    code: str = ""
    level: int = 0
    parent: int = -1
    role: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    """Texts by column kind (unit, name, group, value, fact.project_name …)."""
    record: Record | None = None
    footer: bool = False
    kind: str = ""
    """What the row stands for where rows are listed (unit, function, project …)."""
    silent: bool = False
    """A blank line, or one whose amounts nothing names: it prints no figures."""


def blank() -> Line:
    """An empty line, as forms print them."""
    return Line((("",),), "", silent=True)


@dataclass(frozen=True, slots=True)
class Scope:
    """What the rows inside a row inherit."""

    path: tuple[tuple[str, ...], ...] = ()
    where: Conditions = ()
    manner: Manner = field(default_factory=Manner)
    parent: int = -1
    level: int = 0
    unit: Unit | None = None
    project: str = ""
    group: str = ""


Bundles = Callable[[Manner, Iterable[int], Iterable[str]], Iterable[Bundle]]
"""What a manner selects in the years of these offsets, told apart by these dimensions."""


class RowMaker:
    """Expands row specs over the bundles that the block selects from."""

    def __init__(self, words: Words, bundles: Bundles) -> None:
        self.words = words
        self.department_year = words.department_year
        self._bundles = bundles
        self._lines: list[Line] = []
        self._manners: dict[Manner, Manner] = {}

    def make(self, rows: Iterable[RowSpec], scope: Scope) -> list[Line]:
        """All lines in print order."""
        for row in rows:
            self._add(row, scope)
        _adopt(self._lines)
        _tell_apart(self._lines)
        return self._lines

    def _add(self, row: RowSpec, scope: Scope) -> None:
        manner = Manner(
            row.terms or scope.manner.terms,
            row.views or scope.manner.views,
            scope.manner.year if row.year is None else row.year,
        )
        inside = replace(scope, where=(*scope.where, *row.where), manner=self._one(manner))
        if row.blank:
            self._lines.extend(replace(blank(), path=(*scope.path, ("",))) for _ in range(row.blank))
        elif row.each:
            self._each(row, inside)
        elif row.group:
            label = self._fill(row.label)
            inside = replace(inside, path=(*scope.path, ("合计", label)), group=label)
            for inner in row.rows:
                self._add(inner, inside)
        else:
            self._fixed(row, inside)

    def _emit(self, scope: Scope, names: Iterable[str], line: Line) -> int:
        """Put a line down in its scope, under its names without repetition; returns its index."""
        line.path = (*scope.path, tuple(dict.fromkeys(n for n in names if n)) or ("",))
        line.where = (*scope.where, *line.where)
        own = line.manner.views
        line.manner = self._one(replace(scope.manner, views=own)) if own else scope.manner
        line.level += scope.level
        line.parent = scope.parent if line.parent < 0 else line.parent
        self._lines.append(line)
        return len(self._lines) - 1

    def _one(self, manner: Manner) -> Manner:
        """The same object for equal manners, so that lines can be told apart by it without comparing templates."""
        return self._manners.setdefault(manner, manner)

    def _fixed(self, row: RowSpec, scope: Scope) -> None:
        label, unit = self._fill(row.label), self.department_year.unit
        of_all = row.role == "total" and label == unit.name
        names = (*(("合计",) if of_all else ()), self._fill(row.key), label, _plain(label))
        words = {
            "label": label,
            "unit": label,
            "group": self._group(scope),
            "value": self._value(row.value, scope),
        }
        line = Line((), label, role=row.role, words=words, footer=row.footer)
        self._emit(scope, (*names, unit.key if of_all else ""), line)

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
        present = {b.dims.get("unit") for b in self._found(row, scope)}
        for unit in self.department_year.base_units():
            if unit.key not in present and not row.all:
                continue
            names = (unit.key, unit.code, unit.name, unit.short_name)
            own = replace(scope, where=(*scope.where, ("unit", (unit.key,))))
            parent = scope.parent
            if row.header:
                words = {"label": unit.name, "unit": unit.name, "group": unit.name}
                parent = self._emit(own, names, Line((), unit.name, words=words, kind="unit"))
            path = (*scope.path, tuple(dict.fromkeys(n for n in names if n)))
            inside = replace(own, path=path, unit=unit, level=scope.level + 1, group=unit.name, parent=parent)
            for inner in row.rows:
                self._add(inner, inside)

    def _codes(self, row: RowSpec, scope: Scope) -> None:
        dim, names, labels = row.each, dict(row.names), dict(row.labels)
        found = {b.dims[dim] for b in self._found(row, scope) if dim in b.dims}
        finest = max(row.levels, default=0)
        at: dict[str, int] = {}
        counts: dict[int, int] = {}
        for code in row.codes or sorted(_levels(found, row.levels)):
            above = next((at[code[:n]] for n in range(len(code) - 1, 0, -1) if code[:n] in at), -1)
            name = self.words.name_of(dim, code, names)
            counts[len(code)] = counts.get(len(code), 0) + 1
            label = labels.get(len(code), "{name}").format(name=name, ordinal=ordinal(counts[len(code)]))
            line = Line(
                (),
                label,
                ((dim, (code,)),),
                code=code,
                level=self._lines[above].level + 1 - scope.level if above >= 0 else 0,
                parent=above,
                role="gap" if dim == "function" and code in found and len(code) < finest else "",
                words={"label": label, "code": code, "name": name},
                kind=dim,
            )
            at[code] = self._emit(scope, (code, name, label), line)

    def _projects(self, row: RowSpec, scope: Scope) -> None:
        present = {b.dims["project"] for b in self._found(row, scope) if b.dims.get("project")}
        for key in self.words.in_project_order(present):
            name, record = self.words.project_name(key), self.words.project(key)
            words = {"label": name, "name": name, "project": key}
            line = Line((), name, (("project", (key,)),), words=words, record=record, kind="project")
            self._emit(scope, (record.get("code") if record else "", key, name), line)

    def _facts(self, row: RowSpec, scope: Scope) -> None:
        for bundle in self._found(row, scope):
            fact = bundle.facts[0]
            code = fact.dims.get(row.code, "")
            name = self.words.name_of(row.code, code)
            project = fact.dims.get("project_name") or self.words.project_name(fact.dims.get("project", ""))
            words = {"label": name, "code": code, "name": name, "fact.project_name": project}
            line = Line((), name, ((FACT_DIM, (fact.key,)),), code=code, words=words, kind="fact")
            self._emit(scope, (code, name, project, fact.key), line)

    def _records(self, row: RowSpec, scope: Scope) -> None:
        for record in self._records_in(row.each, scope):
            label = record.get(_RECORD_LABELS[row.each])
            line = Line((), label, words={"label": label}, record=record, kind=row.each)
            if row.each == "task":
                _of_task(line, record, dict(row.views_by))
            self._emit(scope, (label,), line)

    def _records_in(self, kind: str, scope: Scope) -> Iterator[Record]:
        for record in self.department_year.records_of(kind):
            level = record.get("level") or "department"
            if scope.project:
                if level == "project" and record.get("project") == scope.project:
                    yield record
            elif level == "department" and (scope.unit is None or record.unit == scope.unit.key):
                yield record

    def _found(self, row: RowSpec, scope: Scope) -> Iterator[Bundle]:
        """What the rows are listed from: amounts in the scope, in the years that the row or the rows inside it show."""
        years = {r.year for r in walk((row,)) if r.year is not None} or {scope.manner.year}
        listed = (FACT_DIM, row.code) if row.each == "fact" else (row.each,)
        dims = (*listed, *(dim for dim, _ in scope.where))
        return (b for b in self._bundles(scope.manner, sorted(years), dims) if matches(b.dims, scope.where))

    def _fill(self, text: str) -> str:
        return text.format(**self.words.placeholders()) if "{" in text else text

    def _group(self, scope: Scope) -> str:
        """The heading's words, on its first line only."""
        first = not self._lines or self._lines[-1].path[:-1] != scope.path
        return scope.group if first else ""

    def _value(self, path: str, scope: Scope) -> str:
        if not path:
            return ""
        what, _, name = path.partition(".")
        if what == "project":
            return self.words.project_field(scope.project, name)
        unit = scope.unit if what == "unit" else self.department_year.department
        unit = unit or self.department_year.unit
        return f"{unit.code}{unit.name}" if name == "title" else unit.name


def _of_task(line: Line, record: Record, views: Mapping[str, str]) -> None:
    """A task's amounts are those of its project, or of a category of expenditure; without either it has none."""
    kind = "project" if record.get("project") else "category"
    code = record.get(kind)
    line.where = ((kind, (code,)),)
    line.manner = Manner(views=(views[kind],) if kind in views else ())
    line.silent = not code


def _levels(codes: Iterable[str], levels: Sequence[int]) -> set[str]:
    """Each code and its beginnings at the given lengths; a coarser code than asked for stays as it is."""
    finest = max(levels, default=0)
    return {code[:n] for code in codes for n in (*levels, min(finest, len(code))) if n <= len(code)}


def _adopt(lines: list[Line]) -> None:
    """Listed rows that stand in no other are parts of the total row (合计) with the same manner and predicates."""
    totals = {(id(line.manner), line.where): i for i, line in enumerate(lines) if line.role == "total"}
    for line in lines:
        if line.parent < 0 and line.kind in _PARTITIONS:
            line.parent = totals.get((id(line.manner), line.where[:-1]), -1)


def _tell_apart(lines: list[Line]) -> None:
    """Rows that would share an address (two transfers of one code, two tasks of one name) go by a name of their own."""
    alike: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        if any(line.path[-1]):
            alike.setdefault(tuple(names[0] for names in line.path), []).append(line)
    for group in (group for group in alike.values() if len(group) > 1):
        times = Counter(name for line in group for name in line.path[-1])
        for number, line in enumerate(group, 1):
            names = line.path[-1]
            own = next((name for name in names if times[name] == 1), f"{names[0]}（{number}）")
            line.path = (*line.path[:-1], tuple(dict.fromkeys((own, *names))))


def _plain(label: str) -> str:
    """The label without its numbering (一、 1.), as people cite it."""
    head, separator, rest = label.partition("、")
    if separator and head and all(c in ORDINALS for c in head):
        return rest
    number, dot, rest = label.partition(".")
    return rest.strip() if dot and number.isdigit() else label
