"""Lists that run over paragraphs: a total whose parts are the first figures of the paragraphs that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from yiheng.facts.claims import ClaimKind, FigureKind, Role, Stage, Strength
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.lexicon import Words
from yiheng.reading.narrative.lists import fills, share_after
from yiheng.reading.narrative.mentions import Mention
from yiheng.reading.narrative.subjects import same

if TYPE_CHECKING:
    from yiheng.reading.narrative.document import Passage

_OPENS = re.compile(
    r"(?:其中|包括|以下(?:几个)?方面|如下|主要用于|(?:构成|具体)情况)[^。:,，]{0,8}:|(?:其中|如下)[:。]?$|(?<=。)具体如下:?$"
)
_LEFT = re.compile("^结[余转]")
"""支出 …，结余 …。分项如下: what is left is not what the items make up."""
_MARKS = (
    re.compile(r"^[一二三四五六七八九十]+、"),
    re.compile(r"^[(（][一二三四五六七八九十]+[)）]"),
    re.compile(r"^(?:\d+\s?(?:、|[.．](?!\d))|[⒈-⒛])"),
    re.compile(r"^[(（]\d+[)）]"),
)


def drafts(passages: Sequence[Passage], words: Words) -> Iterator[Draft]:
    """PARTS claims over sentences and paragraphs."""
    for at, passage in enumerate(passages):
        opened = next((m.end() for m in _OPENS.finditer(passage.plain.text) if _ends(passage, m.end())), None)
        if opened is None or passage.cell is not None:
            continue
        items, cut = _items(passages, at, opened, words)
        before = [m for m in passage.found if m.start < opened]
        named = (h.part_of if _is_item(h, before, items) else h for h in _heads(before))
        heads = [head for head in dict.fromkeys(named) if head is not None]
        for head in heads:
            parts = tuple(part for item in items if (part := _of_stage(item, head)) is not None)
            if len(parts) >= 2 and len(parts) == len(items):
                whole = any(fills(row, [part.subject for part in parts]) for row in words.value["partitions"])
                strength = Strength.STATED if whole else Strength.UPPER if cut else Strength.PRESUMED
                yield Draft(ClaimKind.PARTS, parts, (head,), strength, form="paragraphs")


_ALL_PROJECTS = re.compile(r"(?:所有|全部)[^,，。;:]{0,4}项目|项目[^,，。;:]{0,6}(?:全部|均)")
_FUNDS = re.compile(r"涉及(?:预算|财政|项目)?资金(?:共|共计|为)?$")


def all_projects(passages: Sequence[Passage]) -> Iterator[Draft]:
    """全部项目支出 … 涉及资金: equal to the project spending that the first list of parts gives."""
    found = [m for passage in passages if passage.cell is None for m in passage.found]
    listed = (
        m for m in found if m.part_of is not None and m.role is Role.VALUE and m.own_subject == "项目支出"
    )
    total = next((m for m in listed if m.kind is FigureKind.AMOUNT), None)
    if total is None:
        return
    for passage in passages:
        for mention in passage.found:
            stated = _FUNDS.search(mention.clause) and _ALL_PROJECTS.search(mention.lead)
            if stated and "项目支出" in mention.lead and mention.kind is FigureKind.AMOUNT:
                yield Draft(ClaimKind.SAME, (total,), (mention,), form="projects")


def _ends(passage: Passage, end: int) -> bool:
    """Whether the list begins where the sentence or paragraph ends, and so goes on in those that follow."""
    rest = passage.plain.text[end:]
    return not rest.strip() or (
        rest.count("。") > 1
        and passage.plain.text[end - 1] == ":"
        and "方面" in passage.plain.text[end - 4 : end]
    )


def _heads(before: list[Mention]) -> list[Mention]:
    """The totals: one, or one for each stage."""
    values = [m for m in before if m.role is Role.VALUE and m.kind is FigureKind.AMOUNT and not m.approximate]
    if not values:
        return []
    values = [m for m in values if not _LEFT.search(m.own_subject)] or values
    last = values[-1]
    staged = {m.stage: m for m in values if m.stage is not Stage.UNKNOWN and m.sentence == last.sentence}
    heads = list(staged.values())
    return heads if last in heads else [*heads, last]


def _is_item(head: Mention, before: list[Mention], items: list[list[Mention]]) -> bool:
    """Whether it is rather one of the items that the sentence names first: 决算中，甲 … 占 …，乙 … 占 …。具体如下."""
    beside = [m for m in before if m.sentence == head.sentence and m.role is Role.VALUE]
    again = any(
        same(m.subject, item[0].subject) for m in beside if m.part_of is head.part_of for item in items
    )
    shared = [m for m in before if m.sentence == head.sentence and share_after(m, before) is not None]
    return again or (head in shared and len(shared) > 1)


def _items(
    passages: Sequence[Passage], at: int, opened: int, words: Words
) -> tuple[list[list[Mention]], bool]:
    """The items of a list, each its figures of one sentence, and whether something says that it is not whole."""
    own = mark_of(passages[at].plain.text)
    items = list(_sentences([m for m in passages[at].found if m.start >= opened]))
    mark: int | None = None
    cut = False
    begun = bool(items)
    named = False
    for passage in passages[at + 1 :]:
        text = passage.plain.text
        kind = mark_of(text)
        if passage.cell is not None or (kind is not None and own is not None and kind <= own):
            break
        cut = cut or any(word in text for word in words.listed("unlisted"))
        if not begun:
            mark, begun = kind, True
        elif kind != mark and not (named and kind is None):
            if mark is None or (kind is not None and kind < mark):
                break
            continue
        sentences = list(_sentences(passage.found))
        # A heading of its own, under which the figure of the item stands.
        named = mark is not None and not passage.found and (kind == mark or named)
        if mark is None:
            if not sentences:
                break
            items += sentences
        elif sentences and not sentences[0][0].approximate:
            items.append(sentences[0])
    return items, cut


def _sentences(found: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The amounts sentence by sentence."""
    values = [m for m in found if m.role is Role.VALUE and m.kind is FigureKind.AMOUNT]
    for number in dict.fromkeys(m.sentence for m in values):
        yield [m for m in values if m.sentence == number]


def mark_of(text: str) -> int | None:
    """How a paragraph is numbered: 0 一、, 1 （一）, 2 1., 3 （1）."""
    stripped = text.lstrip()
    for kind, pattern in enumerate(_MARKS):
        if pattern.match(stripped):
            return kind
    return None


def _of_stage(item: list[Mention], head: Mention) -> Mention | None:
    """The figure of an item that adds to the head: the one of its stage, or the first."""
    fitting = [m for m in item if m.stage is head.stage]
    if head.stage is Stage.UNKNOWN or head.stage is Stage.FINAL:
        plain = [m for m in item if m.stage in (Stage.UNKNOWN, Stage.FINAL)]
        return plain[0] if plain else None
    if not fitting and all(m.stage is Stage.UNKNOWN for m in item):
        return item[0]
    return fitting[0] if fitting else None
