"""Uploading documents, the list of reviews, the review of one document, decisions (审校)."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from yiheng.casework.errors import CaseworkError
from yiheng.casework.operations import reviews as deciding
from yiheng.casework.queries import reviews as queries
from yiheng.ledger.queries import unit_tree
from yiheng.people.models import Right, User, Work
from yiheng.people.queries import units_of
from yiheng.pipelines import uploads
from yiheng.reporting.review.words import identity_line, not_run, outcome_line, papers_lines
from yiheng.web.access import some_unit
from yiheng.web.shared import shared_but

from . import reading
from .forms import UploadForm

DOCUMENTS_PAGE, FINDINGS_PAGE = 20, 20
ACCEPT: Final = ".pdf,.docx,.xlsx,.xlsm,.html,.htm,.txt,.md"


@some_unit(Right.READ, Work.REVIEW)
@require_GET
@shared_but(queries.has_uploaded)
def home(request: HttpRequest) -> HttpResponse:
    """Files to upload, and what was reviewed."""
    return _home(request, ())


@some_unit(Right.WRITE, Work.REVIEW)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take the files, and let a job audit them together."""
    user = reading.me(request)
    form = UploadForm(_own_units(user), ACCEPT, request.POST, request.FILES)
    if not form.is_valid():
        return _home(request, tuple(str(e) for errors in form.errors.values() for e in errors), 422)
    try:
        documents, unit = request.FILES.getlist("documents"), form.cleaned_data["unit"]
        job = uploads.submit(
            "audit", documents, uploads.DOCUMENTS, by=user, title="审校", unit=unit, work=Work.REVIEW
        )
    except uploads.UploadRefused as refused:
        return _home(request, refused.problems, 422)
    except CaseworkError as error:
        return _home(request, (str(error),), 422)
    return redirect("jobs:job", key=job.pk)


@some_unit(Right.READ, Work.REVIEW)
@require_GET
def document(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The findings of one document beside the marked place on its page."""
    found = reading.visible(request, key)
    if found.problem:
        return render(request, "review/unread.html", {"document": found})
    done = reading.audit_of(found)
    every, filters = reading.shown_findings(found, done), reading.Filters.of(request.GET)
    kept = [each for each in every if filters.keep(each)]
    asked = [(name, value) for name, values in request.GET.lists() if name != "page" for value in values]
    context = {
        "document": found,
        "identity": identity_line(done),
        "outcome": outcome_line(done),
        "papers": papers_lines(done),
        "problems": done.document.problems,
        "not_run": not_run(done),
        "evidence": done.identity.evidence,
        "page": Paginator(kept, FINDINGS_PAGE).get_page(request.GET.get("page")),
        "query": urlencode(asked),
        "every": len(every),
        "open": sum(each.decision is None for each in every),
        "filters": filters,
        "levels": reading.LEVELS,
        "decisions": reading.DECISIONS,
        "rules": reading.rules_of(every).items(),
        "may_decide": queries.may_decide(reading.me(request), found),
        "has_marks": (found.path / "annotated.pdf").is_file(),
    }
    return render(request, "review/document.html", context)


@some_unit(Right.WRITE, Work.REVIEW)
@require_POST
def decide(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Decide on one finding; htmx gets the finding's decision back, others the page."""
    found, user = reading.visible(request, key), reading.me(request)
    if not queries.may_decide(user, found):
        raise Http404
    name, verdict = request.POST.get("finding", ""), request.POST.get("verdict", "")
    reason = request.POST.get("reason", "")
    shown = {each.finding.key: each for each in reading.shown_findings(found, reading.audit_of(found))}
    if name not in shown:
        raise Http404
    problem = ""
    try:
        deciding.decide(found, name, verdict, reason, by=user)
    except CaseworkError as error:
        problem = str(error)
    if not request.headers.get("HX-Request") and not problem:
        return redirect(f"{reverse('review:document', args=[key])}#f{shown[name].number}")
    context: dict[str, Any] = {
        "document": found,
        "number": shown[name].number,
        "key": name,
        "verdict": verdict,
        "reason": reason,
        "decision": queries.decisions_of(found).get(name),
        "problem": problem,
        "saved": not problem,
        "may_decide": True,
    }
    template = "review/decision.html" if request.headers.get("HX-Request") else "review/decision_page.html"
    # htmx shows an answer only where it succeeded; the problem stands in the words.
    return render(request, template, context, status=200 if request.headers.get("HX-Request") else 422)


def _home(request: HttpRequest, problems: tuple[str, ...], status: int = 200) -> HttpResponse:
    user = reading.me(request)
    units = _own_units(user)
    found = Paginator(queries.reviewed_documents(user), DOCUMENTS_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "problems": problems,
        "form": UploadForm(units, ACCEPT) if units else None,
        "most": uploads.MOST_FILES,
        "megabytes": uploads.MOST_MEGABYTES,
        "units": {unit.key: unit.name for unit in unit_tree().units},
    }
    return render(request, "review/home.html", context, status=status)


def _own_units(user: User) -> list[tuple[str, str]]:
    """The units for which the user may review, by name; those below them see and decide as well."""
    names = unit_tree().by_key
    keys = units_of(user, Work.REVIEW, Right.WRITE)
    return [(unit.key, unit.name) for unit in names.values() if unit.key in keys]
