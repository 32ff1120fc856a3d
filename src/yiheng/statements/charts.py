"""Charts (图) of a paper, from the same facts as its tables: structure, comparison with last year, progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from yiheng.facts import YUAN_UOM, Chart, Fact, Series
from yiheng.facts.select import amount_of
from yiheng.statements.chart_sources import Printed
from yiheng.statements.figures import Figures, Found
from yiheng.statements.narrative_spec import AmountSpec, ChartSpec

MONTHS: Final = 12
SHOWN: Final = 8
"""Parts of a structure that are shown on their own; the smaller ones are added up as 其他各项."""


class _Point(NamedTuple):
    label: str
    fen: int
    address: str = ""


def charts(specs: Sequence[ChartSpec], figures: Figures, printed: Printed | None = None) -> tuple[Chart, ...]:
    """The charts of a narrative template that have something to show; points lead to where `printed` has them."""
    drawing = {"structure": _structure, "comparison": _comparison, "progress": _progress}
    made = (drawing[spec.kind](spec, figures, printed or Printed()) for spec in specs)
    return tuple(chart for chart in made if chart is not None)


def _chart(spec: ChartSpec, figures: Figures, series: Sequence[Series], note: str = "") -> Chart | None:
    """The chart of the series that have any amount; None where none has."""
    drawn = tuple(s for s in series if any(fen for _, fen in s.points))
    unit = figures.look.unit.label
    return Chart(spec.id, spec.kind, spec.title, unit, drawn, note) if drawn else None


def _series(name: str, points: Sequence[_Point]) -> Series:
    shown = tuple((point.label, point.fen) for point in points)
    return Series(name, shown, tuple(point.address for point in points))


def _items(spec: ChartSpec, figures: Figures) -> Iterator[tuple[str, AmountSpec]]:
    yield from ((item.label, item.amount) for item in spec.items)
    if spec.each:
        for code, name in figures.codes(spec.each):
            amount = spec.each.amount
            yield name, replace(amount, where=(*amount.where, (spec.each.dim, (code,))))


def _point(label: str, found: Found, printed: Printed) -> _Point:
    return _Point(label, found.amount.fen, printed.address(found.amount.fen, found.terms))


def _structure(spec: ChartSpec, figures: Figures, printed: Printed) -> Chart | None:
    found = [(label, figures.find(amount)) for label, amount in _items(spec, figures)]
    points = [_point(label, amount, printed) for label, amount in found if amount.known and amount.amount.fen]
    points.sort(key=lambda point: -point.fen)
    if len(points) > SHOWN:
        rest = sum(point.fen for point in points[SHOWN - 1 :])
        points = [*points[: SHOWN - 1], _Point("其他各项", rest)]
    return _chart(spec, figures, [_series(spec.title, points)])


def _comparison(spec: ChartSpec, figures: Figures, printed: Printed) -> Chart | None:
    """One series a year, a point for each item that is known. Without last year's there is nothing to compare."""
    items = list(_items(spec, figures))
    if not any(figures.find(amount.in_year(-1)).terms for _, amount in items):
        return None
    year = figures.department_year.year
    series = []
    for offset in (-1, 0):
        found = ((label, figures.find(amount.in_year(offset))) for label, amount in items)
        points = [_point(label, amount, printed) for label, amount in found if amount.known]
        series.append(_series(f"{year + offset}年", points))
    return _chart(spec, figures, series)


def _progress(spec: ChartSpec, figures: Figures, printed: Printed) -> Chart | None:
    """Payments added up by month beside the even share of the budget; nothing where no payment has a month.

    What has none (转录的全年数, 内部往来抵销) cannot be drawn and is named in the note.
    """
    if spec.amount is None or spec.budget is None:
        return None
    found = figures.find(spec.amount)
    dated = [(t.fact.on.month, amount_of(t.fact).fen) for t in found.terms if t.fact.on and _monthly(t.fact)]
    if not dated:
        return None
    labels = [f"{month}月" for month in range(1, MONTHS + 1)]
    spent = [sum(fen for month, fen in dated if month <= m) for m in range(1, MONTHS + 1)]
    rest = found.amount.fen - spent[-1]
    # Sums by month are printed nowhere else; the last one is the whole, if every payment has a month.
    whole = printed.address(spent[-1], found.terms) if not rest else ""
    points = [_Point(label, fen) for label, fen in zip(labels, spent, strict=True)]
    series = [_series("累计支出", [*points[:-1], points[-1]._replace(address=whole)])]
    planned = figures.find(spec.budget)
    budget = planned.amount.fen if planned.known else 0
    if budget:
        shares = (budget * month // MONTHS for month in range(1, MONTHS + 1))
        even = [_Point(label, fen) for label, fen in zip(labels, shares, strict=True)]
        where = printed.address(budget, planned.terms)
        series.append(_series("按时间进度", [*even[:-1], even[-1]._replace(address=where)]))
    text = figures.look.text(rest, YUAN_UOM)
    note = f"另有{text}没有月份（如内部往来抵销），未计入本图。" if rest else ""
    return _chart(spec, figures, series, note)


def _monthly(fact: Fact) -> bool:
    return fact.on_precision in ("day", "month")
