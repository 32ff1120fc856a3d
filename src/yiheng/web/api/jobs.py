"""Long work for another system (后台作业): load workbooks, audit documents, watch, confirm, cancel."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile

from yiheng.casework import queries
from yiheng.casework.models import Job, JobState
from yiheng.casework.operations import jobs
from yiheng.people.models import Right, Work
from yiheng.people.queries import units_of
from yiheng.pipelines import uploads
from yiheng.web.api.pages import Page, paged, tagged
from yiheng.web.api.tokens import Refused, owner, reaches, token_of

router = Router(tags=["后台作业"])
LOADABLE = (Work.BUDGET, Work.EXECUTION, Work.ACCOUNTS, Work.PERFORMANCE)


@router.get("/jobs", summary="本人提交的作业")
def own(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """The owner's jobs, the newest first."""
    return tagged(request, paged(queries.jobs.jobs_of(owner(request)), page, _data))


@router.get("/jobs/{key}", summary="一项作业的进度和结果")
def one(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """State, progress, result and error of a job."""
    return tagged(request, _data(_mine(request, key)))


@router.post("/jobs/{key}/cancel", summary="取消作业")
def cancel(request: HttpRequest, key: uuid.UUID) -> dict[str, Any]:
    """Call a job off; one that is over stays as it is."""
    _writes(request, *LOADABLE, Work.REVIEW, Work.DISCLOSURE)
    return _data(jobs.cancel(_mine(request, key), by=owner(request)))


@router.post("/jobs/{key}/confirm", summary="确认待确认的装载")
def confirm(request: HttpRequest, key: uuid.UUID) -> dict[str, Any]:
    """Agree to the changes that a load has listed in its result."""
    _writes(request, *LOADABLE)
    return _data(jobs.confirm(_mine(request, key), by=owner(request)))


@router.post("/loads", summary="装载工作簿", response={202: dict[str, Any]})
def load(request: HttpRequest, files: File[list[UploadedFile]]) -> Status[dict[str, Any]]:
    """Workbooks for the ledger. The job lists what would change and waits for `confirm` where rows would."""
    works = {"works": _writes(request, *LOADABLE)}
    job = uploads.submit(
        "load", files, uploads.WORKBOOKS, by=owner(request), title="装载（接口）", params=works
    )
    return Status(202, _data(job))


@router.post("/audits", summary="审校文件", response={202: dict[str, Any]})
def audit(request: HttpRequest, files: File[list[UploadedFile]]) -> Status[dict[str, Any]]:
    """Published documents of anybody, to be read and recomputed."""
    _writes(request, Work.REVIEW)
    job = uploads.submit("audit", files, uploads.DOCUMENTS, by=owner(request), title="审校（接口）")
    return Status(202, _data(job))


def _writes(request: HttpRequest, *works: str) -> tuple[str, ...]:
    """Those of these kinds of work that the token may write. Raises `Refused` unless its owner may so somewhere."""
    token = token_of(request)
    allowed = reaches(token, Right.WRITE, works)
    if not any(units_of(token.user, work, Right.WRITE) for work in allowed):
        raise Refused("令牌没有填报权限，或其所有者没有可以填报的单位。")
    return allowed


def _mine(request: HttpRequest, key: uuid.UUID) -> Job:
    found = queries.jobs.job(key)
    if found is None or found.requested_by_id != owner(request).pk:
        raise Http404("没有这项作业。")
    return found


def _data(job: Job) -> dict[str, Any]:
    return {
        "id": str(job.pk),
        "kind": job.kind,
        "title": job.title,
        "state": job.state,
        "state_label": JobState(job.state).label,
        "step": job.step,
        "done": job.done,
        "total": job.total,
        "result": job.result,
        "error": job.error,
        "created_at": job.created_at.isoformat(),
    }
