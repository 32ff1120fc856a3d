"""Findings of checks as plain data (审核结果)."""

from __future__ import annotations

from typing import Any

from yiheng.facts import Finding


def finding_data(finding: Finding) -> dict[str, Any]:
    """One finding as `--json` prints it and as the result of a job keeps it."""
    return {
        "rule": finding.rule,
        "title": finding.title,
        "severity": finding.severity.value,
        "outcome": finding.outcome.value,
        "place": finding.place,
        "left": finding.left,
        "right": finding.right,
        "difference": finding.difference,
        "message": finding.message,
        "next": finding.next_step,
        "rounding_tail": finding.rounding_tail,
        "accepted": finding.accepted,
    }
