"""Comments and cases of a unit's year (批注、疑点线索)."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Case, CaseOrigin, Comment
from yiheng.casework.operations import remarks
from yiheng.casework.queries import remarks as read
from yiheng.ledger.queries import unit_tree
from yiheng.people.models import Right, Work
from yiheng.people.queries import holders
from yiheng.web.access import WorksOn, for_unit, works_on

from .forms import AnswerForm, AssignForm, CaseForm, CellForm, ReasonForm
from .views import WORKS, place_or_404, signed_in_user

PAGE: Final = 50


@for_unit(Right.READ, *WORKS)
@require_safe
def comments(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """All comments, open ones first."""
    return _comments(request, unit, year, None)


def _comments(
    request: HttpRequest, unit: str, year: int, refused: tuple[int, AnswerForm] | None
) -> HttpResponse:
    user, found = signed_in_user(request), place_or_404(unit, year)
    listed = read.comments(unit, year).order_by("resolved_at", "at").reverse()
    ordered = sorted(listed, key=lambda each: not each.is_open)
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    number, form = refused or (0, AnswerForm())
    context = {
        "unit": found, "year": year, "page": page, "refused": number, "form": form, "answer": AnswerForm(),
        "works": WorksOn(WORKS).allows(user, {"unit": unit}),
    }  # fmt: skip
    return render(request, "year/comments.html", context)


@works_on(*WORKS)
@require_POST
def add_comment(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Put a comment on a cell; `next` leads back to the sheet."""
    form = CellForm(request.POST)
    if not form.is_valid():
        _say_errors(request, form)
        return redirect("year:comments", unit, year)
    typed = form.cleaned_data
    try:
        remarks.comment(unit, year, by=signed_in_user(request), **typed)
    except CaseworkError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, _("批注已加上。"))
    return redirect("year:comments", unit, year)


@works_on(*WORKS)
@require_POST
def resolve(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """Settle a comment."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            remarks.resolve(
                _comment(unit, year, number), by=signed_in_user(request), answer=form.cleaned_data["answer"]
            )
        except CaseworkError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("批注已解决。"))
            return redirect("year:comments", unit, year)
    return _comments(request, unit, year, (number, form))


@works_on(*WORKS)
@require_POST
def take_up(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """Open a settled comment again."""
    return _do(
        request, unit, year, lambda: remarks.take_up(_comment(unit, year, number), by=signed_in_user(request))
    )


@works_on(*WORKS)
@require_POST
def make_case(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """Turn a comment into a case."""
    made = _comment(unit, year, number)
    return _do(request, unit, year, lambda: remarks.open_case_from_comment(made, by=signed_in_user(request)))


def _do(request: HttpRequest, unit: str, year: int, run: Any) -> HttpResponse:
    try:
        done = run()
    except CaseworkError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        if isinstance(done, Case):
            messages.success(request, _("已登记为线索。"))
            return redirect("year:case", unit, year, done.pk)
        messages.success(request, _("批注已重新打开。"))
    return redirect("year:comments", unit, year)


def _comment(unit: str, year: int, number: int) -> Comment:
    found = read.comment(number)
    if found is None or (found.unit_id, found.year) != (unit, year):
        raise Http404
    return found


@works_on(*WORKS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Open a case, by hand or from a finding (`reference`, `title` and `text` may stand in the address)."""
    user, found = signed_in_user(request), place_or_404(unit, year)
    typed = {
        name: request.GET[name] for name in ("work", "title", "text", "reference") if name in request.GET
    }
    form = (
        CaseForm(request.POST)
        if request.method == "POST"
        else CaseForm(initial={"work": Work.BUDGET, **typed})
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        origin = CaseOrigin.FINDING if data["reference"] else CaseOrigin.OWN
        try:
            made = remarks.open_case(
                unit, year, data["work"], title=data["title"], text=data["text"], by=user, origin=origin,
                reference=data["reference"],
            )  # fmt: skip
        except CaseworkError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("线索已登记，等待分办。"))
            return redirect("year:case", unit, year, made.pk)
    return render(request, "year/new_case.html", {"unit": found, "year": year, "form": form})


@for_unit(Right.READ, *WORKS)
@require_safe
def case(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """A case, what was done about it, and what may be done next."""
    return _case_page(request, _case(unit, year, number), None)


def _case_page(request: HttpRequest, found: Case, refused: tuple[str, forms.Form] | None) -> HttpResponse:
    user, unit = signed_in_user(request), place_or_404(found.unit_id, found.year)
    actions = {action: _form(found, action) for action in read.case_actions(user, found)}
    if refused is not None:
        actions[refused[0]] = refused[1]
    context = {
        "unit": unit, "year": found.year, "case": found, "events": read.case_history(found),
        "work_label": Work(found.work).label, "actions": actions,
    }  # fmt: skip
    return render(request, "year/case.html", context)


def _form(found: Case, action: str, data: Any = None) -> forms.Form:
    """The form of an action; its fields carry the name of the action, since several stand on one page."""
    if action == "assign":
        people = holders(Right.WRITE, found.work, unit_tree().chain(found.unit_id))
        return AssignForm(data, people=people, auto_id=f"{action}-%s")
    return (AnswerForm if action == "answer" else ReasonForm)(data, auto_id=f"{action}-%s")


@works_on(*WORKS)
@require_POST
def act_on_case(request: HttpRequest, unit: str, year: int, number: int, action: str) -> HttpResponse:
    """Assign, answer, hand back or close a case."""
    found, user = _case(unit, year, number), signed_in_user(request)
    if action not in ("assign", "answer", "ask_again", "close"):
        raise Http404
    form = _form(found, action, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            if action == "assign":
                remarks.assign(found, to=data["to"], due_on=data["due_on"], by=user)
            elif action == "answer":
                remarks.answer_case(found, by=user, answer=data["answer"])
            elif action == "ask_again":
                remarks.ask_again(found, by=user, reason=data["reason"])
            else:
                remarks.close_case(found, by=user, reason=data["reason"])
        except CaseworkError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已办理。"))
            return redirect("year:case", unit, year, number)
    return _case_page(request, found, (action, form))


def _case(unit: str, year: int, number: int) -> Case:
    found = read.case(number)
    if found is None or (found.unit_id, found.year) != (unit, year):
        raise Http404
    return found


def _say_errors(request: HttpRequest, form: forms.Form) -> None:
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label}：{'；'.join(map(str, errors))}", extra_tags="danger")
