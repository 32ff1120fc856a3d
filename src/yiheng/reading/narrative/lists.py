"""Lists of parts (其中, 包括, 分别为) and shares (占比) within one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from yiheng.facts.claims import ClaimKind, FigureKind, Role, Stage, Strength
from yiheng.money import Interval, agrees
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.lexicon import Words
from yiheng.reading.narrative.mentions import Mention
from yiheng.reading.narrative.subjects import alike, core, same

_LONG = 4
_MANY = 5
_FEW = 5
"""A list that says 主要 and has as many parts is long enough to be read as whole."""


_RATE = re.compile(r"(?:率|比率|比例)(?:高达|达到|达|为|是)?$")
_PAIRS = 3
_SUM = re.compile(r"^(?:以上)?(?:共计|合计|总计)(?:为)?$")
_JOINED = re.compile(r"[和及与、]\||\|[和及与、]")
_SIDE = re.compile(r"收入|支出")
_TWO_SIDES = re.compile(r"(?:^|[,，。;:])(?:收入|支出)$")
_BY = re.compile("(?:看|分|情况)[,:]?$")
"""分类型看: the whole is divided once more, not the last of its parts."""
_SPENDING = re.compile("^(?:[全市县区州省级本地方]*)财政(?:总)?支出(?:总额)?的?$")
"""一般公共预算支出 …，其中民生支出 …，占财政支出的: the expenditure that is divided is called so as well."""
_BEFORE = re.compile("上一?年|去年|同期")
_SUM_TOTAL = re.compile(r"^[^,，。;:]{0,6}(?:收入|支出)(?:合计|总计|总量)(?:为|达)?$")
_ADDED = re.compile(r"加上")
_PLANNED = (Stage.INITIAL, Stage.ADJUSTED, Stage.BUDGET)
_APART = 2
"""Sentences between the figure of the topic and the sum; one may tell its parts."""
_SUMMANDS = 2


@dataclass(slots=True)
class PartList:
    """A total and the parts that the words give it."""

    total: Mention
    first: Mention
    parts: list[Mention] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    """Numbers of parts at which the list may end instead: where a semicolon stands."""
    cut: bool = False
    """Something in the list says that it is not whole."""


def lists(found: Sequence[Mention], words: Words) -> Iterator[PartList]:
    """The lists of a paragraph, inner ones as well; 支出包括 divides what 收入包括 before it divides."""
    made: PartList | None = None
    for at, mention in enumerate(found):
        if mention.opens_list and mention.role in (Role.VALUE, Role.CHANGE) and not _picks(mention):
            total = _total(found, at)
            if made is not None and _TWO_SIDES.search(mention.lead.rpartition(mention.opener)[0]):
                total = made.total if mention.sentence - made.total.sentence <= 1 else total
            if made is not None and _BY.search(mention.opener) and any(total is part for part in made.parts):
                total = made.total
            if total is not None:
                made = _collect(found, at, total, words)
                yield made


def _picks(first: Mention) -> bool:
    """其中最高的 …: single ones are named, the whole is not divided."""
    return "最" in first.lead.rpartition(first.opener)[2]


def _total(found: Sequence[Mention], at: int) -> Mention | None:
    """What a list divides: the amount before it, of the same kind; over sentences only where it is the one topic."""
    first = found[at]
    for mention in reversed(found[:at]):
        if mention.role is Role.BASE and mention.comparable(first) and first.depth > mention.depth:
            return mention
        if mention.role is not first.role or not mention.comparable(first):
            continue
        if first.role is Role.CHANGE and _otherwise(mention, first):
            continue
        if mention.approximate:
            return None
        near = first.sentence - mention.sentence <= 1
        return mention if near or _one_topic(found[:at], mention) else None
    return None


def _one_topic(before: Sequence[Mention], topic: Mention) -> bool:
    values = [m for m in before if m.role is Role.VALUE and m.comparable(topic) and m.depth == 0]
    return all(alike(m.subject, topic.subject) for m in values)


def _collect(found: Sequence[Mention], at: int, total: Mention, words: Words) -> PartList:
    first = found[at]
    made = PartList(total, first)
    skip = 0
    for place in range(at, len(found)):
        mention = found[place]
        if mention.sentence != first.sentence or mention.depth < first.depth:
            break
        if place > at and ")" in mention.lead and first.depth > total.depth:
            break
        if skip:
            skip -= 1
            continue
        if mention.depth > first.depth or not mention.comparable(first) or mention.role is not first.role:
            continue
        if place > at and mention.reason and not first.reason:
            continue
        if first.role is Role.CHANGE and _otherwise(mention, first):
            continue
        if mention.approximate:
            made.cut = made.cut or words.near_before.search(mention.clause) is not None
            continue
        if made.parts and ";" in mention.lead and _other_side(mention, total):
            break
        if made.parts and ";" in mention.lead:
            made.ends.append(len(made.parts))
        if made.parts and mention.opens_list:
            skip = _inner(found, place, made.parts[-1]) - 1
            continue
        made.parts.append(mention)
        made.cut = made.cut or mention.tail.startswith(words.value["etcetera"])
    return made


def _otherwise(mention: Mention, first: Mention) -> bool:
    """较上年减少 …，较年初预算数减少 …: of two comparisons, each has its own sum."""
    one, other = (("预算" in m.against, bool(_BEFORE.search(m.against))) for m in (mention, first))
    return bool(mention.against and first.against) and one != other


def _other_side(mention: Mention, total: Mention) -> bool:
    """收入 …，其中 …；支出 …: the expenditure is no part of the revenue."""
    sides = [set(_SIDE.findall(m.own_subject)) for m in (mention, total)]
    return all(sides) and not sides[0] & sides[1]


def _inner(found: Sequence[Mention], at: int, total: Mention) -> int:
    """How many mentions from `at` an inner list takes: as many as make up its total, else to the semicolon."""
    first = found[at]
    parts: list[Mention] = []
    count = 0
    for mention in found[at:]:
        if mention.sentence != first.sentence or (count and ";" in mention.lead):
            break
        count += 1
        if mention.role is first.role and mention.comparable(first) and mention.depth == first.depth:
            parts.append(mention)
            if len(parts) > 1 and agrees(total.interval, (part.part_interval for part in parts)):
                return count
    return count


def mark_parts(found: Sequence[Mention], words: Words) -> None:
    """Note for each part of a list what it is a part of; of the inner list where lists lie in each other."""
    for made in lists(found, words):
        for part in made.parts:
            part.part_of = made.total


def parts(found: Sequence[Mention], words: Words) -> Iterator[Draft]:
    """PARTS claims of a paragraph."""
    for made in lists(found, words):
        readings = _readings(made)
        if not readings or (_BY.search(made.first.opener) and not enough(made.total, readings[0])):
            continue
        strength = _strength(made, found, words)
        filling = [
            r
            for r in readings
            if len({p.unit for p in r}) == 1
            if any(fills(row, [p.subject for p in r]) for row in words.value["partitions"])
        ]
        if filling:
            readings, strength = (filling[0],), Strength.STATED
        whole = any(word in made.first.opener for word in words.listed("open_whole"))
        form = (
            "whole"
            if whole and not any(word in made.first.opener for word in words.listed("open_part"))
            else ""
        )
        yield Draft(ClaimKind.PARTS, readings[0], (made.total,), strength, form, readings=readings[1:])


def enough(total: Mention, listed: Sequence[Mention]) -> bool:
    """Whether a list that nothing calls whole comes to its total, or could miss it by a misprint and not by chance."""
    digits = len(f"{abs(total.value):f}".replace(".", "").lstrip("0").rstrip("0"))
    comes = agrees(total.interval, (part.part_interval for part in listed))
    return comes or digits > _MANY or (digits == _MANY and len(listed) <= _MANY + 1)


def _readings(made: PartList) -> tuple[tuple[Mention, ...], ...]:
    whole = tuple(made.parts)
    shorter = tuple(tuple(made.parts[:end]) for end in made.ends)
    same = [whole, *shorter]
    # The same amount for each stage stands beside its part: 年初预算 …，决算 …
    if made.total.stage.value:
        staged = tuple(m for m in made.parts if m.stage is made.total.stage)
        if staged and len(staged) < len(whole):
            same.insert(0, staged)
    return tuple(dict.fromkeys(reading for reading in same if reading))


def _strength(made: PartList, found: Sequence[Mention], words: Words) -> Strength:
    opener = made.first.opener
    if made.cut or len(made.parts) < 2 or (made.total.kind is FigureKind.COUNT and not _alike_parts(made)):
        return Strength.UPPER
    if shares_whole(made.parts, found):
        return Strength.STATED
    if any(word in opener for word in words.listed("open_part")) and len(made.parts) < _FEW:
        return Strength.UPPER
    return Strength.PRESUMED


def _alike_parts(made: PartList) -> bool:
    """Numbers of one thing (有效问卷) add up; small ones of several things often stand in a list and do not."""
    if made.total.places and len(str(made.total.value)) > _LONG:
        return True
    return all(part.own_subject and same(part.own_subject, made.total.subject) for part in made.parts)


def fills(row: Sequence[str], subjects: Sequence[str]) -> bool:
    """Whether the parts are just those that make up a whole (基本支出, 项目支出)."""
    return len(row) == len(subjects) and all(any(word in s for s in subjects) for word in row)


def shares_whole(listed: Sequence[Mention], found: Sequence[Mention]) -> bool:
    """Whether every part prints its share and the shares come to 100 %."""
    shares = [share for part in listed if (share := share_after(part, found)) is not None]
    if len(shares) < len(listed) or len(shares) < 2:
        return False
    return agrees(Interval.point(1), (share.part_interval for share in shares))


def share_after(part: Mention, found: Sequence[Mention]) -> Mention | None:
    """The share that follows a part before the next value."""
    for mention in found:
        if mention.start <= part.start:
            continue
        if mention.role is Role.SHARE and mention.sentence == part.sentence:
            return mention
        if mention.role is Role.VALUE:
            return None
    return None


def shares(found: Sequence[Mention], words: Words) -> Iterator[Draft]:
    """SHARE claims whose whole stands in the paragraph."""
    for at, mention in enumerate(found):
        if mention.role is not Role.SHARE or mention.approximate or mention.in_turn:
            continue
        part = share_part(found, at)
        if part is None:
            continue
        wholes = _named_wholes(mention, part, found[:at])
        total = part.part_of
        if not wholes and total is not None and _within(mention.whole, total.subject):
            wholes = [total]
        if wholes:
            pairs = tuple((part, whole) for whole in wholes)
            yield Draft(ClaimKind.SHARE, pairs[0], (mention,), readings=pairs[1:])
        elif total is not None and _SPENDING.search(mention.whole) and "公共" in total.subject:
            yield Draft(ClaimKind.SHARE, (part, total), (mention,), Strength.PRESUMED)


def _within(named: str, subject: str) -> bool:
    """Whether the words of a share may mean that subject; of 税收返还和转移支付, 转移支付 is but a part."""
    if not core(named):
        return True
    left, found, right = core(subject).partition(core(named))
    return bool(found) and not _JOINED.search(f"{left}|{right}")


def sums(found: Sequence[Mention]) -> Iterator[Draft]:
    """中央资金 …，省级资金 …，共计 …: the parts stand before their sum; 加上 …，收入总计 … as well."""
    for at, total in enumerate(found):
        if total.role is Role.VALUE and not total.approximate and _SUM_TOTAL.search(total.clause):
            yield from _added(found[:at], total)
        if total.role is not Role.VALUE or total.approximate or not _is_sum(total, found[:at]):
            continue
        before = [m for m in found[:at] if m.sentence == total.sentence and m.depth <= total.depth]
        values = [m for m in before if m.role is Role.VALUE and m.comparable(total)]
        listed = any(m.opens_list or m.approximate or m.reason for m in before)
        if len(values) >= _SUMMANDS and not listed and total.kind is FigureKind.AMOUNT:
            yield Draft(ClaimKind.PARTS, tuple(values), (total,), Strength.PRESUMED)


def _is_sum(total: Mention, before: Sequence[Mention]) -> bool:
    """共计 …; 共 … only behind 加上."""
    added = total.clause == "共" and before and _ADDED.search(before[-1].lead)
    return bool(_SUM.search(total.clause) or added)


def _added(before: Sequence[Mention], total: Mention) -> Iterator[Draft]:
    """收入 …。加上 …、…，收入总计 …: the figure of the topic and all that is added to it."""
    earlier = [n for n, m in enumerate(before) if m.role is Role.VALUE and _SUM_TOTAL.search(m.clause)]
    before = before[earlier[-1] + 1 :] if earlier else before
    begin = next((n for n, m in enumerate(before) if _ADDED.search(m.lead)), 0)
    topics = [m for m in before[:begin] if m.role is Role.VALUE and m.comparable(total) and m.part_of is None]
    added = [m for m in before[begin:] if m.depth <= total.depth and m.comparable(total)]
    whole = all(m.role is Role.VALUE and not m.approximate for m in added)
    if topics and added and whole and total.sentence - topics[-1].sentence <= _APART:
        first = topics[0]
        settled = (m for m in topics[1:] if m.stage is Stage.FINAL and alike(m.subject, first.subject))
        other = next(settled, None) if first.stage in _PLANNED else None
        readings = ((other, *added),) if other is not None else ()
        yield Draft(ClaimKind.PARTS, (first, *added), (total,), Strength.PRESUMED, readings=readings)


def rates(found: Sequence[Mention]) -> Iterator[Draft]:
    """签约率, 办结率 of two numbers of one thing in the sentence; which of them is the whole, the sizes show."""
    for at, mention in enumerate(found):
        if mention.role is not Role.OTHER or mention.approximate or not mention.places or mention.reason:
            continue
        counted = [m for m in found[:at] if m.sentence == mention.sentence and m.kind is FigureKind.COUNT]
        plain = [m for m in counted if not m.approximate and m.role in (Role.VALUE, Role.CHANGE)]
        pairs = [(a, b) for a in plain for b in plain if a.comparable(b) and 0 < a.value < b.value]
        if _RATE.search(mention.clause) and mention.kind is FigureKind.PERCENT and 0 < len(pairs) <= _PAIRS:
            strength = Strength.PRESUMED if mention.places > 1 else Strength.UPPER
            yield Draft(ClaimKind.SHARE, pairs[0], (mention,), strength, readings=tuple(pairs[1:]))


def share_part(found: Sequence[Mention], at: int) -> Mention | None:
    """The amount that a share is taken of."""
    for mention in reversed(found[:at]):
        if mention.sentence != found[at].sentence:
            return None
        if mention.role is Role.VALUE and mention.kind is not FigureKind.PERCENT:
            return mention if not mention.approximate and mention.depth >= found[at].depth else None
        if mention.role is Role.SHARE:
            return None
    return None


def _named_wholes(share: Mention, part: Mention, before: Sequence[Mention]) -> list[Mention]:
    if not share.whole:
        return []
    named = [
        m
        for m in before
        if m is not part
        and m.role is Role.VALUE
        and m.kind is part.kind
        and same_name(m.subject, share.whole)
    ]
    return named[-1:]


def same_name(subject: str, named: str) -> bool:
    """Whether a named whole is that subject: 政府采购支出总额, 账面固定资产总额."""
    return (
        bool(core(named)) and bool(core(subject)) and core(subject) == core(named) and alike(subject, named)
    )
