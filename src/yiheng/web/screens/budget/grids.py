"""The grid (编制表格): the page, its data, and what its script asks for: check, save, undo, history, comments."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_POST

from yiheng.casework import queries as casework
from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Comment
from yiheng.casework.operations import remarks
from yiheng.casework.queries.remarks import comments
from yiheng.ledger import operations, queries
from yiheng.ledger.errors import EditConflict, InvalidContent
from yiheng.ledger.models import Load
from yiheng.ledger.sheets import shapes
from yiheng.people.models import Right, Work
from yiheng.pipelines import editing
from yiheng.pipelines.editing import EditReport, Place, Typed
from yiheng.pipelines.intake import SHEETS
from yiheng.pipelines.stages import stages
from yiheng.web import papers
from yiheng.web.access import for_unit, may

from .gridform import comments_of, grid_of, notes
from .place import SHEETS as SHOWN
from .place import UnitYear, stage_of, unit_year, work_of

LARGEST: Final = 5_000_000
"""Bytes of one request; a sheet of ten thousand changed rows needs less."""
PLAIN_ROWS: Final = 100
"""Rows of a page of the plain table, for readers without JavaScript."""
_READ = for_unit(Right.READ, Work.BUDGET, Work.PERFORMANCE)
_WRITE = for_unit(Right.WRITE, Work.BUDGET, Work.PERFORMANCE)


class Refused(Exception):
    """A request that is answered by words instead of data."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


def answering(view: Callable[..., dict[str, Any]]) -> Callable[..., JsonResponse]:
    """Answer with the view's data as JSON, and with words where it is refused."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        try:
            return JsonResponse(view(request, *args, **kwargs), json_dumps_params={"ensure_ascii": False})
        except Refused as error:
            return JsonResponse({"error": str(error)}, status=error.status)

    return answer


@_READ
@require_GET
def grid(request: HttpRequest, unit: str, year: int, sheet: str) -> HttpResponse:
    """The page: a plain table, over which the script lays the grid."""
    at = unit_year(request, unit, year)
    place, allowed = _place(at, sheet, request.GET.get("stage", ""))
    data = grid_of(place, at)
    shown = [column for column in data["columns"] if not column["hidden"]]
    first = max(int(text) - 1 if (text := request.GET.get("page", "")).isdecimal() else 0, 0) * PLAIN_ROWS
    rows = [_plain(row["cells"], shown, data["lists"]) for row in data["rows"][first : first + PLAIN_ROWS]]
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


@_READ
@require_GET
@answering
def data(request: HttpRequest, unit: str, year: int, sheet: str) -> dict[str, Any]:
    """Columns, lists, rows and comments."""
    at = unit_year(request, unit, year)
    place, _ = _place(at, sheet, request.GET.get("stage", ""))
    return {**grid_of(place, at), "comments": _comments(at, sheet)}


@_WRITE
@require_POST
@answering
def check(request: HttpRequest, unit: str, year: int, sheet: str) -> dict[str, Any]:
    """What is wrong with the changes so far; nothing is written."""
    at = unit_year(request, unit, year)
    place, typed = _asked(request, at, sheet)
    report = editing.check(place, typed, papers.policy())
    changed = ((each.row, dict(each.cells)) for each in typed if each.cells)
    return {**_told(report), "notes": notes(place, at, changed)}


@_WRITE
@require_POST
@answering
def save(request: HttpRequest, unit: str, year: int, sheet: str) -> dict[str, Any]:
    """Write the changes as one load; the sheet as it is afterwards."""
    at = unit_year(request, unit, year)
    if not (allowed := at.editable(sheet)):
        raise Refused(allowed.reason, 403)
    place, typed = _asked(request, at, sheet)
    report = editing.save(place, typed, papers.policy(), at.user)
    answer = _told(report)
    if report.status in ("saved", "unchanged"):
        answer["grid"] = {**grid_of(place, at), "comments": _comments(at, sheet)}
    if report.applied is not None and report.applied.load is not None:
        applied = report.applied
        answer["load"] = report.applied.load.pk
        answer["words"] = (
            f"已保存：新增 {applied.added} 行，变更 {applied.changed} 行，删除 {applied.removed} 行"
        )
    return answer


@_WRITE
@require_POST
@answering
def undo(request: HttpRequest, unit: str, year: int) -> dict[str, Any]:
    """Take one's own save back, or write an earlier version of a row again."""
    at = unit_year(request, unit, year)
    asked = _json(request)
    sheet = _known(asked.get("sheet"))
    if not (allowed := at.editable(sheet)):
        raise Refused(allowed.reason, 403)
    try:
        if "key" in asked:
            key, version, seen = str(asked["key"]), int(asked["version"]), int(asked["seen"])
            _within(at, sheet, key)
            label = f"恢复第 {version} 版"
            operations.restore(sheet, key, version, seen=seen, actor=at.user, label=label)
        else:
            load = Load.objects.filter(pk=int(asked["load"]), user=at.user).first()
            if load is None:
                raise Refused("只能撤销自己保存的改动。", 403)
            operations.undo(load.pk, actor=at.user)
    except (EditConflict, InvalidContent) as error:
        raise Refused(str(error), 409) from error
    except (KeyError, ValueError, LookupError) as error:
        raise Refused("没有这个版本，请刷新页面。") from error
    return {"status": "saved"}


@_READ
@require_GET
@answering
def history(request: HttpRequest, unit: str, year: int, sheet: str, key: str) -> dict[str, Any]:
    """The versions of a row: who, when, and what differs from the one before; the newest first."""
    at = unit_year(request, unit, year)
    _within(at, _known(sheet), key)
    shape, lines = shapes()[sheet], []
    before: tuple[Any, ...] = ()
    for version in queries.history(sheet, key):
        after = version.values
        differing = [
            [shape.label(name), shape.show(name, old), shape.show(name, new)]
            for name, old, new in zip(shape.columns, before, after or (), strict=False)
            if old != new
        ]
        lines.append(
            {
                "version": version.version, "at": f"{localtime(version.at):%Y-%m-%d %H:%M}", "actor": version.actor,
                "act": version.act.label, "label": version.label, "changes": differing,
            }
        )  # fmt: skip
        before = after or before
    return {"versions": lines[::-1]}


@_READ
@require_POST
@answering
def comment(request: HttpRequest, unit: str, year: int, sheet: str) -> dict[str, Any]:
    """Put a comment on a cell. Who may is decided by casework."""
    at, asked = unit_year(request, unit, year), _json(request)
    column = SHEETS[_known(sheet)].by_name.get(str(asked.get("column", "")))
    key = str(asked.get("row", ""))
    _within(at, sheet, key)
    try:
        remarks.comment(
            unit, year, work_of(sheet), sheet=SHEETS[sheet].title, row=key,
            column=column.title if column else "", text=str(asked.get("text", "")), by=at.user,
        )  # fmt: skip
    except CaseworkError as error:
        raise Refused(str(error)) from error
    return {"comments": _comments(at, sheet)}


@_READ
@require_POST
@answering
def settle(request: HttpRequest, unit: str, year: int) -> dict[str, Any]:
    """Say that a comment is settled."""
    at, asked = unit_year(request, unit, year), _json(request)
    number = asked.get("id")
    known = Comment.objects.filter(unit_id=unit, year=year)
    found = known.filter(pk=number).first() if isinstance(number, int) else None
    if found is None:
        raise Refused("没有这条批注，请刷新页面。", 404)
    try:
        remarks.resolve(found, by=at.user, answer=str(asked.get("answer", "")))
    except CaseworkError as error:
        raise Refused(str(error)) from error
    return {"comments": _comments(at, _known(asked.get("sheet")))}


def _known(sheet: object) -> str:
    if sheet not in SHOWN:
        raise Http404
    return str(sheet)


def _place(at: UnitYear, sheet: str, stage: str) -> tuple[Place, casework.Editable]:
    allowed = at.editable(_known(sheet))
    if sheet != "budget_lines":
        return Place(sheet, at.unit.key, at.year), allowed
    stage = stage_of(at, stage, dict(stages(at.unit.key, at.year)), allowed.step)
    return Place(sheet, at.unit.key, at.year, stage), allowed


def _asked(request: HttpRequest, at: UnitYear, sheet: str) -> tuple[Place, list[Typed]]:
    asked = _json(request)
    stage = str(asked.get("stage", ""))
    if _known(sheet) == "budget_lines" and stage not in at.stages:
        raise Refused("编制阶段无法识别，请刷新页面。")
    try:
        typed = [
            Typed(
                str(each["row"]), str(each["key"]), int(each["version"]),
                None if each["cells"] is None else {str(k): str(v) for k, v in each["cells"].items()},
            )
            for each in asked["rows"]
        ]  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused("请求无法识别，请刷新页面后重试。") from error
    return Place(sheet, at.unit.key, at.year, stage if sheet == "budget_lines" else ""), typed


def _json(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LARGEST:
        raise Refused("一次提交的内容太多，请分几次保存，或用工作簿上传。", 413)
    try:
        found = json.loads(request.body)
    except ValueError as error:
        raise Refused("请求无法识别，请刷新页面后重试。") from error
    if not isinstance(found, dict):
        raise Refused("请求无法识别，请刷新页面后重试。")
    return found


def _within(at: UnitYear, sheet: str, key: str) -> None:
    """404 for a row that is, or last was, of another unit or year."""
    shape, units = shapes()[sheet], {unit.key for unit in at.below}
    last = next((v.values for v in reversed(queries.history(sheet, key)) if v.values is not None), None)
    if last is None or last[shape.place[shape.model.unit_column]] not in units:
        raise Http404
    if last[shape.place["year"]] not in (at.year, None):
        raise Http404


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


def _comments(at: UnitYear, sheet: str) -> list[dict[str, Any]]:
    columns = {column.title: column.name for column in SHEETS[sheet].columns}
    return comments_of(at, SHEETS[sheet].title, comments(at.unit.key, at.year, work_of(sheet)), columns)


def _tabs(at: UnitYear, sheet: str) -> list[dict[str, Any]]:
    here = {"unit": at.unit.key, "year": at.year}
    return [
        {"title": SHEETS[name].title, "url": reverse("budget:grid", kwargs={**here, "sheet": name}),
         "current": name == sheet}
        for name in SHOWN
    ]  # fmt: skip


def _stage_links(at: UnitYear) -> list[dict[str, Any]]:
    there = stages(at.unit.key, at.year)
    return [
        {"code": code, "name": name, "lines": there[code].lines if code in there else 0}
        for code, name in at.stages.items()
        if code != "adjusted" or code in there
    ]


def _plain(
    cells: dict[str, str], columns: list[dict[str, Any]], lists: dict[str, list[list[str]]]
) -> list[tuple[str, bool]]:
    """The cells of a row for the plain table: names beside codes, and whether the cell is a number."""
    found = []
    for column in columns:
        text = cells.get(column["name"], "")
        name = next((name for code, name in lists.get(column["list"], ()) if code == text), "")
        shown = f"{text} {name}" if name and text.isascii() and text[:1].isdigit() else name or text
        found.append((shown, column["kind"] in ("amount", "int", "decimal")))
    return found
