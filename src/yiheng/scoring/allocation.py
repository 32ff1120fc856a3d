"""Use of results (结果应用): next year's allocation proposed from score and execution by a stated rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from yiheng.money import round_to
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.profiles import AllocationProfile, Step


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed amount in fen, and the two steps that it follows from; the smaller share decides."""

    amount: int
    share: Fraction
    by_score: Step
    by_execution: Step
    reason: str


def propose(budget: int, total: Decimal, execution: Fraction, profile: AllocationProfile) -> Proposal:
    """The proposal for a project with this year's `budget` (fen), total score and exact execution rate.

    Raises `ScoringError` for a negative amount, score or rate.
    """
    if budget < 0 or total < 0 or execution < 0:
        raise ScoringError("预算、总分和执行率都不能是负数，请核对后再算建议数。")
    score = next(step for step in profile.by_score if total >= step.low)
    pace = next(step for step in profile.by_execution if execution >= step.low)
    share = min(score.share or Fraction(0), pace.share or Fraction(0))
    amount = int(round_to(budget * share, 0))
    reason = f"总分 {total}（{score.name}）；{pace.name}；取两者中较低的比例 {round_to(share * 100, 0)}%"
    return Proposal(amount, share, score, pace, reason)
