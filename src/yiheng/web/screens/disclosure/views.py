"""Making a unit's year public: prepare a draft, have another person certify it, see all versions (公开)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Preparation, PreparationState, Publication
from yiheng.casework.operations import enqueue
from yiheng.casework.operations.publications import check_reason
from yiheng.casework.operations.publications import send_back as return_draft
from yiheng.casework.queries import publications as queries
from yiheng.casework.queries.jobs import open_jobs
from yiheng.ledger.errors import LedgerError
from yiheng.ledger.queries import department_years, unit_tree
from yiheng.people.models import Right, User, Work
from yiheng.pipelines import disclose
from yiheng.pipelines.assemble import KIND_TITLES
from yiheng.policy import PolicyError
from yiheng.web import files, papers
from yiheng.web.access import for_unit, may, user_of
from yiheng.web.package_files import documents
from yiheng.web.shared import nobody, shared_but

from .forms import PrepareForm, ReturnForm


def _jobs(request: HttpRequest, unit: str, year: int) -> str:
    """The drafts that are being prepared: the only part of the page that changes without an entry in the log."""
    found = open_jobs("prepare", [subject(unit, year, kind) for kind in KIND_TITLES])
    return render_to_string("disclosure/jobs.html", {"jobs": found}) if found else ""


@for_unit(Right.READ, Work.DISCLOSURE)
@require_GET
@shared_but(nobody, _jobs)
def home(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """What is public, what waits, and what can be prepared."""
    return _home(request, unit, year, PrepareForm(_kinds(unit, year)))


@for_unit(Right.WRITE, Work.DISCLOSURE)
@require_POST
def prepare(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Let a job write a draft and check it."""
    form, user = PrepareForm(_kinds(unit, year), request.POST), me(request)
    if form.is_valid():
        kind, reason = form.cleaned_data["kind"], form.cleaned_data["reason"]
        try:
            check_reason(unit, year, kind, reason)
            job = enqueue(
                "prepare",
                {"unit": unit, "year": year, "kind": kind, "reason": reason},
                by=user,
                title=f"准备公开稿：{name_of(unit)}{year}年{KIND_TITLES[kind]}",
                subject=subject(unit, year, kind),
                unit=unit,
                work=Work.DISCLOSURE,
            )
        except CaseworkError as error:
            form.add_error("reason", str(error))
        else:
            return redirect("jobs:job", key=job.pk)
    return _home(request, unit, year, form, 422)


@for_unit(Right.READ, Work.DISCLOSURE)
@require_GET
def draft(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """A draft with its checks, and the two buttons for whoever certifies."""
    return _draft(request, _the_draft(unit, year, number), ReturnForm())


@for_unit(Right.CERTIFY, Work.DISCLOSURE)
@require_POST
def certify(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """Sign the draft: it becomes a version."""
    found = _the_draft(unit, year, number)
    try:
        made = disclose.certify(found, papers.policy(), by=me(request))
    except (CaseworkError, LedgerError, PolicyError) as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("disclosure:draft", unit=unit, year=year, number=number)
    messages.success(
        request,
        gettext("已签发：%(title)s 第 %(version)s 版。") % {"title": made.title, "version": made.version},
    )
    return redirect("disclosure:version", unit=unit, year=year, number=made.pk)


@for_unit(Right.APPROVE, Work.DISCLOSURE)
@require_POST
def send_back(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """Return the draft with a comment."""
    found, form = _the_draft(unit, year, number), ReturnForm(request.POST)
    if not form.is_valid():
        return _draft(request, found, form, 422)
    try:
        return_draft(found, by=me(request), comment=form.cleaned_data["comment"])
    except CaseworkError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.info(request, gettext("已退回，意见已记录。"))
    return redirect("disclosure:draft", unit=unit, year=year, number=number)


@for_unit(Right.READ, Work.DISCLOSURE)
@require_GET
def draft_file(request: HttpRequest, unit: str, year: int, number: int, name: str) -> HttpResponseBase:
    """A file of a draft, as it was checked."""
    found = _the_draft(unit, year, number)
    return _file(request, lambda: queries.draft_file(found, name))


@for_unit(Right.READ, Work.DISCLOSURE)
@require_GET
def version_file(request: HttpRequest, unit: str, year: int, number: int, name: str) -> HttpResponseBase:
    """A file of a version, as it was certified."""
    found = the_version(unit, year, number)
    return _file(request, lambda: queries.file_of(found, name))


def subject(unit: str, year: int, kind: str) -> str:
    """What a job works on: of one paper only one draft is prepared at a time."""
    return f"{unit}-{year}-{kind}"


def _home(request: HttpRequest, unit: str, year: int, form: PrepareForm, status: int = 200) -> HttpResponse:
    user, kinds = me(request), _kinds(unit, year)
    drafts = list(queries.drafts(unit, year))
    context = {
        "unit_name": name_of(unit),
        "form": form,
        "kinds": kinds,
        "jobs": lambda: _jobs(request, unit, year),
        "waiting": [each for each in drafts if each.state == PreparationState.PREPARED],
        "earlier": [each for each in drafts if each.state != PreparationState.PREPARED],
        "in_force": queries.in_force(unit, year),
        "versions": queries.publications(unit, year),
        "withdrawn": queries.withdrawn(unit, year),
        "labels": KIND_TITLES,
        "may_prepare": may(user, Right.WRITE, Work.DISCLOSURE, unit),
    }
    return render(request, "disclosure/home.html", context, status=status)


def _draft(request: HttpRequest, found: Preparation, form: ReturnForm, status: int = 200) -> HttpResponse:
    user = me(request)
    waits = found.state == PreparationState.PREPARED and found.prepared_by_id != user.pk
    changed = queries.changes_since(found.path, found.manifest, found.manifest_sha256)
    context = {
        "draft": found,
        "unit_name": name_of(found.unit),
        "checks": found.checks,
        "documents": documents(found.manifest),
        "changed": changed,
        "before": queries.latest(found.unit, found.year, found.kind),
        "form": form,
        "own": found.state == PreparationState.PREPARED and found.prepared_by_id == user.pk,
        "may_certify": waits and may(user, Right.CERTIFY, Work.DISCLOSURE, found.unit),
        "may_return": waits and may(user, Right.APPROVE, Work.DISCLOSURE, found.unit),
    }
    return render(request, "disclosure/draft.html", context, status=status)


def _file(request: HttpRequest, proved: Any) -> HttpResponseBase:
    try:
        path = proved()
    except FileNotFoundError as error:
        raise Http404 from error
    except CaseworkError as error:
        context = {"title": gettext("文件与校验值不符"), "text": str(error), "status": 409}
        return render(request, "web/error.html", context, status=409)
    return files.answer(path, download="download" in request.GET)


def _kinds(unit: str, year: int) -> list[tuple[str, str]]:
    return [
        (entry.kind, KIND_TITLES[entry.kind])
        for entry in department_years()
        if (entry.unit.key, entry.year) == (unit, year)
    ]


def _the_draft(unit: str, year: int, number: int) -> Preparation:
    found = queries.drafts(unit, year).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def the_version(unit: str, year: int, number: int) -> Publication:
    found = queries.publications(unit, year).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def name_of(unit: str) -> str:
    found = unit_tree().by_key.get(unit)
    return found.name if found else unit


def me(request: HttpRequest) -> User:
    user = user_of(request)
    assert user is not None  # the access rule saw to it
    return user
