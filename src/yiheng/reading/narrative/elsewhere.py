"""Claims whose other figure stands in a paragraph before: what changed, what a share is of, the rest of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from yiheng.facts.claims import ClaimKind, FigureKind, Role, Scope, Strength
from yiheng.reading.narrative import counts, respective
from yiheng.reading.narrative.changes import BUDGETS, is_value
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.lexicon import Words
from yiheng.reading.narrative.lists import fills, lists, share_part
from yiheng.reading.narrative.mentions import Mention, bare, stage_of
from yiheng.reading.narrative.subjects import alike, core, ends_so, same

if TYPE_CHECKING:
    from yiheng.reading.narrative.document import Passage

Values = dict[tuple[str, bool], set[tuple[Decimal, str]]]
_OF_CHANGE = (ClaimKind.DIFFERENCE, ClaimKind.GROWTH)
_NEAR = 8
"""Paragraphs before, in which the other figure is looked for."""
_UPKEEP = re.compile(r"用?车.*(?:运行|维护)|车辆.*(?:运行|维护)")
_BEGIN = 40
"""Characters at the begin of a paragraph within which the rest of a list names itself."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ALL_SCOPES = "全口径"
_GRAND = re.compile("总(?:收入|支出)")
"""财政总收入 is not 地方财政收入, which is but a part of it."""
_LAST = re.compile(r"上年|去年|上一年")
_OF_WHOLE = re.compile(r"(?:[^,，。;:]{0,4}、|\(.{1,3}\)|\d+[.、])?(?P<whole>[^,，。;:]{4,60})中[,，]")


def drafts(passages: Sequence[Passage], made: Sequence[Draft], words: Words) -> Iterator[Draft]:
    """The claims that none of `made` makes already."""
    shares = {id(draft.right[0]) for draft in made if draft.kind is ClaimKind.SHARE}
    changes = {id(m) for d in made for m in (*d.left, *d.right) if d.kind in _OF_CHANGE}
    everywhere = _by_name(m for p in passages if p.cell is None for m in p.found if _is_amount(m))
    for at, passage in enumerate(passages):
        if passage.cell is not None or not passage.found:
            continue
        before = [m for p in passages[max(0, at - _NEAR) : at] if p.cell is None for m in p.found]
        before = [m for m in before if _is_amount(m)]
        yield from respective.drafts(passage.found, before)
        yield from _changed(passage.found, before, changes)
        for number, each in counts.vehicles(passage.found):
            spent = [m for m in before if _UPKEEP.search(m.own_subject) and m.year == each.year]
            if spent and len({(m.value, m.unit) for m in spent}) == 1:
                yield counts.average(spent[-1:], number, each)
        yield from _between_years(passage.found, before, changes, words)
        yield from _rest(passages, at, words)
        divided = list(_divided(passage, before, everywhere, words))
        yield from divided
        known = shares | {id(draft.right[0]) for draft in divided if draft.kind is ClaimKind.SHARE}
        after = [m for p in passages[at + 1 : at + 1 + _NEAR] if p.cell is None for m in p.found]
        after = [m for m in after if _is_amount(m)]
        yield from _shared(passage.found, before, after, everywhere, known, words)


def _by_name(found: Iterable[Mention]) -> Values:
    """The amounts of a document by what they are of, those of a budget apart."""
    named: Values = {}
    for mention in found:
        for name in {core(mention.own_subject), core(mention.subject)} - {""}:
            named.setdefault((name, mention.stage in BUDGETS), set()).add((mention.value, mention.unit))
    return named


def _is_amount(mention: Mention) -> bool:
    return is_value(mention) and mention.kind is FigureKind.AMOUNT


def _only(found: Sequence[Mention], fits: Callable[[Mention], bool]) -> Mention | None:
    """The last figure that fits, where all that fit are of one value."""
    fitting = [m for m in found if fits(m)]
    return fitting[-1] if fitting and len({(m.value, m.unit) for m in fitting}) == 1 else None


def _changed(found: Sequence[Mention], before: Sequence[Mention], known: set[int]) -> Iterator[Draft]:
    """“三公”经费预算数比上年减少 …，下降 …: what changed is named, and its amount stands above."""
    for n, (change, growth) in enumerate(pairwise(found)):
        named = change.role is Role.CHANGE and core(change.own_subject) and not change.reason
        beside = growth.role is Role.GROWTH and growth.sentence == change.sentence and not growth.own_subject
        if not named or not beside or change.approximate or growth.approximate or id(change) in known:
            continue
        here = [m for m in found[:n] if _is_amount(m)]
        now = _only([*before, *here], partial(_came_to, change))
        if now is not None:
            yield Draft(ClaimKind.GROWTH, (change, now), (growth,), form="change-now")


def _between_years(
    found: Sequence[Mention], before: Sequence[Mention], known: set[int], words: Words
) -> Iterator[Draft]:
    """2023年…比2022年增加 …: both years stand above, each with its amount of the same subject."""
    for n, change in enumerate(found):
        years = [int(year) for year in _YEAR.findall(change.clause)]
        base_year = next((int(y) for y in _YEAR.findall(change.against)), 0)
        year = next((y for y in years if y != base_year), 0)
        if change.role is not Role.CHANGE or change.approximate or change.reason or id(change) in known:
            continue
        if base_year == 0 and _LAST.search(change.against):
            base_year = year - 1
        name = change.own_subject or bare(change.against, words)
        if not core(name) or not year or base_year != year - 1:
            continue
        above = [*before, *(m for m in found[:n] if _is_amount(m))]
        now = _only(above, partial(_of_year, name, year, change))
        base = _only(above, partial(_of_year, name, base_year, change))
        if now is not None and base is not None:
            alike_stages = (now.stage in BUDGETS) == (base.stage in BUDGETS)
            strength = Strength.STATED if alike_stages else Strength.PRESUMED
            yield Draft(ClaimKind.DIFFERENCE, (now, base), (change,), strength)


def _of_year(name: str, year: int, change: Mention, value: Mention) -> bool:
    scopes = {value.scope, change.scope} - {Scope.UNKNOWN}
    printed = f"{year}年" in value.clause
    return printed and value.comparable(change) and _ends(value, name) and len(scopes) < 2


def _came_to(change: Mention, value: Mention) -> bool:
    scopes = {value.scope, change.scope} - {Scope.UNKNOWN}
    years = {value.year, 0 if _YEAR.search(change.against) else change.year} - {0}
    stages = (value.stage in BUDGETS) == (change.stage in BUDGETS) or not value.stage.value
    return same(value.own_subject, change.own_subject) and len(scopes) < 2 and len(years) < 2 and stages


def _divided(
    passage: Passage, before: Sequence[Mention], everywhere: Values, words: Words
) -> Iterator[Draft]:
    """“三公”经费支出决算中，甲 …，占 …；乙 …，占 …: a sentence begins with the whole, which is printed above."""
    text = passage.plain.text
    for number in dict.fromkeys(m.sentence for m in passage.found):
        listed = [m for m in passage.found if m.sentence == number]
        opened = _OF_WHOLE.match(text, text.rfind("。", 0, listed[0].start) + 1)
        name = bare(opened["whole"], words) if opened else ""
        if not core(name):
            continue
        planned = stage_of(name, words) in BUDGETS
        above = [*before, *(m for m in passage.found if m.sentence < number and _is_amount(m))]
        whole = _only(above, partial(_is_divided, name, planned))
        if whole is not None and len(everywhere.get((core(name), planned), ())) <= 1:
            yield from _parts_of(whole, listed, same(whole.subject, name), words)


def _is_divided(name: str, planned: bool, value: Mention) -> bool:
    called = same(value.subject, name) or ends_so(value.subject, name)
    return called and (value.stage in BUDGETS) == planned


def _parts_of(whole: Mention, listed: Sequence[Mention], sure: bool, words: Words) -> Iterator[Draft]:
    shared = [
        (part, share)
        for n, share in enumerate(listed)
        if share.role is Role.SHARE and not (share.whole or share.approximate or share.in_turn)
        if (part := share_part(listed, n)) is not None and part.comparable(whole)
    ]
    strength = Strength.STATED if sure else Strength.PRESUMED
    for part, share in shared:
        yield Draft(ClaimKind.SHARE, (part, whole), (share,), strength)
    values = (m for m in listed if _is_amount(m) and m.depth == 0)
    parts = tuple(part for part, _ in shared) or tuple(values)
    if any(fills(row, [part.subject for part in parts]) for row in words.value["partitions"]):
        yield Draft(ClaimKind.PARTS, parts, (whole,), strength, form="paragraphs")


def _shared(
    found: Sequence[Mention],
    before: Sequence[Mention],
    after: Sequence[Mention],
    everywhere: Values,
    known: set[int],
    words: Words,
) -> Iterator[Draft]:
    """占基本支出预算的 … %: the amount that is called so above, or in none above, below."""
    for n, share in enumerate(found):
        name = bare(share.whole, words).replace(_ALL_SCOPES, "") if share.role is Role.SHARE else ""
        if not core(name) or share.approximate or share.in_turn or id(share) in known:
            continue
        part = share_part(found, n)
        if part is None or part.kind is not FigureKind.AMOUNT:
            continue
        fits = partial(_is_whole, part, name)
        above = [*before, *found[:n]]
        whole = _only(above, fits)
        if whole is None and _GRAND.search(name):
            whole = _only([m for m in above if _GRAND.search(m.own_subject)], fits)
        if whole is None and not any(fits(m) for m in above):
            whole = _only([*found[n + 1 :], *after], fits)
        if whole is not None:
            values = {v for planned in (True, False) for v in everywhere.get((core(name), planned), ())}
            sure = len(values) == 1 and same(whole.own_subject, name)
            strength = Strength.STATED if sure else Strength.PRESUMED
            yield Draft(ClaimKind.SHARE, (part, whole), (share,), strength)


def _ends(value: Mention, name: str) -> bool:
    """Whether an amount is called so, or so with the unit or the fund before it: 全市政府采购支出."""
    longer = ends_so(value.own_subject, name) and alike(value.own_subject, name)
    return same(value.own_subject, name) or longer


def _is_whole(part: Mention, name: str, value: Mention) -> bool:
    scopes = {value.scope, part.scope} - {Scope.UNKNOWN}
    return (
        value is not part
        and _is_amount(value)
        and value.value >= part.value
        and _ends(value, name)
        and len(scopes) < 2
    )


def _rest(passages: Sequence[Passage], at: int, words: Words) -> Iterator[Draft]:
    """其中：人员经费 …。 and 公用经费 … at the begin of the paragraph below: together the whole."""
    found = passages[at].found
    for made in lists(found, words):
        last = made.parts[-1] if made.parts else None
        if last is None or made.total.kind is not FigureKind.AMOUNT or made.cut:
            continue
        values = [m for m in found if m.start > last.start and _is_amount(m)]
        subjects = [part.subject for part in made.parts]
        rows = (row for row in words.value["partitions"] if fills(_words_in(row, subjects), subjects))
        beside = not values or values[0].sentence - last.sentence == 1
        for row in rows if beside else ():
            missing = [word for word in row if not any(word in subject for subject in subjects)]
            rest = [_first(passage) for passage in passages[at + 1 : at + 1 + len(missing)]]
            parts = tuple(values[: len(missing)]) or tuple(m for m in rest if m is not None)
            if missing and fills(missing, [m.own_subject for m in parts]):
                yield Draft(
                    ClaimKind.PARTS, (*made.parts, *parts), (made.total,), Strength.STATED, "paragraphs"
                )
                break


def _words_in(row: Sequence[str], subjects: Sequence[str]) -> list[str]:
    return [word for word in row if any(word in subject for subject in subjects)]


def _first(passage: Passage) -> Mention | None:
    first = passage.found[0] if passage.found and passage.cell is None else None
    return first if first is not None and _is_amount(first) and first.start <= _BEGIN else None
