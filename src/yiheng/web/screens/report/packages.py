"""A paper with all its files at once (成套文件): a job writes, checks and packs them for whoever works on it."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yiheng.casework.errors import CaseworkError
from yiheng.casework.operations import enqueue
from yiheng.pipelines.evaluation_paper import KIND as PERFORMANCE
from yiheng.web.access import WorksOn, works_on
from yiheng.web.readings import TITLES, WORKS, Reader, judged
from yiheng.web.screens.tables.views import WORKS as READABLE
from yiheng.web.screens.tables.views import reader_of

JOBS: Final = {"budget": "publish", "accounts": "publish", PERFORMANCE: "evaluation"}
"""Kind of paper → kind of job. The monitoring paper is of a day, which its own screen asks for."""


@works_on(*READABLE)
@require_POST
def package(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """Let a job write the package for the audience that the user belongs to."""
    reader = reader_of(request, unit, year)
    if kind not in JOBS or kind not in reader.kinds:
        raise Http404
    if not may_package(reader, kind):
        raise PermissionDenied
    audience, of_year = reader.audience, judged(unit, year) if kind == PERFORMANCE else None
    internal = audience == "internal"
    subject = f"package/{unit}/{year}/{kind}/{audience}" + (f"/{reader.user.pk}" if internal else "")
    try:
        job = enqueue(
            JOBS[kind],
            {"unit": unit, "year": year, "kind": of_year.kind if of_year else kind, "audience": audience},
            by=reader.user,
            title=f"成套文件：{reader.unit.name}{year}年{TITLES[kind]}",
            subject=subject,
            # What is inner is for whoever asked and may see the rows; colleagues ask for themselves.
            unit="" if internal else unit,
            work="" if internal else WORKS[kind],
        )
    except CaseworkError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("report:editor", unit=unit, year=year, kind=kind)
    return redirect("jobs:job", key=job.pk)


def may_package(reader: Reader, kind: str) -> bool:
    """Whether the user works on the paper, and so may have its files written."""
    works = WORKS.get(kind)
    return works is not None and WorksOn((works,)).allows(reader.user, {"unit": reader.unit.key})
