"""Items told below their total without a word that opens them: （一）总收入 … 万元。 1.… 万元。 2.… 万元。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from yiheng.facts.claims import ClaimKind, FigureKind, Strength
from yiheng.money import agrees
from yiheng.reading.narrative.changes import is_value
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.lists import enough
from yiheng.reading.narrative.mentions import Mention
from yiheng.reading.narrative.overview import mark_of

if TYPE_CHECKING:
    from yiheng.reading.narrative.document import Passage

_NUMERALS = "一二三四五六七八九十"
_NUMBER = re.compile(rf"^\s*\(?(?P<n>[{_NUMERALS}]|\d{{1,2}})")
_BREAK = re.compile("[,，。;:]")
_PICKED = re.compile("主要|重点|部分|等(?:项|方面)?[:。]?$")
"""What says that not all is told."""
_HEADS = 3
_MOST = 30
"""Paragraphs below a total in which its items stand."""


def drafts(passages: Sequence[Passage], made: Sequence[Draft]) -> Iterator[Draft]:
    """PARTS claims, besides the lists over paragraphs in `made`."""
    listed = {id(d.left[0]) for d in made if d.kind is ClaimKind.PARTS and d.form == "paragraphs" and d.left}
    for at, passage in enumerate(passages):
        heads = _heads(passage)
        items = _items(passages, at) if heads else ()
        if len(items) < 2 or id(items[0]) in listed:
            continue
        heads = [head for head in heads if all(_fits(head, item) for item in items)]
        whole = next((h for h in heads if agrees(h.interval, (i.part_interval for i in items))), None)
        picked = _PICKED.search(passage.plain.text[passage.found[-1].end :])
        if heads and not (whole is None and picked) and enough(whole or heads[0], items):
            yield Draft(ClaimKind.PARTS, items, (whole or heads[0],), Strength.PRESUMED, form="paragraphs")


def _heads(passage: Passage) -> list[Mention]:
    """The amounts that the items may make up: the first ones of a paragraph, parts of nothing."""
    found = passage.found if passage.cell is None else []
    amounts = [m for m in found if is_value(m) and m.kind is FigureKind.AMOUNT and not m.reason]
    return [m for m in amounts if m.part_of is None and m.depth == 0 and m.value][:_HEADS]


def _items(passages: Sequence[Passage], at: int) -> tuple[Mention, ...]:
    """The first amounts of the paragraphs numbered 1, 2, 3 … one level below; none where one has no amount."""
    own = mark_of(passages[at].plain.text)
    kind: int | None = None
    items: list[Mention] = []
    for n, passage in enumerate(passages[at + 1 : at + 1 + _MOST], start=at + 1):
        mark = mark_of(passage.plain.text) if passage.cell is None else None
        if mark is None or (kind is not None and mark > kind):
            if kind is None:
                break
            continue
        if (own is not None and mark <= own) or (kind is not None and mark < kind):
            break
        kind = mark
        if mark == 0 or _numbered(passage.plain.text) != len(items) + 1:
            break
        first = _first(passage)
        if first is None:
            # 1.按大类划分: the list stands one level deeper.
            title = not items and not passage.found and passage.plain.text.rstrip().endswith(":")
            return _items(passages, n) if title else ()
        items.append(first)
    return tuple(items)


def _numbered(text: str) -> int:
    found = _NUMBER.match(text)
    if found is None:
        return 0
    return int(found["n"]) if found["n"].isdigit() else _NUMERALS.index(found["n"]) + 1


def _first(passage: Passage) -> Mention | None:
    """The amount in the first clause of a numbered paragraph."""
    first = passage.found[0] if passage.found else None
    if first is None or not is_value(first) or first.kind is not FigureKind.AMOUNT:
        return None
    begin = passage.plain.text[: first.start]
    return first if not _BREAK.search(re.sub(r"\([^()]*\)", "", begin)) and first.own_subject else None


def _fits(head: Mention, item: Mention) -> bool:
    """Whether both count alike, and not 收入 against 支出."""
    sides = [{"收入", "支出"} & {m.subject[n : n + 2] for n in range(len(m.subject))} for m in (head, item)]
    opposed = all(sides) and not sides[0] & sides[1]
    return head.comparable(item) and not opposed
