"""Shares of one whole that no amount is called by (占支出总预算 … %): together they show it.

Where the shares that name one whole come to 100 %, or all but one fit the sum of their parts, that sum is the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from yiheng.facts.claims import OF_PARTS, ClaimKind, FigureKind, Role, Strength
from yiheng.money import Interval, agrees, sum_intervals
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.lexicon import Words
from yiheng.reading.narrative.lists import share_part
from yiheng.reading.narrative.mentions import Mention, bare

if TYPE_CHECKING:
    from yiheng.reading.narrative.document import Passage

Pair = tuple[Mention, Mention]
_APART = 6
"""Paragraphs between two shares of one whole."""
_FITTING = 2
"""So many shares must fit a whole where one does not."""


def drafts(passages: Sequence[Passage], made: Sequence[Draft], words: Words) -> Iterator[Draft]:
    """SHARE claims for the shares that have no whole in `made`."""
    claimed = {id(draft.right[0]) for draft in made if draft.kind is ClaimKind.SHARE}
    for group in _groups(passages, claimed, words):
        for pairs, full in _wholes(group):
            parts = tuple(part for part, _ in pairs)
            for part, share in pairs:
                strength = Strength.STATED if full else Strength.PRESUMED
                yield Draft(ClaimKind.SHARE, (part, *parts), (share,), strength, form=OF_PARTS)


def _wholes(group: Sequence[Pair]) -> Iterator[tuple[Sequence[Pair], bool]]:
    """The runs of a group that make up a whole, and whether their shares come to 100 %.

    One whole may be divided twice, by kind and by use.
    """
    begin = 0
    for end in range(2, len(group) + 1):
        starts = range(begin, end - 1)
        start = next((s for s in starts if _full(group[s:end])), None)
        if start is not None:
            yield group[start:end], True
            begin = end
    rest = group[begin:]
    run = next((rest[s:] for s in range(len(rest)) if _nearly(rest[s:])), None)
    if run is not None:
        yield run, False


def _full(pairs: Sequence[Pair]) -> bool:
    shares = agrees(Interval.point(1), (share.part_interval for _, share in pairs))
    return shares and any(part.value for part, _ in pairs)


def _nearly(pairs: Sequence[Pair]) -> bool:
    """Whether all parts but one have their share of the sum of all."""
    whole = sum_intervals(part.part_interval for part, _ in pairs)
    if whole.lo <= 0:
        return False
    fits = sum(share.interval.meets(part.part_interval / whole) for part, share in pairs)
    return fits >= _FITTING and fits == len(pairs) - 1


def _groups(passages: Sequence[Passage], claimed: set[int], words: Words) -> Iterator[list[Pair]]:
    """The open shares by what they are of, as far as they stand together."""
    open_: dict[str, list[Pair]] = {}
    last: dict[str, int] = {}
    for at, passage in enumerate(passages):
        if passage.cell is not None:
            continue
        for n, share in enumerate(passage.found):
            name = bare(share.whole, words) if share.role is Role.SHARE else ""
            if not name or share.approximate or share.in_turn or id(share) in claimed:
                continue
            part = share_part(passage.found, n)
            if part is None or part.kind is not FigureKind.AMOUNT:
                continue
            if at - last.get(name, at) > _APART:
                yield open_.pop(name)
            open_.setdefault(name, []).append((part, share))
            last[name] = at
    yield from open_.values()
