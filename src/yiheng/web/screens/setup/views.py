"""The first start (首次设置), step by step; there is none once an account exists."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from yiheng.casework.models import job_folder
from yiheng.casework.queries import working_calendar
from yiheng.ledger.queries import unit_tree
from yiheng.people.models import User
from yiheng.people.operations import PeopleError, set_up
from yiheng.pipelines import uploads
from yiheng.pipelines.backup.lock import restoring as being_restored
from yiheng.pipelines.backup.marked import unfinished
from yiheng.pipelines.load import load
from yiheng.web import papers, setup_code
from yiheng.web.access import public
from yiheng.web.errors import unavailable

from . import restoring
from .forms import CodeForm, RestoreForm, UnitsForm, all_valid, three_forms

PASSED: Final = "setup_passed"
ACTOR: Final = "首次设置"
BUSY: Final = gettext_lazy("正在从备份恢复。恢复的进度显示在上传备份的那个窗口里，请等它结束。")
View = Callable[[HttpRequest], HttpResponse]


def step(view: View, *, resumes: bool = False) -> View:
    """A step: only while no account exists, and only for who gave the code that counts now.

    After a restore that has not ended only the one that `resumes` it.
    """

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if being_restored():
            return unavailable(request, str(BUSY))
        half = unfinished()
        if not half and User.objects.exists():
            raise Http404
        known = setup_code.current()
        if not known or request.session.get(PASSED) != known:
            return redirect("setup:start")
        if half and not resumes:
            return redirect("setup:restore")
        return view(request)

    return public(never_cache(require_http_methods(["GET", "HEAD", "POST"])(guarded)))


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    if being_restored():
        return unavailable(request, str(BUSY))
    half = unfinished()
    if not half and User.objects.exists():
        raise Http404
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if setup_code.matches(form.cleaned_data["code"]):
            request.session.cycle_key()
            request.session[PASSED] = setup_code.current()
            return redirect("setup:restore" if half else "setup:units")
        form.add_error("code", _("设置码不对。请核对终端上最近一次启动时显示的设置码。"))
    return render(request, "setup/start.html", {"form": form, "half": half})


@step
def units(request: HttpRequest) -> HttpResponse:
    """Load the tree of units from a workbook; whatever is wrong in it is listed."""
    posted = request.method == "POST"
    form, report = UnitsForm(request.POST, request.FILES) if posted else UnitsForm(), None
    if posted and form.is_valid():
        key = uuid.uuid4()
        try:
            kept = uploads.receive(key, request.FILES.getlist("books"), uploads.WORKBOOKS)
            paths = [job_folder(key) / row["path"] for row in kept]
            report = load(paths, ACTOR, lambda plan: True, policy=papers.policy())
        except uploads.UploadRefused as refused:
            for problem in refused.problems:
                form.add_error("books", problem)
        finally:
            uploads.discard(key)
        if report is not None and report.ok:
            messages.success(request, report.describe())
            return redirect("setup:units")
    context = {"form": form, "report": report, "tree": _tree()}
    return render(request, "setup/units.html", context)


def _restore(request: HttpRequest) -> HttpResponse:
    """Take a back-up to begin with, instead of setting up anew; or go on with one that has not ended."""
    posted = request.method == "POST"
    form = RestoreForm(request.POST, request.FILES) if posted else RestoreForm()
    if posted and form.is_valid():
        try:
            key = restoring.keep(form.cleaned_data["backup"])
        except uploads.UploadRefused as refused:
            for problem in refused.problems:
                form.add_error("backup", problem)
        else:
            restoring.begin(key)
            return redirect("setup:restored", key)
    half = unfinished()
    units = () if half else unit_tree().units
    context = {"form": form, "units": units, "half": half, "megabytes": restoring.MOST_MEGABYTES}
    return render(request, "setup/restore.html", context, status=422 if posted else 200)


restore = step(_restore, resumes=True)


@public
@never_cache
@require_safe
def restored(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far the restoring is, and its proof; for whoever has the address."""
    return _restored(request, key, "setup/restored.html")


@public
@never_cache
@require_safe
def restored_state(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The part of that page that changes."""
    return _restored(request, key, "setup/restored_state.html")


def _restored(request: HttpRequest, key: uuid.UUID, template: str) -> HttpResponse:
    found = restoring.status(key)
    if found is None:
        raise Http404
    percent = 100 * found["done"] // found["total"] if found.get("total") else 0
    at = dt.datetime.fromisoformat(found["created_at"]) if "created_at" in found else None
    return render(request, template, {"key": key, "found": found, "percent": percent, "at": at})


@step
def calendar(request: HttpRequest) -> HttpResponse:
    """Show for which years the legal working days are known."""
    if request.method == "POST":
        return redirect("setup:administrators")
    year = timezone.localdate().year
    known = working_calendar(papers.policy()).years
    years = [(y, y in known) for y in (year - 1, year, year + 1)]
    return render(request, "setup/calendar.html", {"years": years, "first": min(known, default=None)})


@sensitive_post_parameters()
def _administrators(request: HttpRequest) -> HttpResponse:
    """Make the three administrators, all at once."""
    three = three_forms(request.POST if request.method == "POST" else None)
    if request.method == "POST" and all_valid([form for *_rest, form in three]):
        people: list[dict[str, Any]] = [
            {**form.cleaned_data, "administrator": role} for role, *_rest, form in three
        ]
        try:
            set_up(people, actor=ACTOR)
        except PeopleError as refused:
            messages.error(request, str(refused), extra_tags="danger")
        else:
            setup_code.discard()
            request.session.flush()
            return redirect("setup:done")
    return render(request, "setup/administrators.html", {"three": three})


administrators = step(_administrators)


@public
def done(request: HttpRequest) -> HttpResponse:
    """What comes next."""
    if not User.objects.exists():
        return redirect("setup:start")
    return render(request, "setup/done.html")


def _tree() -> list[tuple[str, str]]:
    tree = unit_tree()
    return [("　" * (len(tree.chain(unit.key)) - 1) + unit.name, unit.key) for unit in tree.units]
