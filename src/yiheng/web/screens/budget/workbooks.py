"""The unit-year as a workbook (工作簿): down, changed in Excel, and up again."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from yiheng.people.models import Right, Work
from yiheng.pipelines import workbook
from yiheng.pipelines.sheet_rights import handed
from yiheng.pipelines.workbook import Format, NothingToExport
from yiheng.web import papers
from yiheng.web.access import for_unit, may

from .place import UnitYear, unit_year

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_unit(Right.READ, Work.BUDGET)
@require_GET
def page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Where to take the workbook and where to give it back."""
    at = unit_year(request, unit, year)
    try:
        upload = reverse("jobs:load")
    except NoReverseMatch:
        upload = ""
    writes = any(may(at.user, Right.WRITE, work, unit) for work in (Work.BUDGET, Work.PERFORMANCE))
    return render(
        request,
        "budget/workbook.html",
        {"at": at, "part": "workbook", "upload": upload if writes else "", "writes": writes},
    )


@for_unit(Right.READ, Work.BUDGET)
@require_GET
def download(request: HttpRequest, unit: str, year: int) -> HttpResponseBase:
    """The unit-year as XLSX, as far as the user may read it, or the empty workbook with `?empty=1`."""
    at = unit_year(request, unit, year)
    empty = request.GET.get("empty") == "1"
    with tempfile.TemporaryDirectory(prefix="yiheng-") as folder:
        path = Path(folder) / "workbook.xlsx"
        try:
            if empty:
                workbook.new(path, papers.policy())
            else:
                seen = handed(_works(at, Right.READ), _works(at, Right.WRITE))
                workbook.export(path, Format.XLSX, unit, year, papers.policy(), seen)
        except (NothingToExport, ValueError) as error:
            messages.error(request, str(error), extra_tags="danger")
            return redirect("budget:workbook", unit=unit, year=year)
        content = io.BytesIO(path.read_bytes())
    name = "空白工作簿.xlsx" if empty else f"{at.name}{year}年度数据.xlsx"
    return FileResponse(content, as_attachment=True, filename=name, content_type=_XLSX)


def _works(at: UnitYear, right: Right) -> frozenset[Work]:
    return frozenset(work for work in Work if may(at.user, right, work, at.unit.key))
