"""Adjustments (预算调剂): those on their way and those decided, a new one, and what somebody decides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiheng.casework.errors import CaseworkError
from yiheng.casework.flow import ADJUSTMENT
from yiheng.casework.operations import approvals
from yiheng.casework.queries.matters import Matter, matter, matters
from yiheng.ledger.errors import LedgerError
from yiheng.money import MoneyUnit, format_amount
from yiheng.people.models import Right, Work
from yiheng.pipelines import adjusting, spending
from yiheng.pipelines.adjusting import NotProposed, Proposal
from yiheng.web import papers
from yiheng.web.access import for_unit, may, works_on
from yiheng.web.screens.budget.place import UnitYear

from . import common
from .common import READ, called, names_by, project_names, rows_of, unit_name, unit_year
from .forms import AdjustmentForm

A_PAGE: Final = 50
DECIDED: Final = 20
"""Decided matters that the list shows, the newest; what they brought stands in the ledger's own list."""


@READ
@require_safe
def listed(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """What waits, what was decided, and the adjustments that the ledger has."""
    at = unit_year(request, unit, year)
    found = matters(ADJUSTMENT, _units(at), year, at.user)
    over = [each for each in found if each.link is None]
    rows = rows_of(at, "adjustments")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    names, functions = project_names(at), names_by(at, "function")
    return render(
        request,
        "execution/adjustments.html",
        {
            "at": at, "part": "adjustments", "viewer": common.viewer_of(at), "page": page,
            "total": spending.total(rows),
            "waiting": [_shown(at, each) for each in found if each.link is not None],
            "decided": [_shown(at, each) for each in over[:DECIDED]], "decided_count": len(over),
            "rows": [
                (
                    row,
                    names.get(row.text("project"), "") or called("function", row.text("function"), functions),
                    unit_name(at, row.text("unit")),
                )
                for row in page
            ],
            "may_write": may(at.user, Right.WRITE, Work.EXECUTION, unit),
        },
    )  # fmt: skip


@for_unit(Right.WRITE, Work.EXECUTION)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Enter an adjustment and hand it in."""
    at = unit_year(request, unit, year)
    first = {"day": spending.last_day(year, timezone.localdate())}
    form = AdjustmentForm(request.POST or None, lines=_choices(at), initial=first)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asked = Proposal(
            said["giver"], said["taker"], form.fen(), form.on(), said["reason"], said["approval"]
        )
        try:
            made = adjusting.propose(unit, year, asked, by=at.user, policy=papers.policy())
        except NotProposed as refused:
            problems = refused.problems
        except CaseworkError as error:
            problems = (str(error),)
        else:
            chain = " → ".join(link["label"] for link in made.links)
            messages.success(
                request,
                _("“%(title)s”已报送，审批环节：%(chain)s。全部同意后写入台账。")
                % {"title": made.title, "chain": chain},
            )
            return redirect("execution:adjustments", unit=unit, year=year)
    closed = adjusting.closed(at.user, [unit], year, papers.policy())
    context = {"at": at, "part": "adjustments", "form": form, "problems": problems, "closed": closed}
    status = 422 if request.method == "POST" else 200
    return render(request, "execution/new_adjustment.html", context, status=status)


@works_on(Work.EXECUTION)
@require_POST
def decide(request: HttpRequest, unit: str, year: int, number: int, outcome: str) -> HttpResponse:
    """Agree, send back or take back; who may is decided by the chain."""
    at = unit_year(request, unit, year)
    found = matter(ADJUSTMENT, number, _units(at), year, at.user)
    if found is None or outcome not in _DONE:
        raise Http404
    made, comment, policy = found.submission, request.POST.get("comment", "").strip(), papers.policy()
    try:
        if outcome == "approve":
            adjusting.approve(made, by=at.user, comment=comment, policy=policy)
        elif outcome == "return":
            approvals.send_back(made, by=at.user, comment=comment, policy=policy)
        else:
            approvals.withdraw(made, by=at.user, comment=comment, policy=policy)
    except (CaseworkError, LedgerError) as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        written = outcome == "approve" and approvals.position_of(made) is None
        words = _("“%(title)s”%(done)s，已写入台账。") if written else _("“%(title)s”%(done)s。")
        messages.success(request, words % {"title": made.title, "done": _DONE[outcome]})
    return redirect("execution:adjustments", unit=unit, year=year)


_DONE: Final = {
    "approve": gettext_lazy("已同意"),
    "return": gettext_lazy("已退回"),
    "withdraw": gettext_lazy("已撤回"),
}


def _units(at: UnitYear) -> list[str]:
    return [each.key for each in at.below]


def _choices(at: UnitYear) -> list[tuple[str, str]]:
    names, functions, economic = project_names(at), names_by(at, "function"), names_by(at, "economic")
    found = []
    for line in adjusting.lines(at.unit.key, at.year):
        row = line.row
        what = names.get(row.text("project"), "") or called("function", row.text("function"), functions)
        kind = called("economic", row.text("economic"), economic) if row.text("economic") else ""
        have = format_amount(line.adjusted, MoneyUnit.YUAN)
        parts = [unit_name(at, row.text("unit")), what, kind, _("现有 %(have)s 元") % {"have": have}]
        found.append((line.key, " · ".join(part for part in parts if part)))
    return sorted(found, key=lambda choice: choice[1])


def _shown(at: UnitYear, each: Matter) -> dict[str, Any]:
    """A matter with its rows in words."""
    names, functions, economic = project_names(at), names_by(at, "function"), names_by(at, "economic")
    rows = [
        {
            "unit": unit_name(at, row["unit"]),
            "what": names.get(row["project"], "") or called("function", row["function"], functions),
            "economic": called("economic", row["economic"], economic) if row["economic"] else "",
            "amount": f"{Decimal(row['amount']):,.2f}", "day": row["date"],
        }
        for row in each.submission.content.get("rows", ())
    ]  # fmt: skip
    return {
        "matter": each,
        "made": each.submission,
        "rows": rows,
        "unit": unit_name(at, each.submission.unit),
    }
