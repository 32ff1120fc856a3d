"""Figures told in turn (分别): 甲、乙分别为 … 和 …，分别增加 … 和 …，增长 … 和 …."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yiheng.facts.claims import ClaimKind, FigureKind, Role, Strength
from yiheng.money import Interval, agrees
from yiheng.reading.narrative.changes import is_value
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.mentions import Mention
from yiheng.reading.narrative.subjects import core, same

_JOINED = re.compile(r"^(?:和|与|及|以及|、)$")
_IN_TURN = re.compile(r"分别|各")


def mark(found: Sequence[Mention]) -> None:
    """Give the later figures of a run the role of its first: 分别增加 … 和 …, 分别占 … 和 …."""
    for run in _runs(found):
        first = run[0]
        for mention in run[1:]:
            mention.role, mention.direction, mention.whole = first.role, first.direction, first.whole
        for mention in run:
            mention.in_turn = True


def drafts(found: Sequence[Mention], above: Sequence[Mention]) -> Iterator[Draft]:
    """Growth and shares of figures that are told in turn; a whole may stand among the amounts `above`."""
    runs = list(_runs(found))
    for n, run in enumerate(runs):
        first = run[0]
        if first.kind is not FigureKind.PERCENT or any(m.approximate for m in run):
            continue
        before = [r for r in runs[:n] if len(r) == len(run) and r[0].sentence >= first.sentence - 1]
        values = [r for r in before if is_value(r[0])]
        changed = [r for r in before if r[0].role is Role.CHANGE and r[0].sentence == first.sentence]
        if first.role is Role.GROWTH and values and changed:
            for now, change, growth in zip(values[-1], changed[-1], run, strict=True):
                yield Draft(ClaimKind.GROWTH, (change, now), (growth,), form="change-now")
        elif first.role is Role.SHARE and values and values[-1][0].sentence == first.sentence:
            whole = _whole(first, [*above, *(m for m in found if m.start < first.start)])
            if whole is not None:
                for part, share in zip(values[-1], run, strict=True):
                    yield Draft(ClaimKind.SHARE, (part, whole), (share,))
                if agrees(Interval.point(1), (share.part_interval for share in run)):
                    yield Draft(ClaimKind.PARTS, tuple(values[-1]), (whole,), Strength.PRESUMED)


def _whole(share: Mention, before: Sequence[Mention]) -> Mention | None:
    named = [m for m in before if is_value(m) and not m.in_turn and same(m.own_subject, share.whole)]
    if not named:
        # 全国采购规模 under a name that has more before it: 当期全国采购规模.
        longer = (m for m in before if is_value(m) and not m.in_turn)
        named = [m for m in longer if core(m.own_subject).endswith(core(share.whole) or " ")]
    return named[-1] if core(share.whole) and len({m.interval for m in named}) == 1 else None


def _runs(found: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Figures of one kind and unit that nothing but 和 or 、 parts, told in turn by the words before the first."""
    at = 0
    while at < len(found):
        end = at + 1
        while end < len(found) and _goes_on(found[end - 1], found[end]):
            end += 1
        if end - at > 1 and (found[at].kind is FigureKind.PERCENT or _IN_TURN.search(found[at].lead)):
            yield list(found[at:end])
        at = end


def _goes_on(one: Mention, other: Mention) -> bool:
    joined = bool(_JOINED.match(other.lead)) and other.sentence == one.sentence
    return joined and other.comparable(one) and other.unit == one.unit
