"""When a step is due (期限): by a rule of the policy, by what was entered for this year, the earlier of both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from yiheng.policy import Entry, Policy

from .clock import Calendar, Due, due_after
from .flow import RECORD, DueRule, Flow, StepRule
from .models import Step

_WORKING: Final = "working"
_BY_NOTICE: Final = "期限以当年通知为准，尚未登记"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A step's last day with what it rests on. Without a day, `basis` says why; "" where none is looked for."""

    due: Due | None
    basis: str


def deadline(
    rule: StepRule,
    flow: Flow,
    steps: Mapping[str, Step],
    year: int,
    policy: Policy,
    jurisdiction: str,
    calendar: Calendar,
) -> Deadline:
    """The deadline of a step of the cycle of that year."""
    by_rule = _by_rule(rule.due, flow, steps, year, policy, jurisdiction, calendar)
    step = steps.get(rule.key)
    if step is None or step.due_on is None:
        return Deadline(None, "") if rule.kind == RECORD and rule.due is None else by_rule
    entered = Deadline(Due(step.due_on), step.due_basis)
    if by_rule.due is not None and by_rule.due.day <= step.due_on:
        return by_rule
    return entered


def _by_rule(
    rule: DueRule | None,
    flow: Flow,
    steps: Mapping[str, Step],
    year: int,
    policy: Policy,
    jurisdiction: str,
    calendar: Calendar,
) -> Deadline:
    if rule is None:
        return Deadline(None, _BY_NOTICE)
    if not rule.counted_from:
        entry = policy.find(rule.deadline, jurisdiction, dt.date(year + rule.year, 1, 1))
        if entry is None:
            return Deadline(None, "本地没有规定期限，可按当年通知登记")
        day = dt.date(year + rule.year, entry.value["month"], entry.value["day"])
        return Deadline(Due(day), entry.cite())
    step = steps.get(rule.counted_from)
    started = step.happened_on if step is not None else None
    entry = policy.find(rule.deadline, jurisdiction, started or dt.date(year, 1, 1))
    if entry is None:
        return Deadline(None, "本地没有规定期限，可按当年通知登记")
    if started is None:
        named = flow.steps[rule.counted_from].label
        return Deadline(None, f"“{named}”后 {_days(entry)}内，依据{entry.cite()}")
    working = entry.value["day_kind"] == _WORKING
    return Deadline(due_after(started, entry.value["days"], working, calendar), entry.cite())


def _days(entry: Entry) -> str:
    kind = "个工作日" if entry.value["day_kind"] == _WORKING else "日"
    return f"{entry.value['days']}{kind}"
