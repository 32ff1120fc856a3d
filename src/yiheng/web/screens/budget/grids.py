"""The grid (编制表格): the page, its data, and its two main requests: check and save."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
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
from yiheng.web.shared import decided

from .asking import READ, WRITE, Refused, answering, body, comments, known
from .gridform import grid_of, notes
from .place import SHEETS as SHOWN
from .place import UnitYear, stage_of, unit_year, work_of

PLAIN_ROWS: Final = 100
"""Rows of a page of the plain table, for readers without JavaScript."""


@READ
@require_GET
def grid(request: HttpRequest, unit: str, year: int, sheet: str) -> HttpResponse:
    """The page: a plain table, over which the script lays the grid."""
    at = unit_year(request, unit, year)
    place, allowed = _place(at, sheet, request.GET.get("stage", ""))
    data = grid_of(place, at)
    shown = [column for column in data["columns"] if not column["hidden"]]
    first = max(int(text) - 1 if (text := request.GET.get("page", "")).isdecimal() else 0, 0) * PLAIN_ROWS
    rows = _plain_rows(data["rows"][first : first + PLAIN_ROWS], shown, data["lists"])
    pages = range(1, -(-len(data["rows"]) // PLAIN_ROWS) + 1)
    here = {"unit": unit, "year": year, "sheet": sheet}
    urls = {name: reverse(f"budget:{name}", kwargs=here) for name in ("data", "check", "save", "comment")}
    urls |= {
        name: reverse(f"budget:{name}", kwargs={"unit": unit, "year": year}) for name in ("undo", "settle")
    }
    urls["history"] = reverse("budget:history", kwargs={**here, "key": "KEY"})
    config = {
        "urls": urls, "stage": place.stage, "editable": bool(allowed), "title": data["title"], "sheet": sheet,
        "comment": any(may(at.user, right, work_of(sheet), unit) for right in (Right.WRITE, Right.APPROVE)),
    }  # fmt: skip
    return render(
        request,
        "budget/grid.html",
        {
            "at": at, "part": "grid", "sheet": sheet, "tabs": _tabs(at, sheet), "allowed": allowed,
            "stage": place.stage, "stages": _stage_links(at) if place.stage else [], "columns": shown,
            "rows": rows, "pages": pages,
            "title": data["title"], "count": len(data["rows"]), "config": config, "first": first,
        },
    )  # fmt: skip


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


def _plain_rows(
    rows: Iterable[dict[str, Any]], columns: list[dict[str, Any]], lists: dict[str, list[list[str]]]
) -> SafeString:
    """The rows of the plain table, names beside codes. A template takes ten times as long for a thousand cells."""
    named = {name: {code: label for code, label in listed if label} for name, listed in lists.items()}
    shape = [
        (
            column["name"],
            named.get(column["list"], {}),
            '<td class="number">' if column["kind"] in ("amount", "int", "decimal") else "<td>",
        )
        for column in columns
    ]
    lines = (
        "".join(
            f"{begin}{escape(_plain(row['cells'].get(name, ''), names))}</td>" for name, names, begin in shape
        )
        for row in rows
    )
    return mark_safe("".join(f"<tr>{line}</tr>" for line in lines))  # every text is escaped above


def _plain(text: str, names: dict[str, str]) -> str:
    name = names.get(text, "")
    return f"{text} {name}" if name and text.isascii() and text[:1].isdigit() else name or text
