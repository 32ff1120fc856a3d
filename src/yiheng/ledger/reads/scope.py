"""What one read asks for: the units, the year, the kind of paper, the stage, and the rules of that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q

from yiheng.ledger.models import PaperKind, Side
from yiheng.policy import Policy


@dataclass(frozen=True)
class Scope:
    """One department-year as it is asked for."""

    units: tuple[str, ...]
    year: int
    kind: str
    stage: str
    jurisdiction: str
    policy: Policy
    document: str = ""
    reported_last_year: frozenset[str] = frozenset()
    """The units that a department-year of the year before answers for."""
    reference_day: dt.date | None = None
    """The day on which the paper was approved or published, where the ledger knows it."""
    _mapped: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def rows(self) -> Q:
        """A condition for the rows of these units in this year."""
        return Q(unit__in=self.units, year=self.year)

    @property
    def is_budget(self) -> bool:
        """A budget looks ahead: it knows no movements of its year."""
        return self.kind == PaperKind.BUDGET

    @property
    def side(self) -> str:
        """Which of the planned and the final rows the paper is about."""
        return (Side.BUDGET if self.is_budget else Side.ACCOUNTS).value

    def mapped(self, rule: str, code: str) -> str:
        """What a policy mapping makes of the code in this year; "" when nothing.

        Raises `policy.PolicyUnknown` for a jurisdiction or a year that the rule does not reach.
        """
        if (rule, code) not in self._mapped:
            day = dt.date(self.year, 1, 1)
            self._mapped[rule, code] = self.policy.mapped(rule, code, self.jurisdiction, day)
        return self._mapped[rule, code]
