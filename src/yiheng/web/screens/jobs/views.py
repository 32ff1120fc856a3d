"""My background jobs and their progress; uploading a workbook into the ledger (装载工作簿)."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yiheng.casework import operations
from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Job, JobState
from yiheng.casework.queries import jobs as queries
from yiheng.people.models import Right, User, Work
from yiheng.pipelines import uploads
from yiheng.pipelines.jobs import TITLES
from yiheng.web import files
from yiheng.web.access import signed_in, some_unit, user_of
from yiheng.web.shared import nobody, shared_but

from .forms import WorkbookForm
from .results import downloads, is_cleared

PAGE: Final = 20
LOADING: Final = (Work.BUDGET, Work.EXECUTION, Work.ACCOUNTS, Work.PERFORMANCE)


def _listed(request: HttpRequest) -> str:
    user = _me(request)
    context: dict[str, Any] = {"all": queries.oversees(user)}
    if queries.has_jobs(user):
        context["page"] = Paginator(queries.jobs_for(user), PAGE).get_page(request.GET.get("page"))
    return render_to_string("jobs/listed.html", context)


@signed_in
@require_GET
@shared_but(nobody, _listed)
def jobs(request: HttpRequest) -> HttpResponse:
    """What I asked for, newest first; of everybody for whoever looks after the system."""
    user = _me(request)
    may_load = any(queries.may_write_anywhere(user, work) for work in LOADING)
    context = {"listed": lambda: _listed(request), "may_load": may_load, "all": queries.oversees(user)}
    return render(request, "jobs/list.html", context)


@signed_in
@require_GET
def job(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Progress and result of one job."""
    found, user = _visible(request, key), _me(request)
    return render(request, "jobs/job.html", _context(found, user))


@signed_in
@require_GET
def state(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The part of the page that changes, asked for every second while the job is open."""
    found, user = _visible(request, key), _me(request)
    return render(request, "jobs/state.html", _context(found, user))


@signed_in
@require_POST
def cancel(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Call the job off."""
    found, user = _visible(request, key), _me(request)
    if not (queries.may_act(user, found) or queries.oversees(user)):
        raise Http404
    operations.cancel(found, by=user)
    messages.info(request, _("已要求取消。正在执行的作业会在当前步骤结束后停止，不留下半成品。"))
    return redirect("jobs:job", key=key)


@signed_in
@require_POST
def confirm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Agree to what the job would do."""
    found, user = _visible(request, key), _me(request)
    if not queries.may_act(user, found):
        raise Http404
    try:
        operations.confirm(found, by=user)
    except CaseworkError as error:
        messages.error(request, str(error), extra_tags="danger")
    return redirect("jobs:job", key=key)


@signed_in
@require_GET
def download(request: HttpRequest, key: uuid.UUID, name: str) -> HttpResponseBase:
    """A file that the job wrote."""
    found, user = _visible(request, key), _me(request)
    offered = {item.path: item for item in downloads(found)} if queries.may_see(user, found) else {}
    if name not in offered:
        raise Http404
    return files.answer(files.inside(found.folder, name), name=offered[name].file_name)


@some_unit(Right.WRITE, *LOADING)
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Upload workbooks; a job reads them, shows the difference, and writes it when somebody agrees."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            workbooks = request.FILES.getlist("workbooks")
            job = uploads.submit("load", workbooks, uploads.WORKBOOKS, by=_me(request), title="装载")
        except uploads.UploadRefused as refused:
            problems = refused.problems
        except CaseworkError as error:
            problems = (str(error),)
        else:
            return redirect("jobs:job", key=job.pk)
    context = {"form": form, "problems": problems, "megabytes": uploads.MOST_MEGABYTES}
    return render(request, "jobs/load.html", context, status=422 if problems else 200)


def _me(request: HttpRequest) -> User:
    user = user_of(request)
    assert user is not None  # the access rule saw to it
    return user


def _visible(request: HttpRequest, key: uuid.UUID) -> Job:
    """The job, if the user may know of it; otherwise it is not there."""
    found, user = queries.job(key), _me(request)
    if found is None or not (queries.may_see(user, found) or queries.oversees(user)):
        raise Http404
    return found


def _context(found: Job, user: User) -> dict[str, Any]:
    inside = queries.may_see(user, found)
    return {
        "job": found,
        "kind": TITLES.get(found.kind, found.kind),
        "label": JobState(found.state).label,
        "ahead": queries.ahead_of(found),
        "may_cancel": found.is_open and (queries.may_act(user, found) or queries.oversees(user)),
        "may_confirm": found.state == JobState.ASKING and queries.may_act(user, found),
        "result": (found.result or {}) if inside else {},
        "downloads": downloads(found) if inside else (),
        "cleared": inside and is_cleared(found),
        "template": f"jobs/result_{found.kind}.html" if inside else "jobs/result_none.html",
    }
