"""What-if (假设分析): another actual, weight or rule, and what it does to the score; what decides the grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from yiheng.scoring.errors import ScoringError
from yiheng.scoring.evaluate import SheetScore, evaluate
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.rowscore import RowScore
from yiheng.scoring.rules import Band, ScoreRule
from yiheng.scoring.sheet import Judgement, Sheet

EXECUTION: Final = "execution"
"""Key of the execution among the rows."""
EXECUTION_NAME: Final = "预算执行率"


@dataclass(frozen=True, slots=True)
class Change:
    """What is supposed of one row, or of the execution (`EXECUTION`); None leaves a thing as it is."""

    key: str
    actual: str | None = None
    weight: Decimal | None = None
    judgement: Judgement | None = None
    executed: int | None = None
    """Fen; for `EXECUTION` only."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Before and after."""

    before: SheetScore
    after: SheetScore

    @property
    def difference(self) -> Decimal | None:
        """Total after − before; None while one of them is open."""
        if self.before.total is None or self.after.total is None:
            return None
        return self.after.total - self.before.total

    @property
    def changed(self) -> tuple[tuple[RowScore, RowScore], ...]:
        """Rows whose points or weight differ."""
        pairs = zip(self.before.rows, self.after.rows, strict=True)
        return tuple((old, new) for old, new in pairs if (old.points, old.weight) != (new.points, new.weight))


class Decides(Enum):
    """How a row decides the grade."""

    HOLDS = "失去它就降等"
    LIFTS = "补足它就升等"

    @property
    def label(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Deciding:
    """A row, or the execution, that decides the grade."""

    key: str
    name: str
    points: Decimal
    how: Decides


@dataclass(frozen=True, slots=True)
class Distance:
    """From the total to the neighbouring grades. None where there is none."""

    grade: str
    up: Decimal | None
    next_grade: str
    margin: Decimal | None
    """Points above the lower end of the own grade."""


def suppose(
    before: SheetScore, changes: Sequence[Change], lexicon: Lexicon, rule: ScoreRule | None = None
) -> Outlook:
    """Score the sheet again with the changes, and by another rule if one is given. Nothing is saved.

    Raises `ScoringError` for a row that the sheet does not have, or that is changed twice.
    """
    return Outlook(before, evaluate(apply(before.sheet, changes), rule or before.rule, lexicon))


def apply(sheet: Sheet, changes: Sequence[Change]) -> Sheet:
    """The sheet with the changes. Raises `ScoringError`."""
    known = {row.key for row in sheet.rows} | {EXECUTION}
    keys = [change.key for change in changes]
    problems = [f"自评表“{sheet.name}”没有指标 {key}" for key in sorted(set(keys) - known)]
    problems += [f"指标 {key} 改了两次" for key in sorted({key for key in keys if keys.count(key) > 1})]
    if problems:
        raise ScoringError("；".join(problems) + "。")
    by_key = {change.key: change for change in changes}
    rows = []
    for row in sheet.rows:
        change = by_key.get(row.key)
        if change is not None:
            row = replace(
                row,
                actual=row.actual if change.actual is None else change.actual,
                weight=row.weight if change.weight is None else change.weight,
                judgement=change.judgement or row.judgement,
            )
        rows.append(row)
    funds, weight = sheet.funds, sheet.execution_weight
    done = by_key.get(EXECUTION)
    if done is not None:
        funds = funds if done.executed is None else replace(funds, executed=done.executed)
        weight = weight if done.weight is None else done.weight
    return replace(sheet, rows=tuple(rows), funds=funds, execution_weight=weight)


def distance(score: SheetScore, grades: Sequence[Band] = ()) -> Distance | None:
    """How far the grades are; None while the total is open. `grades` stands in where the rule has none."""
    bands = tuple(grades) or score.rule.grades
    if score.total is None or not bands:
        return None
    number = next((n for n, band in enumerate(bands) if score.total >= band.low), len(bands) - 1)
    own = bands[number]
    above = bands[number - 1] if number else None
    margin = _decimal(Fraction(score.total) - own.low) if number < len(bands) - 1 else None
    up = _decimal(above.low - Fraction(score.total)) if above else None
    return Distance(own.name, up, above.name if above else "", margin)


def deciding(score: SheetScore, grades: Sequence[Band] = ()) -> tuple[Deciding, ...]:
    """What holds the grade (without its points it falls) or would lift it (at full points it rises)."""
    found = distance(score, grades)
    if found is None:
        return ()
    execution = score.execution
    entries = [(EXECUTION, EXECUTION_NAME, execution.points, execution.weight)]
    entries += [(row.row.key, row.row.name, row.points, row.weight) for row in score.rows]
    rows: list[Deciding] = []
    for key, name, points, weight in entries:
        if points is None:
            continue
        lost = weight - Fraction(points)
        if found.up is not None and lost > 0 and lost >= found.up:
            rows.append(Deciding(key, name, points, Decides.LIFTS))
        if found.margin is not None and points > found.margin:
            rows.append(Deciding(key, name, points, Decides.HOLDS))
    return tuple(rows)


def _decimal(value: Fraction) -> Decimal:
    """A difference of decimals, so exactly a decimal."""
    return Decimal(value.numerator) / Decimal(value.denominator)
