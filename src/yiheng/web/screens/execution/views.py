"""Execution against time (执行进度), one project or function by month, and their files."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yiheng.facts.days import month_end
from yiheng.money import format_percent
from yiheng.pipelines import spending
from yiheng.pipelines.spending import NONE, Line, Overview, Wanted
from yiheng.scoring.curve import year_share
from yiheng.web import papers
from yiheng.web.language import in_chinese
from yiheng.web.screens.budget.place import UnitYear
from yiheng.web.shared import shared

from . import common
from .common import BY, READ, called, names_by, rows_of, unit_year

_MONTHS: Final = 12


@READ
@require_safe
@shared
def home(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Budget and spending by project or function, and the curve of spending beside that of time."""
    at, by = unit_year(request, unit, year), _by(request)
    last = spending.last_day(year, timezone.localdate())
    context: dict[str, Any] = {
        "at": at,
        "part": "home",
        "by": by,
        "by_label": BY[by],
        "dimensions": BY.items(),
    }
    if last is None:
        return render(request, "execution/home.html", context | {"not_begun": True})
    upto = _upto(request, year, last)
    found = _overview(at, by, upto)
    names = names_by(at, by)
    context |= {
        "found": found, "month": upto.month, "last": last,
        "month_choices": range(1, last.month + 1),
        "lines": [(line, called(by, line.code, names), line.code or NONE) for line in found.lines],
        "curve": _curve(found) if found.months else None,
        "query": common.query_of(request),
    }  # fmt: skip
    return render(request, "execution/home.html", context)


@READ
@require_safe
@in_chinese
def export(request: HttpRequest, unit: str, year: int, form: str) -> HttpResponse:
    """The table of execution as CSV or XLSX."""
    at, by = unit_year(request, unit, year), _by(request)
    upto = _upto(request, year, spending.last_day(year, timezone.localdate()) or dt.date(year, 1, 1))
    found, names = _overview(at, by, upto), names_by(at, by)
    columns = {
        str(BY[by]): 40, "年初批复预算（元）": 18, "调整后预算（元）": 18, "已支付（元）": 18, "执行率": 10,
        "未支付（元）": 18,
    }  # fmt: skip
    notes = [f"{at.name}，截至 {upto.isoformat()}，时间进度 {format_percent(year_share(upto), 1)}"]
    notes += [found.trouble] if found.trouble else []
    rows = [_cells(line, called(by, line.code, names)) for line in found.lines]
    if found.whole:
        rows.append(_cells(found.whole, "合计"))
    return common.export(form, f"{at.name}{year}年预算执行（按{BY[by]}）", notes, columns, rows)


@READ
@require_safe
def detail(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """One project or function: what it has, what was moved, and what was paid month by month."""
    at, by = unit_year(request, unit, year), _by(request)
    code = request.GET.get("code", NONE)
    plain = "" if code == NONE else code
    last = spending.last_day(year, timezone.localdate()) or dt.date(year, 1, 1)
    found = _overview(at, by, last)
    wanted = Wanted(project=code, view=by) if by == "project" else Wanted(function=code, view=by)
    viewer = common.viewer_of(at)
    paid = [row for row in rows_of(at, "payments") if wanted.meets(row, viewer)]
    moved = [row for row in rows_of(at, "adjustments") if wanted.meets(row, viewer)]
    line = next((each for each in found.lines if each.code == plain), None)
    months = {
        number: [row for row in paid if spending.month_of(row) == number] for number in range(_MONTHS + 1)
    }
    total, listed = 0, []
    for number in range(1, _MONTHS + 1):
        amount = spending.total(months[number])
        total += amount
        rate = Fraction(total, line.adjusted) if line and line.adjusted > 0 else None
        if number <= last.month or months[number]:
            listed.append((number, len(months[number]), amount, total, rate))
    return render(
        request,
        "execution/detail.html",
        {
            "at": at, "part": "home", "by": by, "by_label": BY[by], "code": code, "line": line,
            "name": called(by, plain, names_by(at, by)), "months": listed, "undated": months[0],
            "undated_total": spending.total(months[0]), "paid": len(paid), "paid_total": spending.total(paid),
            "moved": moved, "viewer": viewer, "trouble": found.trouble,
        },
    )  # fmt: skip


def _by(request: HttpRequest) -> str:
    by = request.GET.get("by", "")
    return by if by in BY else next(iter(BY))


def _upto(request: HttpRequest, year: int, last: dt.date) -> dt.date:
    """The end of the month that was asked for, or the last day that has come."""
    asked = request.GET.get("month", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 2 else 0
    return min(month_end(year, number), last) if 1 <= number <= last.month else last


def _overview(at: UnitYear, by: str, upto: dt.date) -> Overview:
    return papers.kept(
        ("execution", at.unit.key, at.year, by, upto),
        lambda: spending.overview(at.unit.key, at.year, by, upto),
    )


def _curve(found: Overview) -> dict[str, Any]:
    """The curve for the script: shares in percent with one decimal, as text."""

    def text(share: Fraction | None) -> str | None:
        return None if share is None else format_percent(share, 1).rstrip("%").replace(",", "")

    return {
        "months": [_("%(number)s月") % {"number": month.number} for month in found.months],
        "spent": [text(month.rate) for month in found.months],
        "time": [text(month.expected) for month in found.months],
        "names": {"spent": _("累计执行率"), "time": _("时间进度"), "unit": "%"},
    }


def _cells(line: Line, name: str) -> list[common.Cell]:
    rate = "" if line.rate is None else format_percent(line.rate, 1)
    return [
        name, common.yuan(line.approved), common.yuan(line.adjusted), common.yuan(line.spent), rate,
        common.yuan(line.left),
    ]  # fmt: skip
