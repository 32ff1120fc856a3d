"""Units and their years (单位、年度), as far as the token reaches."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from yiheng.ledger import queries
from yiheng.people.models import Right, Work
from yiheng.web.access import may
from yiheng.web.api.pages import Page, paged, tagged
from yiheng.web.api.tokens import reaches, token_of

router = Router(tags=["单位与年度"])
READABLE = (Work.BUDGET, Work.EXECUTION, Work.ACCOUNTS, Work.PERFORMANCE, Work.DISCLOSURE)
OF_KIND = {"budget": Work.BUDGET, "accounts": Work.ACCOUNTS, "performance": Work.PERFORMANCE}
"""Kind of department-year → the kind of work that may read it."""


@router.get("/me", summary="令牌及其所有者")
def me(request: HttpRequest) -> dict[str, Any]:
    """For whom the token acts and until when."""
    token = token_of(request)
    return {
        "name": token.user.name,
        "username": token.user.username,
        "label": token.label,
        "right": token.right,
        "works": token.works,
        "expires_at": token.expires_at,
    }


@router.get("/units", summary="可以查看的单位")
def units(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """The units that the token reaches for any kind of work."""
    token = token_of(request)
    works = reaches(token, Right.READ, READABLE)
    found = [
        unit for unit in queries.units() if any(may(token.user, Right.READ, work, unit.key) for work in works)
    ]
    return tagged(
        request,
        paged(
            found, page, lambda u: {"key": u.key, "code": u.code, "name": u.name, "parent": u.parent or None}
        ),
    )


@router.get("/years", summary="可以查看的部门年度")
def years(request: HttpRequest, page: Query[Page], unit: str = "", year: int = 0) -> HttpResponse:
    """The department-years that the token reaches, of one unit or year where asked."""
    token = token_of(request)
    found = [
        entry
        for entry in queries.department_years()
        if (not unit or entry.unit.key == unit)
        and (not year or entry.year == year)
        and any(
            may(token.user, Right.READ, work, entry.unit.key)
            for work in reaches(token, Right.READ, (OF_KIND[entry.kind],))
        )
    ]
    return tagged(
        request,
        paged(
            found,
            page,
            lambda e: {
                "unit": e.unit.key,
                "year": e.year,
                "kind": e.kind,
                "title": e.title,
                "synthetic": e.synthetic,
            },
        ),
    )
