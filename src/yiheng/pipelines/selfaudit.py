"""Auditing what was just written (自审): our finished DOCX and PDF, read again as anybody else's.

1. read each file; 2. recognise it and run the audit rules; 3. leave out what is known: a rounding tail (舍入尾差)
that the checks on the ledger told, and what the department-year accepts for that rule and passage (已接受的问题).
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
from yiheng.reporting.review.words import where

RULE: Final = "audit.own"
_FIGURES: Final = re.compile(r"-?[\d,]+(?:\.\d+)?")


def self_audit(
    paper: Paper, department_year: DepartmentYear, files: Iterable[Path], policy: Policy
) -> tuple[Finding, ...]:
    """The errors and warnings in the finished files that are not known already."""
    known = _Known(_tails(paper), _accepted(department_year))
    last_day = dt.date(paper.year, 12, 31)
    return tuple(finding for path in files for finding in _of_file(path, policy, last_day, known))


@dataclass(frozen=True, slots=True)
class _Known:
    """What need not be told again."""

    tails: frozenset[tuple[str, str]]
    """(table code, printed text) of the cells whose rounding tail the checks on the ledger have told."""
    accepted: frozenset[tuple[str, str]]
    """(rule, passage); an empty passage stands for all of the rule."""

    def __contains__(self, found: AuditFinding) -> bool:
        if {(found.rule, found.quote), (found.rule, "")} & self.accepted:
            return True
        printed = _FIGURES.findall(found.printed)
        return any(text in printed and found.quote.startswith(code) for code, text in self.tails)


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


def _tails(paper: Paper) -> frozenset[tuple[str, str]]:
    directory = Directory(paper.tables)
    addresses = {address for f in paper.findings if f.rounding_tail for address in f.cells}
    refs = [ref for address in addresses if (ref := directory.the_one(parse(address))) is not None]
    return frozenset((ref.table.code, ref.cell.text) for ref in refs)


def _accepted(department_year: DepartmentYear) -> frozenset[tuple[str, str]]:
    return frozenset((r.get("rule"), r.get("cell")) for r in department_year.records_of("accepted_finding"))


def _of_audit(found: AuditFinding, name: str) -> Finding:
    place = f"{name} {where(found.place)}：{found.quote}"
    return Finding(
        found.rule,
        found.title,
        Severity.ERROR,
        Outcome.FAIL,
        place,
        found.printed,
        found.computed,
        found.difference,
        found.message,
        f"请核对数据后重新公开；确属如此的，在“已接受的问题”表写明规则 {found.rule}、位置“{found.quote}”和理由",
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
