"""What-if (假设分析): the sheets of a department-year with other actuals, weights, money or rules. Nothing is saved.

1. judge the sheets as they are; 2. sort the changes by sheet; 3. judge the changed sheets again; 4. say what decides
the grade.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from yiheng.facts import DepartmentYear
from yiheng.money import MoneyError, MoneyUnit, is_number, to_fen
from yiheng.pipelines.evaluate import evaluate, last_day
from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.rules import load_rule
from yiheng.scoring.whatif import Change, Outlook, deciding, distance, suppose

EXECUTION = "execution"


def suppose_all(
    department_year: DepartmentYear,
    policy: Policy,
    *,
    actuals: Mapping[str, str],
    weights: Mapping[str, str],
    executed: Mapping[str, str],
    rule: str = "",
) -> tuple[Outlook, ...]:
    """The sheets that the changes touch; all of them for another rule or where nothing is changed.

    `actuals` and `weights` are by key of the row, `executed` (元) by key of the sheet. Raises `ScoringError` with
    everything that cannot be supposed.
    """
    scores = [found.score for found in evaluate(department_year, policy).projects]
    by_sheet = _changes(scores, actuals, weights, executed)
    place, day = department_year.jurisdiction, last_day(department_year.year)
    lexicon = Lexicon.of(policy, place, day)
    other = load_rule(policy, place, day, rule) if rule else None
    touched = [s for s in scores if s.sheet.key in by_sheet] if by_sheet and not rule else scores
    return tuple(suppose(score, by_sheet.get(score.sheet.key, ()), lexicon, other) for score in touched)


def _changes(
    scores: Sequence[SheetScore],
    actuals: Mapping[str, str],
    weights: Mapping[str, str],
    executed: Mapping[str, str],
) -> dict[str, list[Change]]:
    sheets = {row.key: score.sheet.key for score in scores for row in score.sheet.rows}
    own = {score.sheet.key for score in scores}
    problems = [
        f"没有自评指标“{key}”。请写自评指标的键，见 yiheng evaluate --json"
        for key in dict.fromkeys((*actuals, *weights))
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
    for key in dict.fromkeys((*actuals, *weights)):
        weight = Decimal(weights[key]) if key in weights else None
        found.setdefault(sheets[key], []).append(Change(key, actuals.get(key), weight))
    for key, fen in money.items():
        found.setdefault(key, []).append(Change(EXECUTION, executed=fen))
    return found


def data(outlook: Outlook) -> dict[str, Any]:
    """As `whatif --json` prints it."""
    before, after = outlook.before, outlook.after
    found = distance(after)
    execution = (before.execution.points, after.execution.points)
    changed = [
        {"key": new.row.key, "name": new.row.name, "before": _number(old.points), "after": _number(new.points),
         "steps": list(new.steps)}
        for old, new in outlook.changed
    ]  # fmt: skip
    if execution[0] != execution[1]:
        changed.insert(0, {"key": EXECUTION, "name": "预算执行率", "before": _number(execution[0]),
                           "after": _number(execution[1]), "steps": list(after.execution.steps)})  # fmt: skip
    return {
        "key": after.sheet.key, "name": after.sheet.name, "rule": after.rule.id, "before": _number(before.total),
        "after": _number(after.total), "difference": _number(outlook.difference), "changed": changed,
        "grade": after.grade, "next_grade": found.next_grade if found else "",
        "up": _number(found.up) if found else None, "margin": _number(found.margin) if found else None,
        "deciding": [{"key": row.row.key, "name": row.row.name, "how": how.label} for row, how in deciding(after)],
    }  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
