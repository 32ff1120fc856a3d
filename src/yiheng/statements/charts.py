"""Charts (图) of a paper, from the same facts as its tables: structure, comparison with last year, progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from yiheng.facts import YUAN_UOM, Chart, Fact, Series
from yiheng.facts.select import amount_of
from yiheng.statements.figures import Figures
from yiheng.statements.narrative_spec import AmountSpec, ChartSpec

MONTHS: Final = 12
SHOWN: Final = 8
"""Parts of a structure that are shown on their own; the smaller ones are added up as 其他各项."""


def charts(specs: Sequence[ChartSpec], figures: Figures) -> tuple[Chart, ...]:
    """The charts of a narrative template that have something to show."""
    drawing = {"structure": _structure, "comparison": _comparison, "progress": _progress}
    made = (drawing[spec.kind](spec, figures) for spec in specs)
    return tuple(chart for chart in made if chart is not None)


def _chart(spec: ChartSpec, figures: Figures, series: Sequence[Series], note: str = "") -> Chart | None:
    """The chart of the series that have any amount; None where none has."""
    drawn = tuple(s for s in series if any(fen for _, fen in s.points))
    unit = figures.look.unit.label
    return Chart(spec.id, spec.kind, spec.title, unit, drawn, note) if drawn else None


def _items(spec: ChartSpec, figures: Figures) -> Iterator[tuple[str, AmountSpec]]:
    yield from ((item.label, item.amount) for item in spec.items)
    if spec.each:
        for code, name in figures.codes(spec.each):
            amount = spec.each.amount
            yield name, replace(amount, where=(*amount.where, (spec.each.dim, (code,))))


def _fen(figures: Figures, amount: AmountSpec) -> int:
    found = figures.find(amount)
    return found.amount.fen if found.known else 0


def _structure(spec: ChartSpec, figures: Figures) -> Chart | None:
    points = [(label, _fen(figures, amount)) for label, amount in _items(spec, figures)]
    points = sorted((point for point in points if point[1]), key=lambda point: -point[1])
    if len(points) > SHOWN:
        rest = sum(fen for _, fen in points[SHOWN - 1 :])
        points = [*points[: SHOWN - 1], ("其他各项", rest)]
    return _chart(spec, figures, [Series(spec.title, tuple(points))])


def _comparison(spec: ChartSpec, figures: Figures) -> Chart | None:
    """One series a year, a point for each item. Without last year's figures there is nothing to compare."""
    items = list(_items(spec, figures))
    if not any(figures.find(amount.in_year(-1)).terms for _, amount in items):
        return None
    year = figures.department_year.year
    series = [
        Series(f"{year + offset}年", tuple((label, _fen(figures, a.in_year(offset))) for label, a in items))
        for offset in (-1, 0)
    ]
    return _chart(spec, figures, series)


def _progress(spec: ChartSpec, figures: Figures) -> Chart | None:
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
    series = [Series("累计支出", tuple(zip(labels, spent, strict=True)))]
    budget = _fen(figures, spec.budget)
    if budget:
        shares = (budget * month // MONTHS for month in range(1, MONTHS + 1))
        series.append(Series("按时间进度", tuple(zip(labels, shares, strict=True))))
    rest = found.amount.fen - spent[-1]
    text = figures.look.text(rest, YUAN_UOM)
    note = f"另有{text}没有月份（如内部往来抵销），未计入本图。" if rest else ""
    return _chart(spec, figures, series, note)


def _monthly(fact: Fact) -> bool:
    return fact.on_precision in ("day", "month")
