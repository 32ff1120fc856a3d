"""Estimates told item by item (测算依据): 每人每年30元 …，4,400名 …，约需费用13.2万元, far apart and with 约."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yiheng.facts.claims import ClaimKind, FigureKind, Strength
from yiheng.money import Interval
from yiheng.reading.narrative.counts import per
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.mentions import Mention

_NEEDED = re.compile(r"(?:合计|共计|共需|约需|需要?|所需)(?:费用|资金|经费|金额)?(?:约|约为|为)?$")
_TOGETHER = re.compile(r"以上(?P<n>[二两三四五六七八九])项(?:合计|共计|共|总计)[^,，。;:\d]{0,20}$")
_NUMERALS = {"两": 2} | {numeral: n for n, numeral in enumerate("一二三四五六七八九", start=1)}
_PERSONS = ("人", "名", "位", "户")
_MONTHS = 12
_SHOWN = 2
"""So many items must come out before one that does not is taken for wrong."""


def drafts(found: Sequence[Mention], text: str) -> Iterator[Draft]:
    """PRODUCT claims of the items, and the sum of as many as the words say (以上三项共需 …)."""
    items: list[Draft] = []
    begin = 0
    for at, total in enumerate(found):
        if total.kind is not FigureKind.AMOUNT:
            continue
        said = _TOGETHER.search(total.clause)
        if said is not None and _NUMERALS[said["n"]] == len(items):
            parts = tuple(draft.right[0] for draft in items)
            yield Draft(ClaimKind.PARTS, parts, (total,), Strength.PRESUMED)
        elif said is None and _NEEDED.search(total.clause):
            items += _item(found[begin:at], total, text)
            begin = at + 1
    if sum(map(_comes, items)) >= _SHOWN:
        yield from items


def _item(told: Sequence[Mention], total: Mention, text: str) -> Iterator[Draft]:
    """The last rate and the last number of persons before what they come to."""
    rates = [(m, time) for m in told if (time := _time(m, text)) is not None]
    numbers = [m for m in told if m.kind is FigureKind.COUNT and m.unit in _PERSONS]
    if rates and numbers:
        rate, time = rates[-1]
        factor = str(_MONTHS if time == "月" else 1)
        yield Draft(ClaimKind.PRODUCT, (rate, numbers[-1]), (total,), Strength.PRESUMED, factor)


def _time(mention: Mention, text: str) -> str | None:
    """How long a rate is for; None where the figure is no rate."""
    unit, time = per(mention, text)
    return time if unit or (mention.kind is FigureKind.RATE and time) else None


def _comes(draft: Draft) -> bool:
    rate, number = draft.left
    product = rate.interval.middle * number.interval.middle * int(draft.form)
    return draft.right[0].interval.meets(Interval.point(product))
