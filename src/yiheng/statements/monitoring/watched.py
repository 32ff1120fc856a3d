"""What a monitoring report (绩效运行监控) is made of: lines on a day, their deviations, and what was found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yiheng.facts import DepartmentYear, Fact, Finding, Source
from yiheng.money import Rounding, round_to
from yiheng.policy import Entry
from yiheng.scoring.curve import Observation, Progress
from yiheng.scoring.profiles import MonitoringProfile, is_house

WHOLE = "execution"
"""Key of the execution of the whole department-year."""


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry of a deviation's follow-up (整改跟踪)."""

    date: str
    state: str
    text: str
    responsible: str


@dataclass(frozen=True, slots=True)
class Deviating:
    """A deviation (偏差) as it stood on the day. `responsible` is a person's or office's name and stays inside."""

    key: str
    subject: str
    """Name of the indicator, or of what is executed."""
    project: str
    date: str
    text: str
    cause: str
    action: str
    responsible: str
    due: str
    closed: bool
    overdue: bool
    state: str
    history: tuple[Entered, ...]

    def data(self) -> dict[str, Any]:
        return {
            "key": self.key, "subject": self.subject, "project": self.project, "date": self.date, "text": self.text,
            "cause": self.cause, "action": self.action, "responsible": self.responsible, "due": self.due,
            "closed": self.closed, "overdue": self.overdue, "state": self.state,
            "history": [
                {"date": e.date, "state": e.state, "text": e.text, "responsible": e.responsible} for e in self.history
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the figures of a line rest on (依据)."""

    target: Source | None = None
    """The row of the indicator."""
    actual: Source | None = None
    """The row of the last actual by the day."""
    words: str = ""
    """How the system came to that actual, where it did."""
    facts: tuple[Fact, ...] = ()
    """The facts that it came from."""
    budget: tuple[Fact, ...] = ()
    """The facts behind the adjusted budget by the day, for budget execution."""
    spent: tuple[Fact, ...] = ()
    """The facts behind the spending by the day."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is watched. `progress` is None where the day cannot be told; `note` says why."""

    key: str
    name: str
    project: str
    target: str
    actual: str
    progress: Progress | None
    note: str = ""
    levels: tuple[str, str] = ("", "")
    """Level-1 and level-2 indicator."""
    amounts: tuple[int, int] | None = None
    """Adjusted budget and spending by the day in fen, for budget execution."""
    curve: str = ""
    observations: tuple[Observation, ...] = ()
    """What was reached by each day that is known, for the execution curve."""
    deviations: tuple[Deviating, ...] = ()
    grounds: Grounds = Grounds()

    @property
    def is_indicator(self) -> bool:
        """Whether it is an indicator, and not budget execution."""
        return bool(self.levels[0])

    @property
    def colour(self) -> str:
        """Colour of its status; "" where it has none."""
        return self.progress.status.colour if self.progress and self.progress.status else ""

    @property
    def status(self) -> str:
        """Its status in words."""
        if self.progress is None:
            return self.note
        return self.progress.status.name if self.progress.status else "未到时点"

    @property
    def forecast(self) -> str:
        """Where the year will end, with the interval, in words; "" where that is not known."""
        ends = self.progress.forecast if self.progress else None
        if ends is None:
            return ""
        spread = f"（{percent(ends.low)}—{percent(ends.high)}）" if ends.low is not None else ""
        return f"{percent(ends.value)}{spread}"

    def data(self) -> dict[str, Any]:
        found, progress = self.progress, None
        if found is not None:
            ends = found.forecast
            progress = {
                "reached": percent(found.reached),
                "expected": percent(found.expected),
                "progress": percent(found.progress),
                "status": found.status.name if found.status else None,
                "colour": found.status.colour if found.status else None,
                "forecast": percent(ends.value) if ends else None,
                "forecast_low": percent(ends.low) if ends else None,
                "forecast_high": percent(ends.high) if ends else None,
            }
        return {
            "key": self.key, "name": self.name, "project": self.project, "target": self.target,
            "actual": self.actual, "progress": progress, "note": self.note,
            "deviations": [each.key for each in self.deviations],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when the report is due (编报时限), by which entry."""

    day: dt.date
    entry: Entry


@dataclass(frozen=True, slots=True)
class Watched:
    """A department-year on a day, as it may be shown."""

    department_year: DepartmentYear
    as_of: dt.date
    execution: tuple[Line, ...]
    """The whole first, then project by project."""
    indicators: tuple[Line, ...]
    profile: MonitoringProfile
    deviations: tuple[Deviating, ...] = ()
    findings: tuple[Finding, ...] = ()
    deadline: Deadline | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything that is watched."""
        return (*self.execution, *self.indicators)

    def behind(self, line: Line) -> bool:
        """Whether the line's status asks for a deviation entry."""
        return line.colour in self.profile.explain

    def data(self) -> dict[str, Any]:
        """As `monitor --json` prints it."""
        due = self.deadline
        return {
            "unit": self.department_year.unit.key,
            "year": self.department_year.year,
            "as_of": self.as_of.isoformat(),
            "profile": {"id": self.profile.entry.id, "house_default": is_house(self.profile.entry)},
            "deadline": {"day": due.day.isoformat(), "cite": due.entry.cite()} if due else None,
            "execution": [line.data() for line in self.execution],
            "indicators": [line.data() for line in self.indicators],
            "deviations": [each.data() for each in self.deviations],
            "findings": [
                {"rule": f.rule, "severity": f.severity.value, "outcome": f.outcome.value, "place": f.place,
                 "message": f.message, "next": f.next_step}
                for f in self.findings
            ],
        }  # fmt: skip


def percent(value: Fraction | None) -> str | None:
    """A share for reading, to two decimals."""
    return None if value is None else f"{round_to(value * 100, 2, Rounding.HALF_UP)}%"
