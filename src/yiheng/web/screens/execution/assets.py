"""Assets (资产): the list, one card, and sheets of cards to print (一物一卡一条码)."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yiheng.facts.sheets import SheetRow
from yiheng.ledger import queries
from yiheng.pipelines import holdings
from yiheng.pipelines.catalogs import code_names
from yiheng.pipelines.holdings import WantedAsset
from yiheng.reporting.barcode import code128_svg, qr_svg
from yiheng.web import papers
from yiheng.web.language import in_chinese
from yiheng.web.screens.budget.place import UnitYear

from . import common
from .common import READ, unit_name, unit_year

A_PAGE: Final = 50
A_SHEET: Final = 10
"""Cards on one sheet of A4: two columns, five rows."""
SHEETS: Final = 4
"""Sheets that one page of cards holds; drawing codes takes time."""


@READ
@require_safe
def listed(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The assets that were looked for."""
    at = unit_year(request, unit, year)
    asked, rows = _found(request, at)
    every = _assets(at)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    kinds = {row.text("kind") for row in every}
    return render(
        request,
        "execution/assets.html",
        {
            "at": at, "part": "assets", "asked": asked, "page": page, "found": len(rows), "every": len(every),
            "total": holdings.value(rows), "lines": [_line(at, row) for row in page],
            "units": [(each.key, unit_name(at, each.key)) for each in at.below],
            "kinds": sorted((kind, _kind(kind)) for kind in kinds), "query": common.query_of(request),
            "viewer": common.viewer_of(at),
        },
    )  # fmt: skip


@READ
@require_safe
def cards(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The cards of the assets that were looked for, ten on a sheet of A4."""
    at = unit_year(request, unit, year)
    _, rows = _found(request, at)
    keys = set(request.GET.getlist("key"))
    chosen = [row for row in rows if not keys or row.key in keys]
    page = Paginator(chosen, A_SHEET * SHEETS).get_page(request.GET.get("page"))
    drawn = [_card(at, row) for row in page]
    sheets = [drawn[first : first + A_SHEET] for first in range(0, len(drawn), A_SHEET)]
    context = {
        "at": at,
        "sheets": sheets,
        "page": page,
        "query": common.query_of(request),
        "count": len(chosen),
    }
    return render(request, "execution/cards.html", context)


@READ
@require_safe
def asset(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """One asset with its card and its versions."""
    at = unit_year(request, unit, year)
    row = next((each for each in _assets(at) if each.key == key), None)
    if row is None:
        raise Http404
    versions = list(reversed(queries.history("assets", key)))
    context = {
        "at": at,
        "part": "assets",
        "card": _card(at, row),
        "versions": versions,
        "viewer": common.viewer_of(at),
    }
    return render(request, "execution/asset.html", context)


@READ
@require_safe
@in_chinese
def export(request: HttpRequest, unit: str, year: int, form: str) -> HttpResponse:
    """The assets that were looked for as CSV or XLSX."""
    at = unit_year(request, unit, year)
    _, rows = _found(request, at)
    viewer = common.viewer_of(at)
    columns = {
        "行号": 24, "条码": 18, "资产名称": 28, "资产类别": 14, "单位": 18, "取得日期": 12, "在用": 8,
        "原值（元）": 16, "存放地点": 30,
    }  # fmt: skip
    cells: list[list[common.Cell]] = []
    for row in rows:
        line, fen = _line(at, row), row.values.get("original_value")
        cells.append([
            row.key, row.text("barcode"), row.text("name"), line["kind"], line["unit"], row.text("acquired_on"),
            line["in_use"], common.yuan(fen if isinstance(fen, int) else None),
            viewer.free_text(row.text("location")),
        ])  # fmt: skip
    return common.export(
        form, f"{at.name}{year}年资产清单", [f"{at.name}，共 {len(rows)} 项"], columns, cells
    )


def _assets(at: UnitYear) -> tuple[SheetRow, ...]:
    return papers.kept(("assets", at.unit.key, at.year), lambda: holdings.assets(at.unit.key, at.year))


def _found(request: HttpRequest, at: UnitYear) -> tuple[WantedAsset, list[SheetRow]]:
    get = request.GET.get
    asked = WantedAsset(get("words", ""), get("of", ""), get("kind", ""), get("in_use", ""))
    return asked, [row for row in _assets(at) if asked.meets(row)]


def _kind(code: str) -> str:
    called = papers.kept("code names", lambda: code_names(papers.policy()))
    return called("assets", "kind", code)


def _line(at: UnitYear, row: SheetRow) -> dict[str, Any]:
    used = row.values.get("in_use")
    return {
        "row": row, "kind": _kind(row.text("kind")), "unit": unit_name(at, row.text("unit")),
        "in_use": "是" if used is True else "否" if used is False else "",
    }  # fmt: skip


def _card(at: UnitYear, row: SheetRow) -> dict[str, Any]:
    """A card with its codes. Bars hold plain letters and digits only; the QR code says the same and the name."""
    number, line = holdings.number(row), _line(at, row)
    try:
        bars = code128_svg(number, gettext("条码 %(number)s") % {"number": number})
    except ValueError:
        bars = ""
    said = "\n".join((number, row.text("name"), line["unit"]))
    # Both are drawn from numbers alone and quote the one text that they carry.
    codes = {
        "bars": mark_safe(bars),
        "qr": mark_safe(qr_svg(said, gettext("二维码 %(number)s") % {"number": number})),
    }
    return line | codes | {"number": number}
