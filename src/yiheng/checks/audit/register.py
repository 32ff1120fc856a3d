"""The register of audit rules (审校规则): policy entries of type `audit_rule`.

An entry names its method, which a module of this package carries out, and what that method needs to know. One id binds
rule, method, test and finding.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yiheng.facts import Severity
from yiheng.policy import Entry, Policy, Problem

TYPE = "audit_rule"
_KEYS = {"kinds", "severity", "method", "remedy", "absent", "basis", "with"}
FORM = "form"
BASES = ("document", "house")


@dataclass(frozen=True, slots=True)
class AuditRule:
    """One rule of the register."""

    id: str
    title: str
    severity: Severity
    kinds: tuple[str, ...]
    """Kinds of document that it is for; all where there is none."""
    method: str
    remedy: str
    absent: str
    """What absence means, in Chinese, for the reader of the register."""
    basis: str
    """document: an official text demands it; house: our own judgement (系统默认)."""
    parameters: Mapping[str, Any]
    source: str
    """Legal basis (依据): document and article."""

    def applies(self, kind: str) -> bool:
        """Whether the rule is for documents of that kind; an unknown kind takes the rules for all kinds.

        A blank form (空白表样) takes only the rules that name it: nothing in it is a figure yet.
        """
        return kind in self.kinds or (not self.kinds and kind != FORM)


def register(policy: Policy, jurisdiction: str, on: dt.date) -> tuple[AuditRule, ...]:
    """The audit rules in force in a place on a day."""
    return tuple(parse(entry) for entry in policy.all(TYPE, jurisdiction, on))


def parse(entry: Entry) -> AuditRule:
    """Read one entry. Raises `ValueError` or `KeyError` for what is missing or unknown."""
    value: Mapping[str, Any] = entry.value
    unknown = sorted(set(value) - _KEYS)
    if unknown:
        raise ValueError(f"不认识的项 {'、'.join(unknown)}；可用：{'、'.join(sorted(_KEYS))}")
    basis = value.get("basis", BASES[0])
    if basis not in BASES:
        raise ValueError(f"basis 不认识 {basis!r}；可用：{'、'.join(BASES)}")
    return AuditRule(
        id=entry.id,
        title=entry.title,
        severity=Severity(value["severity"]),
        kinds=tuple(value.get("kinds", ())),
        method=value["method"],
        remedy=value["remedy"],
        absent=value.get("absent", ""),
        basis=basis,
        parameters=value.get("with", {}),
        source=entry.source.cite(),
    )


def validate(entry: Entry, policy: Policy, methods: Mapping[str, object]) -> list[Problem]:
    """What is wrong with an entry: its form, or a method that nothing carries out."""
    try:
        rule = parse(entry)
    except KeyError as error:
        return [_problem(entry, f"缺少 {error.args[0]}")]
    except (ValueError, TypeError, AttributeError) as error:
        return [_problem(entry, f"审校规则不能解析：{error}")]
    if rule.method not in methods:
        return [_problem(entry, f"没有方法 {rule.method}；现有：{'、'.join(sorted(methods))}")]
    return []


def _problem(entry: Entry, reason: str) -> Problem:
    return Problem(entry.file, entry.id, "value", reason, "请对照现有审校规则改正")
