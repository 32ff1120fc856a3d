"""Use of results (结果应用): next year's allocation proposed from score and execution by a stated rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from yiheng.money import MoneyUnit, format_amount, round_to
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.profiles import BASE_AMOUNTS, AllocationProfile, Step
from yiheng.scoring.rowscore import show


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed amount in fen, and the two steps that it follows from; the smaller share decides."""

    amount: int
    share: Fraction
    by_score: Step
    by_execution: Step
    steps: tuple[str, ...]
    """The reckoning in words, in order."""


def propose(budget: int, total: Decimal, execution: Fraction, profile: AllocationProfile) -> Proposal:
    """The proposal for a project with this year's `budget` (fen, the profile's base), total score and exact execution
    rate.

    Raises `ScoringError` for a negative amount, score or rate.
    """
    if budget < 0 or total < 0 or execution < 0:
        raise ScoringError("预算、总分和执行率都不能是负数，请核对后再算建议数。")
    score = next(step for step in profile.by_score if total >= step.low)
    pace = next(step for step in profile.by_execution if execution >= step.low)
    shares = score.share or Fraction(0), pace.share or Fraction(0)
    share = min(shares)
    amount = int(round_to(budget * share, 0))
    base = BASE_AMOUNTS[profile.base]
    steps = (
        f"总分 {total}，属“{score.name}”，按得分的比例 {_percent(shares[0])}",
        f"执行率 {_percent(execution)}，属“{pace.name}”，按执行率的比例 {_percent(shares[1])}",
        f"取两者中较低的比例 {_percent(share)}",
        f"{base} {_yuan(budget)} 元 × {_percent(share)} = {_yuan(amount)} 元",
    )
    return Proposal(amount, share, score, pace, steps)


def _percent(share: Fraction) -> str:
    return f"{show(share * 100)}%"


def _yuan(fen: int) -> str:
    return format_amount(fen, MoneyUnit.YUAN)
