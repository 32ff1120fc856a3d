"""Surveys (满意度调查): results with their interval, and the public page of one: open, new link, close."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yiheng.ledger.errors import LedgerError
from yiheng.performance import online
from yiheng.performance.models import OnlineSurvey
from yiheng.pipelines.survey import collected, options, percent
from yiheng.web import papers

from .forms import OpenForm, SurveyForm
from .place import At, page, tried, unit_year
from .rows import row_of, rows_of, save
from .scores import WRITE
from .views import READ

A_PAGE: Final = 20


@READ
@require_GET
def surveys(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Every survey with its result, and what comes in on its public page."""
    at = unit_year(request, unit, year)
    found, trouble = tried(at.surveys)
    results = {each.result.survey.key: each.data() for each in found or ()}
    public: dict[str, list[dict[str, Any]]] = {}
    for each in online.of_year(at.units, year):
        public.setdefault(each.survey, []).append(_online(at, each))
    pages = Paginator(list(rows_of(at, "surveys").values()), A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {"row": row, "result": results.get(row.key), "online": public.get(row.key, []),
         "open": any(each["state"] != "closed" for each in public.get(row.key, []))}
        for row, _ in pages
    ]  # fmt: skip
    return page(request, at, "surveys", "surveys.html", {"page": pages, "lines": lines, "trouble": trouble})


@WRITE
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Make a survey that waits for its first answer."""
    at = unit_year(request, unit, year)
    form = SurveyForm(request.POST or None)
    if request.method == "POST":
        _may_write(at)
        if form.is_valid():
            cells = {name: "" if value is None else str(value) for name, value in form.cleaned_data.items()}
            if save(at, "surveys", form, cells):
                messages.success(request, gettext("已新建满意度调查，可以开放网上问卷。"))
                return redirect("performance:surveys", unit=unit, year=year)
    context = {"form": form, "about": "", "title": gettext("新建满意度调查"), "back": _back(at)}
    return page(request, at, "surveys", "entry.html", context, 422 if form.errors else 200)


@WRITE
@require_http_methods(["GET", "POST"])
def open_page(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """Put a survey on the public page; the link is shown once."""
    at = unit_year(request, unit, year)
    row, _ = row_of(at, "surveys", key)
    own = [answer for answer, _ in rows_of(at, "survey_answers").values() if answer.text("survey") == key]
    asked = list(dict.fromkeys(answer.text("question") for answer in own))
    form = OpenForm(request.POST or None, initial={"questions": "\n".join(asked)})
    if request.method == "POST":
        _may_write(at)
        if form.is_valid():
            given, scale = form.cleaned_data, options(papers.policy(), at.place, at.last_day)
            try:
                _, token = online.open_survey(
                    row, given["questions"].splitlines(), scale, given["closes_on"], by=at.user
                )
            except online.OnlineError as error:
                form.add_error(None, str(error))
            else:
                return _link(request, at, row.text("name"), token)
    context = {"form": form, "about": row.text("name"), "title": gettext("开放网上问卷"), "back": _back(at)}
    return page(request, at, "surveys", "entry.html", context, 422 if form.errors else 200)


@WRITE
@require_POST
def renew(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """A new link in the place of one that was lost or went too far."""
    at = unit_year(request, unit, year)
    found = _the_online(at, number)
    _may_write(at)
    try:
        token = online.renew(found, by=at.user)
    except online.OnlineError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("performance:surveys", unit=unit, year=year)
    return _link(request, at, found.title, token)


@WRITE
@require_POST
def close(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """End a public page and take its counts into the ledger."""
    at = unit_year(request, unit, year)
    found = _the_online(at, number)
    _may_write(at)
    try:
        ended = online.close_survey(found, by=at.user)
    except (online.OnlineError, LedgerError) as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        words = gettext("已结束“%(title)s”，收到 %(answers)s 份。") % {
            "title": ended.title,
            "answers": ended.answers,
        }
        messages.success(request, f"{words}{gettext('已计入台账。')}" if ended.load else words)
    return redirect("performance:surveys", unit=unit, year=year)


def _online(at: At, found: OnlineSurvey) -> dict[str, Any]:
    """One public page as the list shows it, with the result so far."""
    state = "closed" if found.closed_at else "open" if online.takes_answers(found) else "over"
    result = None
    if found.answers and not found.closed_at:
        counts = online.counts(found)
        result, _ = tried(lambda: collected(counts, found.answers, papers.policy(), at.place, at.last_day))
    return {
        "found": found, "state": state,
        "composite": percent(result.composite) if result else None,
        "low": percent(Fraction(result.low)) if result else None,
        "high": percent(Fraction(result.high)) if result else None,
        "confidence": result.confidence if result else "",
    }  # fmt: skip


def _link(request: HttpRequest, at: At, name: str, token: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("questionnaire", kwargs={"token": token}))
    context = {"name": name, "address": address, "qr": segno.make(address, error="m").svg_data_uri(scale=4)}
    response = page(request, at, "surveys", "link.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _the_online(at: At, number: int) -> OnlineSurvey:
    found = next((each for each in online.of_year(at.units, at.year) if each.pk == number), None)
    if found is None:
        raise Http404
    return found


def _may_write(at: At) -> None:
    if not at.editable:
        raise PermissionDenied(at.editable.reason)


def _back(at: At) -> str:
    return reverse("performance:surveys", kwargs=at.where)
