"""Import of payments and other rows of the execution (导入支付等数据): template, saved mappings, upload as a job."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yiheng.casework.errors import CaseworkError
from yiheng.people.models import Right, Work
from yiheng.pipelines import uploads, workbook
from yiheng.pipelines.mappings import mapping_names
from yiheng.web import files, papers
from yiheng.web.access import for_unit

from .common import READ, attachment, unit_year
from .forms import ImportForm

SHEETS: Final = ("payments", "adjustments", "procurements", "contracts", "assets", "vehicles")


@for_unit(Right.WRITE, Work.EXECUTION)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Upload workbooks; a job reads them, shows the difference, and writes it when somebody agrees."""
    at = unit_year(request, unit, year)
    names = mapping_names(Path(settings.YIHENG_HOME))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, mappings=names)
    problems: tuple[str, ...] = ()
    if form.is_valid():
        workbooks, mapping = request.FILES.getlist("workbooks"), form.cleaned_data["mapping"]
        params = {"mapping": mapping} if mapping else {}
        try:
            job = uploads.submit(
                "load", workbooks, uploads.WORKBOOKS, by=at.user, title="装载", params=params
            )
        except uploads.UploadRefused as refused:
            problems = refused.problems
        except CaseworkError as error:
            problems = (str(error),)
        else:
            return redirect("jobs:job", key=job.pk)
    context = {
        "at": at, "part": "import", "form": form, "problems": problems, "mappings": names,
        "megabytes": uploads.MOST_MEGABYTES,
    }  # fmt: skip
    return render(request, "execution/import.html", context, status=422 if request.method == "POST" else 200)


@READ
@require_safe
def template(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The empty workbook with the sheets that are filled in during the year."""
    unit_year(request, unit, year)
    with tempfile.TemporaryDirectory(prefix="yiheng-") as folder:
        path = Path(folder) / "template.xlsx"
        workbook.new(path, papers.policy(), SHEETS)
        answer = HttpResponse(path.read_bytes(), content_type=files.TYPES[".xlsx"])
    answer.headers["Content-Disposition"] = attachment("执行与采购导入模板.xlsx")
    return answer
