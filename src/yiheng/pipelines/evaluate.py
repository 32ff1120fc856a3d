"""Evaluating (绩效评价): self-evaluation sheets of the projects and the score of the whole department.

1. make the sheets from the records and facts of the department-year; 2. judge each by its named rule; 3. compare with
what was printed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yiheng.facts import DepartmentYear
from yiheng.money import is_number
from yiheng.performance import scoresheets
from yiheng.policy import Policy
from yiheng.scoring.evaluate import evaluate as judge
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.reproduction import Reproduced, SheetReproduction, reproduce
from yiheng.scoring.rowscore import RowScore
from yiheng.scoring.rules import DEFAULT_RULE, ScoreRule, load_rule


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A department-year judged: each project by its rule."""

    department_year: DepartmentYear
    projects: tuple[SheetReproduction, ...]

    def data(self) -> dict[str, Any]:
        """As `evaluate --json` prints it: totals are computed ones."""
        return {"projects": [_project(project) for project in self.projects]}


def evaluate(department_year: DepartmentYear, policy: Policy, framework: str = "") -> Evaluation:
    """Judge everything that the department-year has to judge.

    Raises `scoring.ScoringError` with every defect of the sheets, `PolicyNotInForce` for a rule or framework that does
    not hold in that year.
    """
    day = dt.date(department_year.year, 12, 31)
    lexicon = Lexicon.of(policy, department_year.jurisdiction, day)
    named = {r.key: r.get("framework") or DEFAULT_RULE for r in department_year.records_of("evaluation")
             if r.get("project")}  # fmt: skip
    rules: dict[str, ScoreRule] = {
        id: load_rule(policy, department_year.jurisdiction, day, id) for id in {*named.values(), DEFAULT_RULE}
    }
    weight = rules[DEFAULT_RULE].execution_weight
    found = scoresheets.sheets(department_year, Decimal(weight.numerator) / weight.denominator)
    projects = tuple(reproduce(judge(sheet, rules[named[sheet.key]], lexicon)) for sheet in found)
    return Evaluation(department_year, projects)


def _project(found: SheetReproduction) -> dict[str, Any]:
    score = found.score
    return {
        "name": score.sheet.name,
        "key": score.sheet.key,
        "rule": score.rule.id,
        "computed_total": _number(score.total),
        "printed_total": _printed(score.sheet.printed_total),
        "verdict": found.total.verdict.value,
        "note": found.total.note,
        "grade": score.grade,
        "weights": float(score.weights),
        "rows": [
            _execution(found),
            *(_row(row, seen) for row, seen in zip(score.rows, found.rows, strict=True)),
        ],
    }


def _execution(found: SheetReproduction) -> dict[str, Any]:
    execution, seen = found.score.execution, found.execution
    return {
        "key": seen.key, "level1": "", "level2": "", "name": seen.name, "target": "", "target_type": "",
        "actual": found.score.sheet.funds.printed_rate, "weight": float(execution.weight), **_verdict(seen),
        "method": "", "steps": list(execution.steps),
    }  # fmt: skip


def _row(score: RowScore, seen: Reproduced) -> dict[str, Any]:
    row = score.row
    return {
        "key": row.key, "level1": row.level1, "level2": row.level2, "name": row.name, "target": row.target,
        "target_type": score.target.label, "actual": row.actual, "weight": float(row.weight), **_verdict(seen),
        "method": score.method.label, "reason": row.reason, "steps": list(score.steps),
    }  # fmt: skip


def _verdict(seen: Reproduced) -> dict[str, Any]:
    return {
        "computed": _number(seen.computed),
        "printed": seen.printed,
        "verdict": seen.verdict.value,
        "given": seen.given,
    }


def _number(value: Decimal | None) -> float | None:
    """A score as a JSON number: two decimals survive exactly in its shortest text."""
    return None if value is None else float(value)


def _printed(text: str) -> float | None:
    return float(text) if is_number(text) else None
