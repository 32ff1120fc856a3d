"""Targets (指标值): all of them with how each is understood, and the editor that says so while one types."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from yiheng.facts.sheets import SheetRow
from yiheng.people.models import Work
from yiheng.pipelines.indicators import library_data, understood
from yiheng.scoring.errors import ScoringError
from yiheng.web import papers
from yiheng.web.access import works_on

from .forms import TargetForm
from .place import At, page, tried, unit_year
from .rows import row_of, rows_of, save, shown
from .views import READ

A_PAGE: Final = 50
LONGEST: Final = 500
"""Characters of a target that are looked at; the longest in print has about a hundred."""


@READ
@require_GET
def targets(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Every indicator with its target and how that is understood."""
    at = unit_year(request, unit, year)
    projects, words = _projects(at), request.GET.get("words", "").strip()
    found = [
        row for row, _ in rows_of(at, "indicators").values()
        if all(word in f"{_name(row)} {row.text('target')} {projects.get(row.text('project'), '')}"
               for word in words.split())
    ]  # fmt: skip
    pages = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "row": row,
            "name": _name(row),
            "levels": " · ".join(text for text in (row.text("level1"), row.text("level2")) if text),
            "project": projects.get(row.text("project"), row.text("project")),
            **_understood(at, row.text("target")),
        }
        for row in pages
    ]
    context = {"page": pages, "lines": lines, "words": words, "count": len(found)}
    return page(request, at, "targets", "targets.html", context)


@READ
@require_GET
def told(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """How a target that is being typed is understood; a part of the editor."""
    at = unit_year(request, unit, year)
    found = _understood(at, request.GET.get("target", "")[:LONGEST])
    return render(request, "performance/understood.html", found)


@works_on(Work.PERFORMANCE)
@require_http_methods(["GET", "POST"])
def target(request: HttpRequest, unit: str, year: int, key: str = "") -> HttpResponse:
    """The editor of one indicator; without a key, of a new one."""
    at = unit_year(request, unit, year)
    row, version = row_of(at, "indicators", key) if key else (None, 0)
    initial = {**shown(row), "version": version} if row else {}
    form = TargetForm(list(_projects(at).items()), request.POST or None, initial=initial)
    if request.method == "POST":
        if not at.editable:
            raise PermissionDenied(at.editable.reason)
        if form.is_valid() and _written(at, form, row):
            messages.success(
                request, gettext("已保存指标“%(level3)s”。") % {"level3": form.cleaned_data["level3"]}
            )
            return redirect("performance:targets", unit=unit, year=year)
    text = str(form["target"].value() or "")
    context = {"form": form, "key": key, "row": row, "levels": _levels(at), **_understood(at, text)}
    status = 422 if form.errors else 200
    return page(request, at, "targets", "target.html", context, status)


def _written(at: At, form: TargetForm, row: SheetRow | None) -> bool:
    given = form.cleaned_data
    cells = {name: given[name] for name in form.fields if name != "version"}
    if row is None:
        unit = _owner(at, given["project"])
        cells |= {"order": str(len(rows_of(at, "indicators")) + 1)} | ({"unit": unit} if unit else {})
    cells["level"] = "project" if given["project"] else "department"
    if row is not None and not row.text("level3") and row.text("level2") == given["level3"]:
        del cells["level3"]
    return save(at, "indicators", form, cells, row.key if row else "", given["version"] or 0)


def _owner(at: At, project: str) -> str:
    """The unit that the project belongs to, for a new indicator of it."""
    found = rows_of(at, "projects").get(project)
    return found[0].text("department") if found else ""


def _projects(at: At) -> dict[str, str]:
    """Names of the projects by key; a secret one only for whoever fills in."""
    found = rows_of(at, "projects").items()
    return {key: row.text("name") for key, (row, _) in found if at.full or not row.values.get("secret")}


def _name(row: SheetRow) -> str:
    return row.text("level3") or row.text("level2") or row.text("level1")


def _levels(at: At) -> dict[str, list[str]]:
    """Level-1 and level-2 indicators of the taxonomy in force, offered while one types."""
    found, _ = tried(lambda: library_data("", papers.policy(), at.place, at.last_day)["taxonomy"]["levels"])
    levels: dict[str, Any] = found or {}
    return {"first": list(levels), "second": [name for below in levels.values() for name in below]}


def _understood(at: At, text: str) -> dict[str, Any]:
    """How a target is understood, for `understood.html`: `told`, or `refused` with the reason."""
    if not text.strip():
        return {"told": None, "refused": ""}
    try:
        return {"told": understood(text, papers.policy(), at.place, at.last_day), "refused": ""}
    except ScoringError as error:
        return {"told": None, "refused": str(error)}
