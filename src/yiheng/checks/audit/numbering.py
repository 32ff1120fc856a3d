"""The method of the rule on numbers of headings (标题序号): one that breaks the row before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from yiheng.checks.audit.listed import number
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import ReadParagraph

_MARKS = (
    re.compile(r"^(?P<n>[一二三四五六七八九十]{1,3})、"),
    re.compile(r"^[（(](?P<n>[一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"^第(?P<n>[一二三四五六七八九十]{1,3})部分"),
)
Numbered = tuple[int, ReadParagraph, str]


def headings(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """一、三、三、: a number that neither follows the one before nor leads to the one after, which fit each other."""
    for row in _rows(subject):
        wrong = [
            (part, mark, before[0] + 1)
            for before, (value, part, mark), after in zip(row, row[1:], row[2:], strict=False)
            if after[0] == before[0] + 2 and value != before[0] + 1
        ]
        for part, mark, right in wrong:
            quote = part.text.strip()
            message = f"标题序号“{mark}”应为第 {right}，前后序号不连续"
            grounds = tuple(Ground(other.text.strip()[:40], other.place) for _, other, _ in row[:6])
            yield found(rule, Outcome.FAIL, part.place, quote, message)._replace(
                printed=mark, computed=str(right), sources=grounds
            )
        if not wrong and len(row) > 2:
            yield found(rule, Outcome.PASS, row[0][1].place, row[0][1].text.strip())


def _rows(subject: Subject) -> Iterator[list[Numbered]]:
    """Headings numbered alike, one below the other, until one of a higher kind stands between them."""
    open_: list[list[Numbered]] = [[] for _ in _MARKS]
    for part in subject.document.paragraphs:
        for kind, pattern in enumerate(_MARKS):
            mark = pattern.match(part.text.strip())
            if mark is None:
                continue
            value = number(mark["n"])
            begins = value == 1 and bool(open_[kind])
            for ended in [kind] * begins + ([1] if kind == 0 else [0, 1] if kind == 2 else []):
                yield open_[ended]
                open_[ended] = []
            open_[kind].append((value, part, mark["n"]))
    yield from open_


METHODS: Mapping[str, Method] = {"heading-numbers": headings}
"""Methods by the name that a rule gives."""
