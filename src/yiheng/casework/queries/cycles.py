"""The cycle of a unit-year as somebody sees it (部门年度周期): states, people, deadlines, and what may be done next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from yiheng.casework import flow as flows
from yiheng.casework.clock import Calendar
from yiheng.casework.deadlines import Deadline, deadline
from yiheng.casework.flow import Flow, StepRule
from yiheng.casework.models import (
    Cycle,
    Decision,
    Outcome,
    State,
    Step,
    Submission,
    Withdrawal,
    WithdrawalState,
)
from yiheng.casework.rights import Acting, acting, role_names
from yiheng.ledger.queries import UnitTree, unit_tree
from yiheng.people.models import Right, User
from yiheng.people.once import once
from yiheng.policy import NATION, Policy, PolicyUnknown

from .calendar import working_calendar
from .publications import taken_down


@dataclass(frozen=True, slots=True)
class Editable:
    """Whether a user may change the sheets of a kind of work now, and why (not), in Chinese."""

    allowed: bool
    reason: str
    step: str = ""
    """Key of the step that lets them be changed."""
    may_open: bool = False
    """No cycle yet, and the user may begin it."""
    fills: tuple[str, ...] = ()
    """Stages of the budget whose lines that step fills in; empty for all."""

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class StepView:
    """One step with everything that is shown of it."""

    rule: StepRule
    step: Step
    deadline: Deadline
    left: int | None
    """Working days left; below zero when it is over, None where no day is known or the step is not on its way."""
    note: str
    submission: Submission | None
    """What waits for a decision, or what was decided last."""
    link: Mapping[str, Any] | None
    """The link of the chain at which it waits."""
    waits_for: str
    """Who has to act, in words."""
    actions: tuple[str, ...]
    """What this user may do: submit, finish, approve, return, withdraw, reopen, set_due."""
    mine: bool
    """Whether the step waits for this user."""
    withdrawn: Withdrawal | None = None
    """What took the paper of a step of disclosure from the public site, so that it has to be made public again."""

    @property
    def state(self) -> str:
        """The state's key."""
        return str(self.step.state)

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(WithdrawalState.WITHDRAWN.label if self.withdrawn else State(self.step.state).label)

    @property
    def is_over(self) -> bool:
        """Whether the deadline has passed while the step is not done."""
        return self.left is not None and self.left < 0

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided on the submission, in order."""
        return tuple(self.submission.decisions.all()) if self.submission else ()


@dataclass(frozen=True, slots=True)
class StageView:
    """One place of the ribbon (阶段)."""

    key: str
    label: str
    steps: tuple[StepView, ...]

    @property
    def state(self) -> str:
        """Of all steps together: done, returned, submitted, open, waiting; the one that asks for most attention."""
        states = [view.state for view in self.steps]
        if states and all(state == State.DONE for state in states):
            return str(State.DONE.value)
        for state in (State.RETURNED, State.SUBMITTED, State.OPEN):
            if state in states:
                return str(state.value)
        return str(State.OPEN.value if State.DONE in states else State.WAITING.value)

    @property
    def state_label(self) -> str:
        """The state in words."""
        if any(view.withdrawn for view in self.steps):
            return str(WithdrawalState.WITHDRAWN.label)
        return str(State(self.state).label)

    @property
    def is_over(self) -> bool:
        """Whether one of its steps is late."""
        return any(view.is_over for view in self.steps)


@dataclass(frozen=True, slots=True)
class CycleView:
    """The whole ribbon for one user on one day."""

    cycle: Cycle
    flow: Flow
    stages: tuple[StageView, ...]
    warnings: tuple[str, ...]

    @property
    def steps(self) -> tuple[StepView, ...]:
        """All steps in the order of the flow."""
        by_key = {view.rule.key: view for stage in self.stages for view in stage.steps}
        return tuple(by_key[key] for key in self.flow.steps if key in by_key)

    @property
    def next_due(self) -> StepView | None:
        """The step on its way whose last day comes first."""
        due = [view for view in self.steps if view.left is not None]
        return min(due, key=lambda view: view.left or 0, default=None)

    def step(self, key: str) -> StepView | None:
        """The step of that key."""
        return next((view for view in self.steps if view.rule.key == key), None)


@dataclass(frozen=True, slots=True)
class Reader:
    """What is the same for all cycles that one user looks at in one request."""

    who: Acting
    tree: UnitTree
    policy: Policy
    calendar: Calendar
    today: dt.date


def reader(user: User, policy: Policy | None = None, today: dt.date | None = None) -> Reader:
    """Rights, units, rules and calendar for one request."""
    policy = policy or Policy.load()
    return Reader(acting(user), unit_tree(), policy, working_calendar(policy), today or timezone.localdate())


def cycle_view(
    user: User, unit: str, year: int, *, policy: Policy | None = None, today: dt.date | None = None
) -> CycleView | None:
    """The ribbon of a unit-year; None where its cycle has not begun. Rights to look are the caller's business."""
    found = _cycles().filter(unit_id=unit, year=year).first()
    return view(found, reader(user, policy, today)) if found else None


def cycle_views(units: Iterable[str], by: Reader) -> tuple[CycleView, ...]:
    """The ribbons of these units' cycles with a step on its way, and of each unit's newest; the newest year first."""
    on_its_way = Step.objects.filter(
        cycle=OuterRef("pk"), state__in=[State.OPEN, State.SUBMITTED, State.RETURNED]
    )
    newest = Cycle.objects.filter(unit=OuterRef("unit")).order_by("-year").values("year")[:1]
    found = (
        _cycles()
        .filter(Exists(on_its_way) | Q(year=Subquery(newest)), unit_id__in=list(units))
        .order_by("-year", "pk")
    )
    return tuple(view(cycle, by) for cycle in found)


def _cycles() -> QuerySet[Cycle]:
    decided = Decision.objects.select_related("checker").order_by("at", "pk")
    handed_in = (
        Submission.objects.select_related("maker")
        .prefetch_related(Prefetch("decisions", queryset=decided))
        .order_by("at", "pk")
    )
    steps = Step.objects.prefetch_related(Prefetch("submissions", queryset=handed_in))
    return Cycle.objects.select_related("opened_by").prefetch_related(Prefetch("steps", queryset=steps))


def view(cycle: Cycle, by: Reader) -> CycleView:
    """The ribbon of one cycle, whose steps and submissions were read together."""
    place = by.tree.jurisdiction(cycle.unit_id) or NATION
    flow = flows.flow(by.policy, flows.UNIT_YEAR, place, cycle.year)
    steps = {step.key: step for step in cycle.steps.all()}
    units = by.tree.chain(cycle.unit_id)
    views = {
        key: _step_view(rule, flow, steps, cycle.year, place, units, by)
        for key, rule in flow.steps.items()
        if key in steps
    }
    stages = tuple(
        StageView(key, label, tuple(views[rule.key] for rule in flow.in_stage(key) if rule.key in views))
        for key, label in flow.stages.items()
    )
    open_days = [v.deadline.due.day for v in views.values() if v.deadline.due and v.left is not None]
    unknown = by.calendar.warnings(min([by.today, *open_days]), max([by.today, *open_days]))
    return CycleView(cycle, flow, stages, unknown)


def _step_view(
    rule: StepRule,
    flow: Flow,
    steps: Mapping[str, Step],
    year: int,
    place: str,
    units: tuple[str, ...],
    by: Reader,
) -> StepView:
    step = steps[rule.key]
    when = deadline(rule, flow, steps, year, by.policy, place, by.calendar)
    due = when.due if step.state not in (State.WAITING, State.DONE) else None
    made = next(reversed(list(step.submissions.all())), None)
    link = _waiting_link(made) if step.state == State.SUBMITTED else None
    return StepView(
        rule=rule,
        step=step,
        deadline=when,
        left=due.left(by.today, by.calendar) if due else None,
        note=due.note(by.calendar) if due else "",
        submission=made,
        link=link,
        waits_for=_waits_for(rule, step, link, units, by.who),
        actions=tuple(_actions(rule, flow, step, steps, made, link, units, by.who)),
        mine=_is_mine(rule, step, made, link, units, by.who),
        withdrawn=_withdrawn(rule, step, units[0], year),
    )


def _withdrawn(rule: StepRule, step: Step, unit: str, year: int) -> Withdrawal | None:
    """Asked only of a step that was opened again, which is rare."""
    if rule.kind != flows.DISCLOSURE or step.state != State.RETURNED:
        return None
    return taken_down(unit, year, flows.disclosed_kind(rule.key))


def _waiting_link(made: Submission | None) -> Mapping[str, Any] | None:
    if made is None:
        return None
    decisions = list(made.decisions.all())
    if any(each.outcome != Outcome.APPROVED for each in decisions) or len(decisions) >= len(made.links):
        return None
    return made.links[len(decisions)]


def _waits_for(
    rule: StepRule, step: Step, link: Mapping[str, Any] | None, units: tuple[str, ...], who: Acting
) -> str:
    if link is not None:
        roles = tuple(link["roles"])
        named = f"{link['label']}（{role_names(roles)}）"
        return named if who.is_filled(roles, units) else f"{named}：无人任此岗位，请安全管理员授权"
    if step.state in Step.EDITABLE:
        role = next((role for role in rule.makers if who.is_filled([role], units)), "")
        return role_names([role]) if role else "无人任经办岗位，请安全管理员授权"
    return ""


def _actions(
    rule: StepRule,
    flow: Flow,
    step: Step,
    steps: Mapping[str, Step],
    made: Submission | None,
    link: Mapping[str, Any] | None,
    units: tuple[str, ...],
    who: Acting,
) -> Iterable[str]:
    makes = who.may_make(rule, units)
    if step.state in Step.EDITABLE and makes and rule.kind != flows.DISCLOSURE:
        yield "submit" if rule.chain else "finish"
    if link is not None and made is not None:
        if made.maker_id != who.user.pk and who.may_check(link, rule.work, units):
            yield from ("approve", "return")
        if made.maker_id == who.user.pk and not made.decisions.all():
            yield "withdraw"
    if step.state == State.DONE and _may_reopen(rule, flow, steps, units, who):
        yield "reopen"
    if step.state != State.DONE and makes and rule.kind != flows.RECORD:
        yield "set_due"


def _may_reopen(
    rule: StepRule, flow: Flow, steps: Mapping[str, Step], units: tuple[str, ...], who: Acting
) -> bool:
    later = (steps[each.key].state for each in flow.following(rule.key) if each.key in steps)
    if rule.kind == flows.DISCLOSURE or any(state not in (State.WAITING, State.OPEN) for state in later):
        return False
    return who.may_reopen(rule, units)


def _is_mine(
    rule: StepRule,
    step: Step,
    made: Submission | None,
    link: Mapping[str, Any] | None,
    units: tuple[str, ...],
    who: Acting,
) -> bool:
    if step.state in Step.EDITABLE:
        return who.makes(rule, units)
    return (
        link is not None
        and made is not None
        and made.maker_id != who.user.pk
        and who.may_check(link, rule.work, units)
    )


@once
def editable(user: User, unit: str, year: int, work: str, *, policy: Policy | None = None) -> Editable:
    """Whether the user may now change the sheets of that kind of work of a unit-year.

    They may while a step that edits this work is open or was returned; never while it waits for a decision or is
    approved.
    """
    tree = unit_tree()
    if unit not in tree.by_key:
        return Editable(False, "台账里没有这个单位。")
    who, units = acting(user), tree.chain(unit)
    if not who.rights.may(Right.WRITE, work, units):
        return Editable(False, "您没有该单位这项工作的填报权限。")
    try:
        flow = flows.flow(policy or Policy.load(), flows.UNIT_YEAR, tree.jurisdiction(unit) or NATION, year)
    except PolicyUnknown as error:
        return Editable(False, str(error))
    steps = {s.key: s for s in Step.objects.filter(cycle__unit_id=unit, cycle__year=year)}
    if not steps:
        first = next(iter(flow.steps.values()))
        reason = f"{year} 年度的周期还没有启用。请先在“周期”页启用，再填报。"
        return Editable(False, reason, may_open=who.may_make(first, units))
    rules = [rule for rule in flow.steps.values() if work in rule.edits and rule.key in steps]
    for rule in rules:
        if steps[rule.key].state in Step.EDITABLE:
            return Editable(True, f"“{rule.label}”正在办理，可以填报。", rule.key, fills=rule.fills)
    for rule in rules:
        if steps[rule.key].state == State.SUBMITTED:
            return Editable(False, f"“{rule.label}”已报送，正在审核；要修改请先撤回，或由审核人退回。")
    if rules and all(steps[rule.key].state == State.DONE for rule in rules):
        return Editable(False, f"“{rules[-1].label}”已经完成；确需修改的，由最后一环审批人重新办理。")
    waiting = next((rule.label for rule in rules if steps[rule.key].state == State.WAITING), "")
    reason = f"“{waiting}”还没有开始。" if waiting else "现行流程没有环节可以填报这项工作。"
    return Editable(False, reason)
