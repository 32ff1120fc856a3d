"""Sharing an amount out so that the parts add up to it, fen for fen (分摊)."""

from collections.abc import Sequence
from math import lcm

from yiheng.money.errors import MoneyError, refuse_float
from yiheng.money.rounding import Exact, exact


def split(total_fen: int, weights: Sequence[Exact]) -> list[int]:
    """`total_fen` in proportion to `weights`, by largest remainder (最大余数法); ties go to the earlier.

    A weight of 0 receives nothing. Raises `MoneyError` for no weights, a negative one, or all zero.
    """
    if isinstance(total_fen, bool) or not isinstance(total_fen, int):
        raise refuse_float(total_fen, "待分摊金额（分）")
    shares = _whole_weights(weights)
    whole = sum(shares)
    quotas = [divmod(abs(total_fen) * share, whole) for share in shares]
    parts = [quota for quota, _ in quotas]
    left = abs(total_fen) - sum(parts)
    by_remainder = sorted(range(len(quotas)), key=lambda at: -quotas[at][1])
    for at in by_remainder[:left]:
        parts[at] += 1
    return parts if total_fen >= 0 else [-part for part in parts]


def _whole_weights(weights: Sequence[Exact]) -> list[int]:
    ratios = [exact(weight, f"第 {order} 个权重") for order, weight in enumerate(weights, start=1)]
    negative = [f"第 {order} 个（{ratio}）" for order, ratio in enumerate(ratios, start=1) if ratio < 0]
    if negative:
        raise MoneyError(f"分摊权重不能为负：{'、'.join(negative)}。")
    if not any(ratios):
        raise MoneyError("分摊权重为空或全为 0，无法分摊。请至少给出一个大于 0 的权重。")
    common = lcm(*(ratio.denominator for ratio in ratios))
    return [ratio.numerator * (common // ratio.denominator) for ratio in ratios]
