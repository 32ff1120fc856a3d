"""An audit as plain data (审校结果 JSON); docs/audit-json.md describes each key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Decision, DocumentAudit, Ground, Paper
from yiheng.facts.document import Place
from yiheng.reading.problems import Problem
from yiheng.reporting.review import decision_data


def document_data(path: Path, done: DocumentAudit | None, problem: Problem | None) -> dict[str, Any]:
    """One document with everything that was found in it, or why it could not be read."""
    if done is None:
        return {
            "file": str(path), "kind": None, "unit": None, "year": None, "error": str(problem),
            "findings": [], "checks": dict.fromkeys(("pass", "fail", "not_applicable", "could_not_run"), 0),
        }  # fmt: skip
    identity = done.identity
    return {
        "file": str(path),
        "format": done.document.format,
        "sha256": done.document.sha256,
        "kind": identity.kind or None,
        "unit": identity.unit or None,
        "year": identity.year or None,
        "jurisdiction": identity.jurisdiction or None,
        "family": identity.family or None,
        "evidence": [_ground(ground) for ground in identity.evidence],
        "papers": [_paper(paper) for paper in done.papers],
        "pages": len(done.document.pages),
        "problems": [
            {"message": p.message, "remedy": p.remedy, **_place(p.place)} for p in done.document.problems
        ],
        "findings": [finding_data(finding, done.decisions.get(finding.key)) for finding in done.shown],
        "checks": done.counts,
        "not_run": [
            {"rule": f.rule, "title": f.title, "reason": f.message} for f in _could_not_run(done.findings)
        ],
    }


def _paper(paper: Paper) -> dict[str, Any]:
    identity = paper.identity
    return {
        "kind": identity.kind or None,
        "unit": identity.unit or None,
        "year": identity.year or None,
        "jurisdiction": identity.jurisdiction or None,
        "family": identity.family or None,
        "first_page": paper.first,
        "last_page": paper.last,
    }


def finding_data(finding: AuditFinding, decision: Decision | None = None) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "rule": finding.rule,
        "title": finding.title,
        "severity": finding.severity.value,
        "outcome": finding.outcome.value,
        **_place(finding.place),
        "quote": finding.quote,
        "printed": finding.printed,
        "computed": finding.computed,
        "difference": finding.difference,
        "message": finding.message,
        "sources": [_ground(ground) for ground in finding.sources],
        "remedy": finding.remedy,
        "key": finding.key,
        "decision": decision_data(decision) if decision else None,
    }


def _could_not_run(findings: Iterable[AuditFinding]) -> Iterator[AuditFinding]:
    """Each rule once for each reason."""
    seen = set()
    for finding in findings:
        if finding.outcome is Outcome.COULD_NOT_RUN and (finding.rule, finding.message) not in seen:
            seen.add((finding.rule, finding.message))
            yield finding


def _place(place: Place) -> dict[str, Any]:
    return {
        "page": place.page or None,
        "bbox": [round(side, 1) for side in place.box] if place.box else None,
        "line": place.line or None,
        "where": place.where or None,
    }


def _ground(ground: Ground) -> dict[str, Any]:
    return {"text": ground.text, "document": ground.document or None, **_place(ground.place)}
