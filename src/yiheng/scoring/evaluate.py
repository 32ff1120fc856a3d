"""Scoring a sheet (自评打分): execution, every row, total and grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.rowscore import Reading, RowScore, excluded, read_row, score_row, show
from yiheng.scoring.rules import ScoreRule
from yiheng.scoring.sheet import Funds, Sheet


@dataclass(frozen=True, slots=True)
class ExecutionScore:
    """Points for budget execution (预算执行率). None where the budget is missing or zero."""

    weight: Fraction
    rate: Fraction | None
    """As scored: capped at 1 and rounded as the rule says."""
    exact_rate: Fraction | None
    points: Decimal | None
    exact: Fraction | None
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetScore:
    """A sheet judged by one rule. `total` is None while a row waits for a person."""

    sheet: Sheet
    rule: ScoreRule
    execution: ExecutionScore
    rows: tuple[RowScore, ...]
    total: Decimal | None
    grade: str
    weights: Fraction
    """Sum of the weights as entered, execution included (should be 100)."""

    @property
    def open_rows(self) -> tuple[RowScore, ...]:
        """Rows that wait for a person's points."""
        return tuple(row for row in self.rows if row.points is None and row.weight)

    @property
    def lost(self) -> tuple[RowScore, ...]:
        """Rows that lost points, in the order of the sheet."""
        return tuple(row for row in self.rows if row.shortfall)


def evaluate(sheet: Sheet, rule: ScoreRule, lexicon: Lexicon) -> SheetScore:
    """Judge a sheet: the total is the sum of points rounded row by row. Raises `ScoringError` for a blank target."""
    readings = tuple(read_row(row, rule, lexicon, sheet.year) for row in sheet.rows)
    factor = _factor(readings, rule)
    given = [Fraction(row.weight) for row in sheet.rows]
    effective = given if factor == 1 else [weight * factor for weight in given]
    rows = tuple(score_row(reading, rule, w) for reading, w in zip(readings, effective, strict=True))
    execution = score_execution(sheet.funds, rule, Fraction(sheet.execution_weight))
    weights = sum(given, Fraction(sheet.execution_weight))
    total = _total(execution, rows)
    return SheetScore(
        sheet, rule, execution, rows, total, rule.grade(total) if total is not None else "", weights
    )


def score_execution(funds: Funds, rule: ScoreRule, weight: Fraction) -> ExecutionScore:
    """Points for the execution rate."""
    if funds.executed is None or not funds.budget:
        what = "没有全年执行数" if funds.executed is None else "全年预算数为空或为零"
        return ExecutionScore(weight, None, None, None, None, (f"{what}，执行率无法计算",))
    exact_rate = Fraction(funds.executed, funds.budget)
    rate = rule.execution_rate(Fraction(funds.executed), Fraction(funds.budget))
    exact = weight * rate
    points = rule.rounded(exact)
    if rule.execution_places is not None:
        steps = [f"执行率 {show(exact_rate * 100)}%，先{rule.mode.label}到 {show(rate * 100)}%"]
    else:
        steps = [f"执行率 {show(exact_rate * 100)}%"]
    if exact_rate > 1:
        steps.append("超过 100% 的部分不加分")
    steps.append(f"{show(weight)} × {show(rate * 100)}% = {show(exact)}，得 {points}")
    return ExecutionScore(weight, rate, exact_rate, points, exact, tuple(steps))


def _factor(readings: Sequence[Reading], rule: ScoreRule) -> Fraction:
    """By how much the weights grow when rows that do not apply are left out."""
    kept = sum((reading.row.weight for reading in readings if not excluded(reading, rule)), Decimal(0))
    everything = sum((reading.row.weight for reading in readings), Decimal(0))
    return Fraction(everything) / Fraction(kept) if kept else Fraction(1)


def _total(execution: ExecutionScore, rows: Sequence[RowScore]) -> Decimal | None:
    counted = [row for row in rows if row.weight]
    if execution.points is None or not counted or any(row.points is None for row in counted):
        return None
    return execution.points + sum((row.points for row in counted if row.points is not None), Decimal(0))
