"""The grid (编制表格): the page, its data, and its two main requests: check and save."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from yiheng.casework import queries as casework
from yiheng.people.models import Right
from yiheng.people.once import reading
from yiheng.pipelines import editing
from yiheng.pipelines.editing import EditReport, Place, Typed
from yiheng.pipelines.intake import SHEETS
from yiheng.pipelines.stages import stages
from yiheng.web import papers
from yiheng.web.access import may
from yiheng.web.shared import decided, kept_for, nobody, shared_but

from .asking import READ, WRITE, Refused, answering, body, comments, known
from .gridform import grid_of, notes
from .place import SHEETS as SHOWN
from .place import UnitYear, stage_of, unit_year, work_of
from .plain import plain_rows

PLAIN_ROWS: Final = 100
"""Rows of a page of the plain table, for readers without JavaScript."""


def _body(request: HttpRequest, unit: str, year: int, sheet: str) -> str:
    """The stages and the table: all of the page that drafts change."""
    at = unit_year(request, unit, year)
    what = "grid", request.get_full_path()
    return kept_for(at.user, what, nobody, lambda: _drawn_body(request, at, sheet), drafts=True)


@READ
@require_GET
@shared_but(nobody, _body)
def grid(request: HttpRequest, unit: str, year: int, sheet: str) -> HttpResponse:
    """The page: a plain table, over which the script lays the grid."""
    at = unit_year(request, unit, year)
    known(at, sheet)
    context = {
        "at": at, "part": "grid", "tabs": _tabs(at, sheet), "title": SHEETS[sheet].title,
        "body": lambda: _body(request, unit, year, sheet),
    }  # fmt: skip
    return render(request, "budget/grid.html", context)


def _drawn_body(request: HttpRequest, at: UnitYear, sheet: str) -> str:
    place, allowed = _place(at, sheet, request.GET.get("stage", ""))
    data = grid_of(place, at)
    shown = [column for column in data["columns"] if not column["hidden"]]
    first = max(int(text) - 1 if (text := request.GET.get("page", "")).isdecimal() else 0, 0) * PLAIN_ROWS
    codes = at.year, at.tree.jurisdiction(at.unit.key)
    rows = plain_rows(data["rows"][first : first + PLAIN_ROWS], shown, data["lists"], codes)
    pages = range(1, -(-len(data["rows"]) // PLAIN_ROWS) + 1)
    rights = (Right.WRITE, Right.APPROVE)
    config = {
        "urls": _urls(at.unit.key, at.year, sheet), "stage": place.stage, "editable": bool(allowed),
        "title": data["title"], "sheet": sheet,
        "comment": any(may(at.user, right, work_of(sheet), at.unit.key) for right in rights),
    }  # fmt: skip
    return render_to_string(
        "budget/grid_body.html",
        {
            "at": at, "allowed": allowed, "stage": place.stage, "stages": _stage_links(at) if place.stage else [],
            "columns": shown, "rows": rows, "pages": pages, "title": data["title"], "count": len(data["rows"]),
            "config": config,
        },
    )  # fmt: skip


def _urls(unit: str, year: int, sheet: str) -> dict[str, str]:
    of_year: dict[str, Any] = {"unit": unit, "year": year}
    here = {**of_year, "sheet": sheet}
    urls = {name: reverse(f"budget:{name}", kwargs=here) for name in ("data", "check", "save", "comment")}
    urls |= {name: reverse(f"budget:{name}", kwargs=of_year) for name in ("undo", "settle")}
    return urls | {"history": reverse("budget:history", kwargs={**here, "key": "KEY"})}


@READ
@require_GET
@answering
def data(request: HttpRequest, unit: str, year: int, sheet: str) -> dict[str, Any]:
    """Columns, lists, rows and comments."""
    at = unit_year(request, unit, year)
    place, _ = _place(at, sheet, request.GET.get("stage", ""))
    return {**grid_of(place, at), "comments": comments(at, sheet)}


@WRITE
@require_POST
@answering
def check(request: HttpRequest, unit: str, year: int, sheet: str) -> dict[str, Any]:
    """What is wrong with the changes so far; nothing is written."""
    with reading():
        at = unit_year(request, unit, year)
        place, typed = _asked(request, at, sheet)
    report = editing.check(place, typed, papers.policy())
    changed = ((each.row, dict(each.cells)) for each in typed if each.cells)
    return {**_told(report), "notes": notes(place, at, changed)}


@WRITE
@require_POST
@answering
def save(request: HttpRequest, unit: str, year: int, sheet: str) -> dict[str, Any]:
    """Write the changes as one load; the sheet as it is afterwards."""
    with reading():
        seen = decided()
        at = unit_year(request, unit, year)
        place, typed = _asked(request, at, sheet)
        _must_be_open(at, place)

    def still_open() -> None:
        """Somebody may have closed the stage or taken back the right while others had their turn."""
        if decided() != seen:
            _must_be_open(at, place)

    report = editing.save(place, typed, papers.policy(), at.user, guard=still_open)
    answer = _told(report)
    if report.status in ("saved", "unchanged"):
        with reading():  # what is written is written
            answer["grid"] = {**grid_of(place, at), "comments": comments(at, sheet)}
    if report.applied is not None and report.applied.load is not None:
        applied = report.applied
        answer["load"] = report.applied.load.pk
        answer["words"] = gettext("已保存：新增 %(added)s 行，变更 %(changed)s 行，删除 %(removed)s 行") % {
            "added": applied.added,
            "changed": applied.changed,
            "removed": applied.removed,
        }
    return answer


def _must_be_open(at: UnitYear, place: Place) -> None:
    if not (allowed := at.editable_at(place.sheet, place.stage)):
        raise Refused(allowed.reason, 403)


def _place(at: UnitYear, sheet: str, stage: str) -> tuple[Place, casework.Editable]:
    allowed = at.editable(known(at, sheet))
    if sheet != "budget_lines":
        return Place(sheet, at.unit.key, at.year), allowed
    stage = stage_of(at, stage, dict(stages(at.unit.key, at.year)), allowed)
    return Place(sheet, at.unit.key, at.year, stage), at.editable_at(sheet, stage)


def _asked(request: HttpRequest, at: UnitYear, sheet: str) -> tuple[Place, list[Typed]]:
    asked = body(request)
    stage = str(asked.get("stage", ""))
    if known(at, sheet) == "budget_lines" and stage not in at.stages:
        raise Refused(gettext("编制阶段无法识别，请刷新页面。"))
    try:
        typed = [
            Typed(
                str(each["row"]), str(each["key"]), int(each["version"]),
                None if each["cells"] is None else {str(k): str(v) for k, v in each["cells"].items()},
            )
            for each in asked["rows"]
        ]  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(gettext("请求无法识别，请刷新页面后重试。")) from error
    return Place(sheet, at.unit.key, at.year, stage if sheet == "budget_lines" else ""), typed


def _told(report: EditReport) -> dict[str, Any]:
    return {
        "status": report.status,
        "problems": [
            {"row": p.row, "column": p.column, "kind": p.kind, "value": p.value, "reason": p.reason,
             "remedy": p.remedy}
            for p in report.problems
        ],
        "conflicts": [
            {
                "row": row, "column": c.column, "version": c.version, "removed": c.removed, "text": c.describe(),
                "theirs": editing.cell_text(c.sheet, c.column, c.theirs) if c.column else "",
            }
            for row, c in report.conflicts
        ],
    }  # fmt: skip


def _tabs(at: UnitYear, sheet: str) -> list[dict[str, Any]]:
    here = {"unit": at.unit.key, "year": at.year}
    return [
        {"title": SHEETS[name].title, "url": reverse("budget:grid", kwargs={**here, "sheet": name}),
         "current": name == sheet}
        for name in SHOWN
        if may(at.user, Right.READ, work_of(name), at.unit.key)
    ]  # fmt: skip


def _stage_links(at: UnitYear) -> list[dict[str, Any]]:
    there = stages(at.unit.key, at.year)
    return [
        {"code": code, "name": name, "lines": there[code].lines if code in there else 0}
        for code, name in at.stages.items()
        if code != "adjusted" or code in there
    ]
