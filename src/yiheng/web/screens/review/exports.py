"""Pictures and files of a review (审校导出): page pictures, the workbook of findings, the marked PDF, decisions."""

from __future__ import annotations

import json
import tempfile
import uuid
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from yiheng.people.models import Right, Work
from yiheng.pipelines import reviewing
from yiheng.web import files
from yiheng.web.access import some_unit

from . import reading

_HOUR = 3600


@some_unit(Right.READ, Work.REVIEW)
@require_GET
def page(request: HttpRequest, key: uuid.UUID, page: int) -> HttpResponseBase:
    """The picture of a page; it never changes, so the reader's browser may keep it for a while."""
    found = reading.visible(request, key)
    answer = files.answer(reviewing.page_picture(found.path, page), download=False)
    answer.headers["Cache-Control"] = f"private, max-age={_HOUR}"
    return answer


@some_unit(Right.READ, Work.REVIEW)
@require_GET
def findings(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The findings with their decisions as a workbook."""
    found = reading.visible(request, key)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "findings.xlsx"
        reviewing.export_findings([reading.audit_of(found)], target)
        opened = target.open("rb")  # readable until it is closed, also when its folder is gone
    name = f"{Path(found.name).stem}-问题清单.xlsx"
    return FileResponse(opened, as_attachment=True, filename=name, content_type=files.TYPES[".xlsx"])


@some_unit(Right.READ, Work.REVIEW)
@require_GET
def annotated(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The PDF with a mark at each finding."""
    found = reading.visible(request, key)
    return files.answer(found.path / reviewing.ANNOTATED, name=f"{Path(found.name).stem}-批注.pdf")


@some_unit(Right.READ, Work.REVIEW)
@require_GET
def decisions(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The decisions as the command line reads them (`yiheng audit --decisions`)."""
    data = reviewing.decisions_data(reading.audit_of(reading.visible(request, key)))
    answer = HttpResponse(json.dumps(data, ensure_ascii=False, indent=2), content_type="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="decisions.json"'
    return answer


@some_unit(Right.READ, Work.REVIEW)
@require_GET
def original(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The file as it was uploaded; always a download, since anybody may have made it."""
    found = reading.visible(request, key)
    number = int(found.folder.rpartition("/")[2])
    rows = found.job.params["files"]
    if not 1 <= number <= len(rows):
        raise Http404
    return files.answer(files.inside(found.job.folder, rows[number - 1]["path"]), name=found.name)
