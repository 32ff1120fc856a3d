"""Tables of a monitoring report: execution, indicators by project (项目绩效监控情况表), deviations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from yiheng.facts import Block, Cell, CellKind, Column, Row, Table, Term
from yiheng.money import Amount, MoneyUnit, format_amount
from yiheng.statements.evaluation.draw import apart, number, words
from yiheng.statements.monitoring.form import ReportForm, TableForm
from yiheng.statements.monitoring.ground import expected, forecast, reached, status, terms
from yiheng.statements.monitoring.watched import WHOLE, Deviating, Line, Watched, percent

MONEY: Final = ("budget", "spent")
RULES: Final = ("截至该日的调整预算数", "截至该日的支出")
"""How the money of `MONEY` came about."""
FIGURES: Final = frozenset({"reached", "expected", "forecast", "number"})
"""Columns of figures that are no money."""
INSIDE: Final = "responsible"
"""The column that only internal papers have: it names persons and offices."""
PLACES: Final = 2


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row: its label, what addresses call it, and its cells by what a column shows."""

    label: str
    cells: Mapping[str, Cell]


def tables(form: ReportForm, watched: Watched, audience: str) -> Mapping[str, tuple[Table, ...]]:
    """All tables that have anything to show, by their name in the form."""
    drawing = _Drawing(form, watched, audience)
    department = [line for line in watched.indicators if not line.project]
    return {
        "execution": (drawing.table("execution", {"lines": [drawing.line(e) for e in watched.execution]}),),
        "department": (
            (drawing.table("department", {"indicators": [drawing.line(e) for e in department]}),) if department else ()
        ),
        "project": tuple(drawing.projects()),
        "deviations": (
            (drawing.table("deviations", {"deviations": drawing.deviations()}),) if watched.deviations else ()
        ),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Drawing:
    form: ReportForm
    watched: Watched
    audience: str

    def projects(self) -> Iterator[Table]:
        """One table a project that has indicators."""
        keys = dict.fromkeys(line.project for line in self.watched.indicators if line.project)
        for count, key in enumerate(keys, 1):
            own = [line for line in self.watched.indicators if line.project == key]
            funds = [line for line in self.watched.execution if line.key == key]
            name = self._project_name(key)
            yield self.table(
                "project",
                {
                    "head": list(self._head(key, name)),
                    "funds": [self.line(line) for line in funds],
                    "indicators": [self.line(line) for line in own],
                },
                {"number": str(count), "name": name},
            )

    def _project_name(self, key: str) -> str:
        project = self.watched.department_year.record("project", key)
        return project.get("name") if project else key

    def _head(self, key: str, name: str) -> Iterator[_Entry]:
        year = self.watched.department_year
        department = year.department or year.unit
        units = dict.fromkeys(r.unit for r in year.records_of("indicator") if r.get("project") == key)
        named = [unit.name for unit in year.units if unit.key in units]
        values = {
            "name": name, "department": department.name, "unit": "、".join(named),
            "as_of": self.watched.as_of.isoformat(),
        }  # fmt: skip
        for shown, label in self.form.tables["project"].head.items():
            yield _Entry(label, {"label": words(label), "value": words(values[shown])})

    def line(self, line: Line) -> _Entry:
        """One line of execution or of an indicator."""
        progress, grounds, as_of = line.progress, line.grounds, self.watched.as_of
        done = terms((*grounds.spent, *grounds.budget)) if line.amounts else terms(grounds.facts)
        cells = {
            "label": words(line.name), "level1": words(line.levels[0]), "level2": words(line.levels[1]),
            "target": words(line.target, grounds.target),
            "actual": Cell(
                CellKind.TEXT, line.actual or self.form.blank, terms=terms(grounds.facts), rule=grounds.words,
                source=grounds.actual,
            ),
            "reached": self._share(percent(progress.reached) if progress else None, reached(line), done),
            "expected": self._share(percent(progress.expected) if progress else None, expected(line, as_of)),
            "forecast": self._share(line.forecast, forecast(line), done),
            "status": Cell(
                CellKind.TEXT, line.status or self.form.blank, terms=done, source=grounds.actual,
                rule=status(line, self.watched.profile),
            ),
            "deviation": words("；".join(f"{d.text}（{d.cause}）" for d in line.deviations) or self.form.blank),
            "action": words("；".join(d.action for d in line.deviations) or self.form.blank),
        }  # fmt: skip
        if line.amounts is not None:
            for shown, fen, rule, facts in zip(
                MONEY, line.amounts, RULES, (grounds.budget, grounds.spent), strict=True
            ):
                text = format_amount(fen, MoneyUnit.YUAN, PLACES)
                cells[shown] = Cell(CellKind.MONEY, text, amount=Amount(fen), terms=terms(facts), rule=rule)
        return _Entry(line.name, cells)

    def _share(self, text: str | None, rule: str, terms: tuple[Term, ...] = ()) -> Cell:
        return Cell(CellKind.COUNT, text, terms=terms, rule=rule) if text else number(self.form.blank)

    def deviations(self) -> list[_Entry]:
        """All deviations, the oldest first."""
        return [self._deviation(n, each) for n, each in enumerate(self.watched.deviations, 1)]

    def _deviation(self, count: int, each: Deviating) -> _Entry:
        cells = {
            "number": number(str(count)), "project": words(each.project or self.form.blank),
            "label": words(each.subject), "date": words(each.date), "text": words(each.text),
            "cause": words(each.cause), "action": words(each.action), "responsible": words(each.responsible),
            "due": words(each.due), "state": words(each.state), "latest": words(latest(each)),
        }  # fmt: skip
        return _Entry(each.subject, cells)

    def table(
        self, name: str, blocks: Mapping[str, Sequence[_Entry]], named: Mapping[str, str] | None = None
    ) -> Table:
        """A table of the form with these rows in its blocks."""
        spec = self.form.tables[name]
        made = tuple(
            self._block(spec, of, rows) for of, rows in blocks.items() if of in spec.columns and rows
        )
        return Table(
            spec.code.format(**(named or {})), spec.title.format(**(named or {})), spec.unit, made, "stacked",
            owner=self.watched.department_year.unit.name,
        )  # fmt: skip

    def _block(self, spec: TableForm, of: str, entries: Sequence[_Entry]) -> Block:
        shown = {
            name: heading
            for name, heading in spec.columns[of].items()
            if name != INSIDE or self.audience != "public"
        }
        columns = tuple(_column(name, heading, spec.unit) for name, heading in shown.items())
        names = apart([entry.label for entry in entries])
        rows = tuple(
            Row((tuple(dict.fromkeys((name, entry.label))),), entry.label, role=_role(of, count))
            for count, (name, entry) in enumerate(zip(names, entries, strict=True))
        )
        cells = tuple(tuple(entry.cells.get(name, words("")) for name in shown) for entry in entries)
        return Block("", columns, rows, cells)


def _column(name: str, heading: str, unit: str) -> Column:
    if name in MONEY:
        return Column((heading,), CellKind.MONEY, unit)
    return Column((heading,), CellKind.COUNT if name in FIGURES else CellKind.TEXT)


def _role(of: str, count: int) -> str:
    """The whole stands first among the lines of execution."""
    return "total" if of == "lines" and count == 0 else ""


def latest(each: Deviating) -> str:
    """What was last entered of a deviation, with its day."""
    return f"{each.history[-1].date} {each.history[-1].text}" if each.history else "没有进展记录"


def whole(watched: Watched) -> Line:
    """The line of the whole department-year."""
    return next(line for line in watched.execution if line.key == WHOLE)
