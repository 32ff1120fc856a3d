"""What-if (假设分析): a sheet with other actuals and other spending, by number or slider. Nothing is saved."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yiheng.money import format_amount
from yiheng.money.units import MoneyUnit
from yiheng.pipelines.evaluate import Evaluation
from yiheng.pipelines.whatif import data, suppose_all
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.reproduction import SheetReproduction
from yiheng.scoring.rowscore import RowScore
from yiheng.scoring.target import Approx, Comparison
from yiheng.web import papers

from .place import At, page, tried, unit_year
from .scores import sheet_of
from .views import READ

STEPS: Final = 100
"""Places of a slider between nothing and its end."""


@dataclass(frozen=True, slots=True)
class Knob:
    """One value that may be supposed. With a unit it is a number that a slider moves as well; else a text."""

    name: str
    label: str
    target: str
    before: str
    value: str
    unit: str = ""
    most: str = ""
    step: str = ""
    lead: str = ""
    """What stands before the number (约)."""
    options: tuple[str, ...] = ()
    """One of these may be chosen, and nothing else written."""
    least: str = "0"
    """Where the slider begins."""
    source: str = ""
    """What the value is in the ledger, in words with its unit; empty where nothing tells."""

    @property
    def slides(self) -> bool:
        """Whether a slider can move it."""
        return bool(self.most)


@READ
@require_GET
def sheets(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The sheets that something can be supposed of."""
    at = unit_year(request, unit, year)
    done, trouble = tried(at.evaluation)
    found = [each.score for each in done.projects] if done else []
    context = {"found": found, "whole": done.department if done else None, "trouble": trouble}
    return page(request, at, "whatif", "supposable.html", context)


@READ
@require_GET
def supposed(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """The values of one sheet, and what follows from those that are supposed."""
    at = unit_year(request, unit, year)
    done, found = sheet_of(at, key)
    knobs = _knobs(found, request)
    context = {"sheet": found.score.sheet, "knobs": knobs, **_outcome(at, done, found, knobs)}
    if request.headers.get("HX-Request"):
        return render(request, "performance/outcome.html", context)
    return page(request, at, "whatif", "supposed.html", context)


def _outcome(at: At, done: Evaluation, found: SheetReproduction, knobs: list[Knob]) -> dict[str, Any]:
    rows, key = {knob.name: knob for knob in knobs}, found.score.sheet.key
    spent = rows.pop("executed", None)
    actuals = {name: text(knob) for name, knob in rows.items() if knob.value != knob.before}
    executed = {key: spent.value.replace(",", "")} if spent and spent.value != spent.before else {}
    if at.judged is None:
        return {"told": None, "wrong": ""}
    try:
        result = suppose_all(
            at.judged, papers.policy(), actuals=actuals, weights={}, executed=executed, done=done
        )
    except ScoringError as error:
        return {"told": None, "wrong": str(error)}
    own = next(each for each in result if each.outlook.after.sheet.key == key)
    return {"told": data(own), "wrong": "", "changes": len(actuals) + len(executed)}


def _knobs(found: SheetReproduction, request: HttpRequest) -> list[Knob]:
    knobs, funds = [], found.score.sheet.funds
    if funds.budget:
        before = plain(Decimal(funds.executed or 0) / 100)
        budget = format_amount(funds.budget, MoneyUnit.YUAN)
        knobs.append(
            Knob(
                "executed", _("全年执行数"), _("全年预算 %(amount)s 元") % {"amount": budget}, before,
                request.GET.get("executed", before).strip(), "元", plain(Decimal(funds.budget) / 100), "0.01",
            )
        )  # fmt: skip
    return [*knobs, *(_knob(row, request) for row in found.score.rows)]


def _knob(score: RowScore, request: HttpRequest) -> Knob:
    row, value, quantity = score.row, score.actual.value, score.actual.quantity
    if quantity is None or not isinstance(value, Comparison | Approx) or _odd(value):
        before = row.actual
        return Knob(row.key, row.name, row.target, before, request.GET.get(row.key, before).strip())
    before = plain(quantity.number)
    known = [each.number for each in score.target.quantities if each.scale == quantity.scale]
    most = max(map(abs, [quantity.number, *known])) * Decimal("1.5") or Decimal(10)
    below = min([quantity.number, *known]) < 0
    places = max(0, -int(quantity.number.normalize().as_tuple().exponent))
    step = Decimal(1).scaleb(-max(places, 0 if most >= STEPS else 2))
    return Knob(
        row.key, row.name, row.target, before, request.GET.get(row.key, before).strip(),
        f"{quantity.scale}{quantity.unit}", plain(most.quantize(step)), plain(step),
        "约" if isinstance(value, Approx) else "", least=plain((-most).quantize(step)) if below else "0",
    )  # fmt: skip


def _odd(value: Comparison | Approx) -> bool:
    """Whether the text says more than a number with its unit, which a slider would lose."""
    return isinstance(value, Comparison) and bool(value.subject)


def text(knob: Knob) -> str:
    """The value as a sheet writes it."""
    return f"{knob.lead}{knob.value}{knob.unit}" if knob.slides and knob.value else knob.value


def plain(number: Decimal) -> str:
    """A number as a field holds it."""
    return f"{number.normalize():f}"
