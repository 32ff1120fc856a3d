"""Use of results (结果应用): next year's amounts proposed from score and execution, each step in words."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yiheng.ledger.queries import department_years
from yiheng.performance.written import PREFERRED
from yiheng.pipelines import allocation_list
from yiheng.pipelines.allocation import Allocation, allocate
from yiheng.pipelines.assemble import KIND_TITLES
from yiheng.reporting.xlsx.plain import write_list
from yiheng.web import files, papers

from .forms import AllocationForm
from .place import At, page, tried, unit_year
from .views import READ


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for, and what came of it: a proposal with projects, or why there is none."""

    at: At
    form: AllocationForm
    found: Allocation | None
    trouble: str


@READ
@require_GET
def allocation(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The proposal, a row a project, with the way to take it away."""
    return _page(request, _asked(request, unit, year))


@READ
@require_GET
def workbook(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The proposal as the workbook that the command writes; where there is none, the page that says why."""
    asked = _asked(request, unit, year)
    found = asked.found
    if found is None:
        return _page(request, asked, 422)
    title = allocation_list.title(found)
    with tempfile.TemporaryDirectory(prefix="yiheng-") as folder:
        path = write_list(
            Path(folder) / "list.xlsx", title, allocation_list.notes(found), allocation_list.COLUMNS,
            allocation_list.rows(found),
        )  # fmt: skip
        content = path.read_bytes()
    name = content_disposition_header(True, f"{title}.xlsx") or "attachment"
    return HttpResponse(content, content_type=files.TYPES[".xlsx"], headers={"Content-Disposition": name})


def _asked(request: HttpRequest, unit: str, year: int) -> _Asked:
    at = unit_year(request, unit, year)
    there = {entry.kind for entry in department_years() if (entry.unit.key, entry.year) == (unit, year)}
    kinds = [kind.value for kind in PREFERRED if kind in there]
    form = AllocationForm(
        {"kind": request.GET.get("kind") or next(iter(kinds), "")},
        kinds=[(kind, KIND_TITLES[kind]) for kind in kinds],
    )
    if not kinds:
        return _Asked(at, form, None, _("台账里没有本单位本年度的数据。"))
    if not form.is_valid():
        return _Asked(at, form, None, "")
    kind = form.cleaned_data["kind"]
    found, trouble = tried(
        lambda: papers.kept(
            ("allocation", unit, year, kind),
            lambda: allocate(papers.department_year(unit, year, kind), papers.policy()),
        )
    )
    if found is not None and not found.lines:
        return _Asked(at, form, None, _("这一类数据里没有项目，不能提出建议。请换一类数据，或先录入项目。"))
    return _Asked(at, form, found, trouble)


def _page(request: HttpRequest, asked: _Asked, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": asked.form, "found": asked.found, "trouble": asked.trouble}
    if asked.found is not None:
        context |= {
            "lines": list(zip(asked.found.lines, asked.found.data()["projects"], strict=True)),
            "notes": allocation_list.notes(asked.found), "next_year": asked.at.year + 1,
        }  # fmt: skip
    status = 422 if asked.form.errors else status
    return page(request, asked.at, "allocation", "allocation.html", context, status)
