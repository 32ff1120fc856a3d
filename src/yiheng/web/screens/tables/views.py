"""The statutory tables on screen, the source behind each number, and the tables as files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yiheng.facts import Outcome
from yiheng.ledger.errors import NoDepartmentYear
from yiheng.ledger.queries import unit_tree
from yiheng.people.models import Right, Work
from yiheng.people.queries import viewer
from yiheng.policy.errors import PolicyUnknown
from yiheng.reporting import explain
from yiheng.reporting.describe import describe_entry
from yiheng.reporting.html.markup import figure_id
from yiheng.reporting.uses import Uses, uses
from yiheng.scoring.errors import ScoringError
from yiheng.web import rendered
from yiheng.web.access import for_unit, user_of
from yiheng.web.readings import TITLES, Prepared, Reader
from yiheng.web.readings import WORKS as WORK_OF
from yiheng.web.shared import shared

from . import sheets

WORKS: Final = (Work.BUDGET, Work.ACCOUNTS, Work.PERFORMANCE)
CANNOT: Final = (ScoringError, PolicyUnknown, NoDepartmentYear)
"""Why a paper cannot be made, in Chinese; shown in its place."""
LEAVES: Final = 50
"""Rows behind a figure on one page of the drawer."""
USES: Final = 8
"""Other figures listed of one table."""


def reader_of(request: HttpRequest, unit: str, year: int) -> Reader:
    """The signed-in user as a reader of the unit's year; the access rule has let nobody else in."""
    user = user_of(request)
    if user is None:
        raise Http404
    return Reader(user, unit, year)


def tabs(reader: Reader, kind: str) -> list[dict[str, Any]]:
    """The papers of the year as tabs."""
    return [{"kind": k, "title": TITLES[k], "current": k == kind} for k in reader.kinds]


@for_unit(Right.READ, *WORKS)
def home(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Lead to the first paper that the year has."""
    reader = reader_of(request, unit, year)
    if reader.kinds:
        return redirect("tables:sheet", unit, year, reader.kinds[0])
    return render(request, "tables/none.html", {"reader": reader})


@for_unit(Right.READ, *WORKS)
@shared
def sheet(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """One table as printed, the list of all, and the checks of this one."""
    reader = reader_of(request, unit, year)
    context: dict[str, Any] = {
        "reader": reader,
        "kind": kind,
        "title": TITLES.get(kind, ""),
        "tabs": tabs(reader, kind),
    }
    try:
        prepared = reader.open(kind)
    except CANNOT as error:
        return render(request, "tables/cannot.html", {**context, "why": str(error), "view": "tables:sheet"})
    query = request.GET.get("q", "").strip()
    table = prepared.table(request.GET.get("table", "")) or next(iter(prepared.paper.tables), None)
    if table is None:
        return render(
            request, "tables/cannot.html", {**context, "why": _("这套材料没有报表。"), "view": "tables:sheet"}
        )
    rows = list(sheets.rows_found(prepared, query))
    return render(
        request,
        "tables/sheet.html",
        {
            **context,
            "paper": prepared.paper,
            "table": table,
            "name": sheets.title_of(prepared, table),
            "sheet": sheets.sheet_html(prepared, table),
            "listed": sheets.listed(prepared, table.code, query),
            "rows": rows[: sheets.ROWS_FOUND],
            "rows_more": max(len(rows) - sheets.ROWS_FOUND, 0),
            "query": query,
            "checks": sheets.checks_of(prepared, table.code),
            "forms": ("xlsx", "pdf", "docx", "csv"),
        },
    )


@for_unit(Right.READ, *WORKS)
def source(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """Where a figure comes from and where else it stands: in the drawer, or as a page without scripts."""
    reader = reader_of(request, unit, year)
    return source_page(request, reader, reader.open(kind))


def source_page(request: HttpRequest, reader: Reader, prepared: Prepared) -> HttpResponse:
    """The answer to `?cell=<address>`, `&from=<number>` for the next rows."""
    address = request.GET.get("cell", "")
    number = prepared.number(address)
    if number is None:
        why = _("没有可以说明来源的数字“%(address)s”。请从报表或报告里点击数字打开。") % {"address": address}
        # htmx shows nothing of an answer that is not 200.
        small = bool(request.headers.get("HX-Request"))
        return render(
            request, "tables/missing.html", {"why": why, "small": small}, status=200 if small else 404
        )
    entry = prepared.trace.entries[number]
    start = int(found) if (found := request.GET.get("from", "")).isdecimal() else 0
    leaves = prepared.remember(("leaves", number), lambda: explain.leaves(entry, prepared.labels))
    line = describe_entry(entry, prepared.labels)
    work = WORK_OF[prepared.kind]
    code = entry.address.partition("[")[0]
    context = {
        "reader": reader,
        "kind": prepared.kind,
        "line": line,
        "facts": [(name, value) for name, value in explain.facts_about(line) if value and name != "位置"],
        "formula": entry.rule,
        "leaves": leaves,
        "shown": leaves.all[start : start + LEAVES],
        "rest": max(len(leaves.all) - start - LEAVES, 0),
        "next": start + LEAVES,
        "start": start,
        "anchor": figure_id(number),
        "code": code if prepared.table(code) else "",
        "findings": _findings(prepared, entry.address),
        "aggregated": reader.audience == "public",
        "viewer": viewer(reader.user, work, unit_tree().chain(reader.unit.key)),
    }
    if start:
        return render(request, "tables/leaves.html", context)
    small, later = bool(request.headers.get("HX-Request")), "uses" in request.GET
    if small and not later:
        # The other papers of the year may have to be made first: the source is shown without waiting for them.
        context |= {"uses": None, "later": f"{request.get_full_path()}&uses=1"}
        return render(request, "tables/drawer.html", context)
    context["uses"] = prepared.remember(
        ("uses", number, reader.kinds),
        lambda: sorted(
            (
                _use(found, other.kind, reader, prepared)
                for other in _first(prepared, reader.others())
                for found in uses(entry, prepared.paper, (other.traced,))
            ),
            key=lambda use: not use["same"],
        ),
    )
    return render(request, "tables/uses.html" if small else "tables/source.html", context)


@for_unit(Right.READ, *WORKS)
def printed(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """One table, or all of them, without menus, for the printer."""
    reader = reader_of(request, unit, year)
    prepared = reader.open(kind)
    one = prepared.table(request.GET.get("table", ""))
    chosen = (one,) if one else prepared.paper.tables
    drawn = [
        sheets.plain_html(prepared, table).replace('id="sheet', f'id="s{n}') for n, table in enumerate(chosen)
    ]
    return render(request, "tables/print.html", {"paper": prepared.paper, "sheets": drawn})


@for_unit(Right.READ, *WORKS)
def download(request: HttpRequest, unit: str, year: int, kind: str, form: str) -> HttpResponseBase:
    """The paper, or one of its tables, as a file."""
    return file_of(request, reader_of(request, unit, year).open(kind), form)


def file_of(request: HttpRequest, prepared: Prepared, form: str) -> HttpResponseBase:
    """The file that `?table=<code>` asks for; the whole paper without it."""
    wanted = request.GET.get("table", "")
    table = prepared.table(wanted)
    if form not in rendered.FORMS or (wanted and table is None):
        raise Http404(form)
    code = table.code if table else ""
    name = prepared.paper.title + (f" {sheets.title_of(prepared, table)}" if table else "") + f".{form}"
    if form == "csv":
        response: HttpResponseBase = HttpResponse(
            rendered.csv_text(prepared, code), content_type=rendered.FORMS[form]
        )
    else:
        response = FileResponse(
            rendered.made(prepared, form, code).open("rb"), content_type=rendered.FORMS[form]
        )
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response


def _findings(prepared: Prepared, address: str) -> list[dict[str, str]]:
    """What the checks say of the cell, each once, those that passed last."""
    code = address.partition("[")[0]
    found = [f for f in prepared.findings.get(code, ()) if address in f.cells]
    found.sort(key=lambda f: f.outcome is Outcome.PASS)
    said = (
        {"outcome": f.outcome.value, "label": f.outcome.label, "title": f.title, "message": f.message}
        for f in found
    )
    return list({tuple(one.values()): one for one in said}.values())


def _first(own: Prepared, others: Iterable[Prepared]) -> list[Prepared]:
    return [own, *(other for other in others if other is not own)]


def _use(found: Uses, of_kind: str, reader: Reader, own: Prepared) -> dict[str, Any]:
    view = "tables:sheet" if found.code else "report:editor"
    url = reverse(view, args=(reader.unit.key, reader.year, of_kind))
    return {
        "own": of_kind == own.kind,
        "url": f"{url}?table={quote(found.code)}" if found.code else url,
        "title": TITLES[of_kind],
        "place": found.place,
        "shown": [
            (figure_id(use.number), use.entry.where.removeprefix(f"{found.place} · "), use)
            for use in found.found[:USES]
        ],
        "more": max(len(found.found) - USES, 0),
        "same": sum(use.same for use in found.found),
        "total": len(found.found),
    }
