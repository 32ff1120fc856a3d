"""A project's self-evaluation sheet (项目支出绩效自评表) as entered: funds, weights, indicator rows. No score yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

COST = "成本指标"
"""Level-2 indicators whose targets without comparator are upper limits."""


@dataclass(frozen=True, slots=True)
class Funds:
    """One row of the funds block (资金情况), in whole fen; None where the row is not filled."""

    initial: int | None
    """年初预算数."""
    budget: int | None
    """全年预算数."""
    executed: int | None
    """全年执行数."""
    printed_rate: str = ""
    printed_points: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Points given by a person (人工评分) where the rule cannot compute them: who, why, on what evidence."""

    points: Decimal
    scorer: str
    reason: str
    evidence: str
    printed: bool = False
    """Taken over from a published sheet; the page counts as evidence."""


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator (指标) of the sheet. Texts are as written; `place` says where it stands."""

    key: str
    level1: str
    level2: str
    name: str
    target: str
    actual: str
    weight: Decimal
    reason: str = ""
    """Why the score is below its weight (偏差原因分析及改进措施)."""
    explanation: str = ""
    """Why the actual is far above the target."""
    evidence: str = ""
    sample: int | None = None
    """Valid answers behind a satisfaction figure (样本量)."""
    previous: str = ""
    """Last year's actual of the same indicator."""
    dated: dt.date | None = None
    """The day that the actual speaks of."""
    judgement: Judgement | None = None
    printed_points: str = ""
    lower_is_better: bool | None = None
    """From the indicator library; None follows the level-2 indicator (成本指标)."""
    place: str = ""

    @property
    def lower(self) -> bool:
        """Whether a target without comparator is an upper limit."""
        return self.level2 == COST if self.lower_is_better is None else self.lower_is_better

    @property
    def satisfaction(self) -> bool:
        """Whether the row is about satisfaction, whichever level its template puts that on."""
        return "满意度" in self.level1 or "满意度" in self.level2


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of one project and year. `transcribed` when it was taken over from a published document."""

    key: str
    project: str
    """Key of the project."""
    name: str
    unit: str
    year: int
    funds: Funds
    rows: tuple[Row, ...]
    execution_weight: Decimal
    printed_total: str = ""
    transcribed: bool = False
    place: str = ""
