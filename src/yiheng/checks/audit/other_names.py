"""Units' names where a paper speaks of itself (单位名称): one that is another office's than all the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from yiheng.facts.document import Place, ReadDocument

_OF_MONEY = (
    r"(?:部门|单位|收入|支出|收、?支|财政拨款|[“”]*三公|一般公共预算|政府性基金|国有资本|机关运行|政府采购"
    r"|预算|决算)"
)
_CHINESE = "[一二三四五六七八九十]+"
_NUMBER = rf"{_CHINESE}、|[（(](?:{_CHINESE}|\d+)[)）]|\d+[.、．]|第{_CHINESE}部分[:：]?"
_NAMED = re.compile(
    rf"(?:^|[。；;])\s*(?:{_NUMBER})?\s*(?:(?:20\d{{2}}|本)\s*年度?\s*[,，]?\s*)?(?P<name>[\u4e00-\u9fff]{{4,24}}?)"
    rf"(?=(?:本级)?\s*20\d{{2}}\s*年度?(?:的|本级)?{_OF_MONEY}|本级(?:实现|共)?(?:财务|政府拨款)?(?:收入|支出|预算|决算))"
)
_OFFICE = re.compile(r"(?:局|委|会|办|厅|府|镇|乡|道|院|心|站|所|馆|校|学|处|队|园|社|部)$")
_ALONE = re.compile(r"(?:中心|院|馆|校|站|所|队|处)$")
"""Units that have none below them, whose paper speaks of no other."""
_NOBODY = re.compile(
    r"^(?:市|省|县|区|州|我|本|各|全|该|其|财政|与|和|按|根据|关于|对|由|经|因|从|向|在|为|将|以)"
)
"""How names begin that are of no certain unit, and words before one."""
_FEWEST = 2
_SHORTEST = 4
_PLACE = 2
"""Characters by which two names are of one place."""
_LEVELS = "省市县区州盟旗镇乡"


class Slip(NamedTuple):
    """A name in place of the paper's own one."""

    name: str
    own: str
    quote: str
    place: Place


def slips(document: ReadDocument, unit: str) -> Iterator[Slip]:
    """The one name of another office of the same kind, printed once, where all else speaks of one unit."""
    said = [
        (hit["name"], part.text[hit.start("name") : hit.end() + 16], part.place_at(hit.start("name")))
        for part in document.paragraphs
        for hit in _NAMED.finditer(part.text)
        if _OFFICE.search(hit["name"]) and not _NOBODY.match(hit["name"])
    ]
    counted = Counter(name for name, *_ in said)
    own = re.sub(r"\s", "", unit) or _usual(counted)
    everywhere = re.sub(r"\s", "", "".join(part.text for part in document.paragraphs))
    if len(own) < _SHORTEST or everywhere.count(own) < (_FEWEST if unit else _FEWEST + 1):
        return
    others = [(name, quote, place) for name, quote, place in said if not _one(name, own)]
    for name, quote, place in others:
        if len(others) == 1 and _mistaken(name, own) and everywhere.count(name) == 1:
            yield Slip(name, own, quote, place)


def _mistaken(name: str, own: str) -> bool:
    """Whether a name may stand for the own one: another office of the same place, or the same one of another place."""
    if own[:_PLACE] in name or name[:_PLACE] in own:
        return name[-1] == own[-1] or _ALONE.search(own) is not None
    shared = list(takewhile(lambda pair: pair[0] == pair[1], zip(name[::-1], own[::-1], strict=False)))
    return bool(shared) and shared[-1][0] in _LEVELS


def _usual(counted: Counter[str]) -> str:
    """The name by which most sentences call the unit, at its shortest; empty where there is none."""
    alike = {name: [other for other in counted if _one(name, other)] for name in counted}
    best = max(alike, key=lambda name: sum(counted[other] for other in alike[name]), default="")
    often = sum(counted[other] for other in alike.get(best, ()))
    return min(alike[best], key=len) if often >= _FEWEST else ""


def _one(name: str, own: str) -> bool:
    """Whether two names are of one unit: one is the other with words left out, or a part of it."""
    short, long = sorted((name, own), key=len)
    rest = iter(long)
    return short in long or all(sign in rest for sign in short)
