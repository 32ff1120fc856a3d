"""Sentences that tell this paper's figures under another year (说明的年度): one left from the paper of that year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from yiheng.facts.document import Place, ReadDocument, ReadParagraph

_TOPIC = re.compile(
    r"(?:^|[。；;])\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)?(?:[^，,。；;：:0-9（()）]{2,20}(?:情况|说明)[。：:]\s*)?"
    r"(?P<owner>[^，,。；;：:0-9]{0,24}?)(?P<year>(?:19|20)\d{2})\s*年(?:度|(?!度))(?P<topic>[^，,。；;：:0-9]{4,40}?)"
    r"(?=(?:中[，,]|[为共计是]{0,2}\s*\d[\d,]*(?:\.\d+)?\s*(?:万元|亿元|元)))"
)
"""A sentence that begins with its year and tells an amount of its topic."""
_MONEY = re.compile(r"预算|决算|支出|收入|经费|收、支")
_APART = re.compile(
    r"比|较|与|同|对|上年|以前|执行|完成|结转|结余|年末|年底|截至|累计|实际|调整|追加|债务|基数|批复|至|—|-"
)
"""Words of topics that rightly are of another year."""
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年(?!\s*\d{1,2}\s*月)")
_FEWEST = 3
"""So often a paper names its year before a sentence of another one is a slip."""
_TOPICS = 3
"""So many sentences tell amounts of the paper's year, where the other year is named as the one before too."""
_FARTHEST = 3
"""Years before that a paper may have been copied from."""


class Slip(NamedTuple):
    """A sentence of another year than the paper."""

    said: int
    right: int
    quote: str
    place: Place
    paragraph: int


def slips(document: ReadDocument, year: int) -> Iterator[Slip]:
    """The one sentence of a paper that tells its amount under a year of which the paper tells nothing else."""
    parts = [part for part in document.paragraphs if not part.contents]
    named = Counter(int(said) for part in parts for said in _YEAR.findall(part.text))
    own = year or _usual(named)
    if not own or named[own] < _FEWEST:
        return
    topics = Counter(int(hit["year"]) for part in parts for hit in _topics(part))
    made = [slip for n, part in enumerate(parts) for slip in _told(part, own, parts[:n])]
    for slip in made if len(made) == 1 else ():
        if named[slip.said] == 1 or (topics[slip.said] == 1 and topics[own] >= _TOPICS):
            yield slip


def _usual(named: Counter[int]) -> int:
    year, count = next(iter(named.most_common(1)), (0, 0))
    return year if count * 4 >= named.total() * 3 else 0


def _told(part: ReadParagraph, own: int, above: Sequence[ReadParagraph]) -> Iterator[Slip]:
    for hit in _topics(part):
        said, at = int(hit["year"]), hit.start("year")
        # Two years side by side: the other one may follow.
        if 0 < own - said <= _FARTHEST and str(own) not in part.text[at:] and not _headed(said, above):
            yield Slip(said, own, part.text[at : at + 40], part.place_at(at), part.index)


def _topics(part: ReadParagraph) -> Iterator[re.Match[str]]:
    """Sentences that tell an amount of the paper's own year, as they say."""
    for hit in _TOPIC.finditer(part.text):
        if _MONEY.search(hit["topic"]) and not _APART.search(hit["topic"] + hit["owner"]):
            yield hit


def _headed(said: int, above: Sequence[ReadParagraph]) -> bool:
    """Whether the heading above names the year as well."""
    heading = next((part for part in reversed(above) if part.level), None)
    return heading is not None and str(said) in heading.text
