"""Amounts whose unit slipped (单位笔误): 元 for 万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yiheng.facts.claims import FigureKind, StatedFigure

_DIGITS = 3


def slips(figures: Sequence[StatedFigure]) -> Iterator[tuple[StatedFigure, StatedFigure]]:
    """Figures in 元 with decimals, among amounts in 万元, whose digits the document prints in 万元 elsewhere."""
    amounts = [f for f in figures if f.kind is FigureKind.AMOUNT]
    by_digits: dict[tuple[object, int], list[StatedFigure]] = {}
    for figure in amounts:
        by_digits.setdefault((figure.value, figure.places), []).append(figure)
    for figure in amounts:
        if figure.unit != "元" or not figure.places or len(str(figure.value).replace(".", "")) < _DIGITS:
            continue
        near = [
            f
            for f in amounts
            if f.paragraph == figure.paragraph and f.cell == figure.cell and f is not figure
        ]
        twins = [f for f in by_digits[(figure.value, figure.places)] if f.unit == "万元"]
        if twins and len(near) > 1 and all(f.unit == "万元" for f in near):
            yield figure, twins[0]
