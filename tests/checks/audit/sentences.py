"""Sentences made by hand (虚构), audited without tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tests.checks.audit.papers import TODAY, policy
from tests.reading.narrative.paragraphs import document

from yiheng.checks.audit import Subject, audit
from yiheng.facts.audit import AuditFinding, Identity
from yiheng.reading.narrative import claims


def subject(*paragraphs: str, year: int = 2023, kind: str = "") -> Subject:
    read = document(paragraphs)
    identity = Identity(kind=kind, year=year)
    return Subject(read, identity, policy(), claims=claims(read, identity, policy()))


def findings(*paragraphs: str, year: int = 2023) -> list[AuditFinding]:
    """What the rules on sentences show."""
    made = audit(subject(*paragraphs, year=year), TODAY)
    return [f for f in made if f.shown and f.rule.startswith("narrative.")]


def shown(*paragraphs: str, year: int = 2023) -> list[tuple[str, str]]:
    """Rule and printed figure of each finding."""
    return [(f.rule, f.printed) for f in findings(*paragraphs, year=year)]


@cache
def passed(paragraphs: Sequence[str]) -> int:
    """How many evaluations of the rules on sentences pass."""
    made = audit(subject(*paragraphs), TODAY)
    return sum(f.outcome.value == "pass" and bool(f.quote) for f in made if f.rule.startswith("narrative."))
