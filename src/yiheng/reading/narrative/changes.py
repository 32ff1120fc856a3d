"""Changes (增减额), growth (增减幅) and completion (完成率) within one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yiheng.facts.claims import ClaimKind, FigureKind, Role, Stage, Strength
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.lexicon import Words
from yiheng.reading.narrative.mentions import Mention, stage_of
from yiheng.reading.narrative.subjects import alike, core, same

_SIDE = re.compile(
    r"[,，。;](?:支出|收入)?决算数?(?P<side>小于|低于|大于|高于|超过|等于|与(?=[^,，。;]{2,10}持平))"
    r"(?P<budget>[^,，。;()]{0,4}预算数?)(?:持平)?(?=[,，。;]|的?(?:主要)?原因|$)"
)
_SIDES = {"小于": "below", "低于": "below", "大于": "above", "高于": "above", "超过": "above"} | {
    "等于": "equal",
    "与": "equal",
}
_BUDGETS = ("年初", "调整", "全年")
_LAST_YEAR = re.compile(r"(?:上一?年度?|去年)(?:同期)?(?:的)?$")
"""Against the other year as a whole, and no stage of it: this year's budget against what last year came to."""
_TARGET = re.compile("(?:预算|计划|任务|目标)[数额]?$")
_VERB_ALONE = re.compile(r"[,，](?:同比|净)?[^\d,，。;:()]{1,4}")
_RESTATED = re.compile("(?<!自然)口径|可比|剔除|扣除|还原")
"""A rate of figures made comparable, which are not those that are printed."""
BUDGETS = (Stage.ADJUSTED, Stage.BUDGET, Stage.INITIAL)


def changes(found: Sequence[Mention], words: Words) -> Iterator[Draft]:
    """Difference, growth and direction claims."""
    for at, mention in enumerate(found):
        if mention.role is Role.CHANGE:
            yield from _change(found, at, words)
        elif mention.role is Role.GROWTH and not mention.in_turn and _change_before(found, at) is None:
            yield from _bare_growth(found, at)
        elif mention.gap:
            yield from _gap(found, at)
        elif mention.role is Role.BASE and mention.tail.startswith(words.listed("flat")):
            yield from _flat(found, at)


def _change(found: Sequence[Mention], at: int, words: Words) -> Iterator[Draft]:
    change = found[at]
    base = _base_before(found, at)
    growth = _growth_beside(found, at)
    if base is None and (years := _of_two_years(found, at)) is not None:
        yield from _between(change, growth, *years)
        return
    if growth is not None and growth.direction is not None and change.direction is not None:
        yield Draft(ClaimKind.DIRECTION, (change,), (growth,))
    nows = _nows(found, at, base)
    if change.approximate or not nows:
        return
    strength = Strength.STATED if len(nows) == 1 else Strength.PRESUMED
    if base is None:
        base = _stage_base(found, at, nows[0], words)
    if base is not None and not base.approximate and nows:
        pairs = tuple((now, base) for now in nows)
        yield Draft(ClaimKind.DIFFERENCE, pairs[0], (change,), strength, readings=pairs[1:])
    if growth is None or growth.approximate:
        return
    if base is not None and not base.approximate:
        yield Draft(ClaimKind.GROWTH, (change, base), (growth,), Strength.STATED, form="change-base")
    elif nows:
        pairs = tuple((change, now) for now in nows)
        yield Draft(ClaimKind.GROWTH, pairs[0], (growth,), strength, "change-now", readings=pairs[1:])


def _of_two_years(found: Sequence[Mention], at: int) -> tuple[Mention, Mention] | None:
    """2022年 …，2021年 …，对比减少 …: the two amounts just before, of one subject, a year after the other."""
    change = found[at]
    before = [m for m in found[:at] if m.sentence == change.sentence][-2:]
    if len(before) < 2 or not all(
        is_value(m) and m.comparable(change) and m.depth == change.depth for m in before
    ):
        return None
    now, base = sorted(before, key=lambda m: m.year, reverse=True)
    printed = all(f"{m.year}年" in m.clause for m in before)
    named = change.own_subject and not same(change.own_subject, now.subject)
    if not printed or now.year != base.year + 1 or named or change.approximate:
        return None
    # The first of the two may stand behind a title without a sign between them.
    one = same(now.subject, base.subject) or core(now.subject).endswith(core(base.subject) or " ")
    staged = (now.stage in BUDGETS) == (base.stage in BUDGETS) or _LAST_YEAR.search(change.against)
    return (now, base) if one and staged else None


def _between(change: Mention, growth: Mention | None, now: Mention, base: Mention) -> Iterator[Draft]:
    if growth is not None and growth.direction is not None and change.direction is not None:
        yield Draft(ClaimKind.DIRECTION, (change,), (growth,))
    yield Draft(ClaimKind.DIFFERENCE, (now, base), (change,))
    if growth is not None and not growth.approximate:
        yield Draft(ClaimKind.GROWTH, (change, base), (growth,), form="change-base")


def _bare_growth(found: Sequence[Mention], at: int) -> Iterator[Draft]:
    """与上年 … 相比增长 … %, without the amount of the change."""
    growth, base = found[at], _base_before(found, at)
    if base is None or growth.approximate or base.approximate or _growth_follows_change(found, at):
        return
    nows = [now for now in _candidates(found, at) if now.comparable(base)]
    beside = found[found.index(base) - 1]
    if len(nows) == 1 or beside in nows:
        others = tuple((now, base) for now in nows if now is not beside) if len(nows) > 1 else ()
        strength = Strength.PRESUMED if others else Strength.STATED
        pair = (beside if others else nows[0], base)
        yield Draft(ClaimKind.GROWTH, pair, (growth,), strength, "now-base", readings=others)


def _flat(found: Sequence[Mention], at: int) -> Iterator[Draft]:
    base = found[at]
    nows = [now for now in _candidates(found, at) if now.comparable(base)]
    if nows and not base.approximate:
        yield Draft(ClaimKind.DIFFERENCE, (nows[-1], base), (), form="flat")


def _gap(found: Sequence[Mention], at: int) -> Iterator[Draft]:
    """支出 …，年初预算 …，差值为 …: the greater of the two just before less the smaller."""
    gap, pair = found[at], found[max(0, at - 2) : at]
    here = [m for m in pair if is_value(m) and m.comparable(gap) and m.sentence == gap.sentence]
    if len(here) == 2 and alike(here[0].subject, here[1].subject) and not gap.approximate:
        less, more = sorted(here, key=lambda m: m.value)
        yield Draft(ClaimKind.DIFFERENCE, (more, less), (gap,), Strength.PRESUMED)


def _base_before(found: Sequence[Mention], at: int) -> Mention | None:
    for mention in reversed(found[:at]):
        if mention.sentence != found[at].sentence or mention.role is Role.CHANGE:
            return None
        if mention.role is Role.BASE:
            same_kind = found[at].kind in (mention.kind, FigureKind.PERCENT)
            return mention if same_kind and mention.depth == found[at].depth else None
    return None


def _growth_beside(found: Sequence[Mention], at: int) -> Mention | None:
    """The percentage that goes with a change: 增加 … 万元，增长 … % or the other way round."""
    change = found[at]
    after = found[at + 1] if at + 1 < len(found) else None
    if (
        after is not None
        and after.role is Role.GROWTH
        and after.sentence == change.sentence
        and not after.own_subject
        and not after.in_turn
    ):
        return after
    return _growth_told_first(found, at)


def _growth_told_first(found: Sequence[Mention], at: int) -> Mention | None:
    """同比增长 … %，增收 … 万元: the rate before the amount, where nothing parts them and both are counted alike."""
    change, before = found[at], found[at - 1] if at else None
    if before is None or before.role is not Role.GROWTH or before.sentence != change.sentence:
        return None
    bare_verb = not change.own_subject and not change.against and _VERB_ALONE.fullmatch(change.lead)
    item = next((n for n in range(at - 1, -1, -1) if is_value(found[n])), 0)
    restated = any(_RESTATED.search(m.lead) for m in found[item:at] if m.sentence == change.sentence)
    one_base = not restated and before.depth == change.depth
    taken = at > 1 and found[at - 2].role is Role.CHANGE and found[at - 2].sentence == before.sentence
    return before if bare_verb and one_base and not taken and not before.in_turn else None


def _growth_follows_change(found: Sequence[Mention], at: int) -> bool:
    after = found[at + 1] if at + 1 < len(found) else None
    return after is not None and after.role is Role.CHANGE and after.sentence == found[at].sentence


def _change_before(found: Sequence[Mention], at: int) -> Mention | None:
    before = found[at - 1] if at else None
    if before is None or before.role is not Role.CHANGE or before.sentence != found[at].sentence:
        return None
    return before


def _nows(found: Sequence[Mention], at: int, base: Mention | None) -> list[Mention]:
    """What a change may have come to, the most probable first; empty where the words leave it open."""
    change = found[at]
    candidates = [m for m in _candidates(found, at) if m.comparable(change)]
    named = change.own_subject or (base.own_subject if base is not None else "")
    if named:
        exactly = [m for m in candidates if same(m.subject, named)]
        loosely = [m for m in candidates if alike(m.subject, named)]
        candidates = exactly or loosely or ([] if change.own_subject else candidates)
    if not candidates:
        return []
    group = _latest(_last_group(candidates))
    spent = [m for m in group if m.stage not in BUDGETS]
    if spent and (base is None or base.stage not in BUDGETS):
        group = spent
    total = group[-1].part_of
    above = [total] if total is not None and not change.own_subject and total.comparable(change) else []
    return [group[-1], *reversed(group[:-1]), *above]


def _candidates(found: Sequence[Mention], at: int) -> list[Mention]:
    """Values that a change may be of: those before it in its sentence, behind the last reason; else the topic."""
    mention = found[at]
    before = [m for m in found[:at] if is_value(m) and m.depth <= mention.depth]
    here = [m for m in before if m.sentence == mention.sentence]
    if mention.reason:
        return [m for m in here if m.reason]
    if here:
        return here
    topics = [m for m in before if m.part_of is None and not m.reason]
    if not topics:
        return []
    last = [m for m in topics if m.sentence == topics[-1].sentence]
    one_topic = all(alike(m.subject, topics[0].subject) for m in topics)
    return last if one_topic or mention.sentence - last[0].sentence == 1 else []


def is_value(mention: Mention) -> bool:
    """Whether it is an amount or a number of something, neither a change nor a rate, and exact."""
    return mention.role is Role.VALUE and not mention.approximate and mention.kind is not FigureKind.PERCENT


def _last_group(values: list[Mention]) -> list[Mention]:
    """The last values that are of one subject."""
    group = [values[-1]]
    for value in reversed(values[:-1]):
        if not alike(value.subject, group[0].subject):
            break
        group.insert(0, value)
    return group


def _latest(group: list[Mention]) -> list[Mention]:
    """Without what the words give to an earlier year than another one of them: that is what it changed from."""
    last = max((m.year for m in group if f"{m.year}年" in m.clause), default=0)
    return [m for m in group if m.year >= last or f"{m.year}年" not in m.clause]


def _stage_base(found: Sequence[Mention], at: int, now: Mention, words: Words) -> Mention | None:
    """比年初预算: the base is the figure of that stage of the same subject, where the sentence prints it."""
    change = found[at]
    wanted = stage_of(change.against, words)
    if wanted not in BUDGETS or "上年" in change.against or "去年" in change.against or change.year:
        return None
    before = [
        m
        for m in _candidates(found, at)
        if m is not now and m.comparable(change) and alike(m.subject, now.subject)
    ]
    fitting = [m for m in before if m.stage is wanted or (wanted is Stage.BUDGET and m.stage in BUDGETS)]
    return fitting[0] if len(fitting) == 1 and now.stage not in BUDGETS else None


def completions(found: Sequence[Mention], words: Words) -> Iterator[Draft]:
    """完成预算的 … %, 预算执行率 … %; of one figure against several budgets, each printed, one after the other."""
    again: list[Mention] = []
    for at, mention in enumerate(found):
        if mention.role is not Role.COMPLETION or mention.approximate:
            continue
        item = [m for m in _item_before(found, at) if mention.budget is None or not _TARGET.search(m.clause)]
        done = [m for m in item if m.stage not in BUDGETS]
        if mention.budget is None:
            budgets = _budgets(item, stage_of(mention.whole, words))
        else:
            budgets = [mention.budget]
            # 基金预算收入 …，为调整预算 … 的: the name of a fund is no stage where its budget stands beside it.
            done = done or item[-1:] or (again if ";" not in mention.budget.lead else [])
        done = [m for m in done if m.sentence == mention.sentence]
        again = done
        pairs = tuple((d, b) for b in budgets for d in reversed(done))
        if pairs:
            strength = Strength.STATED if len(pairs) == 1 else Strength.PRESUMED
            yield Draft(ClaimKind.COMPLETION, pairs[0], (mention,), strength, readings=pairs[1:])


def sides(found: Sequence[Mention], text: str) -> Iterator[Draft]:
    """完成预算的 89 %，决算数小于预算数的主要原因: on which side of the budget the words put the rate before them."""
    for mention, after in zip(found, [*found[1:], None], strict=True):
        if mention.role is not Role.COMPLETION or mention.approximate or not mention.value:
            continue
        end = after.start if after is not None else len(text)
        said = _SIDE.match(text[mention.end : end])
        if said is None:
            continue
        named = {word for word in _BUDGETS if word in said["budget"]}
        if named <= {word for word in _BUDGETS if word in mention.whole}:
            side = next(side for word, side in _SIDES.items() if word in said["side"])
            yield Draft(ClaimKind.DIRECTION, (), (mention,), form=side)


def reasons(found: Sequence[Mention], text: str, words: Words) -> Iterator[Draft]:
    """比上年增加 … 万元，减少的主要原因是: the reason that follows speaks of the direction of the change."""
    verbs = f"(?P<rise>{words.any('rise')})|(?P<fall>{words.any('fall')})"
    said = re.compile(rf"\)?[,，。;]?(?:{verbs})(?:的)?(?:主要)?原因")
    for at, mention in enumerate(found):
        if mention.direction is None or mention.role not in (Role.CHANGE, Role.GROWTH):
            continue
        follows = said.match(text, mention.end)
        here = [m.direction for m in found[:at] if m.sentence == mention.sentence and m.direction is not None]
        if follows is None or not mention.value or mention.reason or mention.in_turn:
            continue
        if all(direction is mention.direction for direction in here):
            yield Draft(ClaimKind.DIRECTION, (), (mention,), form="up" if follows["rise"] else "down")


def _item_before(found: Sequence[Mention], at: int) -> list[Mention]:
    """The values of one subject since the last completion, list item or sentence."""
    item: list[Mention] = []
    for mention in reversed(found[:at]):
        stop = mention.sentence != found[at].sentence or mention.role is Role.COMPLETION
        if stop or mention.depth < found[at].depth:
            break
        if is_value(mention) and mention.kind is FigureKind.AMOUNT and mention.depth == found[at].depth:
            item.insert(0, mention)
        following = item[0].lead if item else found[at].lead
        if ";" in following or (item and item[0].opens_list):
            break
    return item


def _budgets(item: list[Mention], wanted: Stage) -> list[Mention]:
    if wanted in (Stage.INITIAL, Stage.ADJUSTED):
        fitting = [m for m in item if m.stage is wanted]
        if fitting:
            return fitting
    for stage in BUDGETS:
        fitting = [m for m in item if m.stage is stage]
        if fitting:
            others = [m for m in item if m.stage in BUDGETS and m.stage is not stage]
            return fitting + others
    return []
