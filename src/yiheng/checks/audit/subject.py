"""What an audit rule looks at (审校对象), and how it says what it found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from yiheng.checks.audit.register import AuditRule
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Identity
from yiheng.facts.claims import NO_CLAIMS, Claims
from yiheng.facts.document import Place, ReadDocument
from yiheng.facts.known import KnownTable
from yiheng.policy import Policy


@dataclass(frozen=True)
class Subject:
    """A document with everything that was recognised in it."""

    document: ReadDocument
    identity: Identity
    policy: Policy
    others: tuple[Subject, ...] = ()
    """The other documents that are audited together with it."""
    tables: tuple[KnownTable, ...] = ()
    """Its tables under their official names, from `reading.recognition.known_tables`."""
    claims: Claims = NO_CLAIMS
    """What its sentences say, from `reading.narrative.claims`."""
    rules: tuple[AuditRule, ...] = ()
    """The rules in force for it; `run.audit` fills them in."""
    on: dt.date = dt.date.min
    """The day whose rules judge it; `run.audit` fills it in."""
    memo: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    """What several methods share and one of them worked out, by name."""


NOWHERE = Place()

Method = Callable[[AuditRule, Subject], Iterator[AuditFinding]]
"""Carries out the rules that name it. It yields one finding for each evaluation, those that pass as well."""


def found(
    rule: AuditRule, outcome: Outcome, place: Place = NOWHERE, quote: str = "", message: str = ""
) -> AuditFinding:
    """A finding of a rule; add figures and grounds with `_replace`."""
    remedy = rule.remedy if outcome is Outcome.FAIL else ""
    return AuditFinding(
        rule.id, rule.title, rule.severity, outcome, place, quote, message=message, remedy=remedy
    )
