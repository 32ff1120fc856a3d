"""Items told one by one below the list that named them (具体情况如下), each with the figure of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from yiheng.facts.claims import ClaimKind, FigureKind, Scope, Stage, Strength
from yiheng.reading.narrative.changes import BUDGETS, is_value
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.mentions import Mention
from yiheng.reading.narrative.subjects import core

if TYPE_CHECKING:
    from yiheng.reading.narrative.document import Passage

_FOLLOWS = re.compile(r"(?:具体)?情况如下:?$|具体如下:?$|如下:$|情况说明:?$|具体情况:$")
_MARK = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+\s?[.、．]|\(\d+\))")
_LOOSE = re.compile("维护|经费|费")
_FORMS = ("", "paragraphs")
_LONG_NAME = 5
"""A name as long may have the place before it: 市级公务用车购置及运行维护费."""
_NEAR = 3
_FAR = 14
"""Paragraphs below the list in which its items stand."""


def drafts(passages: Sequence[Passage], made: Sequence[Draft]) -> Iterator[Draft]:
    """SAME claims between the parts of a list and the items below it."""
    at = {id(m): n for n, passage in enumerate(passages) for m in passage.found}
    for draft in made:
        here = len({at[id(part)] for part in draft.left}) == 1
        if draft.kind is not ClaimKind.PARTS or len(draft.left) < 2 or draft.form not in _FORMS or not here:
            continue
        begin = at[id(draft.left[-1])]
        if passages[begin].cell is not None or not _announced(passages, begin):
            continue
        open_ = {id(part): part for part in draft.left if core(part.own_subject)}
        for before, passage in pairwise(passages[begin : begin + 1 + _FAR]):
            item = _first(passage) or _under(before, passage)
            part = next((p for p in open_.values() if item is not None and _repeats(p, item)), None)
            if part is not None and item is not None:
                del open_[id(part)]
                if part.value:
                    yield Draft(ClaimKind.SAME, (part,), (item,), Strength.PRESUMED, form="items")


def _announced(passages: Sequence[Passage], at: int) -> bool:
    """Whether the paragraph or one soon below announces the items, or the next one is the first of them."""
    for n, passage in enumerate(passages[at : at + _NEAR], start=at):
        if _FOLLOWS.search(passage.plain.text.strip()):
            return True
        if n > at and _MARK.match(passage.plain.text):
            return n == at + 1
    return False


def _first(passage: Passage) -> Mention | None:
    """The first figure of a numbered paragraph, where it stands in its first clause."""
    first = passage.found[0] if passage.found and passage.cell is None else None
    if first is None or not is_value(first) or first.kind is not FigureKind.AMOUNT:
        return None
    begins = _MARK.match(passage.plain.text) and not re.search("[,，。;]", passage.plain.text[: first.start])
    return first if begins else None


def _under(heading: Passage, passage: Passage) -> Mention | None:
    """The first figure of the paragraph under a numbered heading, where it is called by the heading."""
    first = passage.found[0] if passage.found and passage.cell is None else None
    title = heading.plain.text.strip()
    if first is None or heading.found or heading.cell is not None or not _MARK.match(title):
        return None
    one, other = core(first.own_subject), core(_MARK.sub("", title))
    named = one and other and (one in other or one.endswith(other))
    return first if named and is_value(first) and first.kind is FigureKind.AMOUNT else None


def _repeats(part: Mention, item: Mention) -> bool:
    """Whether the item is of the part by its name, with nothing that says otherwise."""
    years = {part.year, item.year} - {0}
    scopes = {part.scope, item.scope} - {Scope.UNKNOWN}
    stage = part.part_of.stage if part.stage is Stage.UNKNOWN and part.part_of is not None else part.stage
    known = Stage.UNKNOWN not in (stage, item.stage)
    stages = not known or (stage in BUDGETS) == (item.stage in BUDGETS)
    one, other = (_LOOSE.sub("", core(m.own_subject)) for m in (part, item))
    named = one == other or (len(one) > 2 and (one.startswith(other) or other.startswith(one)))
    named = named or (len(one) > _LONG_NAME and other.endswith(one))
    return (
        bool(other)
        and named
        and ("收入" in part.own_subject) == ("收入" in item.own_subject)
        and stages
        and len(years) < 2
        and len(scopes) < 2
        and part.places == item.places
        and part.unit == item.unit
    )
