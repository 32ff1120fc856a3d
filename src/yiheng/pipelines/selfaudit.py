"""Auditing what was just written (自审): our finished DOCX and PDF, read again as anybody else's.

1. read each file; 2. recognise it and run the audit rules; 3. leave out what is known: rounding tails
(舍入尾差) and accepted findings that the checks on the ledger told, and what is accepted for this rule and passage.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from yiheng.facts import DepartmentYear, Finding, Outcome, Paper, Severity
from yiheng.facts.address import Directory, parse
from yiheng.facts.audit import AuditFinding
from yiheng.pipelines.audit import audit_subject, subject_of
from yiheng.policy import Policy
from yiheng.reading.documents import read_document
from yiheng.reading.problems import Unreadable
from yiheng.reporting.review.words import figures_line, where

RULE: Final = "audit.own"
Printed = tuple[str, str]
_FIGURES: Final = re.compile(r"-?[\d,]+(?:\.\d+)?")


def self_audit(
    paper: Paper, department_year: DepartmentYear, files: Iterable[Path], policy: Policy
) -> tuple[Finding, ...]:
    """The errors and warnings in the finished files that are not known already, each once with every file it is in."""
    known = _known(paper, department_year)
    last_day = dt.date(paper.year, 12, 31)
    found: dict[tuple[str, str], Finding] = {}
    for path in files:
        for finding in _of_file(path, policy, last_day, known):
            first = found.setdefault((finding.rule, finding.place), finding)
            if first is not finding:
                found[finding.rule, finding.place] = first._replace(
                    message=f"{first.message}；{finding.message}"
                )
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Known:
    """What need not be told again. Cells are given as (table code, printed text)."""

    tails: frozenset[Printed]
    """Cells whose rounding tail the checks on the ledger have told."""
    told: frozenset[Printed]
    """Cells of findings that the checks on the ledger made and the department-year accepts."""
    accepted: frozenset[tuple[str, str]]
    """(rule, passage) accepted for the finished documents; an empty passage stands for all of the rule."""

    def __contains__(self, found: AuditFinding) -> bool:
        if {(found.rule, found.quote), (found.rule, "")} & self.accepted:
            return True
        if _prints(self.tails, found.quote, found.printed):
            return True
        words = "；".join(
            (found.quote, found.printed, found.message, *(ground.text for ground in found.sources))
        )
        return _prints(self.told, words, words)


def _prints(cells: Iterable[Printed], words: str, figures: str) -> bool:
    """Whether one of the cells is meant: its table is named and its figure stands there."""
    printed = set(_FIGURES.findall(figures))
    return any(text in printed and code in words for code, text in cells)


def _of_file(path: Path, policy: Policy, on: dt.date, known: _Known) -> Iterator[Finding]:
    try:
        document = read_document(path)
    except Unreadable as error:
        yield _finding(f"{path.name} 读不回来", str(error), path.name)
        return
    for problem in document.problems:
        yield _finding(
            f"{path.name} 有读不回来的部分", problem.message, f"{path.name} {where(problem.place)}"
        )
    for found in audit_subject(subject_of(document, policy), on).shown:
        if found.severity is not Severity.HINT and found not in known:
            yield _of_audit(found, path.name)


def _known(paper: Paper, department_year: DepartmentYear) -> _Known:
    directory = Directory(paper.tables)
    accepted = frozenset(
        (r.get("rule"), r.get("cell")) for r in department_year.records_of("accepted_finding")
    )
    return _Known(
        _cells(directory, (f for f in paper.findings if f.rounding_tail)),
        _cells(directory, (f for f in paper.findings if f.outcome is Outcome.FAIL and f.accepted)),
        accepted,
    )


def _cells(directory: Directory, findings: Iterable[Finding]) -> frozenset[Printed]:
    addresses = {address for finding in findings for address in finding.cells}
    refs = [ref for address in addresses if (ref := directory.the_one(parse(address))) is not None]
    return frozenset((ref.table.code, ref.cell.text) for ref in refs)


def _of_audit(found: AuditFinding, name: str) -> Finding:
    message = f"{name} {where(found.place)} {figures_line(found)}　{found.message}".strip()
    return Finding(
        found.rule,
        found.title,
        Severity.ERROR,
        Outcome.FAIL,
        found.quote,
        message=message,
        next_step="请核对数据后重新公开；确属如此的，在“已接受的问题”表写明规则、位置和理由",
    )


def _finding(title: str, message: str, place: str) -> Finding:
    return Finding(
        RULE,
        title,
        Severity.ERROR,
        Outcome.FAIL,
        place,
        message=message,
        next_step="请重新公开；仍然如此请报告维护人员",
    )
