"""Procurement and contracts (政府采购与合同): planned, agreed, paid, and the days from award to signing."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yiheng.casework.queries import working_calendar
from yiheng.people.masking import Viewer
from yiheng.pipelines import purchasing
from yiheng.pipelines.purchasing import Contract, Purchase, Purchasing
from yiheng.web import papers
from yiheng.web.language import in_chinese
from yiheng.web.screens.budget.place import UnitYear

from . import common
from .common import READ, project_names, unit_name, unit_year

A_PAGE: Final = 40
STATES: Final = {
    purchasing.OVERDUE: _("超期未签"), purchasing.LATE: _("超期签订"), purchasing.RUNNING: _("等待签订"),
    purchasing.IN_TIME: _("按期签订"), purchasing.UNKNOWN: _("日期未填"),
}  # fmt: skip


@READ
@require_safe
def listed(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Purchases with their contracts; what is late stands out in words and colour."""
    at = unit_year(request, unit, year)
    found = _purchasing(at)
    words, state, viewer = request.GET.get("words", ""), request.GET.get("state", ""), common.viewer_of(at)
    lines = [line for line in _lines(at, found) if _meets(line, words, state, viewer)]
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "execution/purchases.html",
        {
            "at": at, "part": "purchases", "found": found, "page": page, "count": len(lines), "words": words,
            "state": state, "states": [(key, name, found.count(key)) for key, name in STATES.items()],
            "query": common.query_of(request), "late": found.count(purchasing.LATE),
            "overdue": found.count(purchasing.OVERDUE),
            "basis": next((each.clock.basis for each in found.contracts if each.clock.basis), ""),
            "viewer": viewer,
        },
    )  # fmt: skip


@READ
@require_safe
@in_chinese
def export(request: HttpRequest, unit: str, year: int, form: str) -> HttpResponse:
    """The contracts as CSV or XLSX."""
    at = unit_year(request, unit, year)
    words, state, viewer = request.GET.get("words", ""), request.GET.get("state", ""), common.viewer_of(at)
    columns = {
        "采购或合同": 30, "单位": 18, "项目": 28, "计划（元）": 16, "供应商": 26, "合同金额（元）": 16,
        "已支付（元）": 16,
        "中小企业": 10, "中标日期": 12, "签订日期": 12, "签订期限": 12, "签订时限": 14,
    }  # fmt: skip
    cells: list[list[common.Cell]] = []
    for line in _lines(at, _purchasing(at)):
        if not _meets(line, words, state, viewer):
            continue
        plan, planned = line["purchase"], line["purchase"].planned if line["purchase"] else None
        for number, contract in enumerate(line["contracts"] or (None,)):
            # The plan stands beside its first contract only, so that the column adds up.
            cells.append(_cells(line, contract, planned if plan and not number else None, viewer))
    return common.export(form, f"{at.name}{year}年采购与合同", [at.name], columns, cells)


def _cells(
    line: dict[str, Any], contract: Contract | None, planned: int | None, viewer: Viewer
) -> list[common.Cell]:
    head: list[common.Cell] = [line["name"], line["unit"], line["project"], common.yuan(planned)]
    if contract is None:
        return [*head, *([""] * 8)]
    values = contract.row.values
    sme = {True: "是", False: "否"}.get(values.get("sme"), "")  # type: ignore[call-overload]
    return [
        contract.row.text("title") or head[0], *head[1:], viewer.payee(contract.row.text("supplier")),
        common.yuan(contract.amount), common.yuan(contract.paid), sme, str(values.get("awarded_on") or ""),
        str(values.get("signed_on") or ""), str(contract.clock.due or ""), str(STATES[contract.clock.state]),
    ]  # fmt: skip


def _purchasing(at: UnitYear) -> Purchasing:
    today, policy = timezone.localdate(), papers.policy()
    calendar = working_calendar(policy)
    # What an administrator enters into the calendar counts at once.
    days = calendar.years, frozenset(calendar.days.items())
    return papers.kept(
        ("purchasing", at.unit.key, at.year, today, days),
        lambda: purchasing.purchasing(at.unit.key, at.year, today, policy, calendar),
    )


def _lines(at: UnitYear, found: Purchasing) -> list[dict[str, Any]]:
    names, items = project_names(at), common.names_by(at, "procurement")
    lines = [
        _line(at, purchase, purchase.row, purchase.contracts, names, items) for purchase in found.purchases
    ]
    return lines + [_line(at, None, each.row, (each,), names, items) for each in found.loose]


def _line(
    at: UnitYear,
    purchase: Purchase | None,
    row: Any,
    contracts: tuple[Contract, ...],
    names: dict[str, str],
    items: Any,
) -> dict[str, Any]:
    item = row.text("item")
    name = row.text("item_name") or (f"{item} {items.get(item, '')}".strip() if item else row.text("title"))
    return {
        "purchase": purchase, "row": row, "contracts": contracts, "unit": unit_name(at, row.text("unit")),
        "project": names.get(row.text("project"), row.text("project")), "name": name or row.key,
        "shown": [(contract, STATES[contract.clock.state]) for contract in contracts],
    }  # fmt: skip


def _meets(line: dict[str, Any], words: str, state: str, viewer: Viewer) -> bool:
    """Words are looked for in what the viewer may read."""
    texts = [line["name"], line["project"], line["unit"], line["row"].key]
    for contract in line["contracts"]:
        texts += [contract.row.text("title"), viewer.payee(contract.row.text("supplier"))]
    text = " ".join(texts).casefold()
    return all(word in text for word in words.casefold().split()) and (
        not state or any(contract.clock.state == state for contract in line["contracts"])
    )
