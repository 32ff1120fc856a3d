"""What-if for the whole department (部门整体的假设分析): inputs and points by slider or choice. Nothing is saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yiheng.money import round_to
from yiheng.pipelines.evaluate import Evaluation
from yiheng.pipelines.whatif import suppose_whole, whole_data
from yiheng.scoring.department import Input
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.needs import Need, needs
from yiheng.scoring.needs import whole as of_whole
from yiheng.scoring.rowscore import show
from yiheng.scoring.whole import Whole
from yiheng.web import papers

from .place import At, page, tried, unit_year
from .supposing import STEPS, Knob, plain, text
from .views import READ

PLACES: Final = 4
"""Decimals of a number that no decimal says exactly, such as a rate."""


@READ
@require_GET
def supposed(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Everything that the framework asks for, and what follows from what is supposed of it."""
    at = unit_year(request, unit, year)
    done, trouble = tried(at.evaluation)
    context: dict[str, Any] = {"trouble": trouble, "groups": []}
    if done is not None and done.department is not None:
        groups: dict[str, list[Knob]] = {}
        for level, knob in _knobs(done.department, request):
            groups.setdefault(level, []).append(knob)
        context["groups"] = list(groups.items())
        context |= _outcome(at, done, done.department, [knob for found in groups.values() for knob in found])
    if request.headers.get("HX-Request"):
        return render(request, "performance/whole_outcome.html", context)
    return page(request, at, "whatif", "whole_supposed.html", context)


def _outcome(at: At, done: Evaluation, before: Whole, knobs: list[Knob]) -> dict[str, Any]:
    changes = {knob.name: text(knob) for knob in knobs if knob.value != knob.before and knob.value}
    assert at.judged is not None  # it was evaluated
    try:
        outlook = suppose_whole(at.judged, papers.policy(), changes, done=done)
    except ScoringError as error:
        return {"told": None, "wrong": str(error)}
    assert outlook is not None
    after = Whole(outlook.after, {}, {}, "")
    return {
        "told": whole_data(outlook), "wrong": "", "before": before, "after": after,
        "after_weight": show(after.weight), "difference": after.total - before.total,
    }  # fmt: skip


def _knobs(found: Whole, request: HttpRequest) -> Iterator[tuple[str, Knob]]:
    seen: set[str] = set()
    for criterion in found.score.framework.criteria:
        judged = criterion.judged and criterion.id in found.inputs
        for need in [of_whole(criterion)] if judged else needs(criterion):
            if need.name not in seen:
                seen.add(need.name)
                knob = _knob(need, criterion.name, found.inputs.get(need.name))
                yield criterion.level1, _asked(knob, request)


def _asked(knob: Knob, request: HttpRequest) -> Knob:
    value = request.GET.get(knob.name, knob.before).strip()
    return replace(knob, value=value)


def _knob(need: Need, criterion: str, known: Input | None) -> Knob:
    """The knob of one need at its value as it is."""
    target = criterion
    if need.most is not None:
        target += _("，最高 %(most)s 分") % {"most": show(need.most)}
    value = (known.points if need.judged else known.value) if known else None
    if need.options:
        before = {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value or "")
        return Knob(need.name, need.text, target, before, "", options=need.options)
    number = _decimal(value * (100 if need.rate else 1)) if isinstance(value, Fraction) else None
    most = _decimal(need.most) if need.most is not None else (number or Decimal(0)) * Decimal("1.5")
    most = max(most, Decimal(100)) if need.rate else most or Decimal(10)
    places = max(0, -int(number.as_tuple().exponent)) if number is not None else 0
    fine = need.judged or (need.rate and most < STEPS)
    step = Decimal(1).scaleb(-max(places, 2 if fine else 0))
    return Knob(
        need.name, need.text, target, plain(number) if number is not None else "", "", "%" if need.rate else "",
        plain(most.quantize(step)), plain(step), source=known.reason if known else "",
    )  # fmt: skip


def _decimal(number: Fraction) -> Decimal:
    return round_to(number, PLACES).normalize()
