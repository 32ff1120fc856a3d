"""The check register (审核规则): policy entries of type `check`, parsed and validated.

Five kinds: `expression` compares cells (勾稽关系); `parts` adds the rows below a row (分项合计) in every column;
`views` ties the margins of one amount to each other (同一金额的不同口径); `gaps` reports what the narrative lacks;
`claims` holds what a text says of all (全部完成) against the scores.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from yiheng.checks.claims import Claims, parse_claims
from yiheng.facts import DepartmentYear, Severity
from yiheng.facts.address import Address
from yiheng.facts.algebra import Expression, ExpressionError, FactSum, parse_expression
from yiheng.facts.names import compared
from yiheng.facts.select import Conditions
from yiheng.facts.vocabulary import VIEWS, measures, unknown_predicates, unknown_words
from yiheng.policy import Entry, Policy, Problem

TYPE = "check"
ABSENT = ("zero", "skip", "fail")
SEVERITIES = tuple(severity.value for severity in Severity)
KINDS = ("expression", "parts", "views", "gaps", "claims")
_KEYS = {*KINDS, "kinds", "families", "severity", "absent", "remedy"}


@dataclass(frozen=True, slots=True)
class Tie:
    """Margins of one amount: `measure` in each of `views`, compared for each code of dimension `by`."""

    measures: tuple[str, ...]
    views: tuple[str, ...]
    by: str = ""
    where: Conditions = ()
    names: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Chinese names of measures and views."""

    def name(self, code: str) -> str:
        """What a measure or view is called."""
        return self.names.get(code, code)


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of the register."""

    id: str
    title: str
    severity: Severity
    kinds: tuple[str, ...]
    """budget, accounts, performance: the papers that it is for."""
    families: tuple[str, ...]
    """Names of the table families that it is for; all where there is none."""
    remedy: str
    absent: str = "zero"
    """What a row that a table does not have means: zero, skip (not applicable) or fail."""
    expression: Expression | None = None
    parts: tuple[str, ...] = ()
    tie: Tie | None = None
    claims: Claims | None = None

    def applies(self, kind: str, family: str) -> bool:
        """Whether the check is for papers of that kind and family."""
        return kind in self.kinds and (not self.families or family in self.families)


def register(
    policy: Policy, department_year: DepartmentYear, family: str, kind: str = ""
) -> tuple[Check, ...]:
    """The checks in force for place, year and table family, and for that kind of paper (the department-year's own)."""
    on = dt.date(department_year.year, 12, 31)
    place = department_year.jurisdiction
    found = (parse(e, department_year.year) for e in policy.all(TYPE, place, on))
    views = policy.classification(VIEWS, on, place)
    names = {name: value["label"] for name, value in measures(policy, place, on).items()}
    names |= {code: views.name(code) for code in views.codes}
    return tuple(
        _named(check, names) for check in found if check.applies(kind or department_year.kind, family)
    )


def _named(check: Check, names: Mapping[str, str]) -> Check:
    return replace(check, tie=replace(check.tie, names=names)) if check.tie is not None else check


@lru_cache(maxsize=4096)
def parse(entry: Entry, year: int) -> Check:
    """Read one entry; `{year}` and `{prior}` in expressions become the paper's years. Raises `ExpressionError`."""
    value: Mapping[str, Any] = entry.value
    unknown = sorted(set(value) - _KEYS)
    if unknown:
        raise ExpressionError(f"不认识的项 {'、'.join(unknown)}；可用：{'、'.join(sorted(_KEYS))}")
    given = [kind for kind in KINDS if value.get(kind)]
    if len(given) != 1:
        raise ExpressionError(f"应当且只能写 {'、'.join(KINDS)} 之一，现有 {'、'.join(given) or '无'}")
    absent, severity = value.get("absent", ABSENT[0]), value["severity"]
    for key, found, allowed in (("absent", absent, ABSENT), ("severity", severity, SEVERITIES)):
        if found not in allowed:
            raise ExpressionError(f"{key} 不认识 {found!r}；可用：{'、'.join(allowed)}")
    return Check(
        id=entry.id,
        title=entry.title,
        severity=Severity(severity),
        kinds=tuple(value["kinds"]),
        families=tuple(value.get("families", ())),
        remedy=value["remedy"],
        absent=absent,
        expression=parse_expression(_dated(value["expression"], year)) if "expression" in given else None,
        parts=tuple(value.get("parts", ())),
        tie=_tie(value["views"]) if "views" in given else None,
        claims=parse_claims(value["claims"]) if "claims" in given else None,
    )


def _dated(text: str, year: int) -> str:
    return text.replace("{year}", str(year)).replace("{prior}", str(year - 1))


def _tie(value: Mapping[str, Any]) -> Tie:
    where = tuple((dim, _texts(codes)) for dim, codes in value.get("where", {}).items())
    return Tie(_texts(value["measures"]), _texts(value["views"]), value.get("by", ""), where)


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """What is wrong with a check entry: its form, or tables, columns, measures and views that nothing has."""
    try:
        check = parse(entry, entry.valid_from.year)
    except KeyError as error:
        return [_problem(entry, "value", f"缺少 {error.args[0]}")]
    except (ExpressionError, ValueError, TypeError, AttributeError) as error:
        return [_problem(entry, "value", f"审核规则不能解析：{error}")]
    return [*_unknown_leaves(check, entry, policy), *_unknown_cells(check, entry, policy)]


def _problem(entry: Entry, place: str, reason: str) -> Problem:
    return Problem(entry.file, entry.id, place, reason, "请对照现有规则和 docs/table-families.md 改正")


def _unknown_leaves(check: Check, entry: Entry, policy: Policy) -> Iterator[Problem]:
    """Measures, views and dimensions that no ledger row can have."""
    sums = (
        [o.what for o in check.expression.operands if isinstance(o.what, FactSum)] if check.expression else []
    )
    measures = {s.measure for s in sums} | set(check.tie.measures if check.tie else ())
    views = {v for s in sums for v in s.views} | set(check.tie.views if check.tie else ())
    yield from unknown_words(entry, policy, "value", measures, views)
    where = (*(s.where for s in sums), check.tie.where if check.tie else ())
    yield from unknown_predicates(entry, policy, "value", where)


def _unknown_cells(check: Check, entry: Entry, policy: Policy) -> Iterator[Problem]:
    """Tables and columns that a family which the check names does not have."""
    addresses = (
        [o.what for o in check.expression.operands if isinstance(o.what, Address)] if check.expression else []
    )
    families = {e.value["name"]: e for e in policy.entries if e.type == "table_family"}
    for name in check.families:
        if name not in families:
            yield _problem(entry, "value.families", f"没有表式 {name}；现有：{'、'.join(families)}")
            continue
        columns = _columns(families[name], entry.valid_from.year)
        for address in addresses:
            if compared(address.table) not in columns:
                yield _problem(entry, "value.expression", f"表式 {name} 没有表“{address.table}”")
            elif address.column and compared(address.column[-1]) not in columns[compared(address.table)]:
                column = "/".join(address.column)
                yield _problem(entry, "value.expression", f"表式 {name} 的 {address.table} 没有列“{column}”")


def _columns(family: Entry, year: int) -> dict[str, set[str]]:
    """The names of the columns of each table, by code and by title."""
    found: dict[str, set[str]] = {}
    for table in family.value["tables"]:
        paths = [column["path"] for block in table.get("blocks", ()) for column in block["columns"]]
        names = {compared(_dated(path[-1], year)) for path in paths}
        found[compared(table["code"])] = found[compared(table["title"])] = names
    return found
