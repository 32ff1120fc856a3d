"""Assembling a paper (编成一份公开稿) from a department-year.

1. mask what a secret project must not show; for the public, add inner rows up to totals;
2. compute the statutory tables; 3. write the narrative and charts; 4. run the checks; 5. stamp it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import yiheng
from yiheng import checks
from yiheng.checks import audit
from yiheng.facts import DepartmentYear, Finding, Paper, Table
from yiheng.facts.disclosure import mask, public, scope
from yiheng.policy import Policy
from yiheng.reporting.labels import Labels
from yiheng.reporting.naming import labels_of
from yiheng.statements import statements
from yiheng.statements.paper import narrative

KIND_TITLES = {"budget": "部门预算", "accounts": "部门决算", "performance": "绩效"}


@dataclass(frozen=True, slots=True)
class Assembled:
    """A paper with the data and the family that it was computed from."""

    paper: Paper
    department_year: DepartmentYear
    family: str
    labels: Labels
    """Chinese names of the codes that its facts carry."""

    @property
    def stops(self) -> tuple[Finding, ...]:
        """The findings that stand in the way of publication."""
        return tuple(f for f in self.paper.findings if f.stops)


def key_of(department_year: DepartmentYear) -> str:
    """File-name stem of a department-year, for example szybzx-2020-accounts."""
    return f"{department_year.unit.key}-{department_year.year}-{department_year.kind}"


def assemble(department_year: DepartmentYear, policy: Policy, audience: str = "public") -> Assembled:
    """The finished paper for an audience, public 对外公开 or internal 内部. Raises `PolicyNotInForce`."""
    rule = scope(policy, department_year)
    masked = mask(department_year, rule)
    shown = public(masked, rule) if audience == "public" else masked
    computed = statements(shown, policy)
    written = narrative(shown, computed.tables, policy)
    register = checks.register(policy, shown, computed.family.name)
    findings = checks.run(register, shown, computed.tables, written.sections)
    audited = {entry.id for entry in policy.entries if entry.type == audit.TYPE}
    kind = KIND_TITLES[shown.kind]
    paper = Paper(
        key=key_of(shown),
        title=shown.title or f"{shown.unit.name}{shown.year}年{kind}",
        owner=shown.unit.name,
        year=shown.year,
        kind=shown.kind,
        audience=audience,
        sections=written.sections,
        tables=computed.tables,
        findings=findings,
        # A chart shows totals by month, which the public may see; its sources, single payments, it may not.
        charts=written.charts if shown is masked else narrative(masked, computed.tables, policy).charts,
        synthetic=shown.synthetic,
        documents={r.key: r.get("title") for r in shown.records_of("document")},
        notices=(*(n for n in (computed.notice,) if n), *checks.unused(shown, findings, audited)),
        stamp=stamp(shown, policy),
        table_labels={"owner": computed.family.owner_label},
    )
    return Assembled(paper, shown, computed.family.name, labels_of(shown, policy))


def stamp(department_year: DepartmentYear, policy: Policy) -> dict[str, str]:
    """What makes the paper reproducible: rules, facts and code."""
    return {"rules": policy.digest, "facts": _digest(department_year), "code": yiheng.__version__}


def _digest(department_year: DepartmentYear) -> str:
    """SHA-256 over every fact and record, in canonical order."""
    lines = sorted(
        json.dumps(
            [
                f.key,
                f.measure,
                f.view,
                f.unit,
                f.year,
                sorted(f.dims.items()),
                f.amount,
                f.quantum,
                f.uom,
                str(f.on or ""),
            ],
            ensure_ascii=False,
        )
        for f in department_year.facts
    )
    lines += sorted(
        json.dumps([r.kind, r.key, r.unit, sorted(r.fields.items())], ensure_ascii=False)
        for r in department_year.records
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def tables_of(department_year: DepartmentYear, policy: Policy) -> tuple[Table, ...]:
    """The masked tables alone, as `reproduce` and `explain` need them."""
    return statements(mask(department_year, scope(policy, department_year)), policy).tables
