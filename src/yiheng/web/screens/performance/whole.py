"""The whole department (部门整体支出绩效评价): criteria, what each rests on, and how the points came about."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from yiheng.pipelines.evaluate import Evaluation
from yiheng.pipelines.evaluation_paper import whole_charts
from yiheng.reporting import charts
from yiheng.scoring.department import Basis, CriterionScore
from yiheng.scoring.reproduction import compare
from yiheng.scoring.rowscore import show
from yiheng.web import papers

from .place import page, tried, unit_year
from .views import READ


@READ
@require_GET
def whole(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Every criterion with its basis; assumed inputs are marked."""
    at = unit_year(request, unit, year)
    done, trouble = tried(at.evaluation)
    context: dict[str, Any] = {"trouble": trouble, "found": None}
    if done is not None and done.department is not None:
        context |= _shown(done)
    return page(request, at, "whole", "whole.html", context)


def _shown(done: Evaluation) -> dict[str, Any]:
    found = done.department
    assert found is not None
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in found.score.criteria:
        groups.setdefault(row.criterion.level1, []).append(
            _criterion(row, found.printed.get(row.criterion.id, ""))
        )
    weights = {
        name: sum(
            (
                row.criterion.weight or Fraction(0)
                for row in found.score.criteria
                if row.criterion.level1 == name
            ),
            Fraction(0),
        )
        for name in groups
    }
    return {
        "found": found,
        "weight": show(found.weight),
        "groups": [
            {"name": name, "rows": rows, "points": found.score.group(name), "weight": show(weights[name])}
            for name, rows in groups.items()
        ],
        "assumed": sum(row.assumed for row in found.score.criteria),
        # Our own drawing code escapes every word in it.
        "charts": [(chart.title, mark_safe(charts.svg(chart)), mark_safe(charts.svg(chart, charts.PHONE_WIDTH)))
                   for chart in whole_charts(done, papers.policy())],
    }  # fmt: skip


def _criterion(row: CriterionScore, printed: str) -> dict[str, Any]:
    inputs = [("", row.whole)] if row.whole else [each for part in row.parts for each in part.inputs]
    bases = dict.fromkeys(item.basis for _, item in inputs)
    return {
        "score": row,
        "weight": None if row.criterion.weight is None else show(row.criterion.weight),
        "printed": printed,
        "verdict": compare(printed, row.exact, row.points).label if printed else "",
        "bases": [(basis.label, basis is Basis.ASSUMED) for basis in bases],
        "inputs": [
            (name, item.basis.label, item.reason or item.evidence, item.basis is Basis.ASSUMED)
            for name, item in inputs
        ],
    }
