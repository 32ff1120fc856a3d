"""Monitoring (绩效运行监控) on a day: lines with both progresses, deviations and what came of them, the report."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yiheng.casework.errors import CaseworkError
from yiheng.casework.operations import enqueue
from yiheng.ledger.queries import department_years
from yiheng.people.models import Work
from yiheng.pipelines.evidence import Evidence, named
from yiheng.statements.monitoring.watched import WHOLE, Line, Watched, percent
from yiheng.web.access import works_on
from yiheng.web.readings import Reader

from .forms import DayForm, DeviationForm, FollowUpForm
from .place import At, page, tried, unit_year
from .proof import cells as evidence_cells
from .rows import row_of, rows_of, save
from .views import READ, lights

WRITE = works_on(Work.PERFORMANCE)


@READ
@require_GET
def monitoring(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Where the year stands on the chosen day."""
    at = unit_year(request, unit, year)
    day, wrong = _day(at, request.GET.get("day", ""))
    watched, trouble = tried(lambda: at.monitored(day))
    names = {line.key: line.name for line in watched.execution if line.key} if watched else {}
    context = {
        "day": day, "wrong": wrong, "trouble": trouble, "watched": watched, "lights": lights(watched),
        "form": DayForm(initial={"day": day}), "deviations": _deviations(at, watched) if watched else [],
        "execution": [_shown(line, watched) for line in watched.execution] if watched else [],
        "indicators": [
            {**_shown(line, watched), "project": names.get(line.project, line.project)} for line in watched.indicators
        ] if watched else [],
    }  # fmt: skip
    return page(request, at, "monitoring", "monitoring.html", context, 422 if wrong else 200)


@WRITE
@require_POST
def report(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Let a job write the report of the day."""
    at = unit_year(request, unit, year)
    day, wrong = _day(at, request.POST.get("day", ""))
    found = at.watched
    if found is None or wrong:
        messages.error(request, wrong or gettext("台账里没有本单位本年度的数据。"), extra_tags="danger")
        return redirect("performance:monitoring", unit=unit, year=year)
    audience = Reader(at.user, unit, year).audience
    internal = audience == "internal"
    kinds = {entry.kind for entry in department_years() if entry.unit.key == unit and entry.year == year}
    kind = next(kind for kind in ("accounts", "budget", "performance") if kind in kinds)
    try:
        job = enqueue(
            "monitoring",
            {"unit": unit, "year": year, "kind": kind, "as_of": day.isoformat(), "audience": audience},
            by=at.user,
            title=f"绩效监控材料：{at.unit.name}，截至 {day.isoformat()}",
            subject=f"monitoring/{unit}/{year}/{day.isoformat()}/{audience}"
            + (f"/{at.user.pk}" if internal else ""),
            # What is inner is for whoever asked and may see the rows; colleagues ask for themselves.
            unit="" if internal else unit,
            work="" if internal else Work.PERFORMANCE,
        )
    except CaseworkError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect(_address(at, day))
    return redirect("jobs:job", key=job.pk)


@WRITE
@require_http_methods(["GET", "POST"])
def deviation(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Enter a deviation of a line; `indicator` or `project` says of which, neither the execution of the whole."""
    at = unit_year(request, unit, year)
    indicator, project = request.GET.get("indicator", ""), request.GET.get("project", "")
    about, cells = _about(at, indicator, project)
    day, _ = _day(at, request.GET.get("day", ""))
    form = DeviationForm(request.POST or None, initial={"dated": day})
    if request.method == "POST":
        _may_write(at)
        if form.is_valid():
            typed = {name: str(value) for name, value in form.cleaned_data.items()}
            if save(at, "deviations", form, {**cells, **typed}):
                messages.success(request, gettext("已登记偏差。"))
                return redirect(_address(at, form.cleaned_data["dated"]))
    context = {"form": form, "about": about, "day": day, "title": gettext("登记偏差")}
    return page(request, at, "monitoring", "entry.html", context, 422 if form.errors else 200)


@WRITE
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """Enter what has come of a deviation."""
    at = unit_year(request, unit, year)
    row, _ = row_of(at, "deviations", key)
    day, _ = _day(at, request.GET.get("day", ""))
    form = FollowUpForm(request.POST or None, request.FILES or None, initial={"dated": day, "state": "open"})
    if request.method == "POST":
        _may_write(at)
        if form.is_valid() and (proof := evidence_cells(form)) is not None:
            given = form.cleaned_data
            typed = {name: str(given[name]) for name in ("dated", "state", "text", "responsible")}
            if save(at, "follow_ups", form, {"deviation": key, "unit": row.text("unit"), **typed, **proof}):
                messages.success(request, gettext("已登记进展。"))
                return redirect(_address(at, max(day, min(given["dated"], at.last_day))))
    about = f"{row.text('dated')} {row.text('text')}"
    context = {"form": form, "about": about, "day": day, "title": gettext("登记偏差进展")}
    return page(request, at, "monitoring", "entry.html", context, 422 if form.errors else 200)


def _deviations(at: At, watched: Watched) -> list[dict[str, Any]]:
    """The deviations of the day, each with the files that its follow-up rests on."""
    files: dict[str, list[tuple[str, Evidence]]] = {}
    for key, (row, _) in rows_of(at, "follow_ups").items():
        found = [(key, each) for each in named(row.text("evidence"))]
        if row.text("dated") <= watched.as_of.isoformat():
            files.setdefault(row.text("deviation"), []).extend(found)
    return [{"found": each, "files": files.get(each.key, [])} for each in watched.deviations]


def _may_write(at: At) -> None:
    if not at.editable:
        raise PermissionDenied(at.editable.reason)


def _day(at: At, asked: str) -> tuple[dt.date, str]:
    """The day to look at, and what was wrong with the one that was asked for."""
    try:
        return at.day(asked), ""
    except ValueError:
        return at.day(), gettext("监控日期“%(typed)s”不在 %(year)s 年内，请另选一天。") % {
            "typed": asked[:20],
            "year": at.year,
        }


def _address(at: At, day: dt.date) -> str:
    return f"{reverse('performance:monitoring', kwargs=at.where)}?day={day.isoformat()}"


def _about(at: At, indicator: str, project: str) -> tuple[str, dict[str, str]]:
    """What a deviation is about, in words and as cells of its row; 404 for what the unit-year does not have."""
    if indicator:
        row, _ = row_of(at, "indicators", indicator)
        name = row.text("level3") or row.text("level2")
        return name, {"indicator": indicator, "project": row.text("project"), "unit": row.text("unit")}
    if not project:
        return gettext("全部支出的预算执行"), {}
    found = rows_of(at, "projects").get(project)
    if found is None:
        raise Http404
    return gettext("%(name)s的预算执行") % {"name": found[0].text("name")}, {
        "project": project,
        "unit": found[0].text("department"),
    }


def _shown(line: Line, watched: Watched) -> dict[str, Any]:
    found = line.progress
    about = (
        f"indicator={line.key}" if line.is_indicator else "" if line.key == WHOLE else f"project={line.key}"
    )
    return {
        "line": line,
        "reached": percent(found.reached) if found else None,
        "expected": percent(found.expected) if found else None,
        "bar": min(100, round(found.reached * 100)) if found and found.reached is not None else None,
        "asks": bool(line.key) and watched.behind(line) and not line.deviations,
        "about": about,
    }
