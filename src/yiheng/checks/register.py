"""The check register (审核规则): policy entries of type `check`, parsed and validated.

Three kinds: `expression` compares cells (勾稽关系); `parts` adds the rows below a row (分项合计) in every column;
`views` ties the margins of one amount to each other (同一金额的不同口径).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yiheng.facts import DepartmentYear, Severity
from yiheng.facts.algebra import Expression, ExpressionError, parse_expression
from yiheng.facts.select import Conditions
from yiheng.policy import Entry, Policy, Problem

TYPE = "check"
ABSENT = {"zero", "skip", "fail"}
_KEYS = {"kinds", "families", "severity", "expression", "parts", "views", "absent", "remedy", "gaps"}


@dataclass(frozen=True, slots=True)
class Tie:
    """Margins of one amount: `measure` in each of `views`, compared for each code of dimension `by`."""

    measures: tuple[str, ...]
    views: tuple[str, ...]
    by: str = ""
    where: Conditions = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of the register."""

    id: str
    title: str
    severity: Severity
    kinds: tuple[str, ...]
    families: tuple[str, ...]
    remedy: str
    absent: str = "zero"
    """What a row that a table does not have means: zero, skip (not applicable) or fail."""
    expression: Expression | None = None
    parts: tuple[str, ...] = ()
    tie: Tie | None = None
    gaps: bool = False

    def applies(self, kind: str, family: str) -> bool:
        return kind in self.kinds and (not self.families or family in self.families)


def register(policy: Policy, department_year: DepartmentYear, family: str) -> tuple[Check, ...]:
    """The checks in force for the department-year's kind, place, year and table family."""
    on = dt.date(department_year.year, 12, 31)
    found = (parse(e, department_year.year) for e in policy.all(TYPE, department_year.jurisdiction, on))
    return tuple(c for c in found if c.applies(department_year.kind, family))


def parse(entry: Entry, year: int) -> Check:
    """Read one entry; `{year}` and `{prior}` in expressions become the paper's years. Raises `ExpressionError`."""
    value: Mapping[str, Any] = entry.value
    unknown = sorted(set(value) - _KEYS)
    if unknown or value.get("absent", "zero") not in ABSENT:
        raise ExpressionError(f"审核规则 {entry.id} 有不认识的项：{'、'.join(unknown) or value['absent']}")
    text = value.get("expression", "").replace("{year}", str(year)).replace("{prior}", str(year - 1))
    views = value.get("views")
    return Check(
        id=entry.id,
        title=entry.title,
        severity=Severity(value["severity"]),
        kinds=tuple(value["kinds"]),
        families=tuple(value.get("families", ())),
        remedy=value["remedy"],
        absent=value.get("absent", "zero"),
        expression=parse_expression(text) if text else None,
        parts=tuple(value.get("parts", ())),
        tie=_tie(views) if views else None,
        gaps=value.get("gaps", False),
    )


def _tie(value: Mapping[str, Any]) -> Tie:
    where = tuple(
        (dim, (codes,) if isinstance(codes, str) else tuple(codes))
        for dim, codes in value.get("where", {}).items()
    )
    return Tie(tuple(value["measures"]), tuple(value["views"]), value.get("by", ""), where)


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """What is wrong with a check entry: kind, severity, missing remedy, unreadable expression."""
    try:
        check = parse(entry, entry.valid_from.year)
    except (ExpressionError, KeyError, ValueError, TypeError) as error:
        return [Problem(entry.file, entry.id, "value", f"审核规则不能解析：{error}", "请对照现有规则改正")]
    kinds = sum((check.expression is not None, bool(check.parts), check.tie is not None, check.gaps))
    if kinds != 1:
        reason = "应当且只能写 expression、parts、views、gaps 之一"
        return [Problem(entry.file, entry.id, "value", reason, "请拆成几条规则")]
    return []
