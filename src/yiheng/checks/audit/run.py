"""Running the audit rules over a document (审校). Pure; a rule changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from yiheng.checks.audit import caption_units, narrative, procurement, rankings, register, said_years, tables
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding
from yiheng.policy import NATION, Entry, Policy, Problem

METHODS: Mapping[str, Method] = {
    **tables.METHODS,
    **narrative.METHODS,
    **said_years.METHODS,
    **rankings.METHODS,
    **procurement.METHODS,
}
"""Every method that a rule may name."""


def audit(subject: Subject, today: dt.date) -> tuple[AuditFinding, ...]:
    """Every evaluation of every rule in force for the document's place and year; without a year, for `today`."""
    identity = subject.identity
    on = dt.date(identity.year, 12, 31) if identity.year else today
    rules = register.register(subject.policy, identity.jurisdiction or NATION, on)
    subject = caption_units.corrected(replace(subject, rules=rules, on=on, memo={}))
    findings: list[AuditFinding] = []
    for rule in rules:
        if not rule.applies(identity.kind):
            continue
        if rule.method not in METHODS:
            findings.append(found(rule, Outcome.COULD_NOT_RUN, message=f"没有方法 {rule.method}"))
            continue
        made = list(METHODS[rule.method](rule, subject))
        findings += made or [found(rule, Outcome.NOT_APPLICABLE)]
    return tuple(findings)


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """Validator of the policy entries of type `audit_rule`."""
    return register.validate(entry, policy, METHODS)
