"""Payments (支付明细): found, paged, opened one by one, and taken out as a file; personal data masked by role."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from yiheng.facts.sheets import SheetRow
from yiheng.ledger import queries
from yiheng.ledger.sheets import shapes
from yiheng.people.masking import Viewer
from yiheng.pipelines import spending
from yiheng.pipelines.spending import NONE, Wanted
from yiheng.web.language import in_chinese
from yiheng.web.screens.budget.place import UnitYear

from . import common
from .common import READ, called, names_by, project_names, rows_of, unit_name, unit_year, viewer_of

A_PAGE: Final = 50
_PERSONAL: Final = frozenset({"summary", "reason", "approval", "note"})
_HIDDEN: Final = frozenset({"key", "quantum", "amount", "date_precision", "places", "amount_unit"})


@READ
@require_safe
def listed(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The payments that were looked for, by day."""
    at = unit_year(request, unit, year)
    viewer = viewer_of(at)
    asked, rows = _found(request, at, viewer)
    projects, functions = project_names(at), names_by(at, "function")
    every = rows_of(at, "payments")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "execution/payments.html",
        {
            "at": at, "part": "payments", "asked": asked, "page": page, "query": common.query_of(request),
            "every": len(every), "found": len(rows), "total": spending.total(rows), "viewer": viewer,
            "lines": [_line(at, row, projects, functions) for row in page],
            "units": [(each.key, unit_name(at, each.key)) for each in at.below],
            "projects": [(NONE, called("project", "", {})), *sorted(_used(every, "project", projects))],
            "functions": sorted(_used(every, "function", functions)),
            "months": range(1, 13), "views": _views(every), "mask": not viewer.full,
        },
    )  # fmt: skip


@READ
@require_safe
@in_chinese
def export(request: HttpRequest, unit: str, year: int, form: str) -> HttpResponse:
    """The payments that were looked for as CSV or XLSX, masked as on the screen."""
    at = unit_year(request, unit, year)
    viewer = viewer_of(at)
    _, rows = _found(request, at, viewer)
    projects, functions = project_names(at), names_by(at, "function")
    columns = {
        "行号": 26, "日期": 12, "单位": 18, "项目": 30, "功能分类科目": 26, "经济分类科目": 14, "金额（元）": 16,
        "收款人": 28, "合同": 24, "摘要": 30, "批准": 26,
    }  # fmt: skip
    notes = [f"{at.name}，共 {len(rows)} 笔"]
    notes += [] if viewer.full else ["收款人、账号等个人信息已按权限脱敏"]
    cells: list[list[common.Cell]] = []
    for row in rows:
        line = _line(at, row, projects, functions)
        amount = row.values.get("amount")
        cells.append([
            row.key, str(line["day"] or ""), line["unit"], line["project"], line["function"], row.text("economic"),
            common.yuan(amount if isinstance(amount, int) else None), viewer.payee(row.text("payee")),
            row.text("contract"), viewer.free_text(row.text("summary")), viewer.free_text(row.text("approval")),
        ])  # fmt: skip
    return common.export(form, f"{at.name}{year}年支付明细", notes, columns, cells)


@READ
@require_safe
def payment(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """One payment with all that is recorded of it, and its versions."""
    at = unit_year(request, unit, year)
    row = next((each for each in rows_of(at, "payments") if each.key == key), None)
    if row is None:
        raise Http404
    shape, viewer = shapes()["payments"], viewer_of(at)
    text = shape.text(shape.values(row))
    facts = [
        (shape.label(name), _shown(at, name, text[name], viewer))
        for name in shape.columns
        if text.get(name) and name not in _HIDDEN
    ]
    contract = next((c for c in rows_of(at, "contracts") if c.key == row.text("contract")), None)
    return render(
        request,
        "execution/payment.html",
        {
            "at": at, "part": "payments", "row": row, "facts": facts, "contract": contract,
            "versions": list(reversed(queries.history("payments", key))),
        },
    )  # fmt: skip


def _found(request: HttpRequest, at: UnitYear, viewer: Viewer) -> tuple[Wanted, list[SheetRow]]:
    get = request.GET.get
    month = get("month", "")
    asked = Wanted(
        words=get("words", ""), unit=get("of", ""), project=get("project", ""), function=get("function", ""),
        month=int(month) if month.isascii() and month.isdigit() and len(month) <= 2 else 0,
        contract=get("contract", ""), view=get("view", ""),
    )  # fmt: skip
    every = rows_of(at, "payments")
    if not asked.view and len(_views(every)) > 1:
        # Rows of several views are the same money told twice: one of them is shown, and which can be chosen.
        by = next((name for name in ("project", "function") if getattr(asked, name)), _views(every)[0])
        asked = Wanted(**{**{name: getattr(asked, name) for name in asked.__slots__}, "view": by})
    return asked, [row for row in every if asked.meets(row, viewer)]


def _views(rows: tuple[SheetRow, ...]) -> list[str]:
    """The views of rows that are not joint, function first."""
    return sorted({row.text("view") for row in rows} - {"joint"}, key=lambda view: (view != "function", view))


def _used(rows: tuple[SheetRow, ...], name: str, names: Any) -> list[tuple[str, str]]:
    return [(code, called(name, code, names)) for code in {row.text(name) for row in rows} if code]


def _line(at: UnitYear, row: SheetRow, projects: Any, functions: Any) -> dict[str, Any]:
    fine = row.text("date_precision")
    day = row.values.get("date")
    return {
        "row": row,
        "day": day
        if fine == "day"
        else (
            gettext("%(year)s年（只精确到%(unit)s）")
            % {"year": at.year, "unit": _PRECISION.get(fine, _PRECISION["year"])}
            if day
            else ""
        ),
        "unit": unit_name(at, row.text("unit")),
        "project": projects.get(row.text("project"), row.text("project")),
        "function": called("function", row.text("function"), functions) if row.text("function") else "",
    }


_PRECISION: Final = {"month": gettext_lazy("月"), "quarter": gettext_lazy("季"), "year": gettext_lazy("年")}


def _shown(at: UnitYear, name: str, text: str, viewer: Viewer) -> str:
    if name == "payee":
        return viewer.payee(text)
    if name in _PERSONAL:
        return viewer.free_text(text)
    if name == "unit":
        return unit_name(at, text)
    if name in ("project", "function", "economic"):
        return called(name, text, project_names(at) if name == "project" else names_by(at, name))
    if name == "view":
        return gettext("完整明细") if text == "joint" else text
    return dict(at.codes(name)).get(text, text) if name in ("fund", "source", "program", "category") else text
