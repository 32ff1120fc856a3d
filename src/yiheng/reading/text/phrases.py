"""The cells of a line of words, told apart by what stands in forms: fields, levels, targets with their units."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yiheng.reading.structure.words import FIELD, bare

_LEVEL_ONE: Final = re.compile(
    r"^(?:产出|效益|效果|满意度|成本|过程|决策)\s*指标(?:\s*[（(]\d{1,3}分[）)])?(?=\s|$)"
)
_LEVEL_TWO: Final = re.compile(
    r"^(?:数量|质量|时效|成本|(?:经济|社会|生态)(?:效益|成本)|生态环境成本|可持续影响|(?:社会公众或)?(?:服务对象)?满意度)\s*指标(?:\s*[（(]\d{1,3}分[）)])?(?=\s|$)"
)
_CUT_LEVEL: Final = re.compile(
    r"^(?:产出|效益|效果|满意度|成本|数量|质量|时效|(?:经济|社会|生态)效益|可持续影响)$"
)
_UNIT: Final = r"[\u4e00-\u9fffA-Za-z/]"
_COMPARE: Final = r"(?:[≥≤＞＜><=＝≈]|约为?|不少于|不低于|不超过|大于等于|小于等于|各)?\s*"
_DATE: Final = re.compile(
    r"(?:^|\s)(\d{4}\s*年(?:度|底|末)?(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?\s*(?:底前|前|底|末)?(?:完成)?)$"
)
_QUANTITY: Final = re.compile(
    rf"(?:^|\s)({_COMPARE}[\d,]+(?:\.\d+)?(?:\s*[%％]|(?:\s*[万亿千百])?\s*(?:个|次|笔|家|人|名|台|宗|件|期|单|条|元|天|页|份|"
    rf"辆|套|项|小时|月|年|批|场|户|种|分|所|处|篇|亿|万|例|张|{_UNIT}){_UNIT}{{0,5}})?(?:\s*[（(][^（）()]*[）)])?)$"
)
_LAST: Final = re.compile(r"(?:^|\s)(\S+)$")
_LONGEST: Final = 1000
"""Characters of a line that may hold a row."""
_SCORES: Final = re.compile(r"(?:^|\s)(\d{1,3}(?:\.\d{1,2})?)\s+(\d{1,3}(?:\.\d{1,2})?|[—–-])(?:\s+(\S.*))?$")


class Levels(NamedTuple):
    """一级指标 and 二级指标 at the front of a line, and what remains of it."""

    first: str
    second: str
    rest: str


def fields(text: str) -> list[tuple[str, str]]:
    """项目名称 甲 项目金额 5: the fields of a line with their values; empty where the line is none of fields."""
    found: list[tuple[str, str]] = []
    for word in text.split():
        if FIELD.match(bare(word)):
            found.append((word, ""))
        elif not found:
            return []
        else:
            name, value = found[-1]
            found[-1] = (name, f"{value} {word}".strip())
    return found


def levels(text: str, first_known: bool) -> Levels:
    """What a line says about its levels; 成本指标 and 满意度指标 are of either, by what came before."""
    one = _LEVEL_ONE.match(text)
    two = _LEVEL_TWO.match(text)
    rest = text[one.end() :].strip() if one else ""
    second = _LEVEL_TWO.match(rest)
    if one and second:
        return Levels(bare(one[0]), bare(second[0]), rest[second.end() :].strip())
    if one and not (two and first_known):
        return Levels(bare(one[0]), "", rest)
    if two:
        return Levels("", bare(two[0]), text[two.end() :].strip())
    return Levels("", "", text)


def is_cut_level(line: str, following: str) -> bool:
    """产出 over 指标: the name of a level in a narrow cell."""
    return bool(_CUT_LEVEL.match(bare(line))) and bare(following).startswith("指标")


def last_cell(text: str) -> tuple[str, str]:
    """(what stands before, the last cell) of a line whose last cell is a target or an actual."""
    body = text.rstrip()
    for pattern in (_DATE, _QUANTITY, _LAST):
        found = pattern.search(body)
        if found and (found.start(1) == 0 or body[: found.start(1)].strip()):
            return body[: found.start(1)].strip(), found[1].strip()
    return "", body


def scores(text: str) -> tuple[str, str, str, str] | None:
    """(before, 分值, 得分, words after) where a line shows both; None otherwise."""
    best: tuple[str, str, str, str] | None = None
    if len(text) > _LONGEST:
        return None
    for start in [0, *(m.start() for m in re.finditer(r"\s", text))]:
        found = _SCORES.match(text, start)
        if found and not _more_follows(found[3] or ""):
            best = (text[: found.start(1)].strip(), found[1], found[2], (found[3] or "").strip())
            break
    return best


def _more_follows(rest: str) -> bool:
    """Another pair of numbers further on: then this was no score."""
    return bool(re.search(r"(?:^|\s)\d{1,3}(?:\.\d{1,2})?\s+\d{1,3}(?:\.\d{1,2})?(?:\s|$)", rest)) or bool(
        re.match(r"\d", rest) and not re.match(r"\d{4}\s*年", rest)
    )
