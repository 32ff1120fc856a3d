"""Points of one indicator row (指标得分), with every step of the reckoning in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from yiheng.money import Rounding, round_to
from yiheng.scoring.actual import Actual, parse_actual
from yiheng.scoring.attainment import Attainment, Status, attain
from yiheng.scoring.grammar import parse
from yiheng.scoring.lexicon import Lexicon, Relation
from yiheng.scoring.rules import Absent, Reference, ScoreRule, Unlike
from yiheng.scoring.sheet import Row
from yiheng.scoring.target import NotApplicable, Range, Target


class Method(Enum):
    """By which part of the rule the points came about."""

    FULL = "达到目标得满分"
    PROPORTION = "按完成值与指标值的比例计分"
    RANGE = "按区间未达比例计分"
    OVERRUN = "按超出上限的比例扣减"
    JUDGED = "人工评分"
    WAIVED = "不适用给满分"
    EXCLUDED = "不适用不计分"
    OPEN = "待人工评分"

    @property
    def label(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class RowScore:
    """A row judged. `points` is None where nobody has given them yet, and 0 weight where it is excluded."""

    row: Row
    target: Target
    actual: Actual
    attainment: Attainment
    method: Method
    weight: Fraction
    """After sharing out what is excluded."""
    points: Decimal | None
    exact: Fraction | None
    steps: tuple[str, ...]

    @property
    def lost(self) -> Fraction:
        """Points below the weight."""
        return Fraction(0) if self.points is None else max(Fraction(0), self.weight - Fraction(self.points))

    @property
    def shortfall(self) -> bool:
        """Whether the points are below the weight, beyond what rounding the weight itself takes."""
        return self.points is not None and self.exact is not None and self.exact < self.weight


@dataclass(frozen=True, slots=True)
class Reading:
    """A row's target and actual, typed, and how they stand to each other."""

    row: Row
    target: Target
    actual: Actual
    attainment: Attainment


def read_row(row: Row, rule: ScoreRule, lexicon: Lexicon, year: int) -> Reading:
    """Type target and actual and compare them. Raises `ScoringError` for a row without target."""
    target = parse(row.target, lexicon, year)
    actual = parse_actual(row.actual, lexicon, year, target)
    near = rule.near_units is Unlike.AS_PRINTED
    found = attain(target, actual, lexicon, lower_is_better=row.lower, near_as_printed=near)
    return Reading(row, target, actual, found)


def excluded(reading: Reading, rule: ScoreRule) -> bool:
    """Whether the row's weight goes to the others."""
    return reading.attainment.status is Status.NOT_APPLICABLE and rule.not_applicable is Absent.EXCLUDE


def score_row(reading: Reading, rule: ScoreRule, weight: Fraction) -> RowScore:
    """The points of a row at its effective weight."""
    found = reading.attainment
    notes = _notes(reading)
    if found.status is Status.NOT_APPLICABLE:
        if isinstance(reading.target, NotApplicable) and rule.not_applicable is Absent.FULL:
            return _computed(
                reading, rule, Method.WAIVED, weight, Fraction(1), (*notes, "指标不适用，按所选规则给满分")
            )
        return _result(reading, Method.EXCLUDED, Fraction(0), None, None, (*notes, "指标不适用，不计分"))
    if found.status is Status.MET and not (found.repeated and rule.repeated is Unlike.UNKNOWN):
        return _computed(reading, rule, Method.FULL, weight, Fraction(1), (*notes, f"{found.reason}，得满分"))
    if found.status is Status.NOT_MET and found.actual is not None:
        method, share, step = _missed(reading, rule)
        if share is not None:
            return _computed(reading, rule, method, weight, share, (*notes, step))
        notes = (*notes, step)
    return _judged(reading, rule, weight, (*notes, found.reason))


def _missed(reading: Reading, rule: ScoreRule) -> tuple[Method, Fraction | None, str]:
    found = reading.attainment
    actual, low, high = found.actual, found.bounds.low, found.bounds.high
    assert actual is not None
    if found.bounds.strict and actual in (low, high):
        return Method.OPEN, None, "恰等于界限，而指标值不含本数，比例仍为 100%"
    if not found.below:
        if found.overrun is None:
            return Method.OPEN, None, f"上限{_from(high)}，超出比例无法计算"
        share = max(Fraction(0), 1 - found.overrun)
        return Method.OVERRUN, share, f"超出上限 {show(found.overrun * 100)}%，得分比例 {show(share * 100)}%"
    ranged = isinstance(reading.target, Range)
    base = high if ranged and rule.range_reference is Reference.HIGH else low
    if not base or base < 0:
        return Method.OPEN, None, f"目标{_from(base)}，完成比例无法计算"
    method = Method.RANGE if ranged else Method.PROPORTION
    reached = actual / base
    percent = reading.target.quantities[-1].unit == "%"
    over, under = (f"{show(value * 100)}%" if percent else show(value) for value in (actual, base))
    floored = "，低于零按 0 计" if reached < 0 else ""
    return method, max(Fraction(0), reached), f"{over} ÷ {under} = {show(reached * 100)}%{floored}"


def _from(limit: Fraction | None) -> str:
    return "为负数" if limit and limit < 0 else "为零"


def _computed(
    reading: Reading,
    rule: ScoreRule,
    method: Method,
    weight: Fraction,
    share: Fraction,
    steps: tuple[str, ...],
) -> RowScore:
    full = share == 1
    exact = weight if full else weight * share
    points = rule.rounded(exact)
    if not full:
        steps = (
            *steps,
            f"{show(weight)} × {show(share * 100)}% = {show(exact)}，{rule.mode.label}得 {points}",
        )
    return _result(reading, method, weight, points, exact, steps)


def _judged(reading: Reading, rule: ScoreRule, weight: Fraction, steps: tuple[str, ...]) -> RowScore:
    judged = reading.row.judgement
    if judged is None:
        ends = "、".join(
            f"{band.name} {show(weight * band.low)}—{show(weight * band.high)} 分"
            for band in rule.qualitative
        )
        return _result(
            reading, Method.OPEN, weight, None, None, (*steps, f"需人工评分{f'：{ends}' if ends else ''}")
        )
    who = "照原表" if judged.printed else judged.scorer
    step = f"{who}评 {judged.points} 分：{judged.reason}"
    return _result(reading, Method.JUDGED, weight, judged.points, Fraction(judged.points), (*steps, step))


def _notes(reading: Reading) -> tuple[str, ...]:
    relation = reading.attainment.relation
    if relation in (Relation.NEAR, Relation.BARE) and reading.attainment.status is not Status.UNKNOWN:
        return (f"单位：{relation.label}，按印出的数比较",)
    return ()


def _result(
    reading: Reading,
    method: Method,
    weight: Fraction,
    points: Decimal | None,
    exact: Fraction | None,
    steps: tuple[str, ...],
) -> RowScore:
    return RowScore(
        reading.row,
        reading.target,
        reading.actual,
        reading.attainment,
        method,
        weight,
        points,
        exact,
        steps,
    )


def show(value: Fraction) -> str:
    """An exact value for reading: all of a short decimal, otherwise four places and an ellipsis."""
    if value.denominator == 1:
        return str(value.numerator)
    for places, scale in _SCALES:
        if scale % value.denominator == 0:
            return str(Decimal(f"{value.numerator * (scale // value.denominator)}E-{places}"))
    return f"{round_to(value, 4, Rounding.DOWN)}…"


_SCALES: Final = tuple((places, 10**places) for places in range(1, 7))
"""The decimals of a value that is shown whole, from few to many: a score explains itself by the dozen of them."""
