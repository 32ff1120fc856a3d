"""Names as papers of different places print them, brought to one spelling for comparison only."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SIGNS = re.compile(r"[\s“”\"'‘’「」『』《》〈〉<>·．。:：;；,，、_\-—–*＊#]+")
_YEAR = re.compile(r"(19|20)\d{2}年?度?")
_LABEL = re.compile(
    r"^(附[件表]\d*[一二三四五六七八九十]*|(公开|预算|决算|财决|财决公开|批复|部门公开)?\d{1,2}[-\d]*表|"
    r"(公开|预算|决算|部门公开)?表[一二三四五六七八九十\d]{1,3}([-之]\d+)?(?!现))"
)
_NUMBER = re.compile(
    r"^(\(?[一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}(?=[、.])|\(\d{1,2}\)|\d{1,2}(?=[.、](?!\d)))[、.]?"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_PREFIX = re.compile(r"^(其中|加|减|含)[:：]|^其中(?=.{2})")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Without blanks, quotes and punctuation; full-width signs made half-width."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=16384)
def spaced_out(text: str) -> str:
    """Full-width signs made half-width, blanks dropped, punctuation kept."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("(", "(").replace(")", ")")


@lru_cache(maxsize=16384)
def title(text: str, unit: str = "") -> str:
    """The title of a table without year, unit, label and the words that places add or leave out."""
    bare = _LABEL.sub("", _YEAR.sub("", plain(_NUMBER.sub("", spaced_out(text)))))
    if unit:
        bare = bare.replace(plain(unit), "")
    bare = re.sub(r"^(省级|市级|县级|区级|本级|本|部门|单位|\(单位\))+", "", bare)
    bare = (
        bare.replace("(单位)", "")
        .replace("总体情况表", "总表")
        .replace("情况表", "表")
        .replace("明细表", "表")
    )
    bare = re.sub(r"^部门", "", bare)
    bare = re.sub(
        r"(?<!一般公共)(?<!政府性基金)(?<!国有资本经营)(?<!单位)预算(?=(收支|收入|支出|总表|表|拨款))",
        "",
        bare,
    )
    bare = re.sub(r"\((续表?|续\d*|公开|草案|汇总|批复|含.*)\)$", "", bare)
    return re.sub(r"^(本级)?部门", "", bare)


@lru_cache(maxsize=16384)
def item(text: str) -> str:
    """The name of an item without its number (一、 1.), `其中：` and year."""
    bare = spaced_out(text)
    for _ in range(2):
        bare = _PREFIX.sub("", _NUMBER.sub("", bare))
    return _YEAR.sub("", plain(bare))


@lru_cache(maxsize=16384)
def number_of(text: str) -> tuple[int, int]:
    """Level and number of a numbered item: 一、 (1, 1), （一） (2, 1), 1. (3, 1), （1） (4, 1); (0, 0) where none."""
    bare = spaced_out(text)
    found = _NUMBER.match(bare)
    if not found:
        return 0, 0
    sign = found[0]
    bracketed = sign.startswith("(") or ")" in sign
    digits = re.search(r"\d+", sign)
    if digits:
        return (4 if bracketed else 3), int(digits[0])
    return (2 if bracketed else 1), chinese_number(re.sub(r"[^一二三四五六七八九十]", "", sign))


def chinese_number(text: str) -> int:
    """一 to 九十九; 0 where it is none."""
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")}
    tens, ten, ones = text.partition("十")
    if not ten:
        return digits.get(text, 0)
    return (digits.get(tens, 1) if tens else 1) * 10 + (digits.get(ones, 0) if ones else 0)


@lru_cache(maxsize=16384)
def is_part(text: str) -> bool:
    """Whether a name says that it is part of another figure (其中：…)."""
    return plain(text).startswith("其中") or spaced_out(text).startswith("#")


@lru_cache(maxsize=16384)
def without_brackets(text: str) -> str:
    """The name without what stands in brackets."""
    return _BRACKETS.sub("", text)
