"""The method of the rule on repeated paragraphs (重复的段落): one printed twice, or one left from another paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import ReadDocument, ReadParagraph

_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d))"
)
_AMOUNT = re.compile(r"[1-9][\d,]*(?:\.\d+)?\s*(?:万元|亿元|元)")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_REACH = 2
"""Paragraphs between which the two may stand."""
_LONG = 30
_ALIKE = 6
"""Characters after the number that show two paragraphs to be of one thing."""
_QUOTED = 40


class Pair(NamedTuple):
    """The paragraph that is one too many, the other one, and how they repeat each other."""

    wrong: ReadParagraph
    other: ReadParagraph
    what: str


def repeated(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """No paragraph with amounts stands twice in a row, whole or under one number and with one beginning."""
    twice = list(pairs(subject.document))
    for wrong, other, what in twice:
        quote = wrong.text.strip()[:_QUOTED]
        yield found(rule, Outcome.FAIL, wrong.place, quote, what)._replace(
            printed=quote, sources=(Ground(other.text.strip()[:_QUOTED], other.place),)
        )
    if not twice:
        yield found(rule, Outcome.PASS, quote="带金额的段落没有重复")


def pairs(document: ReadDocument) -> Iterator[Pair]:
    """Paragraphs with amounts that repeat one just before them."""
    told = [p for p in document.paragraphs if not p.contents and len(p.text.strip()) >= _LONG]
    told = [p for p in told if len(_AMOUNT.findall(p.text)) > 1]
    for n, part in enumerate(told):
        for before in told[max(0, n - _REACH) : n]:
            what = _twice(before, part) if part.index - before.index <= _REACH else ""
            if what:
                left = _latest(before) < _latest(part)
                yield Pair(before, part, what) if left else Pair(part, before, what)
                break


def _twice(one: ReadParagraph, other: ReadParagraph) -> str:
    """How two paragraphs repeat each other; empty where they do not."""
    first, second = (re.sub(r"\s", "", part.text) for part in (one, other))
    if first == second:
        return "同一段文字出现两次"
    number = _NUMBER.match(first)
    begin = number.end() + _ALIKE if number else 0
    return "同一序号、同一事项写了两段" if begin and first[:begin] == second[:begin] else ""


def _latest(part: ReadParagraph) -> int:
    """The last year that a paragraph names: the paper of an earlier one left it."""
    return max(map(int, _YEAR.findall(part.text)), default=0)


METHODS: Mapping[str, Method] = {"repeated-paragraphs": repeated}
"""Methods by the name that a rule gives."""
