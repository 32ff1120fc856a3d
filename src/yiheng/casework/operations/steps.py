"""What every write of a cycle's step has in common: hold the row, move it, tell the log, open what follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django_fsm import TransitionNotAllowed

from yiheng.casework import flow as flows
from yiheng.casework.errors import CaseworkError
from yiheng.casework.flow import Flow, StepRule
from yiheng.casework.models import Cycle, State, Step
from yiheng.casework.tables import CYCLES
from yiheng.ledger.queries import UnitTree, unit_tree
from yiheng.people.operations import Actor, Write, record
from yiheng.policy import NATION, Policy, PolicyUnknown


def done(
    step: Step, flow: Flow, move: str, by: Actor, day: dt.date | None, document: str, told: dict[str, Any]
) -> None:
    """Close a step, and open those that waited for it."""
    step.happened_on = day or timezone.localdate()
    step.document = document.strip()
    move_to(step, flow, move)
    tell(step, move, by, {"step": step.key, "day": step.happened_on, "document": step.document, **told})
    open_ready(step.cycle, flow, by)


def open_ready(cycle: Cycle, flow: Flow, by: Actor) -> None:
    steps = {step.key: step for step in cycle.steps.all()}
    done = {key for key, step in steps.items() if step.state == State.DONE}
    for key, step in steps.items():
        rule = flow.steps.get(key)
        if rule is not None and step.state == State.WAITING and done.issuperset(rule.after):
            move_to(step, flow, "open")
            tell(step, "open", by, {"step": key})


def move_to(step: Step, flow: Flow, name: str) -> None:
    move = flow.moves[name]
    try:
        step.move(move)
    except TransitionNotAllowed as error:
        label = flow.steps[step.key].label
        state = State(step.state).label
        raise CaseworkError(f"“{label}”现在是“{state}”，不能{move.label}。请刷新页面。") from error
    step.changed_at = timezone.now()
    step.save()


def tell(step: Step, action: str, by: Actor, after: dict[str, Any]) -> None:
    record([Write(action, CYCLES, step.cycle.key, after={**after, "state": step.state})], actor=by)


def held(step: Step, policy: Policy | None) -> tuple[Step, Flow, UnitTree]:
    """The row as it is now, held to the end of the transaction, with its flow."""
    now = Step.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=step.pk)
    tree = unit_tree()
    return now, flow_of(flows.UNIT_YEAR, tree, now.cycle.unit_id, now.cycle.year, policy), tree


def rule_of(flow: Flow, step: Step) -> StepRule:
    if step.key not in flow.steps:
        raise CaseworkError(f"现行流程里没有环节“{step.key}”，请核对自有政策目录里的流程条目。")
    return flow.steps[step.key]


def check_day(rule: StepRule, day: dt.date | None) -> None:
    if rule.kind == flows.RECORD and day is None:
        raise CaseworkError(f"请填写{rule.asks or '日期'}。")
    if day is not None and day > timezone.localdate():
        raise CaseworkError(f"{rule.asks or '日期'}不能晚于今天。")


def flow_of(id: str, tree: UnitTree, unit: str, year: int, policy: Policy | None) -> Flow:
    try:
        return flows.flow(policy or Policy.load(), id, place_of(tree, unit), year)
    except PolicyUnknown as error:
        raise CaseworkError(f"{year} 年度没有可用的流程：{error}") from error


def place_of(tree: UnitTree, unit: str) -> str:
    return tree.jurisdiction(unit) or NATION


def tree_with(unit: str) -> UnitTree:
    tree = unit_tree()
    if unit not in tree.by_key:
        raise CaseworkError(f"台账里没有单位 {unit}，请先装载单位表。")
    return tree
