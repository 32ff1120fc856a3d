"""Captions above tables and notes below them: title, number of the table, unit, owner."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from yiheng.reading.structure.words import bare, flowing

_NUMBER: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_LABEL: Final = re.compile(
    rf"^(?:(?:预算|决算)?公开\s*{_NUMBER}\s*表|(?:部门|单位)?(?:预算|决算)?公开表\s*{_NUMBER}|(?:附)?表\s*{_NUMBER}(?:\s*[-－—]\s*{_NUMBER})?|附件\s*{_NUMBER}?"
    rf"(?:\s*[-－—]\s*{_NUMBER})?|财(?:公开|决公开)\s*{_NUMBER}\s*表)(?=$|[\s:：、.．])"
)
_UNIT: Final = re.compile(
    r"(?:金额)?单\s*位\s*[:：]\s*(?:人民币)?\s*(亿元|万元|千元|元)|[（(]\s*单位\s*[:：]\s*(亿元|万元|千元|元)\s*[）)]"
)
_OWNER: Final = re.compile(
    r"(?:部\s*门|编制单位|编制部门|填报单位|公开部门|单位名称|部门名称|预算单位|预算部门|部门[（(]单位[）)](?:名称)?|单位[（(]部门[）)](?:名称)?|单位|填报部门)"
    r"\s*(?:[（(][^（）()]{1,6}[）)])?\s*[:：]\s*(?!(?:人民币)?\s*(?:亿|万|千)?元)(\S.*?)(?=\s{1,}(?:金额)?单\s*位\s*[:：]|\s{2,}|$)"
)
_PERIOD: Final = re.compile(r"^[（(]?\d{4}\s*年(?:度|\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?[）)]?$")
_TITLE_END: Final = re.compile(
    r"(?:表|表格|情况|框架|体系|清单|目录|一览)(?:[（(][^（）()]{1,40}[）)])?(?:\s*[（(]?续[表]?[）)]?)?$"
)
_NOTE: Final = re.compile(
    r"^[（(]?(?:注|备注|说明|附注|注释)\d?\s*[:：.．]|^(?:注|备注)[\d一二三]?[、.．]|^本表(?:反映|无|为空|本年)"
)
_EMPTY: Final = re.compile(
    r"(?:无|没有|未安排|不涉及|未发生|空表).{0,40}(?:预算|收支|支出|收入|拨款|数据|故|因此|空表|公开)|(?:空表|为空|为零)"
)
_SENTENCE: Final = re.compile(r"[。；，：:]|[,;]\s")
_OPEN: Final = re.compile(r"[（(][^（）()]*$")
_CLOSING: Final = re.compile(r"^[^（）()]*[）)]")
TITLE_LENGTH: Final = 60


class Caption(NamedTuple):
    """What stands above a table."""

    title: str = ""
    label: str = ""
    unit: str = ""
    owner: str = ""
    lines: tuple[str, ...] = ()


def label_of(line: str) -> str:
    """公开01表, 表3, 附件2-1 at the front of a line, without blanks; empty where there is none."""
    found = _LABEL.match(line.strip())
    return bare(found[0]) if found else ""


def unit_of(line: str) -> str:
    found = _UNIT.search(line)
    return (found[1] or found[2]) if found else ""


def owner_of(line: str) -> str:
    found = _OWNER.search(line)
    return flowing(found[1]).strip("　 ") if found else ""


def is_note(line: str) -> bool:
    """注：…, 备注：…, 说明：…"""
    return bool(_NOTE.match(line.strip()))


def says_empty(line: str) -> bool:
    """A sentence that says why a table shows nothing."""
    return len(line) <= 120 and bool(_EMPTY.search(line))


def is_title(line: str) -> bool:
    """Reads as the title of a table: short, no sentence, ends as titles do."""
    text = _after_label(line)
    return 2 < len(text) <= TITLE_LENGTH and not _SENTENCE.search(text) and bool(_TITLE_END.search(text))


@lru_cache(maxsize=8192)
def is_caption_line(line: str, titles: bool = True) -> bool:
    """A line that belongs to the table below it."""
    text = line.strip()
    if not text or len(text) > 2 * TITLE_LENGTH:
        return False
    marked = bool(label_of(text) or unit_of(text) or owner_of(text) or _PERIOD.match(text))
    return (marked and not re.search(r"[。；]", text)) or (titles and is_title(text))


def caption_of(lines: tuple[str, ...]) -> Caption:
    """The caption that some lines make, from the top."""
    label = next((found for line in lines if (found := label_of(line))), "")
    unit = next((found for line in reversed(lines) if (found := unit_of(line))), "")
    owner = next((found for line in reversed(lines) if (found := owner_of(line))), "")
    return Caption(_title(lines), label, unit, owner, lines)


def _title(lines: tuple[str, ...]) -> str:
    candidates = [
        text
        for line in lines
        if (text := _after_label(line))
        and not owner_of(line)
        and not unit_of(line)
        and not _PERIOD.match(text)
    ]
    candidates = _closed(candidates)
    for n, text in reversed(list(enumerate(candidates))):
        if _TITLE_END.search(text):
            wrapped = n > 0 and len(text) <= 8 and not _TITLE_END.search(candidates[n - 1])
            return flowing(candidates[n - 1] + text) if wrapped else text
    return candidates[-1] if candidates else ""


def _closed(lines: list[str]) -> list[str]:
    """The lines, a bracket that one leaves open closed by the next."""
    found: list[str] = []
    for line in lines:
        if found and _OPEN.search(found[-1]) and _CLOSING.search(line):
            found[-1] = flowing(found[-1] + line)
        else:
            found.append(line)
    return found


def _after_label(line: str) -> str:
    text = line.strip()
    found = _LABEL.match(text)
    rest = text[found.end() :].lstrip(" :：、.．　") if found else text
    rest = re.sub(
        r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d))\s*",
        "",
        rest,
    )
    return flowing(rest)


def bare_title(title: str) -> str:
    """A title for comparison: without blanks and 续表."""
    return re.sub(r"[（(]?续表?[）)]?$", "", bare(title))
