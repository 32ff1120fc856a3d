"""What the parts of a list say of themselves against what is said of the whole.

The changes of the parts add up to that of the whole (总额增加 …，其中：甲增加 …，乙减少 …); growth and
completion rates weigh up where no amounts before are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from yiheng.facts.claims import OF_PARTS, ClaimKind, FigureKind, Role, Strength
from yiheng.money import agrees
from yiheng.reading.narrative.changes import is_value
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.lexicon import Words
from yiheng.reading.narrative.lists import enough, fills
from yiheng.reading.narrative.mentions import Mention
from yiheng.reading.narrative.subjects import alike

if TYPE_CHECKING:
    from yiheng.reading.narrative.document import Passage

_LAST = "上年"
_LAST_YEAR = re.compile(r"上一?年(?:度)?|去年|同期|同比|^比$")
_STAGE = re.compile(r"预算|决算|计划")
_YEAR = re.compile(r"(?:19|20)\d{2}年")
_WHOLE = 1
"""100 % more is also written of what was nothing before, 100 % less leaves nothing to weigh."""


@dataclass(slots=True)
class Told:
    """What is told of one figure in comparison with one other stage or year."""

    change: Mention | None = None
    growth: Mention | None = None
    done: Mention | None = None
    flat: bool = False


Tellings = dict[str, Told]


def drafts(passages: Sequence[Passage], made: Sequence[Draft], words: Words) -> Iterator[Draft]:
    """The claims that the lists of `made` allow: those whose amounts add up, or that are whole by their words."""
    at = {id(m): (passage, n) for passage in passages for n, m in enumerate(passage.found)}
    claimed = {id(d.right[0]) for d in made if d.right and d.kind is not ClaimKind.DIRECTION}
    lists = {id(d.right[0]): d for d in made if _is_list(d)}
    for draft in lists.values():
        members = [draft.right[0], *draft.left]
        own = {id(m) for m in members}
        told = [_told(*at[id(m)], own, words) for m in members]
        yield from _of_list(draft, told[0], told[1:], claimed, words)


def reasons(found: Sequence[Mention]) -> Iterator[Draft]:
    """比上年增加 …，主要原因是甲增加 …，乙减少 …: the changes that explain a change may be all of it."""
    for at, total in enumerate(found):
        if total.role is not Role.CHANGE or total.reason or total.approximate:
            continue
        behind = [m for m in found[at + 1 :] if m.sentence == total.sentence]
        told = list(takewhile(lambda m: m.reason or m.role is Role.GROWTH, behind))
        parts = [m for m in told if m.reason and m.role is Role.CHANGE and m.comparable(total)]
        whole = len(parts) >= 2 and all(m.role is not Role.VALUE and not m.approximate for m in told)
        if whole and all(m.own_subject and m.depth == total.depth for m in parts) and enough(total, parts):
            yield Draft(ClaimKind.PARTS, tuple(parts), (total,), Strength.PRESUMED, form="changes")


def _is_list(draft: Draft) -> bool:
    amounts = all(is_value(m) and m.kind is FigureKind.AMOUNT for m in (*draft.left, *draft.right))
    return draft.kind is ClaimKind.PARTS and draft.strength is not Strength.UPPER and amounts


def _of_list(
    draft: Draft, whole: Tellings, parts: Sequence[Tellings], claimed: set[int], words: Words
) -> Iterator[Draft]:
    sure = any(fills(row, [part.subject for part in draft.left]) for row in words.value["partitions"])
    if not sure and not agrees(draft.right[0].interval, (part.part_interval for part in draft.left)):
        return
    only = next(iter(whole)) if len(whole) == 1 else None
    for against, total in whole.items():
        found = [_fitting(part, against, alone=against == only) for part in parts]
        told = [t for t in found if t is not None]
        if len(told) < len(found):
            continue
        changes = tuple(t.change for t in told if t.change is not None)
        complete = all(t.change is not None or t.flat for t in told)
        if total.change is not None and complete and changes:
            strength = Strength.STATED if sure else Strength.PRESUMED
            yield Draft(ClaimKind.PARTS, changes, (total.change,), strength, form="changes")
        elif total.growth is not None and all(t.growth is not None or t.flat for t in told):
            growths = {id(t.growth) for t in (total, *told) if t.growth is not None}
            if not growths <= claimed:
                yield from _weighed(ClaimKind.GROWTH, draft, total.growth, [t.growth for t in told])
        if total.done is not None and all(t.done is not None for t in told):
            rates = {id(t.done) for t in (total, *told)}
            if not rates & claimed:
                yield from _weighed(ClaimKind.COMPLETION, draft, total.done, [t.done for t in told])


def _weighed(
    kind: ClaimKind, draft: Draft, rate: Mention, rates: Sequence[Mention | None]
) -> Iterator[Draft]:
    grows = kind is ClaimKind.GROWTH
    known = [r for r in (rate, *rates) if r is not None]
    empty = any(not part.value and r is not None for part, r in zip(draft.left, rates, strict=True))
    odd = any(abs(r.interval.middle) == _WHOLE if grows else not r.value for r in known)
    if odd or empty or any(r.approximate for r in known) or len(known) < 3:
        return
    told = (m for part, r in zip(draft.left, rates, strict=True) for m in (part, r) if m is not None)
    yield Draft(kind, (draft.right[0], *told), (rate,), Strength.PRESUMED, form=OF_PARTS)


def _fitting(part: Tellings, against: str, alone: bool) -> Told | None:
    """What a part tells in the same comparison; in none, where the whole makes one comparison only."""
    found = part.get(against)
    return found if found is not None or not alone else part.get("")


def _told(passage: Passage, at: int, members: set[int], words: Words) -> Tellings:
    """The changes, rates and 持平 that follow a figure before the next one, by what they compare it with."""
    figure = passage.found[at]
    told: Tellings = {}
    against, last, inner = "", figure, False
    for before, mention in pairwise(passage.found[at:]):
        if id(mention) in members or _ends(figure, mention):
            last = before
            break
        last = mention
        inner = mention.depth > figure.depth and (inner or mention.role is Role.VALUE)
        if inner:
            continue
        foreign = mention.own_subject and not alike(mention.own_subject, figure.subject)
        if foreign or mention.role not in (Role.CHANGE, Role.GROWTH, Role.COMPLETION):
            continue
        if mention.role is Role.COMPLETION:
            told.setdefault(f"完成{mention.whole}", Told()).done = mention
            continue
        against = compared(mention.against) or against
        here = told.setdefault(against, Told())
        if mention.role is Role.CHANGE and here.change is None and here.growth is None:
            here.change = mention
        elif mention.role is Role.GROWTH and here.growth is None:
            here.growth = mention
    until = next((m.start for m in passage.found if m.start > last.end), len(passage.plain.text))
    for key in _flat(passage.plain.text[figure.end : until], words):
        told.setdefault(key, Told()).flat = True
    return told


def _ends(figure: Mention, mention: Mention) -> bool:
    """Whether something else is told from here."""
    far = mention.sentence - figure.sentence > 1 or mention.depth < figure.depth
    return far or (mention.role is Role.VALUE and mention.depth <= figure.depth and not mention.reason)


def _flat(text: str, words: Words) -> Iterator[str]:
    """What 持平, 无变化 are said against before the sentence ends."""
    for clause in re.split("[,，;]", re.split("[。:]", text)[0]):
        flat = words.flat.search(clause)
        found = words.against.search(clause[: flat.start()]) if flat else None
        if found is not None:
            yield compared(found["ref"] or found["word"])


def compared(ref: str) -> str:
    """The words for what is compared with, alike for alike: 上年同期, 去年, 同比 → 上年."""
    if not ref:
        return ""
    stage = _STAGE.search(ref)
    if _LAST_YEAR.search(ref):
        return _LAST + (stage[0] if stage else "")
    year = _YEAR.search(ref)
    return (year[0] if year else "") + (stage[0] if stage else "")
