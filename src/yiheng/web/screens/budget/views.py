"""The project library (项目库), one project, and the checks beside the grid."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from yiheng.facts import Outcome
from yiheng.ledger import queries
from yiheng.ledger.errors import NoDepartmentYear
from yiheng.ledger.sheets import MONEY, shapes
from yiheng.people.models import Right, Work
from yiheng.pipelines import projects
from yiheng.pipelines.assemble import assemble
from yiheng.pipelines.indicators import understood
from yiheng.pipelines.projects import Project, Wanted
from yiheng.policy import PolicyUnknown
from yiheng.scoring.errors import ScoringError
from yiheng.web import papers
from yiheng.web.access import for_unit
from yiheng.web.shared import drawn, kept_for, nobody, shared_but
from yiheng.web.templatetags.amounts import yuan

from .place import UnitYear, unit_year

A_PAGE: Final = 50
FINDINGS: Final = 20
"""Findings that the panel beside the grid lists; the tables have all."""
_READ = for_unit(Right.READ, Work.BUDGET)
_HIDDEN: Final = frozenset({"key", "document", "place", "quantum", "name"})


@dataclass(frozen=True, slots=True)
class Line:
    """What the list shows of a project; amounts in fen."""

    key: str
    name: str
    code: str
    secret: bool
    own: bool
    unit: str
    kind: str
    functions: str
    budget: int | None
    stage: str
    costing: int | None


def _library(request: HttpRequest, unit: str, year: int) -> str:
    """The list with its search: all of the page that drafts change."""
    at = unit_year(request, unit, year)
    what = "library", request.get_full_path()
    return kept_for(at.user, what, nobody, lambda: _drawn_library(request, at), drafts=True)


@_READ
@require_GET
@shared_but(nobody, _library)
def home(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The projects of the unit-year as a list or a tree, with search and filters."""
    at = unit_year(request, unit, year)
    context = {"at": at, "part": "projects", "library": lambda: _library(request, unit, year)}
    return render(request, "budget/projects.html", context)


def _drawn_library(request: HttpRequest, at: UnitYear) -> str:
    """Each project is drawn by itself: a draft changes one of them."""
    asked = Wanted(
        request.GET.get("words", ""), request.GET.get("of", ""), request.GET.get("function", ""),
        request.GET.get("kind", ""), request.GET.get("state", ""),
    )  # fmt: skip
    every = projects.library(at.unit.key, at.year)
    found = [each for each in every if asked.meets(each)]
    codes = {name: dict(at.codes(name)) for name in ("function", "project_type")}
    names = {each.key: each.short_name or each.name for each in at.tree.units}
    tree = request.GET.get("view") == "tree"
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    used = dict.fromkeys(code for each in every for code in each.functions)
    there = {each.row.text("project_type") for each in every}
    offered = {
        "units": tuple((each.key, names[each.key]) for each in at.below),
        "functions": tuple((code, codes["function"].get(code, "")) for code in sorted(used)),
        "kinds": tuple((code, name) for code, name in codes["project_type"].items() if code in there),
    }
    sift = ("sift", at.unit.key, at.year, asked, tree, *offered.values())
    lines = [] if tree else [_line(each, at, codes, names) for each in page]
    here = "library", at.unit.key, at.year
    return render_to_string(
        "budget/library.html",
        {
            "at": at, "every": len(every), "found": len(found), "page": page, "tree": tree,
            "sift": drawn(
                sift, lambda: render_to_string("budget/sift.html", {"at": at, "asked": asked, "tree": tree, **offered})
            ),
            "lines": [drawn((*here, line), partial(_drawn_line, at, line)) for line in lines],
            "groups": _groups(found, at, codes, names) if tree else [],
            "total": sum(each.budget or 0 for each in found),
            "query": _without_page(request),
            "may_write": bool(at.editable("projects")),
            "new_year": _may_open(at),
        },
    )  # fmt: skip


def _drawn_line(at: UnitYear, line: Line) -> str:
    return render_to_string("budget/library_line.html", {"at": at, "line": line})


@_READ
@require_GET
def project(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """One project: what it is, what it costs, what it shall reach, and how it came to be so."""
    at = unit_year(request, unit, year)
    found = projects.sheet(unit, year, key)
    if found is None:
        raise Http404
    shape = shapes()["projects"]
    row = found.project.row
    text = shape.text(shape.values(row))
    declared = [
        (
            shape.label(name),
            f"{yuan(row.values[name])} 元" if name in MONEY else _called(at, name, text[name]),
        )
        for name in shape.columns
        if name in text and name not in _HIDDEN
    ]
    return render(
        request,
        "budget/project.html",
        {
            "at": at, "part": "projects", "sheet": found, "project": found.project, "declared": declared,
            "costing": [
                {**{name: each.values.get(name) for name in ("item", "purpose", "quantity", "price", "periods",
                                                             "amount")},
                 "unit": _unit(at, each.text("unit"))}
                for each in found.costing
            ],
            "by_stage": _changes([(at.stages.get(stage, stage), total) for stage, total in found.by_stage]),
            "lines": [
                {
                    "stage": at.stages.get(each.text("stage"), each.text("stage")),
                    "unit": _unit(at, each.text("unit")),
                    "function": _called(at, "function", each.text("function")),
                    "economic": _called(at, "economic", each.text("economic")),
                    "amount": each.values.get("amount"),
                }
                for each in found.lines
                if each.text("stage") == found.project.stage
            ],
            "indicators": [(each, _target(at, each.text("target"))) for each in found.indicators],
            "others": found.others,
            "history": projects.changed(found.history),
            "may_write": bool(at.editable("projects")) and found.project.own,
        },
    )  # fmt: skip


@_READ
@require_GET
def checks(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """What the register of checks says of the budget as it stands at one stage; a part of the grid's page."""
    at = unit_year(request, unit, year)
    stage = request.GET.get("stage", "")
    stage = stage if stage in at.stages else "approved"
    context: dict[str, Any] = {"at": at, "stage": at.stages.get(stage, stage)}
    try:
        paper = papers.kept(
            ("stage", unit, year, stage), lambda: _paper(unit, year, stage), drafts=True
        ).paper
    except NoDepartmentYear:
        context["missing"] = gettext("本单位本年度还没有开立部门预算，公开表的核对要在开立后才有。")
    except PolicyUnknown as error:
        context["missing"] = str(error)
    else:
        failing = [each for each in paper.findings if each.outcome is Outcome.FAIL and not each.accepted]
        context |= {
            "failing": failing[:FINDINGS], "more": max(len(failing) - FINDINGS, 0), "count": len(failing),
            "passed": sum(each.outcome is Outcome.PASS for each in paper.findings),
        }  # fmt: skip
    return render(request, "budget/checks.html", context)


def _paper(unit: str, year: int, stage: str) -> Any:
    found = queries.department_year(unit, year, "budget", stage=stage, policy=papers.policy())
    return assemble(found, papers.policy(), "internal")


def _line(each: Project, at: UnitYear, codes: dict[str, dict[str, str]], names: dict[str, str]) -> Line:
    kind = each.row.text("project_type")
    return Line(
        key=each.key,
        name=each.name,
        code=each.row.text("code"),
        secret=bool(each.row.values.get("secret")),
        own=each.own,
        unit=names.get(each.row.text("department"), each.row.text("department")),
        kind=codes["project_type"].get(kind, kind),
        functions="、".join(f"{code} {codes['function'].get(code, '')}".strip() for code in each.functions),
        budget=each.budget,
        stage=at.stages.get(each.stage, each.stage),
        costing=each.costing,
    )


def _groups(
    found: list[Project], at: UnitYear, codes: dict[str, dict[str, str]], names: dict[str, str]
) -> list[dict[str, Any]]:
    """Unit → kind of project → projects, with their sums."""
    lines = [_line(each, at, codes, names) for each in found]
    lines.sort(key=lambda line: (line.unit, line.kind))
    return [
        {
            "unit": unit,
            "kinds": [
                {"kind": kind or gettext("未填类型"), "lines": (own := list(rows)), "total": _sum(own)}
                for kind, rows in groupby(of_unit, key=lambda line: line.kind)
            ],
            "total": _sum(of_unit),
        }
        for unit, of_unit in ((u, list(g)) for u, g in groupby(lines, key=lambda line: line.unit))
    ]


def _sum(lines: list[Line]) -> int:
    return sum(line.budget or 0 for line in lines)


def _changes(stages: list[tuple[str, int]]) -> list[tuple[str, int, int | None]]:
    """Each stage with its amount and by how much it differs from the one before."""
    before = [None, *(total for _, total in stages)]
    return [
        (name, total, None if last is None else total - last)
        for (name, total), last in zip(stages, before, strict=False)
    ]


def _called(at: UnitYear, name: str, code: str) -> str:
    if name == "department":
        return _unit(at, code)
    title = dict(at.codes(name)).get(code, "") if name in _CODED else ""
    return f"{code} {title}" if title else code


_CODED: Final = frozenset(
    {"function", "economic", "project_type", "period_type", "arrangement", "purpose", "office"}
)


def _unit(at: UnitYear, key: str) -> str:
    found = at.tree.by_key.get(key)
    return (found.short_name or found.name) if found else key


def _target(at: UnitYear, text: str) -> str:
    if not text:
        return ""
    try:
        told = understood(text, papers.policy(), at.tree.jurisdiction(at.unit.key), dt.date(at.year, 12, 31))
    except ScoringError as error:
        return str(error)
    return f"{told['label']}：{told['text']}（{told['judged']}）"


def _may_open(at: UnitYear) -> bool:
    """Whether the next year's budget is not there yet and this year's is."""
    there = papers.kept("years", queries.department_years)
    years = {entry.year for entry in there if entry.unit.key == at.unit.key}
    return at.year in years and at.year + 1 not in years


def _without_page(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()
