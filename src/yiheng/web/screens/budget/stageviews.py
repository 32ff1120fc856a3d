"""The stages of the budget (一上、一下、二上、二下、批复): sums, differences, and carrying one forward."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from yiheng.ledger import queries
from yiheng.ledger.errors import LedgerError
from yiheng.people.models import Right, Work
from yiheng.pipelines import stages
from yiheng.pipelines.stages import StageRefused
from yiheng.web.access import for_unit

from .place import UnitYear, unit_year

A_PAGE = 50


@for_unit(Right.READ, Work.BUDGET)
@require_GET
def stages_page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """All stages with their sums, and how two of them differ."""
    at = unit_year(request, unit, year)
    there = stages.stages(unit, year)
    known = [code for code in at.stages if code in there]
    left = request.GET.get("left", known[-2] if len(known) > 1 else "")
    right = request.GET.get("right", known[-1] if known else "")
    both = left in at.stages and right in at.stages
    found = stages.compare(unit, year, left, right) if both else []
    names = {
        "function": dict(at.codes("function")), "economic": dict(at.codes("economic")),
        "category": dict(at.codes("category")), "fund": dict(at.codes("fund")), "source": dict(at.codes("source")),
        "unit": {each.key: each.short_name or each.name for each in at.tree.units},
        "project": _projects(at),
    }  # fmt: skip
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "dims": [_called(name, code, names[name]) for name, code in each.dims.items()],
            "left": each.left, "right": each.right, "change": each.change,
        }
        for each in page
    ]  # fmt: skip
    return render(
        request,
        "budget/stages.html",
        {
            "at": at, "part": "stages", "left": left, "right": right, "page": page, "lines": lines, "found": len(found),
            "change": sum(each.change for each in found), "both": both,
            "query": f"left={left}&right={right}",
            "stages": [(code, name, there.get(code)) for code, name in at.stages.items() if code != "adjusted"],
            "left_name": at.stages.get(left, ""), "right_name": at.stages.get(right, ""),
            "allowed": at.editable("budget_lines"),
            "targets": [
                (code, name) for code, name in at.stages.items()
                if code not in there and at.editable_at("budget_lines", code)
            ],
        },
    )  # fmt: skip


@for_unit(Right.WRITE, Work.BUDGET)
@require_POST
def copy(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Carry one stage forward to one that has no lines yet."""
    at = unit_year(request, unit, year)
    source, target = request.POST.get("source", ""), request.POST.get("target", "")
    allowed = at.editable_at("budget_lines", target)
    back = redirect(reverse("budget:stages", kwargs={"unit": unit, "year": year}))
    if source not in at.stages or target not in at.stages:
        messages.error(request, gettext("请选择来源阶段和目标阶段。"), extra_tags="danger")
        return back
    if not allowed:
        messages.error(request, allowed.reason, extra_tags="danger")
        return back
    label = f"{at.stages[source]}复制到{at.stages[target]}"
    try:
        done = stages.carry_forward(unit, year, source, target, at.user, label)
    except (StageRefused, LedgerError) as error:
        messages.error(request, str(error), extra_tags="danger")
        return back
    messages.success(
        request,
        gettext("%(label)s：写入 %(added)s 行，可以在新阶段里修改。") % {"label": label, "added": done.added},
    )
    here = {"unit": unit, "year": year, "sheet": "budget_lines"}
    return redirect(f"{reverse('budget:grid', kwargs=here)}?stage={target}")


def _projects(at: UnitYear) -> dict[str, str]:
    units = [each.key for each in at.below]
    return {row.key: row.text("name") for row, _ in queries.sheet_rows("projects", units, at.year)}


def _called(name: str, code: str, names: dict[str, str]) -> str:
    title = names.get(code, "")
    return f"{code} {title}" if title and name in ("function", "economic") else title or code
