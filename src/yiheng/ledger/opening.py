"""Opening a year from the last one (开立新年度): the content that the new year begins with.

1. the department-year itself, with a document of its own that its comparatives belong to;
2. projects declared for the last year that have not ended, under a new key;
3. objectives, indicators and tasks as text (the sheets that say `carried_over`);
4. 结转: what was left at the end is there at the beginning;
5. comparatives: the last year's figures as published figures (已公布数).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from yiheng import facts
from yiheng.facts import YUAN_UOM
from yiheng.facts.sheets import SheetRow, Value
from yiheng.policy import Policy

from . import queries
from .carryover import opening_balances
from .errors import YearRefused
from .models import DepartmentYear, PaperKind, Project, current
from .reads.units import UnitTree
from .sheets import Shape, Values, shapes

COMPARED: Final[Mapping[str, tuple[str, ...]]] = {
    PaperKind.BUDGET: ("budget", "budget_revenue", "three_public_budget", "procurement", "transfer"),
    PaperKind.ACCOUNTS: (
        "budget",
        "budget_adjusted",
        "spending",
        "revenue",
        "three_public_spending",
        "procurement",
    ),
    PaperKind.PERFORMANCE: ("budget", "budget_adjusted", "spending"),
}
"""The measures of each kind of paper that the next year's paper compares itself with."""

_DIMS: Final = ("item", "function", "category", "fund", "source", "project")
"""Dimensions that a published figure can have."""
_UNSAYABLE: Final = frozenset({"economic", "basic_kind"})
"""Views whose dimension a published figure cannot have."""

Rows = dict[str, list[SheetRow]]


@dataclass(frozen=True)
class Opening:
    """One opening: from which department-year to which."""

    tree: UnitTree
    unit: str
    from_year: int
    to_year: int
    kind: str

    @property
    def document(self) -> str:
        """Key of the new year's own paper."""
        return f"{self.unit}-{self.to_year}-{self.kind}"

    @property
    def below(self) -> tuple[str, ...]:
        return tuple(unit.key for unit in self.tree.below(self.unit))

    def renamed(self, key: str) -> str:
        """The key of last year's row for the new year."""
        old, new = str(self.from_year), str(self.to_year)
        return key.replace(old, new) if old in key else f"{key}-{new}"


def opening_content(
    unit: str, from_year: int, to_year: int, kind: str, policy: Policy | None = None
) -> tuple[Rows, list[str]]:
    """Everything that the new department-year begins with, and notes of what has to be filled in by hand.

    Raises `YearRefused` where the year must not be opened, `NoDepartmentYear` where there is no last one.
    """
    tree = queries.unit_tree()
    opening = Opening(tree, unit if unit in tree.by_key else tree.resolve(unit).key, from_year, to_year, kind)
    _refuse(opening)
    last = queries.department_year(opening.unit, from_year, kind, policy=policy)
    rows: Rows = {"documents": [_document(opening)], "department_years": [_department_year(opening, last)]}
    projects = _projects(opening)
    rows["projects"] = list(projects.values())
    for shape in shapes().values():
        if shape.model.carried_over:
            rows[shape.sheet] = list(_carried(opening, shape, projects))
    rows["balances"], notes = opening_balances(opening.below, from_year, to_year)
    rows["statistics"] = list(_comparatives(opening, last))
    return rows, notes


def _refuse(opening: Opening) -> None:
    if opening.to_year <= opening.from_year:
        raise YearRefused(f"新年度 {opening.to_year} 不在 {opening.from_year} 年之后。处理：核对两个年度。")
    papers = DepartmentYear.objects.filter(active=True, unit_id__in=opening.below, year=opening.to_year)
    if papers.exists():
        raise YearRefused(
            f"{opening.to_year} 年度已经开立，不能再次开立。处理：在已有的年度上修改，或核对年度是否填错。"
        )


def _document(opening: Opening) -> SheetRow:
    name = opening.tree.by_key[opening.unit].name
    title = f"{name}{opening.to_year}年{PaperKind(opening.kind).label}（编制中）"
    values: dict[str, Value] = {
        "key": opening.document,
        "title": title,
        "publisher": name,
        "year": opening.to_year,
    }
    return SheetRow("documents", 0, values)


def _department_year(opening: Opening, last: facts.DepartmentYear) -> SheetRow:
    name = opening.tree.by_key[opening.unit].name
    values: dict[str, Value] = {
        "unit": opening.unit,
        "year": opening.to_year,
        "kind": opening.kind,
        "title": f"{name}{opening.to_year}年{PaperKind(opening.kind).label}",
        "document": opening.document,
        "synthetic": last.synthetic,
    }
    return SheetRow("department_years", 0, values)


def _projects(opening: Opening) -> dict[str, SheetRow]:
    """Last year's declarations by their old key, but for projects that have ended. Those for any year go on as is."""
    shape = shapes()["projects"]
    model: Any = shape.model
    rows = model.objects.filter(department__in=opening.below, active=True, year=opening.from_year).order_by(
        "pk"
    )
    found = {}
    for values in rows.values_list(*shape.attributes):
        end = values[shape.place["end"]]
        if not isinstance(end, dt.date) or end.year >= opening.to_year:
            found[values[0]] = _copy(opening, shape, values)
    return found


def _carried(opening: Opening, shape: Shape, projects: Mapping[str, SheetRow]) -> Iterator[SheetRow]:
    """The rows of last year, but for those of projects that were not taken over."""
    model: Any = shape.model
    rows = current(model).filter(unit__in=opening.below, year=opening.from_year).order_by("position")
    ended = set(_ended(opening, projects))
    for values in rows.values_list(*shape.attributes):
        project = values[shape.place["project"]]
        if project in ended:
            continue
        changed: dict[str, Value] = {"project": projects[project].key} if project in projects else {}
        if "task" in shape.place and values[shape.place["task"]]:
            changed["task"] = opening.renamed(values[shape.place["task"]])
        yield _copy(opening, shape, values, **changed)


def _ended(opening: Opening, projects: Mapping[str, SheetRow]) -> Iterable[str]:
    declared = Project.objects.filter(active=True, year=opening.from_year).values_list("key", flat=True)
    return (key for key in declared if key not in projects)


def _copy(opening: Opening, shape: Shape, values: Values, **changed: Value) -> SheetRow:
    """The row for the new year. It is no transcription any more, so it names no document."""
    old = shape.row(values)
    new = {
        "key": opening.renamed(values[0]),
        "year": opening.to_year,
        "document": None,
        "place": None,
        **changed,
    }
    return replace(old, values={**old.values, **new})


def _comparatives(opening: Opening, last: facts.DepartmentYear) -> Iterator[SheetRow]:
    """Last year's figures. Exact amounts that differ in nothing that a published figure can say are added."""
    measures = COMPARED[opening.kind]
    table = shapes()["statistics"].title
    exact: dict[tuple[str, ...], int] = {}
    number = 0
    for fact in last.facts:
        published = fact.source.table == table
        if (
            fact.year != opening.from_year
            or fact.view in _UNSAYABLE
            or not (published or fact.measure in measures)
        ):
            continue
        said = (fact.unit, fact.measure, fact.view, *(fact.dims.get(name, "") for name in _DIMS))
        if fact.quantum or fact.uom != YUAN_UOM:
            number += 1
            yield _published(opening, number, said, fact.amount, fact.uom, fact.quantum)
        else:
            exact[said] = exact.get(said, 0) + fact.amount
    for said, fen in exact.items():
        number += 1
        yield _published(opening, number, said, fen, YUAN_UOM, 0)


def _published(
    opening: Opening, number: int, said: tuple[str, ...], value: int, uom: str, quantum: int
) -> SheetRow:
    unit, measure, view, *dims = said
    values: dict[str, Value] = {
        "key": f"{opening.document}-{number:04d}",
        "unit": unit,
        "year": opening.from_year,
        "measure": measure,
        "view": view,
        **{name: text or None for name, text in zip(_DIMS, dims, strict=True)},
        "value": value,
        "uom": uom,
        "document": opening.document,
        "place": f"开立{opening.to_year}年度时由{opening.from_year}年度得出",
    }
    return SheetRow("statistics", 0, values, quantum)
