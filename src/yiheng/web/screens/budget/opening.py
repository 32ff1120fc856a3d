"""Opening the next year (开立新年度): what would be written is shown first, and written only as it was shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yiheng.ledger import operations
from yiheng.ledger.errors import LedgerError
from yiheng.ledger.operations import Beginning
from yiheng.ledger.sheets import shapes
from yiheng.people.models import Right, Work
from yiheng.policy import PolicyUnknown
from yiheng.web import papers
from yiheng.web.access import for_unit

from .place import UnitYear, unit_year

_SHOWN = 12
"""Rows of a sheet that the page lists."""


@for_unit(Right.WRITE, Work.BUDGET)
@require_GET
def page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """What opening the year after this one would write."""
    at = unit_year(request, unit, year)
    context: dict[str, object] = {"at": at, "part": "projects", "next": year + 1}
    try:
        begun = _begun(at)
    except (LedgerError, PolicyUnknown) as error:
        context["refused"] = str(error)
    else:
        context |= {"begun": begun, "mark": _mark(begun), "sheets": _sheets(begun)}
    return render(request, "budget/open.html", context)


@for_unit(Right.WRITE, Work.BUDGET)
@require_POST
def confirm(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Open the year, if it is still what was shown."""
    at = unit_year(request, unit, year)
    try:
        begun = _begun(at)
        if _mark(begun) != request.POST.get("mark", ""):
            messages.warning(request, _("台账在您查看之后有了变化，下面是现在会写入的内容，请重新核对。"))
            return redirect("budget:open", unit=unit, year=year)
        opened = operations.open_year(
            unit, year, year + 1, actor=at.user, policy=papers.policy(), beginning=begun
        )
    except (LedgerError, PolicyUnknown) as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("budget:open", unit=unit, year=year)
    messages.success(
        request,
        _("%(year)s 年度已开立，写入 %(added)s 行。") % {"year": year + 1, "added": opened.applied.added},
    )
    for note in opened.notes:
        messages.info(request, note)
    return redirect("budget:home", unit=unit, year=year + 1)


def _begun(at: UnitYear) -> Beginning:
    return operations.begin_year(at.unit.key, at.year, at.year + 1, policy=papers.policy())


def _mark(begun: Beginning) -> str:
    """Changes with what would be written."""
    return begun.plan.content_hash


def _sheets(begun: Beginning) -> list[dict[str, object]]:
    """By sheet: how many rows, and the first of them in words."""
    by_sheet: dict[str, list[str]] = {}
    for change in begun.plan.changes:
        shape = shapes()[change.sheet]
        text = shape.text(change.after or ())
        named = next(
            (text[n] for n in ("name", "title", "text", "level3", "measure", "kind") if n in text), ""
        )
        by_sheet.setdefault(change.sheet, []).append(f"{change.key} {named}".strip())
    return [
        {
            "title": shapes()[sheet].title,
            "count": len(rows),
            "rows": rows[:_SHOWN],
            "more": len(rows) - _SHOWN,
        }
        for sheet, rows in by_sheet.items()
    ]
