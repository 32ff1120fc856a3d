"""Single rows of a grid: taking back, versions, comments (撤销、版本、批注)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Comment
from yiheng.casework.operations import remarks
from yiheng.ledger import operations, queries
from yiheng.ledger.errors import EditConflict, InvalidContent
from yiheng.ledger.models import Load
from yiheng.ledger.sheets import shapes
from yiheng.pipelines.intake import SHEETS

from .asking import READ, REMARK, WRITE, Refused, answering, body, comments, known, may_write, within
from .place import SHEETS as SHOWN
from .place import unit_year, work_of


@WRITE
@require_POST
@answering
def undo(request: HttpRequest, unit: str, year: int) -> dict[str, Any]:
    """Take one's own save back, or write an earlier version of a row again."""
    at = unit_year(request, unit, year)
    asked = body(request)
    sheet = known(at, asked.get("sheet"))
    try:
        if "key" in asked:
            key, version, seen = str(asked["key"]), int(asked["version"]), int(asked["seen"])
            may_write(at, {(sheet, *within(at, sheet, key))})
            operations.restore(sheet, key, version, seen=seen, actor=at.user, label=f"恢复第 {version} 版")
        else:
            load = Load.objects.filter(pk=int(asked["load"]), user=at.user).first()
            if load is None:
                raise Refused(gettext("只能撤销自己保存的改动。"), 403)
            may_write(at, queries.reach_of(load.pk))
            operations.undo(load.pk, actor=at.user)
    except (EditConflict, InvalidContent) as error:
        raise Refused(str(error), 409) from error
    except (KeyError, ValueError, LookupError) as error:
        raise Refused(gettext("没有这个版本，请刷新页面。")) from error
    return {"status": "saved"}


@READ
@require_GET
@answering
def history(request: HttpRequest, unit: str, year: int, sheet: str, key: str) -> dict[str, Any]:
    """The versions of a row: who, when, and what differs from the one before; the newest first."""
    at = unit_year(request, unit, year)
    within(at, known(at, sheet), key)
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


@REMARK
@require_POST
@answering
def comment(request: HttpRequest, unit: str, year: int, sheet: str) -> dict[str, Any]:
    """Put a comment on a cell. Who may is decided by casework."""
    at, asked = unit_year(request, unit, year), body(request)
    column = SHEETS[known(at, sheet)].by_name.get(str(asked.get("column", "")))
    key = str(asked.get("row", ""))
    within(at, sheet, key)
    try:
        remarks.comment(
            unit, year, work_of(sheet), sheet=SHEETS[sheet].title, row=key,
            column=column.title if column else "", text=str(asked.get("text", "")), by=at.user,
        )  # fmt: skip
    except CaseworkError as error:
        raise Refused(str(error)) from error
    return {"comments": comments(at, sheet)}


@REMARK
@require_POST
@answering
def settle(request: HttpRequest, unit: str, year: int) -> dict[str, Any]:
    """Say that a comment is settled."""
    at, asked = unit_year(request, unit, year), body(request)
    number = asked.get("id")
    of_year = Comment.objects.filter(unit_id=unit, year=year)
    found = of_year.filter(pk=number).first() if isinstance(number, int) else None
    if found is None:
        raise Refused(gettext("没有这条批注，请刷新页面。"), 404)
    try:
        remarks.resolve(found, by=at.user, answer=str(asked.get("answer", "")))
    except CaseworkError as error:
        raise Refused(str(error)) from error
    return {"comments": comments(at, known(at, asked.get("sheet")))}


@READ
@require_GET
def cell(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Lead to a cell that a comment names by the titles of sheet and column."""
    at = unit_year(request, unit, year)
    title, key = request.GET.get("sheet", ""), request.GET.get("row", "")
    sheet = next((name for name in SHOWN if title in (name, SHEETS[name].title)), "")
    if not sheet:
        messages.info(request, gettext("这张表不在这里填写，请到它自己的页面查看。"))
        return redirect("budget:home", unit=unit, year=year)
    _, _, stage = within(at, known(at, sheet), key)
    asked = urlencode({"stage": stage, "row": key, "column": request.GET.get("column", "")})
    return redirect(f"{reverse('budget:grid', kwargs={'unit': unit, 'year': year, 'sheet': sheet})}?{asked}")
