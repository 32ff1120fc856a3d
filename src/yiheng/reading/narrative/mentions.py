"""Figures in one paragraph: each with the words around it, and by these words its part in the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from yiheng.facts.claims import Direction, Exactness, FigureKind, Role, Scope, Stage
from yiheng.money import Interval
from yiheng.reading.narrative.lexicon import Words
from yiheng.reading.narrative.plain import Plain

_SENTENCE = re.compile(r"[。！？!?]")
_BREAK = re.compile(r"[,，。;:()！？]")
_BRACKETS = re.compile(r"\([^()]*\)")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、．]|\(\d+\)|[⒈-⒛①-⑳])"
)
_TIME = re.compile(r"(?:20\d{2}年?[-—~至])?(?:19|20)\d{2}年(?:度)?|\d{1,2}月(?:\d{1,2}日)?|上年度?|去年")
_NEXT_REASON = re.compile(r"[一二三四五六七八九]是|\(\d+\)|\d[.、．]")
_OF = re.compile(r"^的(?:比例|比重)?(?:为|是|达|达到)?$")
_PLAN = re.compile(r"^(?:全年|年初|年度|本年|当年|调整后?|收入|支出)*(?:预算|任务|计划)(?:总额|数额|数)?$")
"""占调整预算 … %: of its own budget, and of no sum that the paragraph divides."""
_FROM = re.compile(r"^(?P<of>[^由从]*)[由从](?P<stage>[^由从]*)$")
_COMPLETED = re.compile(r"(?:完成|达到?|为|占)(?:了)?[^,，。;:]{0,12}(?:预算|计划|任务|目标)[^,，。;:]{0,6}$")
_RANGE = re.compile(r"\d(?:万|亿)?元?(?:[至到~～—–-])$")
"""2万至4万元: the figure is the end of a range."""
_LIKE_SCOPE = re.compile(r"(?:按照?)?(?:同一?|可比)口径(?:计算)?")
_GAP = re.compile(r"(?:差值|差额|差异额|差异数|差异|相差)(?:为|是)?$")
"""How far two figures lie apart, without saying which way."""
_SHORT = ("万", "亿")
_MONEY_WORDS = re.compile(
    r"(?:支出|收入|预算|决算|经费|费|拨款|资金|债券|限额|余额|合计|共计|总计|增加|减少|增长|下降)[^\d,，。;:]{0,6}$"
)
"""What a number with 万 alone is an amount of, in a paragraph that has amounts in 万元."""
_TAIL = 16


@dataclass(slots=True, eq=False)
class Mention:
    """A figure as it stands in its paragraph."""

    start: int
    end: int
    value: Decimal
    places: int
    unit: str
    kind: FigureKind
    sentence: int
    """Sentence within the paragraph, from 0."""
    depth: int
    """How many brackets are open around it."""
    lead: str
    """From the figure before it (or the begin of the sentence) to this one."""
    clause: str
    """The end of `lead` after the last break."""
    tail: str
    """What follows up to the next break."""
    role: Role = Role.VALUE
    subject: str = ""
    own_subject: str = ""
    """Subject by its own clause; `subject` may be taken over from before."""
    year: int = 0
    stage: Stage = Stage.UNKNOWN
    scope: Scope = Scope.UNKNOWN
    direction: Direction | None = None
    approximate: bool = False
    reason: bool = False
    """It explains: it stands after 主要原因 and the like."""
    whole: str = ""
    """What a share or completion says that it is of."""
    against: str = ""
    """What a change is measured against, in the words of its clause."""
    opener: str = ""
    """The words before it that begin a list: 其中, 主要包括 …"""
    part_of: Mention | None = None
    """The total that it is a part of."""
    gap: bool = False
    """How far the two figures before it lie apart, without saying which way."""
    in_turn: bool = False
    """One of several figures told in turn (分别): each is of something else, which no words beside it name."""
    budget: Mention | None = None
    """The amount within the words of a completion rate: 完成预算 … 万元的 … %."""
    index: int = -1
    """Position in the document's figures."""

    def comparable(self, other: Mention) -> bool:
        """Whether both count the same sort of thing, so that they may be added or compared."""
        same_unit = self.kind is not FigureKind.COUNT or self.unit == other.unit
        return self.kind is other.kind and same_unit

    @property
    def interval(self) -> Interval:
        return Exactness(self.value, self.places, self.unit, self.kind).interval

    @property
    def part_interval(self) -> Interval:
        return Exactness(self.value, self.places, self.unit, self.kind).part_interval

    @property
    def opens_list(self) -> bool:
        """Whether it is the first part of a list."""
        return bool(self.opener)


def mentions(plain: Plain, words: Words, year: int) -> list[Mention]:
    """The figures of a paragraph in order. `year` is the document's, 0 where unknown."""
    text = plain.text
    numbered = _NUMBERED.match(text)
    begin = numbered.end() if numbered else 0
    stops = [begin, *(m.end() for m in _SENTENCE.finditer(text, begin)), len(text) + 1]
    found: list[Mention] = []
    sentence, last = 0, begin
    for match in words.figure.finditer(text, begin):
        short = match["money"] in _SHORT and not (
            f"{match['money']}元" in text and _MONEY_WORDS.search(text[: match.start()])
        )
        if short:
            continue
        while match.start() >= stops[sentence + 1]:
            sentence += 1
        lead_start = max(last, stops[sentence])
        mention = _mention(match, text, lead_start, sentence, words)
        mention.reason = _explains(text, stops[sentence], match.start(), words)
        _classify(mention, words, year)
        if found and mention.kind is FigureKind.PERCENT:
            _of_budget(found[-1], mention)
            _in_brackets(found[-1], mention)
        elif found:
            _from_to(found[-1], mention, words)
        found.append(mention)
        last = match.end()
    return found


def _of_budget(budget: Mention, percent: Mention) -> None:
    """完成年初预算数 … 万元的 … %: the budget is the amount between the words."""
    within = percent.lead == percent.clause and _OF.search(percent.clause)
    if within and budget.kind is FigureKind.AMOUNT and _COMPLETED.search(budget.clause):
        percent.role, percent.whole, percent.budget = Role.COMPLETION, budget.clause, budget
        budget.role = Role.OTHER


def _from_to(base: Mention, now: Mention, words: Words) -> None:
    """收入由 … 万元调整为 … 万元: the first is what the second came from, and both are of what stands before 由."""
    begin = _FROM.match(base.clause)
    if (
        begin is None
        or not now.comparable(base)
        or now.lead != now.clause
        or not words.to_end.search(now.lead)
    ):
        return
    base.role, base.against = Role.BASE, begin["stage"]
    base.own_subject = base.subject = now.own_subject = now.subject = bare(begin["of"], words)


def _in_brackets(change: Mention, percent: Mention) -> None:
    """比上年减少 … 万元(… %): a percentage in brackets behind a change is its rate."""
    if percent.lead == "(" and change.role is Role.CHANGE and percent.role is Role.OTHER:
        percent.role = Role.GROWTH


def _explains(text: str, start: int, at: int, words: Words) -> bool:
    """Whether a reason stands before in the sentence; a semicolon ends it unless the reasons are numbered (二是)."""
    semicolon = text.rfind(";", start, at)
    if semicolon >= 0 and not _NEXT_REASON.match(text, semicolon + 1):
        start = semicolon
    return words.reason.search(text, start, at) is not None


def _mention(match: re.Match[str], text: str, lead_start: int, sentence: int, words: Words) -> Mention:
    digits = re.sub("[,，]", "", match["number"])
    value = Decimal(digits)
    if match["sign"]:
        value = value.copy_negate()
    kind, unit = _kind(match)
    lead = text[lead_start : match.start()]
    breaks = list(_BREAK.finditer(_BRACKETS.sub(_masked, lead)))
    clause = lead[breaks[-1].end() :] if breaks else lead
    tail = _tail(text, match.end())
    before = text[: match.start()]
    depth = max(0, before.count("(") - before.count(")"))
    approximate = bool(
        words.near_before.search(clause) or words.near_after.match(tail) or _RANGE.search(before)
    )
    return Mention(
        match.start(),
        match.end(),
        value,
        len(digits.partition(".")[2]),
        unit,
        kind,
        sentence,
        depth,
        lead,
        clause,
        tail,
        approximate=approximate,
    )


def _masked(brackets: re.Match[str]) -> str:
    return "_" * len(brackets[0])


def _tail(text: str, start: int) -> str:
    """What follows a figure, past a bracket that explains it."""
    if text.startswith("(", start):
        close = text.find(")", start)
        start = close + 1 if close >= 0 else len(text)
    after = _BREAK.search(text, start)
    return text[start : min(after.start() if after else len(text), start + _TAIL)]


def _kind(match: re.Match[str]) -> tuple[FigureKind, str]:
    if match["percent"]:
        return FigureKind.PERCENT, "%"
    if match["money"] in _SHORT:
        return FigureKind.AMOUNT, f"{match['money']}元"
    if match["money"]:
        return (FigureKind.RATE if match["per"] else FigureKind.AMOUNT), match["money"]
    return FigureKind.COUNT, match["count"]


def _classify(mention: Mention, words: Words, year: int) -> None:
    """Role, direction, year, stage, scope and own subject by the words before and after."""
    clause = mention.clause
    mention.opener = _opener(mention.lead, words)
    if mention.kind is FigureKind.PERCENT:
        clause = clause[: _classify_percent(mention, words)]
    elif words.to_end.search(clause):
        mention.role = Role.VALUE
    elif change := words.change_end.search(clause):
        mention.role = Role.CHANGE
        mention.direction = direction_of(change["verb"], words)
        clause = clause[: change.start()]
    elif _is_base(mention, words):
        mention.role = Role.BASE
    if mention.kind is not FigureKind.PERCENT and _GAP.search(clause):
        mention.role, mention.gap = Role.OTHER, True
    subject, mention.against = _subject(clause, mention.role, words)
    if not subject and mention.role is Role.CHANGE:
        subject = _unchanged(mention.lead, words)
    mention.own_subject = mention.subject = subject
    mention.year = _year(clause, year)
    mention.stage = stage_of(clause, words)
    mention.scope = scope_of(clause, words)


def _unchanged(lead: str, words: Words) -> str:
    """接待费比预算无增减，比上年减少 …: the subject that an earlier clause names without a figure."""
    for clause in reversed(re.split("[,，]", lead.rpartition(";")[2])[:-1]):
        flat = words.flat.search(clause)
        against = words.against.search(clause[: flat.start()]) if flat else None
        if against and (subject := bare(clause[: against.start()], words)):
            return subject
    return ""


def _opener(lead: str, words: Words) -> str:
    """The last opening words at the begin of a clause, or before a colon."""
    masked = _BRACKETS.sub(_masked, lead).rpartition(";")[2]
    for found in reversed(list(words.opener.finditer(masked))):
        at_begin = found.start() == 0 or _BREAK.match(masked[found.start() - 1])
        if at_begin or found["colon"]:
            return found[0]
    return ""


def _classify_percent(mention: Mention, words: Words) -> int:
    """Role of a percentage; where the words that give it begin in the clause."""
    clause = mention.clause
    if share := words.share.search(clause):
        mention.role, mention.whole = Role.SHARE, (share["whole"] or "")
        if _PLAN.search(mention.whole):
            mention.role = Role.COMPLETION
        return share.start()
    if completion := words.completion.search(clause):
        mention.role, mention.whole = Role.COMPLETION, (completion["of"] or completion["rate"])
        return completion.start()
    if change := words.change_end.search(clause):
        mention.role, mention.direction = Role.GROWTH, direction_of(change["verb"], words)
        return change.start()
    if noun := words.noun_end.search(clause):
        mention.role = Role.GROWTH
        if noun["noun"][0] in "降减下":
            mention.direction = Direction.DOWN
        return noun.start()
    mention.role = Role.OTHER
    return len(clause)


def direction_of(verb: str, words: Words) -> Direction:
    """Up or down, by the verb."""
    return Direction.UP if verb in words.listed("rise") or verb in "增升" else Direction.DOWN


def _is_base(mention: Mention, words: Words) -> bool:
    """与2019年度支出 … 相比, 比上年决算数 … 增加."""
    if not words.against.search(mention.clause):
        return False
    tail = mention.tail
    followers = [word for name in ("against_tail", "rise", "fall", "flat") for word in words.listed(name)]
    return tail.startswith(tuple(followers))


def _subject(clause: str, role: Role, words: Words) -> tuple[str, str]:
    """Subject of a clause, and what it is compared with."""
    clause = _LIKE_SCOPE.sub("", clause)
    against = ""
    masked = _BRACKETS.sub(_masked, clause)
    if role in (Role.CHANGE, Role.BASE, Role.GROWTH) and (found := words.against.search(masked)):
        against = clause[found.start("ref") : found.end("ref")]
        clause = against if role is Role.BASE else clause[: found.start()]
    return bare(clause, words), against


def bare(text: str, words: Words) -> str:
    """A subject without year, fillers at its begin and words like 合计, 数, 为 at its end."""
    text = re.sub(
        r"(?:(?:19|20)\d{2}年?[-—~至])?(?:19|20)\d{2}年(?:度)?|\d{1,2}月(?:\d{1,2}日)?|上年度?|去年", "", text
    )
    while found := words.filler_start.match(text):
        text = text[found.end() :]
    while found := words.generic_end.search(text):
        text = text[: found.start()]
    return re.sub(r"[“”\"\s《》]", "", text)


def _year(clause: str, year: int) -> int:
    found = _YEAR.findall(clause)
    if found:
        return int(found[-1])
    if year and re.search("上年|去年", clause):
        return year - 1
    return 0


def stage_of(text: str, words: Words) -> Stage:
    """The stage that the words name; the names of the budgets (一般公共预算) name none."""
    text = words.budget_names.sub("", text)
    for pattern, stage in words.stages:
        if pattern.search(text):
            return stage
    return Stage.UNKNOWN


def scope_of(text: str, words: Words) -> Scope:
    """The accounting scope that the words name."""
    for word, scope in words.scopes:
        if word in text:
            return scope
    return Scope.UNKNOWN
