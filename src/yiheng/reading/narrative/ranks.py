"""Rankings (位次): 卫生健康支出占比最高, 甲、乙、丙分列前三位, among the figures of a list there or just before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from yiheng.facts.claims import FigureKind, Ranking, Role
from yiheng.facts.document import Place
from yiheng.reading.narrative.lexicon import Words
from yiheng.reading.narrative.mentions import Mention, bare
from yiheng.reading.narrative.subjects import core

if TYPE_CHECKING:
    from yiheng.reading.narrative.document import Passage

_OTHER_MEASURE = re.compile(
    r"增|降|减|升|(?<!比)率|进度|平均|人均|满意|得分|单价|速度|历年|近年|历史|全[省市国县]"
)
"""What is ranked is no amount of the list."""
_MEASURE = re.compile(r"(?:所占)?(?:占比|比重|比例|份额|金额|数额|规模|支出额|人数|数量|总量|合计)+$")
_INTRODUCED = re.compile(r"^(?:其中|从[^,，。]{1,12}看|按[^,，。]{1,10}(?:看|分|排序)?|以)+")
_NUMBERS = "一二三四五六七八九"
_START = "(?:^|(?<=[,，。;:]))"
_END = "(?=[,，。;:)]|$)"


class _Said(NamedTuple):
    """What a sentence ranks: names in their order, whether from above, and where it stands."""

    names: tuple[str, ...]
    highest: bool
    ordered: bool
    start: int
    end: int


def rankings(passages: Sequence[Passage], words: Words) -> Iterator[Ranking]:
    """Rankings whose every name is one figure of one list; all others are left."""
    last: Passage | None = None
    for passage in passages:
        if passage.cell is not None:
            continue
        for said in _said(passage.plain.text, words):
            groups = _groups(passage.found, said.start)
            if not groups and last is not None and not passage.found:
                groups = _groups(last.found, len(last.plain.text))
            for group in groups:
                named = [_called(name, group, words) for name in said.names]
                chosen = [m for m in named if m is not None]
                each = len({id(m) for m in chosen}) == len(said.names)
                if each and (len(chosen) < len(group) or said.ordered):
                    yield _ranking(passage, said, chosen, group)
                    break
        if passage.found:
            last = passage


def _said(text: str, words: Words) -> Iterator[_Said]:
    top, bottom = words.any("rank_top"), words.any("rank_bottom")
    place = rf"(?:(?P<top>{top})|{bottom})"
    before = re.compile(rf"{_START}(?P<names>[^,，。;:]{{2,60}}?){place}(?:{_END}|为|是)")
    behind = re.compile(
        rf"(?P<measure>[^,，。;:]{{0,12}}?){place}的[^,，。;:、]{{0,4}}?(?:是|为)(?P<names>[^,，。;:]{{2,30}}){_END}"
    )
    first = re.compile(
        rf"{_START}(?P<names>[^,，。;:]{{5,80}}?)(?P<order>分别|依次|分列|分居)?(?:位?列|位?居|排名?|占)?前(?P<count>[{_NUMBERS}两])[位名]?{_END}"
    )
    for hit in before.finditer(text):
        if not _OTHER_MEASURE.search(hit["names"]) and "、" not in hit["names"]:
            yield _Said((hit["names"],), hit["top"] is not None, False, hit.start(), hit.end())
    for hit in behind.finditer(text):
        if not _OTHER_MEASURE.search(hit["measure"]) and "、" not in hit["names"]:
            yield _Said((hit["names"],), hit["top"] is not None, False, hit.start(), hit.end())
    for hit in first.finditer(text):
        names = _split(hit["names"], _number(hit["count"]))
        if names and not _OTHER_MEASURE.search(hit["names"]):
            yield _Said(names, True, hit["order"] is not None, hit.start(), hit.end())


def _split(names: str, count: int) -> tuple[str, ...]:
    """So many names; a 和 may stand between two of them or in one. Empty where they are more or fewer."""
    found = names.split("、")
    if len(found) == count - 1:
        found = [*found[:-1], *re.split("和|与|以及", found[-1])]
    return tuple(found) if len(found) == count > 1 else ()


def _number(sign: str) -> int:
    return _NUMBERS.index(sign.replace("两", "二")) + 1


def _groups(found: Sequence[Mention], before: int) -> list[list[Mention]]:
    """Lists of figures before a place, the nearest first: parts of one total, else the figures of one sentence."""
    values = [
        m for m in found if m.end <= before and m.role is Role.VALUE and not m.approximate and not m.reason
    ]
    values = [m for m in values if m.kind is not FigureKind.PERCENT and m.own_subject]
    groups: list[list[Mention]] = []
    for key in dict.fromkeys((m.sentence, id(m.part_of), m.kind) for m in reversed(values)):
        group = [m for m in values if (m.sentence, id(m.part_of), m.kind) == key]
        if len(group) > 1 and all(m.comparable(group[0]) for m in group):
            groups.append(group)
    return groups


def _called(name: str, group: Sequence[Mention], words: Words) -> Mention | None:
    """The one figure of a list that a name means."""
    bare_name = _INTRODUCED.sub("", bare(name, words))
    wanted = core(_MEASURE.sub("", bare(bare_name, words)))
    if len(wanted) < 2:
        return None
    exactly = [m for m in group if core(m.own_subject) == wanted]
    loosely = [m for m in group if wanted in core(m.own_subject)]
    fitting = exactly or loosely
    return fitting[0] if len(fitting) == 1 else None


def _ranking(passage: Passage, said: _Said, named: Sequence[Mention], group: Sequence[Mention]) -> Ranking:
    text = passage.plain
    offset = text.offsets[said.start] if text.offsets else said.start
    place: Place = passage.paragraph_of.place_at(offset) if passage.paragraph_of else passage.place
    quote = text.printed_part(said.start, said.end) if text.offsets else text.text[said.start : said.end]
    others = tuple(m.index for m in group if m not in named)
    return Ranking(tuple(m.index for m in named), others, said.highest, said.ordered, quote.strip(), place)
