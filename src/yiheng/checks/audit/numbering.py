"""The method of the rule on numbers of headings (标题序号): one that breaks the row before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from yiheng.checks.audit.listed import number
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import ReadDocument, ReadParagraph

_CHINESE = "[一二三四五六七八九十]{1,3}"
_MARKS = (
    re.compile(rf"^第(?P<n>{_CHINESE})部分"),
    re.compile(rf"^(?P<n>{_CHINESE})、"),
    re.compile(rf"^[（(](?P<n>{_CHINESE})[)）]"),
    re.compile(r"^(?P<n>\d{1,2})[.．、](?!\d)"),
    re.compile(r"^[（(](?P<n>\d{1,2})[)）]"),
    re.compile(rf"^附?表(?P<n>{_CHINESE})[:：、\s]"),
)
"""Numbers of headings, from the highest kind to the lowest, and those of tables in a list of them."""
_SHOWN = 6
_QUOTED = 40
Numbered = tuple[int, ReadParagraph, str]


class Slip(NamedTuple):
    """A heading, its number, the one that it should have, and headings of its row."""

    part: ReadParagraph
    mark: str
    right: int
    row: tuple[ReadParagraph, ...]


def headings(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """一、三、三、: a number that neither follows the one before nor leads to the one after, which fit each other."""
    wrong = list(slips(subject.document))
    for slip in wrong:
        message = f"标题序号“{slip.mark}”应为第 {slip.right}，前后序号不连续"
        yield found(rule, Outcome.FAIL, slip.part.place, slip.part.text.strip(), message)._replace(
            printed=slip.mark,
            computed=str(slip.right),
            sources=tuple(Ground(part.text.strip()[:_QUOTED], part.place) for part in slip.row),
        )
    told = {slip.part.index for slip in wrong}
    for row in _rows(subject.document):
        if len(row) > 2 and not any(part.index in told for _, part, _ in row):
            yield found(rule, Outcome.PASS, row[0][1].place, row[0][1].text.strip())


def slips(document: ReadDocument) -> Iterator[Slip]:
    """Headings whose number breaks the row of those before and after."""
    for row in _rows(document):
        for before, (value, part, mark), after in zip(row, row[1:], row[2:], strict=False):
            if after[0] == before[0] + 2 and value != before[0] + 1:
                yield Slip(part, mark, before[0] + 1, tuple(other for _, other, _ in row[:_SHOWN]))


def _rows(document: ReadDocument) -> Iterator[list[Numbered]]:
    """Headings numbered alike, one below the other, until one of a higher kind stands between them."""
    open_: list[list[Numbered]] = [[] for _ in _MARKS]
    for part in document.paragraphs:
        for kind, pattern in enumerate(_MARKS):
            mark = pattern.match(part.text.strip())
            if mark is None:
                continue
            value = number(mark["n"])
            begins = value == 1 and bool(open_[kind])
            for ended in [kind] * begins + list(range(kind + 1, len(_MARKS))):
                yield open_[ended]
                open_[ended] = []
            open_[kind].append((value, part, mark["n"]))
    yield from open_


METHODS: Mapping[str, Method] = {"heading-numbers": headings}
"""Methods by the name that a rule gives."""
