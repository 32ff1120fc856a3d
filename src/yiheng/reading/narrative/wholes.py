"""Shares (占比) whose whole stands in another paragraph: named there, or shown by the shares themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from yiheng.facts.claims import ClaimKind, FigureKind, Role, Stage, Strength
from yiheng.money import Interval
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.lexicon import Words
from yiheng.reading.narrative.lists import share_part
from yiheng.reading.narrative.mentions import Mention, bare

if TYPE_CHECKING:
    from yiheng.reading.narrative.document import Passage

_TOTAL = re.compile(r"(?:合计|总计|总额|总数|的|数)+$")
_NEAR = 4
"""Paragraphs before a list of shares in which its whole is looked for."""
_FEWEST = 3
"""So many shares must fit a whole that nothing names."""


def drafts(passages: Sequence[Passage], made: Sequence[Draft], words: Words) -> Iterator[Draft]:
    """SHARE claims for the shares that have none in their own paragraph."""
    claimed = {id(draft.right[0]) for draft in made if draft.kind is ClaimKind.SHARE}
    values = [m for p in passages if p.cell is None for m in p.found if _is_total(m)]
    for at, passage in enumerate(passages):
        open_ = [
            (part, share)
            for n, share in enumerate(passage.found)
            if share.role is Role.SHARE and not share.approximate and not share.in_turn
            if id(share) not in claimed
            if (part := share_part(passage.found, n)) is not None and part.kind is FigureKind.AMOUNT
        ]
        called = list(_called(open_, values, words))
        yield from called
        if passage.cell is not None:
            continue
        known = {id(draft.right[0]) for draft in called}
        open_ = [pair for pair in open_ if id(pair[1]) not in known]
        yield from _named(open_, values)
        before = [m for p in passages[max(0, at - _NEAR) : at] if p.cell is None for m in p.found]
        yield from _fitting(
            [pair for pair in open_ if not pair[1].whole], [m for m in before if _is_total(m)]
        )


def _is_total(mention: Mention) -> bool:
    return mention.role is Role.VALUE and mention.kind is FigureKind.AMOUNT and not mention.approximate


def _called(
    open_: Sequence[tuple[Mention, Mention]], values: Sequence[Mention], words: Words
) -> Iterator[Draft]:
    """占本年支出合计的: the total that is called just so, where the document gives it one value only."""
    for part, share in open_:
        if "合计" not in share.whole:
            continue
        name = bare(share.whole, words)
        wholes = [m for m in values if "合计" in m.clause and bare(m.clause, words) == name and m is not part]
        if len({(m.value, m.unit) for m in wholes}) == 1:
            yield Draft(ClaimKind.SHARE, (part, wholes[0]), (share,))


def _named(open_: Sequence[tuple[Mention, Mention]], values: Sequence[Mention]) -> Iterator[Draft]:
    """占本年支出合计的 …: the figure that is called so in another paragraph, and by one value only."""
    for part, share in open_:
        name = _TOTAL.sub("", share.whole)
        if name not in ("本年支出", "本年收入"):
            continue
        called = [
            m
            for m in values
            if m is not part and _TOTAL.sub("", m.own_subject) == name and m.year == part.year
        ]
        called = [m for m in called if m.stage in (Stage.UNKNOWN, Stage.FINAL)]
        if called and len({m.interval for m in called}) == 1:
            yield Draft(ClaimKind.SHARE, (part, called[0]), (share,), Strength.PRESUMED)


def _fitting(open_: Sequence[tuple[Mention, Mention]], before: Sequence[Mention]) -> Iterator[Draft]:
    """A list of shares without a whole: the nearest figure before it that all of them but one fit."""
    if len(open_) < _FEWEST:
        return
    for whole in reversed(before):
        if not whole.value:
            continue
        fits = sum(_fits(part, share, whole) for part, share in open_)
        if fits >= 2 and fits >= len(open_) - 1:
            for part, share in open_:
                yield Draft(ClaimKind.SHARE, (part, whole), (share,))
            return


def _fits(part: Mention, share: Mention, whole: Mention) -> bool:
    found: Interval = part.part_interval / whole.interval
    return share.interval.meets(found)
