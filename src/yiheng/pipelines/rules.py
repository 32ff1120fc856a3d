"""Validating all policy entries with the validators of the rooms that interpret them (政策校验)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yiheng import checks, statements
from yiheng.casework import calendars, flow, flow_rules
from yiheng.checks import audit
from yiheng.pipelines import published
from yiheng.policy import VALIDATORS, Entry, Policy, Problem
from yiheng.reading import narrative, recognition
from yiheng.scoring import validate as scoring
from yiheng.statements import evaluation, monitoring, paper

Validator = Callable[[Entry, Policy], list[Problem]]

ROOMS: Mapping[str, Validator] = {
    "table_family": statements.validate,
    "narrative": paper.validate,
    **dict.fromkeys((evaluation.FORM_TYPE, evaluation.OUTLINE_TYPE), evaluation.validate),
    monitoring.TYPE: monitoring.validate,
    checks.TYPE: checks.validate,
    audit.TYPE: audit.validate,
    recognition.TYPE: recognition.validate,
    **dict.fromkeys((calendars.TYPE, flow.TYPE), flow_rules.validate),
    narrative.TYPE: narrative.validate,
    **dict.fromkeys(scoring.TYPES, scoring.validate),
    published.TYPE: published.validate,
}
DATA_TYPES = frozenset({"measures", "glossary", "disclosure"})
"""Types that are plain data: their readers ask for named values and fail by name where one is missing."""


def problems(policy: Policy) -> list[Problem]:
    """Everything wrong with the entries, and every type that no room interprets."""
    found = policy.problems({**VALIDATORS, **ROOMS})
    unknown = [t for t in policy.types() if t not in {*VALIDATORS, *ROOMS, *DATA_TYPES}]
    entries = (e for e in policy.entries if e.type in unknown)
    return [
        *found,
        *(Problem(e.file, e.id, "type", f"没有规则解释类型 {e.type}", "请核对类型的写法") for e in entries),
    ]
