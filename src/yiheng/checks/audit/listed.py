"""The method of the rule on announced lists (列举个数): 以下三项措施：一是…二是…三是…, or numbered paragraphs below.

The list must begin right behind the announcement with the first number of one style, and end where the section, the
style or the sentence ends; where a table, a break in the numbers or an unknown style leaves that open, nothing is said.
A list without numbers counts where its marks part it surely: 内设3个科室：甲科、乙科、丙科。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import ReadDocument, ReadParagraph
from yiheng.money import half_width

_CHINESE = "一二三四五六七八九"
_DIGITS = "零" + _CHINESE
_ANNOUNCED = re.compile(
    r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(?:个|项|条|点|类|种|大|家|张|份)"
    r"(?P<what>[^,，。;；:：\d一二三四五六七八九十]{0,14})"
    r"(?:[,，]?(?:具体|分别|主要|即|包括|如下|为|是|有|名单|情况|下列){1,3})?[:：。]\s*"
)
_QUANTITY = re.compile(r"^(?:以上|左右|多|余|月|工作日|小时|年)")
_NEAR = re.compile(r"(?:约|近|超过|多达|至少|不少于|前|第|每|另外|其余|其他|其中)\s*$")
_STYLES: tuple[tuple[str, str], ...] = (
    ("是", r"(?:^|(?<=[:：;；。,，]))\s*{n}(?:是|要)"),
    ("第", r"(?:^|(?<=[:：;；。,，]))\s*第{n}(?=[,，、:：])"),
    ("（一）", r"(?:^|(?<=[:：;；。,，]))\s*\({n}\)"),
    ("、", r"(?:^|(?<=[:：;；。]))\s*{n}、"),
    ("1.", r"(?:^|(?<=[:：;；。,，]))\s*{d}[.、．](?!\d)"),
    ("（1）", r"(?:^|(?<=[:：;；。,，]))\s*\({d}\)"),
    ("①", r"{c}"),
)
_ENCLOSED = re.compile(r"\([^()]*\)|“[^“”]*”|《[^《》]*》")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十](?:是|要|、)|第[一二三四五六七八九十]|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、．](?!\d)|[①-⑳]"
)
_GOES_ON = re.compile(r"\s*(?:同时|此外|另外|另|并|其中|但|以及|也|还|且|或|即|如|包括|用于|主要)")
_ORGAN = re.compile(r"(?:局|处|科|室|中心|队|所|院|馆|站|委|办|会|校|学|园|部|组|厅|司|厂|公司)$")
_MOST = 30
_CIRCLED = 20
_REACH = 60
"""Paragraphs below an announcement in which its list is followed."""
_FEWEST = 2
_SHOWN = 16


def listed(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """As many items are listed as the sentence before them announces."""
    for paragraph in subject.document.paragraphs:
        if paragraph.contents:
            continue
        text = half_width(paragraph.text)
        for hit in _ANNOUNCED.finditer(text):
            said = number(hit["count"])
            if said < _FEWEST or _NEAR.search(text[: hit.start()]) or _QUANTITY.match(hit["what"]):
                continue
            made = (
                _inline(subject.document, paragraph, text, hit.end())
                or _below(subject.document, paragraph, text, hit.end())
                or _unnumbered(paragraph, text, hit.end())
            )
            if made is None or len(made) < _FEWEST:
                continue
            place, quote = paragraph.place_at(hit.start()), paragraph.text[hit.start() : hit.end()].strip()
            if said == len(made):
                yield found(rule, Outcome.PASS, place, quote)
            elif _believable(said, len(made)):
                message = f"文字写 {said} 个，随后列出 {len(made)} 个"
                yield found(rule, Outcome.FAIL, place, quote, message)._replace(
                    printed=hit["count"], computed=str(len(made)), sources=tuple(made)
                )
            else:
                message = f"文字写 {said} 个，读到 {len(made)} 个，不能确定所列是不是这些"
                yield found(rule, Outcome.COULD_NOT_RUN, place, quote, message)


def _believable(said: int, counted: int) -> bool:
    """A list that lacks more than a third was rather cut in reading, or is of something else."""
    return 3 * abs(said - counted) <= max(said, counted) or abs(said - counted) == 1


def _inline(document: ReadDocument, paragraph: ReadParagraph, text: str, start: int) -> list[Ground] | None:
    """Items of the same paragraph, the first right behind the announcement, and of those that go on below it."""
    for name, _ in _STYLES:
        first = _mark(name, 1).match(text, start)
        if first is None:
            continue
        items = _run(name, 1, paragraph, text, first.start())
        for part in document.body[paragraph.index + 1 :]:
            if not isinstance(part, ReadParagraph):
                return None
            below = half_width(part.text)
            on = _mark(name, len(items) + 1).search(below)
            if part.level or (on is None and not _again(name, below, 0)):
                break
            if on is None or below[: on.start()].strip():
                return None
            items += _run(name, len(items) + 1, part, below, on.start())
        return items
    return None


def _run(name: str, count: int, paragraph: ReadParagraph, text: str, start: int) -> list[Ground]:
    """The items of one paragraph from number `count` on."""
    items: list[Ground] = []
    at = start
    while count < _MOST and (mark := _mark(name, count).search(text, at)):
        items.append(
            Ground(text[mark.start() : mark.start() + _SHOWN].strip(), paragraph.place_at(mark.start()))
        )
        at, count = mark.end(), count + 1
    return items


def _again(name: str, text: str, start: int) -> bool:
    """The first number comes again: another list follows in the paragraph, so that the end of this one is unsure."""
    return _mark(name, 1).search(text, start) is not None


def _below(document: ReadDocument, paragraph: ReadParagraph, text: str, end: int) -> list[Ground] | None:
    """Items that are the paragraphs below, where the announcement ends its paragraph."""
    if text[end:].strip() or not text.rstrip().endswith((":", "：", "。")):
        return None
    body = document.body[paragraph.index + 1 : paragraph.index + 1 + _REACH]
    if not body or not isinstance(body[0], ReadParagraph):
        return None
    name = next((name for name, _ in _STYLES if _begins(name, 1, body[0].text)), "")
    if not name or name == "是" or any(_begins(name, n, paragraph.text) for n in range(1, _MOST)):
        return None
    if text.rstrip().endswith("。") and not re.search("以下|如下|下列", text[-24:]):
        return None
    items: list[Ground] = []
    for part in body:
        if not isinstance(part, ReadParagraph):
            return None
        if _outer(part, paragraph, name):
            break
        if _begins(name, len(items) + 1, part.text):
            items.append(Ground(part.text.strip()[:_SHOWN], part.place))
        elif any(_begins(name, n, part.text) for n in range(1, _MOST)):
            return None if not _begins(name, 1, part.text) else items
    return items


def _unnumbered(paragraph: ReadParagraph, text: str, start: int) -> list[Ground] | None:
    """Items without numbers, parted by ； or 、 in the rest of one sentence; None where that may part an item."""
    if not text[:start].rstrip().endswith((":", "：")):
        return None
    end = text.find("。", start)
    # What stands in brackets or quotation marks is part of an item.
    listed_ = _ENCLOSED.sub(lambda found: "＊" * len(found[0]), text[start:end])
    if end < 0 or _NUMBERED.search(listed_) or re.search("[:：]|等$", listed_):
        return None
    by = "[;；]" if re.search("[;；]", listed_) else "、"
    items = [
        (start + piece.start(), piece[0].strip()) for piece in re.finditer(f"[^{by.strip('[]')}]+", listed_)
    ]
    names = [name.rstrip("＊") for _, name in items]
    if by == "、" and not _are_names(names):
        return None
    if by != "、" and any(_GOES_ON.match(name) for name in names):
        return None
    return [Ground(text[at : at + len(name)].strip()[:_SHOWN], paragraph.place_at(at)) for at, name in items]


def _are_names(items: list[str]) -> bool:
    """Each is a name by itself: all end like names of units, or all in the same word; none joins two by 和."""
    if any(re.search(r"[,，\d]|和|及|与|或", item) or len(item) < 3 for item in items):
        return False
    return all(_ORGAN.search(item) for item in items) or len({item[-2:] for item in items}) == 1


def _outer(part: ReadParagraph, paragraph: ReadParagraph, name: str) -> bool:
    """A heading above the list: it ends it. A title without a number ends it as well."""
    if not part.level:
        return False
    styled = any(_begins(name, n, part.text) for n in range(1, _MOST))
    return not styled and (part.level < 0 or len(part.section) <= len(paragraph.section))


def _begins(name: str, number_: int, text: str) -> bool:
    return _mark(name, number_).match(half_width(text).lstrip()) is not None


@cache
def _mark(name: str, count: int) -> re.Pattern[str]:
    """The pattern of an item's number."""
    circled = chr(ord("①") + count - 1) if count <= _CIRCLED else "$^"
    return re.compile(dict(_STYLES)[name].format(n=_chinese(count), d=count, c=circled))


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones else "")


def number(text: str) -> int:
    """12, 两 or 十二 as a number; 0 where it is none."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.replace("两", "二").partition("十")
    if not ten:
        return _DIGITS.index(tens) if len(tens) == 1 and tens in _DIGITS else 0
    return (_digit(tens) if tens else 1) * 10 + (_digit(ones) if ones else 0)


def _digit(text: str) -> int:
    return max(_DIGITS.find(text), 0)


METHODS: Mapping[str, Method] = {"listed": listed}
"""Methods by the name that a rule gives."""
