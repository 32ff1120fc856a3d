"""Headings that name another year than all that stands under them (标题与正文年度不一致)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from yiheng.facts.document import ReadDocument, ReadParagraph

_YEAR = re.compile(r"((?:19|20)\d{2})\s*年(?!\s*\d{1,2}\s*月)")
_COMPARED = re.compile(
    r"(?:比|较|与|同|和|以|截至|截止|自|从|至|—|-|～|~|〔|\()\s*(?:了)?(?:19|20)\d{2}\s*年(?!\s*\d{1,2}\s*月)"
)
_TITLE = re.compile(r"(?:情况|说明|公开|报告|表|预算|决算|如下)\s*(?:[:：|]|[（(][^（）()]*[)）])?[\s|]*$")
_TOPIC = re.compile(r"预算|决算|自评")
_FIRST = re.compile(r"(?P<sentence>[^，,。；;0-9]{0,20}(?:19|20)\d{2}\s*年[^，,。；;]*)")
_AMOUNT = re.compile(r"\d\s*(?:万元|亿元|元)")
_NUMBERED = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+\s?[.、．])")
_GLUED = re.compile(
    r"(?P<title>[^，,。；;：:]{6,44}?(?:说明|情况|报告|决算|预算))"
    r"(?=[一二三四五六七八九十]、|根据|按照|为(?!\d)|(?:19|20)\d{2}\s*年|附件|来源|时间|日期|第一部分|[\s•])"
)
_SENTENCE = re.compile(r"[，,。；;]")
_OTHERS = re.compile(
    r"比|较|与|上年|对照|对比|变化|变动|增减|调整|结转|以来|规划|和|及|、|\d\s*[—\-～~至]\s*\d"
)
"""Words of headings that rightly name another year than what stands under them."""
_LONGEST = 48
_FIRST_PARTS = 3
_FEWEST = 2
"""So often the text names its year before a heading that names another is a slip."""


class Slip(NamedTuple):
    """A heading, the year it names and the year of what stands under it."""

    heading: ReadParagraph
    text: str
    """The words of the heading alone."""
    said: int
    under: int


def slips(document: ReadDocument) -> Iterator[Slip]:
    """Headings one year beside their section, which never names the year of the heading but to compare with it."""
    parts = document.paragraphs
    titles = [(n, title) for n, part in enumerate(parts) if (title := _title(part)) and _heading_year(title)]
    for at, (n, title) in enumerate(titles):
        # Under the title of a paper stands all of it.
        whole = at == 0 and n < _FIRST_PARTS
        end = len(parts) if whole or at + 1 == len(titles) else titles[at + 1][0]
        said, rest = _heading_year(title), parts[n].text.strip()[len(title) :]
        texts = [part.text for part in parts[n + 1 : end]]
        under = _year_of(title, [rest, *texts] if rest.strip() else texts, said)
        if under and abs(under - said) == 1:
            yield Slip(parts[n], title, said, under)
    yield from _listed(parts)


def _listed(parts: Sequence[ReadParagraph]) -> Iterator[Slip]:
    """One line of a contents list or one heading of several in a row, on the same as those before and after it."""
    for before, part, after in zip(parts, parts[1:], parts[2:], strict=False):
        years = [{int(year) for year in _YEAR.findall(p.text)} for p in (before, part, after)]
        topics = [tuple(_TOPIC.findall(p.text)) for p in (before, part, after)]
        numbered = all(p.contents or p.level or _NUMBERED.match(p.text) for p in (before, part, after))
        one = all(len(named) == 1 for named in years) and topics[0] == topics[1] == topics[2] != ()
        if not numbered or not one or years[0] != years[2] or _OTHERS.search(_NUMBERED.sub("", part.text)):
            continue
        said, right = years[1].pop(), years[0].pop()
        if abs(said - right) == 1 and len(part.text) <= _LONGEST:
            yield Slip(part, part.text.strip(), said, right)


def is_title(part: ReadParagraph) -> bool:
    """Whether a paragraph is a heading by its layout or by its words."""
    text = part.text.strip()
    short = len(text) <= _LONGEST and not _SENTENCE.search(text)
    return short and (part.level > 0 or bool(_TITLE.search(text)))


def _title(part: ReadParagraph) -> str:
    """The words of a heading, also of one that the next paragraph was glued to; empty where there is none."""
    text = part.text.strip()
    if part.contents:
        return ""
    if is_title(part) and _TITLE.search(text):
        return text
    glued = _GLUED.match(text)
    return glued["title"] if glued else ""


def _heading_year(title: str) -> int:
    years = {int(year) for year in _YEAR.findall(title)}
    return 0 if len(years) != 1 or _OTHERS.search(_NUMBERED.sub("", title)) else years.pop()


def _year_of(heading: str, texts: Sequence[str], said: int) -> int:
    """The one year that the texts are of; 0 where they name the heading's year as their own or several years."""
    named: set[int] = set()
    told: Counter[int] = Counter()
    for text in texts:
        years = [int(year) for year in _YEAR.findall(_COMPARED.sub("", text))]
        named.update(years)
        if _SENTENCE.search(text):
            told.update(years)
    if len(named) != 1 or said in named or not told:
        return 0
    year, count = told.most_common(1)[0]
    return year if count >= _FEWEST or _begins(heading, texts) else 0


def _begins(heading: str, texts: Sequence[str]) -> bool:
    """Whether the first sentence begins with its year, has an amount and is on the same as the heading."""
    begin = _FIRST.match(texts[0].strip()) if texts and _AMOUNT.search(texts[0]) else None
    return (
        begin is not None and set(_TOPIC.findall(heading)) == set(_TOPIC.findall(begin["sentence"])) != set()
    )
