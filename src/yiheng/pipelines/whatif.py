"""What-if (假设分析): the sheets of a department-year with other actuals, weights, money or rules. Nothing is saved.

1. judge the sheets as they are; 2. sort the changes by sheet; 3. judge the changed sheets again; 4. say what decides
the grade, and what would raise the score, the cheapest first. The whole department likewise, by its inputs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yiheng.facts import DepartmentYear
from yiheng.money import MoneyError, MoneyUnit, format_percent, is_number, to_fen
from yiheng.pipelines.evaluate import Evaluation, evaluate, last_day
from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.improve import Improvement, improvements, spread
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.plain import json_number
from yiheng.scoring.rules import Band, ScoreRule, load_rule
from yiheng.scoring.sheet import Judgement
from yiheng.scoring.whatif import EXECUTION, EXECUTION_NAME, Change, Outlook, deciding, distance, suppose
from yiheng.scoring.whole_whatif import WholeOutlook, losses, suppose_inputs


@dataclass(frozen=True, slots=True)
class Supposed:
    """A sheet before and after, and the rule whose grades it is held against: its own, or the national one."""

    outlook: Outlook
    graded: ScoreRule

    @property
    def grades(self) -> tuple[Band, ...]:
        return self.graded.grades


def suppose_all(
    department_year: DepartmentYear,
    policy: Policy,
    *,
    actuals: Mapping[str, str],
    weights: Mapping[str, str],
    executed: Mapping[str, str],
    rule: str = "",
    judged: Mapping[str, Judgement] | None = None,
    done: Evaluation | None = None,
) -> tuple[Supposed, ...]:
    """The sheets that the changes touch; all of them for another rule or where nothing is changed.

    `actuals`, `weights` and `judged` (points that a person gives) are by key of the row, `executed` (元) by key of
    the sheet. `done` is the department-year as judged, where somebody has judged it already. Raises `ScoringError`
    with everything that cannot be supposed.
    """
    scores = [found.score for found in (done or evaluate(department_year, policy)).projects]
    by_sheet = _changes(scores, actuals, weights, executed, judged or {})
    place, day = department_year.jurisdiction, last_day(department_year.year)
    lexicon = Lexicon.of(policy, place, day)
    other = load_rule(policy, place, day, rule) if rule else None
    national = load_rule(policy, place, day)
    touched = [s for s in scores if s.sheet.key in by_sheet] if by_sheet and not rule else scores
    outlooks = (suppose(score, by_sheet.get(score.sheet.key, ()), lexicon, other) for score in touched)
    return tuple(Supposed(each, each.after.rule if each.after.rule.grades else national) for each in outlooks)


def _changes(
    scores: Sequence[SheetScore],
    actuals: Mapping[str, str],
    weights: Mapping[str, str],
    executed: Mapping[str, str],
    judged: Mapping[str, Judgement],
) -> dict[str, list[Change]]:
    sheets = {row.key: score.sheet.key for score in scores for row in score.sheet.rows}
    own = {score.sheet.key for score in scores}
    problems = [
        f"没有自评指标“{key}”。请写自评指标的键，见 yiheng evaluate --json"
        for key in dict.fromkeys((*actuals, *weights, *judged))
        if key not in sheets
    ]
    problems += [f"没有自评表“{key}”；现有：{'、'.join(sorted(own))}" for key in executed if key not in own]
    problems += [
        f"{key} 的分值“{text}”不对，请写 0 到 100 的数"
        for key, text in weights.items()
        if not is_number(text) or not 0 <= Decimal(text) <= 100
    ]
    money: dict[str, int] = {}
    for key, text in executed.items():
        try:
            money[key] = to_fen(text, MoneyUnit.YUAN)
        except MoneyError as error:
            problems.append(f"{key} 的全年执行数“{text}”不对：{error}")
    if problems:
        raise ScoringError("\n".join(problems))
    found: dict[str, list[Change]] = {}
    for key in dict.fromkeys((*actuals, *weights, *judged)):
        weight = Decimal(weights[key]) if key in weights else None
        found.setdefault(sheets[key], []).append(Change(key, actuals.get(key), weight, judged.get(key)))
    for key, fen in money.items():
        found.setdefault(key, []).append(Change(EXECUTION, executed=fen))
    return found


def suppose_whole(
    department_year: DepartmentYear,
    policy: Policy,
    changes: Mapping[str, str],
    framework: str = "",
    done: Evaluation | None = None,
) -> WholeOutlook | None:
    """The whole department with other inputs (取数项) or judgements; None where it is not evaluated.

    `done` is the department-year as judged, where somebody has judged it already. Raises `ScoringError` with everything
    that cannot be supposed, changes without an evaluation included.
    """
    whole = (done or evaluate(department_year, policy, framework)).department
    if whole is not None:
        return suppose_inputs(whole.score, whole.inputs, changes)
    if changes:
        raise ScoringError(
            "没有部门整体评价，不能假设取数项。请在“自评表”填写部门整体那一张，或用 --framework 指明指标体系。"
        )
    return None


def whole_data(outlook: WholeOutlook) -> dict[str, Any]:
    """As `whatif --json` prints it under `department`."""
    before, after = outlook.before, outlook.after
    return {
        "framework": after.framework.id, "title": after.framework.title,
        "before": json_number(before.total), "after": json_number(after.total),
        "changed": [
            {"id": new.criterion.id, "name": new.criterion.name, "before": json_number(old.points),
             "after": json_number(new.points), "steps": list(new.steps)}
            for old, new in outlook.changed
        ],
        "losses": [
            {"id": loss.id, "name": loss.name, "points": json_number(loss.points), "gain": json_number(loss.gain),
             "why": list(loss.why)}
            for loss in losses(after)
        ],
        "open": [
            {"id": row.criterion.id, "name": row.criterion.name, "needs": list(row.needs)}
            for row in after.criteria if row.points is None
        ],
    }  # fmt: skip


def data(supposed: Supposed) -> dict[str, Any]:
    """As `whatif --json` prints it."""
    before, after, grades = supposed.outlook.before, supposed.outlook.after, supposed.grades
    found = distance(after, grades)
    return {
        "key": after.sheet.key, "name": after.sheet.name, "rule": after.rule.id,
        "before": json_number(before.total), "after": json_number(after.total),
        "difference": json_number(supposed.outlook.difference), "changed": _changed(supposed.outlook),
        "weights": json_number(after.weights), "graded_by": supposed.graded.id,
        "grade": found.grade if found else "", "next_grade": found.next_grade if found else "",
        "up": json_number(found.up) if found else None, "margin": json_number(found.margin) if found else None,
        "open": _open(after, grades),
        "deciding": [
            {"key": row.key, "name": row.name, "points": json_number(row.points), "how": row.how.label}
            for row in deciding(after, grades)
        ],
        "improvements": [_improvement(each) for each in improvements(after, grades)],
    }  # fmt: skip


def _changed(outlook: Outlook) -> list[dict[str, Any]]:
    before, after = outlook.before.execution, outlook.after.execution
    rows: list[tuple[str, str, Any, Any]] = [
        (new.row.key, new.row.name, old, new) for old, new in outlook.changed
    ]
    if (before.points, before.weight) != (after.points, after.weight):
        rows.insert(0, (EXECUTION, EXECUTION_NAME, before, after))
    return [
        {"key": key, "name": name, "before": json_number(old.points), "after": json_number(new.points),
         "weight": json_number(new.weight), "steps": list(new.steps)}
        for key, name, old, new in rows
    ]  # fmt: skip


def _open(score: SheetScore, grades: Sequence[Band]) -> dict[str, Any] | None:
    """Which rows wait for a person, and between which totals the sheet will end."""
    found = spread(score, grades)
    if found is None:
        return None
    return {
        "rows": [{"key": row.row.key, "name": row.row.name} for row in score.open_rows],
        "low": json_number(found.low), "low_grade": found.low_grade,
        "high": json_number(found.high), "high_grade": found.high_grade,
    }  # fmt: skip


def _improvement(each: Improvement) -> dict[str, Any]:
    return {
        "key": each.key, "name": each.name, "points": json_number(each.points), "gain": json_number(each.gain),
        "gap": None if each.gap is None else format_percent(each.gap), "needed": each.needed,
        "total": json_number(each.total), "grade": each.grade,
    }  # fmt: skip
