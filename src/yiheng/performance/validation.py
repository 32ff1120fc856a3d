"""Judging the sheets of a content before it is written (自评表装载前校验): every defect by row and column.

Only a bureau's own sheets are held to it. In a transcribed one the same defects are findings of `yiheng evaluate`, and
its source page counts as evidence. What waits for the year's end (no actual yet, a row that a person has still to
score) stops nothing; a framework or score rule that does not hold in the year stops either kind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from yiheng.facts import DepartmentYear, Finding, Record, Severity, Source, Unit
from yiheng.facts.sheets import SheetRow
from yiheng.ledger.models import current
from yiheng.ledger.reads.units import UnitTree, unit_tree
from yiheng.ledger.sheets import shapes
from yiheng.ledger.validation.context import Context, context_of
from yiheng.ledger.validation.problem import problem
from yiheng.policy import Policy, PolicyUnknown
from yiheng.reading.problems import Problem
from yiheng.scoring.actual import ActualKind
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.evaluate import SheetScore, evaluate
from yiheng.scoring.framework import load_framework
from yiheng.scoring.grammar import squeeze
from yiheng.scoring.honesty import review
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.profiles import HonestyProfile
from yiheng.scoring.rules import DEFAULT_RULE, ScoreRule, load_rule

from .deviations import deviation_problems
from .entry import actual_problems
from .frames import frame_problems
from .models import Actual, Indicator
from .providers import Provider
from .scoresheets import sheets

Rows = Mapping[str, Sequence[SheetRow]]

JUDGED: Final = ("evaluations", "evaluation_rows", "indicators", "actuals", "deviations", "follow_ups")
"""Sheets that are judged here."""
WAITING: Final = frozenset({"score.open", "score.execution"})
"""Findings that a sheet in the making may have."""
COLUMNS: Final = {
    "score.weights": "weight", "score.unit": "actual", "score.unit-unknown": "target", "score.late": "dated",
    "score.evidence": "evidence", "score.reason": "reason", "score.override": "manual_score",
    "score.far-above": "explanation", "score.duplicate": "level3",
}  # fmt: skip
"""The column that each finding is about."""


def sheet_problems(
    rows: Rows, policy: Policy, tree: UnitTree | None = None, provider: Provider | None = None
) -> list[Problem]:
    """Everything that keeps the content's own evaluation sheets, actuals and sampling frames from being written.

    With a `provider`, queries that it does not have are among it.
    """
    of_frames = list(frame_problems(rows))
    if not any(rows.get(sheet) for sheet in JUDGED):
        return of_frames
    tree = tree or unit_tree()
    context = context_of(rows, policy, tree.parents, tree.jurisdictions)
    found = [*of_frames, *actual_problems(rows, context, provider), *deviation_problems(rows)]
    for head in rows.get("evaluations", ()):
        found += _problems(head, rows, context)
    return found


def _problems(head: SheetRow, rows: Rows, context: Context) -> Iterator[Problem]:
    year, place = head.values.get("year"), context.jurisdiction(head.text("unit"))
    if not isinstance(year, int) or not place:
        return  # told by the structure and by the unit
    day = dt.date(year, 12, 31)
    try:
        if not head.text("project"):
            if head.text("framework"):
                load_framework(context.policy, head.text("framework"), place, day)
            return
        rule = load_rule(context.policy, place, day, head.text("framework") or DEFAULT_RULE)
    except PolicyUnknown as error:
        yield problem(
            head, "评价体系不适用", "framework", str(error), "改为该年度、该地区现行的编号，或空着由系统选用"
        )
        return
    if not head.text("document"):
        yield from _own(head, rows, context, rule, place, day)


def _own(
    head: SheetRow, rows: Rows, context: Context, rule: ScoreRule, place: str, day: dt.date
) -> Iterator[Problem]:
    own = {row.key: row for row in rows.get("evaluation_rows", ()) if row.text("evaluation") == head.key}
    lexicon = Lexicon.of(context.policy, place, day)
    profile = HonestyProfile.of(context.policy, place, day)
    try:
        (sheet,) = sheets(
            _department_year(head, own, rows, place, day.year), {head.key: rule.execution_weight}
        )
        score = evaluate(sheet, rule, lexicon)
    except ScoringError as error:
        yield problem(head, "自评表无法评分", "", str(error), "按提示补齐或改正指标行")
        return
    if score.weights != 100:
        for finding in review(score, lexicon, profile):
            if finding.rule == "score.weights":
                listed = "、".join(f"第 {row.number} 行 {row.text('weight')}" for row in own.values())
                yield _told(finding, head, "execution_weight", f"{finding.message}。指标行分值：{listed}")
    yield from _duplicates(score, own)
    for row in score.rows:
        alone = replace(score, rows=(row,), weights=Fraction(100))
        for finding in review(alone, lexicon, profile):
            if _stops(finding, alone):
                yield _told(finding, own[row.row.key], COLUMNS.get(finding.rule, ""), finding.message)


def _duplicates(score: SheetScore, own: Mapping[str, SheetRow]) -> Iterator[Problem]:
    """Rows of one name and target: the indicator would be weighed twice, whatever was reached."""
    seen: dict[tuple[str, str], str] = {}
    for row in score.rows:
        named = squeeze(row.row.name), squeeze(row.row.target)
        first = seen.setdefault(named, row.row.key)
        if first != row.row.key:
            yield problem(
                own[row.row.key], "指标重复", "indicator" if own[row.row.key].text("indicator") else "level3",
                f"“{row.row.name}”（指标值 {row.row.target}）与第 {own[first].number} 行相同，分值会计两次",
                "删去一行并调整分值",
            )  # fmt: skip


def _stops(finding: Finding, alone: SheetScore) -> bool:
    """Whether the finding of one row keeps it out. A row without an actual has nothing to prove yet."""
    unfilled = alone.rows[0].actual.kind is ActualKind.MISSING
    return (
        finding.severity is Severity.ERROR
        and finding.rule not in WAITING
        and not (unfilled and finding.rule == "score.evidence")
    )


def _told(finding: Finding, row: SheetRow, column: str, message: str) -> Problem:
    return problem(row, finding.title, column, message, finding.next_step)


def _department_year(
    head: SheetRow, own: Mapping[str, SheetRow], rows: Rows, place: str, year: int
) -> DepartmentYear:
    """The sheet with what it refers to, in the content or in the ledger, and no amounts."""
    named = {row.text("indicator") for row in own.values()} - {""}
    indicators = [row for row in rows.get("indicators", ()) if row.key in named]
    actuals = [row for row in rows.get("actuals", ()) if row.text("indicator") in named]
    stored = {row.key: row for row in (*indicators, *actuals)}
    records = [_record(row) for row in (head, *own.values(), *indicators, *actuals)]
    for model, column in ((Indicator, "key__in"), (Actual, "indicator__in")):
        shape = shapes()[model.sheet]
        for values in current(model).filter(**{column: named}).values_list(*shape.attributes):
            if shape.key(values) not in stored:
                records.append(_record(shape.row(values)))
    unit = Unit(head.text("unit"), "", "", "", "", "unit")
    return DepartmentYear(unit, year, "performance", place, (unit,), (), tuple(records))


def _record(row: SheetRow) -> Record:
    shape = shapes()[row.sheet]
    fields = shape.text(shape.values(row))
    year = int(fields.get("year", "0"))
    return Record(shape.model.record, row.key, row.text("unit"), year, fields, Source(shape.title, row.key))
