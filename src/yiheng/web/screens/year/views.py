"""The page of a unit's year (部门年度) and everything that moves one of its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Step
from yiheng.casework.operations import approvals, cycles
from yiheng.casework.queries import cycle_view, editable
from yiheng.casework.queries import remarks as remarks_of
from yiheng.casework.queries.cycles import StepView
from yiheng.casework.queries.tasks import is_named
from yiheng.facts import Unit
from yiheng.ledger.queries import unit_tree
from yiheng.people.models import Right, User, Work
from yiheng.web import papers
from yiheng.web.access import for_unit, user_of, works_on
from yiheng.web.shared import drawn, shared_but

from . import shown
from .dialogs import Refused

WORKS: Final = (Work.BUDGET, Work.EXECUTION, Work.ACCOUNTS, Work.PERFORMANCE, Work.DISCLOSURE)
SHOWN_EVENTS: Final = 30
FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2200


def _open_comments(request: HttpRequest, unit: str, year: int) -> str:
    found = remarks_of.oldest_open(unit, year)
    # The oldest stay the same for long, and a template takes longer for them than all else of the page.
    return drawn(
        ("open comments", found), lambda: render_to_string("year/open_comments.html", {"comments": found})
    )


@for_unit(Right.READ, *WORKS)
@require_safe
@shared_but(is_named, _open_comments)
def home(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The ribbon, what to do next, open comments and cases, and what was done."""
    return page(request, unit, year)


def page(request: HttpRequest, unit: str, year: int, refused: Refused | None = None) -> HttpResponse:
    """The page, with one dialog shown again where what was typed in it was refused."""
    user, found = signed_in_user(request), place_or_404(unit, year)
    view = cycle_view(user, unit, year, policy=papers.policy())
    events = remarks_of.history(unit, year)
    labels = {rule.key: rule.label for rule in view.flow.steps.values()} if view else {}
    context: dict[str, Any] = {
        "unit": found,
        "year": year,
        "cycle": view,
        "stages": shown.stages(view, refused) if view else (),
        "may_open": not view and editable(user, unit, year, Work.BUDGET, policy=papers.policy()).may_open,
        "comments": lambda: _open_comments(request, unit, year),
        "cases": remarks_of.cases([unit], state="unclosed").filter(year=year)[:20],
        "events": [(labels.get(event.step, ""), event) for event in events[:SHOWN_EVENTS]],
        "more_events": max(0, len(events) - SHOWN_EVENTS),
    }
    context["mine"] = [s for stage in context["stages"] for s in stage.steps if s.view.mine]
    context["waiting"] = [
        s for stage in context["stages"] for s in stage.steps if s.view.waits_for and not s.view.mine
    ]
    return render(request, "year/home.html", context)


@works_on(*WORKS)
@require_POST
def begin(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Begin the cycle."""
    try:
        cycles.open_cycle(unit, year, by=signed_in_user(request), policy=papers.policy())
    except CaseworkError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, _("周期已经启用，可以开始填报。"))
    return redirect("year:home", unit, year)


Run = Callable[[StepView, User, dict[str, Any]], Any]


def _view(action: str, said: str, run: Run) -> Callable[..., HttpResponse]:
    """The view of one action: its form, then its operation; a refusal shows the dialog again."""

    def acted(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
        user = signed_in_user(request)
        view = cycle_view(user, unit, year, policy=papers.policy())
        step = view.step(key) if view else None
        if step is None:
            raise Http404
        form = shown.form_class(step, action)(request.POST, auto_id=f"{key}-{action}-%s")
        if form.is_valid():
            try:
                run(step, user, form.cleaned_data)
            except CaseworkError as error:
                _refuse(request, form, error, action in step.actions)
            else:
                messages.success(request, _(said) % {"step": step.rule.label})
                return redirect("year:home", unit, year)
        return page(request, unit, year, Refused(f"{key}-{action}", form))

    acted.__name__ = action
    return works_on(*WORKS)(require_POST(acted))


def _refuse(request: HttpRequest, form: forms.Form, error: CaseworkError, has_dialog: bool) -> None:
    """Say it in the dialog, or above the page where the page no longer has that dialog."""
    form.add_error(None, str(error))
    if not has_dialog:
        messages.error(request, str(error), extra_tags="danger")


def _made(step: StepView) -> Any:
    if step.submission is None:
        raise CaseworkError(_("这一环节还没有报送，请刷新页面。"))
    return step.submission


def _submit(step: StepView, by: User, typed: dict[str, Any]) -> Any:
    return approvals.submit(step.step, by=by, policy=papers.policy(), **typed)


def _finish(step: StepView, by: User, typed: dict[str, Any]) -> Step:
    return cycles.finish(step.step, by=by, policy=papers.policy(), **typed)


submit = _view("submit", gettext_noop("“%(step)s”已报送。"), _submit)
finish = _view("finish", gettext_noop("“%(step)s”已办结。"), _finish)
approve = _view(
    "approve",
    gettext_noop("已同意“%(step)s”。"),
    lambda step, by, typed: approvals.approve(_made(step), by=by, policy=papers.policy(), **typed),
)
send_back = _view(
    "return",
    gettext_noop("“%(step)s”已退回。"),
    lambda step, by, typed: approvals.send_back(_made(step), by=by, policy=papers.policy(), **typed),
)
withdraw = _view(
    "withdraw",
    gettext_noop("“%(step)s”已撤回。"),
    lambda step, by, typed: approvals.withdraw(
        _made(step), by=by, comment=typed["note"], policy=papers.policy()
    ),
)
reopen = _view(
    "reopen",
    gettext_noop("“%(step)s”重新办理。"),
    lambda step, by, typed: cycles.reopen(step.step, by=by, policy=papers.policy(), **typed),
)
set_due = _view(
    "set_due",
    gettext_noop("“%(step)s”的期限已登记。"),
    lambda step, by, typed: cycles.set_due(step.step, by=by, policy=papers.policy(), **typed),
)


def signed_in_user(request: HttpRequest) -> User:
    """The user; the access rule has let in nobody else."""
    user = user_of(request)
    if user is None:
        raise Http404
    return user


def place_or_404(unit: str, year: int) -> Unit:
    """The unit of that key, in a year that may have papers."""
    found = unit_tree().by_key.get(unit)
    if found is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return found
