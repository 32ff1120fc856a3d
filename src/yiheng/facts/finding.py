"""Findings (审核结果): what a check says about one place."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from yiheng.facts.leaf import Source


class Outcome(Enum):
    """How one evaluation of a check ended. All four are counted."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    COULD_NOT_RUN = "could_not_run"

    @property
    def label(self) -> str:
        return {"pass": "通过", "fail": "不通过", "not_applicable": "不适用", "could_not_run": "无法执行"}[
            self.value
        ]


class Severity(Enum):
    """How much a failed check weighs: an error stops publication, a warning or hint never does."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "警告", "hint": "提示"}[self.value]


class Finding(NamedTuple):
    """The result of one check at one place, with both figures and where to look next."""

    rule: str
    title: str
    severity: Severity
    outcome: Outcome
    place: str
    """Cell address, or the expression with its bound row or column."""
    left: str = ""
    right: str = ""
    difference: str = ""
    message: str = ""
    next_step: str = ""
    sources: tuple[Source, ...] = ()
    cells: tuple[str, ...] = ()
    accepted: str = ""
    """Reason for which the department-year accepts this finding; empty where it does not."""
    rounding_tail: bool = False
    """The two sides differ as printed but agree by their rounding intervals (尾差)."""

    @property
    def stops(self) -> bool:
        """Whether publication must stop for it."""
        return self.outcome is Outcome.FAIL and self.severity is Severity.ERROR and not self.accepted
