"""Numbers without the unit or percent sign that their words call for (缺单位、缺百分号)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from yiheng.facts.claims import BareNumber, FigureKind
from yiheng.facts.document import Place
from yiheng.reading.narrative.mentions import Mention
from yiheng.reading.narrative.plain import Plain

_NUMBER = re.compile(
    r"(?<![\d.,，\-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{5,})(?![\d,，.]*\d)(?=[,，。;:、)]|$)"
)
_AMOUNT_WORDS = re.compile(
    r"(?:支出|收入|预算数?|决算数?|预算|决算|合计|总计|增加|减少|经费|费用?|科目|规模|总额|总量|执行数|资金|拨款)(?:为|了|是|共计|约)?$"
)
_PERCENT_WORDS = re.compile(
    r"(?:增长|下降|降低|占比|(?:预算|计划)(?:数?\d[\d,.]*(?:万元|亿元|元))?的|执行率|完成率|占[^,，。;:]{1,20}的|(?<=[,，;])占)(?:为|了|约)?$"
)
_FEW = 2
"""A paragraph with as many amounts shows in which unit it writes them."""
_MANY = 10
"""So many amounts of a document, most of all in one unit, show it for every paragraph that has an amount."""


def usual_unit(found: Iterable[Mention]) -> str:
    """The unit of nine in ten amounts of a document; empty where there are few or no such unit."""
    units = Counter(m.unit for m in found if m.kind is FigureKind.AMOUNT)
    unit, count = next(iter(units.most_common(1)), ("", 0))
    return unit if count >= _MANY and count * 10 >= units.total() * 9 else ""


def bare_numbers(
    plain: Plain, found: Sequence[Mention], place: Place, usual: str = ""
) -> Iterator[BareNumber]:
    """The numbers of a paragraph that lack what its other figures have; `usual` is the document's one unit."""
    units = {m.unit for m in found if m.kind is FigureKind.AMOUNT}
    amounts = sum(m.kind is FigureKind.AMOUNT for m in found)
    for match in _NUMBER.finditer(plain.text):
        before = plain.text[max(0, match.start() - 24) : match.start()]
        if _PERCENT_WORDS.search(before):
            wanted = "%" if any(m.kind is FigureKind.PERCENT for m in found) or amounts else ""
        elif _AMOUNT_WORDS.search(before) and len(units) == 1:
            shows = units == {usual} or "." in match["number"]
            wanted = next(iter(units)) if amounts >= (1 if shows else _FEW) else ""
        else:
            wanted = ""
        if wanted:
            start = max(before.rfind(sign) for sign in ",，。;:") + 1
            quote = plain.printed_part(match.start() - len(before) + start, match.end())
            yield BareNumber(plain.printed_part(match.start(), match.end()), quote.strip(), wanted, place)
