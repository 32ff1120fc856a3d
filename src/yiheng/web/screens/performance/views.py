"""The year's objectives and indicators by project, each with what it has come to (绩效目标和指标)."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yiheng.facts.disclosure import mask, scope
from yiheng.people.models import Right, Work
from yiheng.statements.monitoring.watched import Line, Watched
from yiheng.web import papers
from yiheng.web.access import for_unit
from yiheng.web.shared import shared

from .place import At, page, tried, unit_year

READ = for_unit(Right.READ, Work.PERFORMANCE)
A_PAGE: Final = 20
"""Projects of a page."""


@READ
@require_GET
@shared
def home(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Objectives and indicators by project with the colour of what they have reached; ways to the other parts."""
    at = unit_year(request, unit, year)
    day = at.day()
    watched, trouble = tried(lambda: at.monitored(day))
    groups = _groups(at, watched)
    shown = Paginator(groups, A_PAGE).get_page(request.GET.get("page"))
    done, unjudged = tried(at.evaluation)
    return page(
        request, at, "home", "home.html",
        {
            "day": day, "trouble": trouble, "page": shown, "groups": len(groups),
            "lights": lights(watched), "evaluation": done, "unjudged": unjudged,
            "surveys": len(at.judged.records_of("survey")) if at.judged else 0,
        },
    )  # fmt: skip


def lights(watched: Watched | None) -> list[tuple[str, str, int]]:
    """Colour, name and number of indicators of each status that occurs, from high to low; then those without one."""
    if watched is None:
        return []
    found = Counter(line.colour for line in watched.indicators)
    shown = [(band.colour, band.name, found[band.colour]) for band in watched.profile.bands]
    shown.append(("", _("没有数据或未到时点"), found[""]))
    return [each for each in shown if each[2]]


def _groups(at: At, watched: Watched | None) -> list[dict[str, Any]]:
    """Objectives and indicators by project, those of the whole unit first."""
    if at.watched is None:
        return []
    shown = watched.department_year if watched else mask(at.watched, scope(papers.policy(), at.watched))
    lines: dict[str, Line] = {line.key: line for line in watched.indicators} if watched else {}
    groups: dict[str, dict[str, Any]] = {}
    for record in (*shown.records_of("objective"), *shown.records_of("indicator")):
        project = record.get("project")
        group = groups.setdefault(project, {"key": project, "objectives": [], "indicators": []})
        if record.kind == "objective":
            group["objectives"].append(record.get("text"))
        else:
            group["indicators"].append({"record": record.fields, "line": lines.get(record.key)})
    for key, group in groups.items():
        found = shown.record("project", key) if key else None
        group["name"] = found.get("name") if found else key or _("部门（单位）整体")
    return sorted(groups.values(), key=lambda group: group["key"] != "")
