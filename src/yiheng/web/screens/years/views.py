"""The unit-years that a user may look at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yiheng.ledger import queries
from yiheng.people.models import Right, Work
from yiheng.pipelines.assemble import KIND_TITLES
from yiheng.web.access import may, some_unit, user_of
from yiheng.web.shared import shared

WORKS = (Work.BUDGET, Work.ACCOUNTS, Work.PERFORMANCE)


@some_unit(Right.READ, *WORKS)
@shared
def years(request: HttpRequest) -> HttpResponse:
    """One line a unit and year, the newest first, with the kinds of papers that it has."""
    user = user_of(request)
    found: dict[tuple[str, int], dict[str, object]] = {}
    for entry in queries.department_years():
        if user is None or not any(may(user, Right.READ, work, entry.unit.key) for work in WORKS):
            continue
        line = found.setdefault(
            (entry.unit.key, entry.year),
            {"unit": entry.unit, "year": entry.year, "kinds": [], "synthetic": entry.synthetic},
        )
        kinds = line["kinds"]
        assert isinstance(kinds, list)
        kinds.append(KIND_TITLES[entry.kind])
    lines = sorted(found.values(), key=lambda line: -int(str(line["year"])))
    return render(request, "years/list.html", {"lines": lines})
