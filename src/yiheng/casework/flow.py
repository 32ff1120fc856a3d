"""Flows (流程) out of policy entries of type `flow`: stages, steps, moves between states, who approves what.

Pure data: nothing here asks the database. A flow's value has `stages` (the ribbon), `moves` (from which states to
which) and `steps`; see `casework/README.md` for each field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from yiheng.policy import Entry, Policy, PolicyUnknown

TYPE: Final = "flow"
UNIT_YEAR: Final = "flow.unit-year"
ADJUSTMENT: Final = "flow.adjustment"

SUBMISSION: Final = "submission"
"""Something is drafted, handed in and approved along the chain."""
RECORD: Final = "record"
"""A day and a document of somebody outside are recorded (批复), and approved where there is a chain."""
RUNNING: Final = "running"
"""Work that goes on for the year and is closed at its end (执行)."""
DISCLOSURE: Final = "disclosure"
"""Closed by a publication that was certified."""
KINDS: Final = (SUBMISSION, RECORD, RUNNING, DISCLOSURE)
_DISCLOSES: Final = "disclose_"


def disclosing(kind: str) -> str:
    """The key of the step that a publication of that kind of paper closes (`disclose_budget`)."""
    return f"{_DISCLOSES}{kind}"


def disclosed_kind(key: str) -> str:
    """The kind of paper that a step of disclosure makes public: the other way round."""
    return key.removeprefix(_DISCLOSES)


@dataclass(frozen=True, slots=True)
class Move:
    """A change of state (流转): its name, what people call it, from which states and to which."""

    name: str
    label: str
    sources: frozenset[str]
    target: str


@dataclass(frozen=True, slots=True)
class Band:
    """A condition by amount: the threshold, and whose band makes the link part of the chain."""

    threshold: str
    deciders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One approval of a chain (审批环节): a post with one of the roles, and the right that it needs."""

    roles: tuple[str, ...]
    right: str
    label: str
    when: Band | None = None

    def as_json(self) -> dict[str, Any]:
        """As it is kept with a submission."""
        return {"roles": list(self.roles), "right": self.right, "label": self.label}


@dataclass(frozen=True, slots=True)
class DueRule:
    """When a step is due: a `deadline` entry, counted from a step's day or fixed in a year relative to the cycle's."""

    deadline: str
    counted_from: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class StepRule:
    """One step (环节) of a flow."""

    key: str
    stage: str
    label: str
    title: str
    kind: str
    work: str
    makers: tuple[str, ...]
    chain: tuple[Link, ...]
    edits: tuple[str, ...]
    after: tuple[str, ...]
    due: DueRule | None
    asks: str
    """What the recorded day is called (批复日期); "" where none is asked."""
    fills: tuple[str, ...]
    """Stages of the budget (编制阶段) whose lines are filled in at this step; empty for all."""
    screen: str
    """The screen where the work is done: budget, execution, performance, report, disclosure or ""."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow as it is in force for a year."""

    entry: Entry
    stages: Mapping[str, str]
    steps: Mapping[str, StepRule]
    moves: Mapping[str, Move]

    def in_stage(self, stage: str) -> tuple[StepRule, ...]:
        """The steps of a stage, in order."""
        return tuple(step for step in self.steps.values() if step.stage == stage)

    def following(self, key: str) -> tuple[StepRule, ...]:
        """The steps that wait for this one."""
        return tuple(step for step in self.steps.values() if key in step.after)


def flow(policy: Policy, id: str, jurisdiction: str, year: int) -> Flow:
    """The flow in force on the first day of the year. Raises `PolicyUnknown` or `PolicyNotInForce`."""
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise PolicyUnknown(f"没有 {year} 年度")
    entry = policy.get(id, jurisdiction, dt.date(year, 1, 1))
    value = entry.value
    moves = {
        name: Move(name, raw["label"], frozenset(raw["from"]), raw["to"])
        for name, raw in value["moves"].items()
    }
    steps = {raw["key"]: _step(raw) for raw in value["steps"]}
    return Flow(entry, {raw["key"]: raw["label"] for raw in value["stages"]}, steps, moves)


def _step(raw: Mapping[str, Any]) -> StepRule:
    due = raw.get("due")
    return StepRule(
        key=raw["key"],
        stage=raw["stage"],
        label=raw["label"],
        title=raw["title"],
        kind=raw["kind"],
        work=raw["work"],
        makers=tuple(raw["makers"]),
        chain=tuple(_link(link) for link in raw.get("chain", ())),
        edits=tuple(raw.get("edits", ())),
        after=tuple(raw.get("after", ())),
        due=DueRule(due["deadline"], due.get("from", ""), due.get("year", 0)) if due else None,
        asks=raw.get("asks", ""),
        fills=tuple(raw.get("fills", ())),
        screen=raw.get("screen", ""),
    )


def _link(raw: Mapping[str, Any]) -> Link:
    when = raw.get("when")
    return Link(
        tuple(raw["roles"]),
        raw["right"],
        raw["label"],
        Band(when["threshold"], tuple(when["deciders"])) if when else None,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a matter belongs, as far as rules ask: the jurisdiction, and the names of its unit and of those above."""

    jurisdiction: str
    names: frozenset[str] = frozenset()


def chain_for(
    rule: StepRule, policy: Policy, place: Place, day: dt.date, amount: int | None
) -> tuple[Link, ...]:
    """The links of the chain that an amount (fen) has to pass on that day.

    A link by amount stays where the amount is not known or where no threshold is in force for the unit: then more
    people look.
    """
    return tuple(link for link in rule.chain if _applies(link.when, policy, place, day, amount))


def _applies(when: Band | None, policy: Policy, place: Place, day: dt.date, amount: int | None) -> bool:
    if when is None or amount is None:
        return True
    entry = policy.find(when.threshold, place.jurisdiction, day)
    return entry is None or not concerns(entry, place) or decider(entry, amount) in when.deciders


def concerns(entry: Entry, place: Place) -> bool:
    """Whether a threshold is one for the unit: it names no units, or this one or one above it."""
    named = entry.value.get("units", ())
    return not named or not place.names.isdisjoint(named)


def decider(entry: Entry, amount: int) -> str:
    """Who decides on an amount (fen) by a threshold entry in 元; the sign does not count."""
    yuan = abs(Decimal(amount)) / 100
    for band in entry.value["bands"]:
        limit = band["up_to"]
        if limit is None or yuan < limit or (yuan == limit and band["includes_limit"]):
            return str(band["decider"])
    raise AssertionError("the last band has no limit")
