"""Amounts whose unit slipped (单位笔误): 元 for 万元."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from yiheng.checks.audit.blame import members
from yiheng.checks.audit.stated import Ledger, Verdict, judge
from yiheng.facts.claims import Claim, FigureKind, Role, StatedFigure

_DIGITS = 3
_MANY = 5
"""So many amounts in 万元 show the unit of a document."""
_BESIDE = 2
"""So many amounts of a paragraph show its unit, where claims bear it out."""
_SMALL = 10**6
"""Fen below which an amount of a budget is hardly meant: 10,000 元."""
_BUDGETED = re.compile(r"支出|费|预算|决算|拨款|收入|资金")
_EACH = re.compile(r"每|均|标准|单价|/|人次|限额|不超过|以上|以下|起|补助|补贴|工资|奖|罚|票|份|次")


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


def lone(figures: Sequence[StatedFigure]) -> Iterator[StatedFigure]:
    """The one figure in 元 with decimals of a document that tells its amounts in 万元, too small for what it is of."""
    amounts = [f for f in figures if f.kind in (FigureKind.AMOUNT, FigureKind.RATE)]
    odd = [f for f in amounts if f.unit == "元" and not _EACH.search(f.quote)]
    if len(odd) != 1 or sum(f.unit == "万元" for f in amounts) < _MANY:
        return
    figure = odd[0]
    small = figure.kind is FigureKind.AMOUNT and figure.places and 0 < figure.nominal < _SMALL
    told = figure.role in (Role.VALUE, Role.CHANGE) and not figure.approximate
    if small and told and _BUDGETED.search(figure.subject):
        yield figure


def borne_out(figures: Sequence[StatedFigure], claims: Sequence[Claim]) -> Iterator[StatedFigure]:
    """Figures in 元, alone among 万元 in their paragraph, with which claims fail that all hold in 万元."""
    near: dict[tuple[object, ...], list[StatedFigure]] = {}
    for figure in figures:
        if figure.kind is FigureKind.AMOUNT:
            near.setdefault((figure.paragraph, figure.cell), []).append(figure)
    for beside in near.values():
        odd = [f for f in beside if f.unit == "元"]
        if len(odd) != 1 or len(beside) < _BESIDE or any(f.unit not in ("元", "万元") for f in beside):
            continue
        said, meant = (_verdicts(figs, claims, odd[0]) for figs in (figures, in_wan(figures, odd)))
        mended = any(
            one is Verdict.FAILS and other is Verdict.HOLDS for one, other in zip(said, meant, strict=True)
        )
        if mended and Verdict.HOLDS not in said and Verdict.FAILS not in meant:
            yield odd[0]


def in_wan(figures: Sequence[StatedFigure], slipped: Iterable[StatedFigure]) -> list[StatedFigure]:
    """The figures, those that slipped in 万元."""
    made = list(figures)
    for figure in slipped:
        made[figure.number] = figure._replace(unit="万元")
    return made


def _verdicts(
    figures: Sequence[StatedFigure], claims: Sequence[Claim], figure: StatedFigure
) -> list[Verdict]:
    ledger = Ledger(figures)
    return [judge(claim, ledger).verdict for claim in claims if figure.number in members(claim)]
