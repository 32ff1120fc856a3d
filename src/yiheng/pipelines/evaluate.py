"""Evaluating (绩效评价): self-evaluation sheets of the projects and the score of the whole department.

1. give every actual of the ledger or of a query its value; 2. make the sheets from the records and facts of the
department-year; 3. judge each by its named rule and compare it with what was printed; 4. choose the framework;
5. compute its inputs from the ledger, add those that were given; 6. score it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from yiheng.facts import DepartmentYear, Finding
from yiheng.facts.disclosure import mask, scope
from yiheng.money import is_number
from yiheng.performance import department, scoresheets
from yiheng.performance.actuals import Taken, resolve
from yiheng.performance.providers import Provider
from yiheng.pipelines.progress import Progress, silent
from yiheng.policy import Policy
from yiheng.scoring.department import CriterionScore, Input, evaluate_department
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.evaluate import evaluate as judge
from yiheng.scoring.framework import Framework, frameworks_in_force, load_framework
from yiheng.scoring.honesty import review, two_values
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.plain import json_number
from yiheng.scoring.profiles import HonestyProfile
from yiheng.scoring.reproduction import Reproduced, SheetReproduction, compare, reproduce
from yiheng.scoring.rowscore import RowScore, show
from yiheng.scoring.rules import DEFAULT_RULE, load_rule
from yiheng.scoring.whole import Whole

NO_FRAMEWORK: Final = "framework.department"
"""What is asked for, and refused by name, where no framework is in force."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A department-year judged: each project by its rule, the whole by its framework where it has one."""

    department_year: DepartmentYear
    projects: tuple[SheetReproduction, ...]
    department: Whole | None
    findings: tuple[Finding, ...] = ()
    """What is wrong with the sheets or looks too good (核查结果)."""
    actuals: tuple[Taken, ...] = ()
    """The actuals that the system gave, or could not give."""

    def data(self) -> dict[str, Any]:
        """As `evaluate --json` prints it: totals are computed ones."""
        return {
            "unit": self.department_year.unit.key,
            "year": self.department_year.year,
            "department": _department(self.department) if self.department else None,
            "projects": [_project(project) for project in self.projects],
            "actuals": [taken.data() for taken in self.actuals],
            "findings": [_finding(finding) for finding in self.findings],
        }


def evaluate(
    department_year: DepartmentYear,
    policy: Policy,
    framework: str = "",
    provider: Provider | None = None,
    progress: Progress = silent,
) -> Evaluation:
    """Judge everything that the department-year has to judge.

    `framework` is an id, or its last part (`shenzhen-2020`); by default that of the department's own sheet, else the
    nearest one in force. `provider` answers the queries of measured actuals. The sheet of a secret project stays out.
    Raises `scoring.ScoringError` with every defect, `PolicyNotInForce` or `PolicyUnknown` for a rule or framework that
    does not hold in that year and place.
    """
    total = judged_parts(department_year)
    progress("给实际完成值取数", 0, total)
    shown = resolve(
        mask(department_year, scope(policy, department_year)),
        policy,
        [last_day(department_year.year)],
        provider,
    )
    projects = _projects(shown.department_year, policy, progress, total)
    progress("评价部门整体", total - 1, total)
    findings = review_all([found.score for found in projects], department_year, policy)
    whole = _whole(department_year, policy, framework)
    return Evaluation(department_year, projects, whole, (*findings, *shown.findings), shown.taken)


def review_all(
    scores: Sequence[SheetScore], department_year: DepartmentYear, policy: Policy
) -> tuple[Finding, ...]:
    """The findings of all sheets, each by itself and together."""
    if not scores:
        return ()
    place, day = department_year.jurisdiction, last_day(department_year.year)
    lexicon, profile = Lexicon.of(policy, place, day), HonestyProfile.of(policy, place, day)
    own = [finding for score in scores for finding in review(score, lexicon, profile)]
    return (*own, *two_values(scores, profile))


def judged_parts(department_year: DepartmentYear) -> int:
    """How many parts the progress of `evaluate` has: the actuals, each sheet, the whole department."""
    return 2 + sum(1 for r in department_year.records_of("evaluation") if r.get("project"))


def _projects(
    department_year: DepartmentYear, policy: Policy, progress: Progress, total: int
) -> tuple[SheetReproduction, ...]:
    place, day = department_year.jurisdiction, last_day(department_year.year)
    sheets = [r for r in department_year.records_of("evaluation") if r.get("project")]
    if not sheets:
        return ()
    lexicon = Lexicon.of(policy, place, day)
    rules = {r.key: load_rule(policy, place, day, r.get("framework") or DEFAULT_RULE) for r in sheets}
    found = scoresheets.sheets(department_year, {key: rule.execution_weight for key, rule in rules.items()})
    done = []
    for number, sheet in enumerate(found, 1):
        progress(f"评分：{sheet.name}", number, total)
        done.append(reproduce(judge(sheet, rules[sheet.key], lexicon)))
    return tuple(done)


def _whole(department_year: DepartmentYear, policy: Policy, asked: str) -> Whole | None:
    own = department.department_evaluation(department_year)
    if own is None and not asked:
        return None
    chosen = choose_framework(department_year, policy, asked or (own.get("framework") if own else ""))
    sheet = own if own and own.get("framework") in ("", chosen.id) else None
    inputs = department.inputs(department_year, sheet, chosen, policy)
    score = evaluate_department(chosen, inputs)
    printed = department.printed_scores(department_year, sheet.key) if sheet else {}
    return Whole(score, inputs, printed, sheet.get("printed_total") if sheet else "")


def choose_framework(department_year: DepartmentYear, policy: Policy, asked: str) -> Framework:
    """The framework that is asked for by id or by the last part of it; the nearest in force where none is asked for."""
    place, day = department_year.jurisdiction, last_day(department_year.year)
    in_force = frameworks_in_force(policy, place, day)
    found = [f for f in in_force if asked in ("", f.id) or f.id.endswith(f".{asked}")]
    if found:
        return found[0]
    full = asked if asked.startswith(NO_FRAMEWORK) or not asked else f"{NO_FRAMEWORK}.{asked}"
    return load_framework(policy, full or NO_FRAMEWORK, place, day)


def last_day(year: int) -> dt.date:
    """The day whose rules judge a year."""
    return dt.date(year, 12, 31)


def _department(found: Whole) -> dict[str, Any]:
    framework = found.score.framework
    return {
        "framework": framework.id,
        "title": framework.title,
        "total": json_number(found.total),
        "weight": json_number(found.weight),
        "printed_total": _printed(found.printed_total),
        "complete": found.score.total is not None,
        "groups": {name: json_number(found.score.group(name)) for name in framework.groups},
        "criteria": [
            _criterion(row, found.printed.get(row.criterion.id, "")) for row in found.score.criteria
        ],
    }


def _criterion(row: CriterionScore, printed: str) -> dict[str, Any]:
    criterion = row.criterion
    return {
        "id": criterion.id, "level1": criterion.level1, "level2": criterion.level2, "name": criterion.name,
        "weight": json_number(criterion.weight), "score": json_number(row.points),
        "printed": printed, "verdict": compare(printed, row.exact, row.points).value, "given": row.given,
        "assumed": row.assumed, "basis": _basis(row), "needs": list(row.needs), "steps": list(row.steps),
        "inputs": [_input(name, item) for part in row.parts for name, item in part.inputs],
    }  # fmt: skip


def _basis(row: CriterionScore) -> list[str]:
    """Where its inputs come from, in words, each once."""
    inputs = [row.whole] if row.whole else [item for part in row.parts for _, item in part.inputs]
    return list(dict.fromkeys(item.basis.label for item in inputs))


def _input(name: str, item: Input) -> dict[str, Any]:
    value = item.value if item.points is None else item.points
    shown = show(value) if isinstance(value, Fraction) else {True: "是", False: "否"}.get(value, value)  # type: ignore[arg-type]
    return {
        "name": name, "value": shown, "basis": item.basis.label, "reason": item.reason, "evidence": item.evidence,
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule, "title": finding.title, "severity": finding.severity.value, "place": finding.place,
        "message": finding.message, "next": finding.next_step,
    }  # fmt: skip


def _project(found: SheetReproduction) -> dict[str, Any]:
    score = found.score
    return {
        "name": score.sheet.name,
        "key": score.sheet.key,
        "rule": score.rule.id,
        "computed_total": json_number(score.total),
        "printed_total": _printed(score.sheet.printed_total),
        "verdict": found.total.verdict.value,
        "note": found.total.note,
        "grade": score.grade,
        "weights": json_number(score.weights),
        "rows": [
            _execution(found),
            *(_row(row, seen) for row, seen in zip(score.rows, found.rows, strict=True)),
        ],
    }


def _execution(found: SheetReproduction) -> dict[str, Any]:
    execution, seen = found.score.execution, found.execution
    return {
        "key": seen.key, "level1": "", "level2": "", "name": seen.name, "target": "", "target_type": "",
        "actual": found.score.sheet.funds.printed_rate, "weight": json_number(execution.weight),
        "counted_weight": json_number(execution.weight), **_verdict(seen),
        "method": "", "steps": list(execution.steps),
    }  # fmt: skip


def _row(score: RowScore, seen: Reproduced) -> dict[str, Any]:
    row = score.row
    return {
        "key": row.key, "level1": row.level1, "level2": row.level2, "name": row.name, "target": row.target,
        "target_type": score.target.label, "actual": row.actual, "weight": json_number(row.weight),
        "counted_weight": json_number(score.weight), **_verdict(seen),
        "method": score.method.label, "reason": row.reason, "steps": list(score.steps),
    }  # fmt: skip


def _verdict(seen: Reproduced) -> dict[str, Any]:
    return {
        "computed": json_number(seen.computed),
        "printed": seen.printed,
        "verdict": seen.verdict.value,
        "given": seen.given,
    }


def _printed(text: str) -> float | None:
    return json_number(Decimal(text.replace(",", ""))) if is_number(text) else None
