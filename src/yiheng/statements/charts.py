"""Charts (图) of a paper, from the same facts as its tables: structure, comparison with last year, progress."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yiheng.facts import Chart, Fact, Series
from yiheng.facts.select import amount_of
from yiheng.money import format_amount
from yiheng.statements.figures import Figures

MONTHS = 12
SHOWN = 8
"""Parts of a structure that are shown on their own; the smaller ones are added up as 其他各项."""


def charts(template: Mapping[str, Any], figures: Figures) -> tuple[Chart, ...]:
    """The charts of a narrative template that have something to show."""
    made = (_chart(spec, figures) for spec in template.get("charts", ()))
    return tuple(c for c in made if c is not None)


def _chart(spec: Mapping[str, Any], figures: Figures) -> Chart | None:
    if spec["kind"] == "progress":
        return _progress(spec, figures)
    drawn = _structure(spec, figures) if spec["kind"] == "structure" else _comparison(spec, figures)
    series = tuple(s for s in drawn if any(fen for _, fen in s.points))
    return Chart(spec["id"], spec["kind"], spec["title"], figures.look.unit.label, series) if series else None


def _items(spec: Mapping[str, Any], figures: Figures) -> Iterator[tuple[str, Mapping[str, Any]]]:
    shared = {k: v for k, v in spec.items() if k in ("measure", "views", "year", "where")}
    for item in spec.get("items", ()):
        yield item["label"], {**shared, **item}
    if "each" in spec:
        dim, level = spec["each"]["dim"], spec["each"].get("level", 0)
        for code, name in figures.codes(shared, dim, level, ()):
            yield name, {**shared, "where": {**shared.get("where", {}), dim: code}}


def _structure(spec: Mapping[str, Any], figures: Figures) -> Iterator[Series]:
    points = [(label, figures.sum(item, ()).amount.fen) for label, item in _items(spec, figures)]
    points = sorted((p for p in points if p[1]), key=lambda p: -p[1])
    if len(points) > SHOWN:
        rest = sum(fen for _, fen in points[SHOWN - 1 :])
        points = [*points[: SHOWN - 1], ("其他各项", rest)]
    yield Series(spec["title"], tuple(points))


def _comparison(spec: Mapping[str, Any], figures: Figures) -> Iterator[Series]:
    """One series a year, a point for each item. Without last year's figures there is nothing to compare."""
    items = list(_items(spec, figures))
    before = [figures.sum({**item, "year": -1}, ()) for _, item in items]
    if not any(s.terms for s in before):
        return
    year = figures.words.department_year.year
    labels = [label for label, _ in items]
    yield Series(f"{year - 1}年", tuple(zip(labels, (s.amount.fen for s in before), strict=True)))
    yield Series(f"{year}年", tuple((label, figures.sum(item, ()).amount.fen) for label, item in items))


def _progress(spec: Mapping[str, Any], figures: Figures) -> Chart | None:
    """Payments added up by month beside the even share of the budget; nothing where no payment has a month.

    What has none (转录的全年数, 内部往来抵销) cannot be drawn and is named in the note.
    """
    found = figures.sum({"measure": spec["measure"], "views": "function"}, ())
    dated = [(t.fact.on.month, amount_of(t.fact).fen) for t in found.terms if t.fact.on and _monthly(t.fact)]
    if not dated:
        return None
    budget = figures.sum(
        {"measure": [spec["budget"], "budget"], "views": ["function", "class"]}, ()
    ).amount.fen
    spent = [sum(fen for month, fen in dated if month <= m) for m in range(1, MONTHS + 1)]
    labels = [f"{m}月" for m in range(1, MONTHS + 1)]
    series = [Series("累计支出", tuple(zip(labels, spent, strict=True)))]
    if budget:
        series.append(
            Series("按时间进度", tuple((label, budget * m // MONTHS) for m, label in enumerate(labels, 1)))
        )
    rest = found.amount.fen - spent[-1]
    look = figures.look
    text = format_amount(rest, look.unit, look.places, strip=look.strip)
    note = f"另有{text}{look.unit.label}没有月份（如内部往来抵销），未计入本图。" if rest else ""
    return Chart(spec["id"], "progress", spec["title"], look.unit.label, tuple(series), note)


def _monthly(fact: Fact) -> bool:
    return fact.on_precision in ("day", "month")
