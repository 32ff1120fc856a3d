"""Statutory tables, sources of a figure, checks and scores of a department-year (报表、来源、审核、评分)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router

from yiheng.checks import counts
from yiheng.facts import Table
from yiheng.facts.address import AddressError, Directory
from yiheng.facts.table import CellRef
from yiheng.people.models import Right
from yiheng.pipelines.assemble import Assembled
from yiheng.pipelines.evaluate import evaluate
from yiheng.pipelines.findings import finding_data
from yiheng.reporting import explain
from yiheng.web import papers
from yiheng.web.api.pages import Page, paged, tagged
from yiheng.web.api.tokens import require
from yiheng.web.api.units import OF_KIND

router = Router(tags=["报表与绩效"])
Unit = Annotated[str, Path(description="单位键")]
Year = Annotated[int, Path(ge=1949, le=9999, description="年度")]


class Kind(StrEnum):
    """What a department-year is compiled for."""

    budget = "budget"
    accounts = "accounts"
    performance = "performance"


def _assembled(request: HttpRequest, unit: str, year: int, kind: Kind) -> Assembled:
    require(request, Right.READ, unit, OF_KIND[kind])
    # What leaves the house goes by the public's rules: no payments, suppliers or persons.
    return papers.assembled(unit, year, kind, "public")


@router.get("/years/{unit}/{year}/{kind}/tables", summary="法定报表")
def tables(request: HttpRequest, unit: Unit, year: Year, kind: Kind, page: Query[Page]) -> HttpResponse:
    """The tables with code, title and unit of amounts."""
    done = _assembled(request, unit, year, kind)
    return tagged(
        request,
        paged(
            done.paper.tables,
            page,
            _table,
        ),
    )


@router.get("/years/{unit}/{year}/{kind}/tables/{table}", summary="一张报表的单元格")
def table(
    request: HttpRequest, unit: Unit, year: Year, kind: Kind, table: str, page: Query[Page]
) -> HttpResponse:
    """The amounts of a table by address; `fen` is null where no figure stands."""
    done = _assembled(request, unit, year, kind)
    found = Directory(done.paper.tables).table(table)
    if found is None:
        raise Http404(f"没有表“{table}”。")
    return tagged(request, paged(list(found.money_cells()), page, _cell))


@router.get("/years/{unit}/{year}/{kind}/source", summary="一个数字的来源")
def source(
    request: HttpRequest,
    unit: Unit,
    year: Year,
    kind: Kind,
    cell: Annotated[
        str, Query(description="单元格地址，如 公开03表[合计, 项目支出]；或 说明[编号]", max_length=400)
    ],
) -> HttpResponse:
    """Rule, facts and documents behind a cell or a figure of the narrative."""
    done = _assembled(request, unit, year, kind)
    try:
        item = explain.item_at(done.paper, cell)
    except AddressError as error:
        raise Http404(str(error)) from error
    return tagged(request, explain.data(item, done.labels))


@router.get("/years/{unit}/{year}/{kind}/checks", summary="审核结果")
def checks(request: HttpRequest, unit: Unit, year: Year, kind: Kind, page: Query[Page]) -> HttpResponse:
    """All findings with their outcome, and how many there are of each."""
    done = _assembled(request, unit, year, kind)
    found = paged(done.paper.findings, page, finding_data)
    return tagged(request, {"counts": counts(done.paper.findings), **found})


@router.get("/years/{unit}/{year}/{kind}/scores", summary="绩效评分")
def scores(request: HttpRequest, unit: Unit, year: Year, kind: Kind) -> HttpResponse:
    """Self-evaluation and whole-department evaluation, recomputed, with every step."""
    require(request, Right.READ, unit, OF_KIND[Kind.performance])
    read = papers.department_year(unit, year, kind)
    found = papers.kept(("scores", unit, year, kind), lambda: evaluate(read, papers.policy()).data())
    return tagged(request, found)


def _table(found: Table) -> dict[str, Any]:
    return {
        "code": found.code,
        "title": found.title,
        "unit": found.unit,
        "status": found.status.value,
        "notes": list(found.notes),
    }


def _cell(ref: CellRef) -> dict[str, Any]:
    amount = ref.cell.amount
    return {
        "address": ref.address,
        "printed": ref.cell.text,
        "status": ref.cell.status.value,
        "fen": amount.fen if amount is not None else None,
    }
