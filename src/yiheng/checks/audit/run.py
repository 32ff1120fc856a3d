"""Running the audit rules over a document (审校). Pure; a rule changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
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
    return tuple(evaluations(subject, today))


def evaluations(subject: Subject, today: dt.date) -> Iterator[AuditFinding]:
    """The same one by one: of a long document there are too many to hold all that pass."""
    identity = subject.identity
    on = dt.date(identity.year, 12, 31) if identity.year else today
    where = identity.jurisdiction or NATION
    rules = register.register(subject.policy, where, on)
    if not rules:  # a paper from before the first rules: that nothing was checked must not look clean
        for rule in register.register(subject.policy, where, today):
            if rule.applies(identity.kind):
                yield found(rule, Outcome.COULD_NOT_RUN, message=f"{on.year} 年没有有效的审校规则")
        return
    subject = caption_units.corrected(replace(subject, rules=rules, on=on, memo={}))
    for rule in rules:
        if not rule.applies(identity.kind):
            continue
        if rule.method not in METHODS:
            yield found(rule, Outcome.COULD_NOT_RUN, message=f"没有方法 {rule.method}")
            continue
        empty = True
        for finding in METHODS[rule.method](rule, subject):
            empty = False
            yield finding
        if empty:
            yield found(rule, Outcome.NOT_APPLICABLE)


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """Validator of the policy entries of type `audit_rule`."""
    return register.validate(entry, policy, METHODS)
