"""The yardsticks: the same totals as somebody at home in pandas would compute them in one frame, and as a plain loop
over the rows with decimals; numbers only and no explanation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
from bench.performance.sheets import Plain

from yiheng.scoring.sheet import Sheet

NUMBER = r"([0-9.]+)"


def frame_of(plain: Sequence[Plain]) -> pd.DataFrame:
    """The indicators as a frame of texts and weights."""
    columns = [(p.project, p.target, p.actual, p.weight, p.upper) for p in plain]
    return pd.DataFrame(columns, columns=["project", "target", "actual", "weight", "upper"])


def funds_of(sheets: Sequence[Sheet]) -> pd.DataFrame:
    """Budget and execution in fen by project."""
    return pd.DataFrame(
        {"budget": [s.funds.budget for s in sheets], "executed": [s.funds.executed for s in sheets]}
    )


def totals(rows: pd.DataFrame, funds: pd.DataFrame) -> pd.Series:
    """The total of every project: numbers cut out of the texts, shares, points rounded half up, sums."""
    target = rows["target"].str.extract(NUMBER, expand=False).astype(float)
    actual = rows["actual"].str.extract(NUMBER, expand=False).astype(float)
    reached = (actual / target).clip(upper=1)
    overrun = (1 - (actual - target) / target).clip(0, 1)
    points = _half_up(rows["weight"] * reached.where(~rows["upper"], overrun))
    execution = _half_up((funds["executed"] / funds["budget"]).clip(upper=1) * 10)
    return points.groupby(rows["project"]).sum() + execution


def _half_up(points: pd.Series) -> pd.Series:
    """Two decimals; the least bit is added so that binary halves go up."""
    return ((points * 100 + 0.5 + 1e-9) // 1) / 100


def looped(plain: Sequence[Plain], sheet: Sheet) -> Decimal:
    """The total of one project, row by row."""
    budget, executed = sheet.funds.budget, sheet.funds.executed
    assert budget and executed is not None
    total = _cent(min(Decimal(1), Decimal(executed) / budget) * 10)
    for row in plain:
        target, actual = _number(row.target), _number(row.actual)
        share = 1 - (actual - target) / target if row.upper else actual / target
        total += _cent(row.weight * max(Decimal(0), min(Decimal(1), share)))
    return total


def _number(text: str) -> Decimal:
    found = _NUMBER.search(text)
    assert found is not None, text
    return Decimal(found[1])


def _cent(points: Decimal) -> Decimal:
    return points.quantize(Decimal("0.01"), ROUND_HALF_UP)


_NUMBER = re.compile(NUMBER)
