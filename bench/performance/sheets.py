"""Synthetic self-evaluation sheets (自评表): fifteen indicators in the forms that the papers print, with ready numbers
beside them for the yardstick."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from yiheng.scoring.sheet import Funds, Row, Sheet

YEAR = 2024
WEIGHTS = (6, 6, 6, 6, 6, 6, 6, 4, 4, 10, 5, 5, 5, 5, 10)
"""Of the fifteen indicators; with 10 for the execution they make 100."""
UNITS = ("人", "人次", "次", "家", "个", "笔", "份", "场", "件", "项", "万元")
LEVELS = (("产出指标", "数量指标"),) * 7 + (("产出指标", "质量指标"),) * 2 + (("产出指标", "成本指标"),) + (
    ("效益指标", "社会效益指标"),
) * 4 + (("满意度指标", "服务对象满意度指标"),)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plain:
    """One indicator as plain numbers, the way the yardstick takes them."""

    project: int
    target: str
    actual: str
    weight: int
    upper: bool
    """Whether the target is an upper limit."""


def sheets(count: int, seed: int = 0) -> Iterator[tuple[Sheet, list[Plain]]]:
    """So many sheets, always the same for a seed."""
    chance = random.Random(seed)
    for number in range(count):
        yield _sheet(number, chance)


def _sheet(number: int, chance: random.Random) -> tuple[Sheet, list[Plain]]:
    budget = chance.randrange(10**6, 10**10)
    executed = budget * chance.randrange(60, 101) // 100
    plain, rows = [], []
    for index, weight in enumerate(WEIGHTS):
        level1, level2 = LEVELS[index]
        target, actual, upper = _values(index, chance)
        plain.append(Plain(number, target, actual, weight, upper))
        rows.append(
            Row(
                f"p{number}-{index}", level1, level2, f"指标{index}", target, actual, Decimal(weight),
                reason="年度工作安排有调整", evidence="业务记录",
            )
        )  # fmt: skip
    sheet = Sheet(
        f"p{number}", f"p{number}", f"项目{number}", "bench", YEAR, Funds(budget, budget, executed), tuple(rows),
        Decimal(10),
    )  # fmt: skip
    return sheet, plain


def _values(index: int, chance: random.Random) -> tuple[str, str, bool]:
    """Target and actual as written: nine in twenty are met, as in the papers most are."""
    reached = chance.choice((1.0, 1.0, 1.05, 1.2, 0.97, 0.9, 0.6))
    if LEVELS[index][1] == "成本指标":
        limit = chance.randrange(10, 900)
        return f"≤{limit}万元", f"{limit * chance.choice((80, 95, 100, 110)) / 100:g}万元", True
    if LEVELS[index][1] == "数量指标":
        wanted, unit = chance.randrange(2, 90_000), UNITS[chance.randrange(len(UNITS))]
        mark = chance.choice(("≥", "≥", "", "不少于"))
        return f"{mark}{wanted}{unit}", f"{max(1, round(wanted * reached))}{unit}", False
    wanted = chance.choice((80, 85, 90, 95, 98))
    return f"≥{wanted}%", f"{min(100, round(wanted * reached, 2)):g}%", False
