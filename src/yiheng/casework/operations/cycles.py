"""The steps of a unit-year (部门年度周期): begin it, close a step, take it up again, enter a deadline."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from yiheng.casework import flow as flows
from yiheng.casework.errors import CaseworkError, NotPermitted
from yiheng.casework.models import Cycle, State, Step
from yiheng.casework.rights import acting
from yiheng.casework.tables import CYCLES
from yiheng.people.models import User
from yiheng.people.operations import Actor, Write, record
from yiheng.policy import Policy

from .steps import check_day, done, flow_of, held, move_to, open_ready, rule_of, tell, tree_with


@transaction.atomic
def open_cycle(unit: str, year: int, *, by: User, policy: Policy | None = None) -> Cycle:
    """Begin the cycle of a unit-year (启用); its first steps open. `CaseworkError` where there is one already."""
    tree = tree_with(unit)
    flow = flow_of(flows.UNIT_YEAR, tree, unit, year, policy)
    first = next(iter(flow.steps.values()))
    if not acting(by).may_make(first, tree.chain(unit)):
        raise NotPermitted("启用周期需要该单位部门预算的填报权限。")
    cycle, created = Cycle.objects.get_or_create(
        unit_id=unit, year=year, defaults={"opened_by": by, "opened_at": timezone.now()}
    )
    if not created:
        raise CaseworkError(f"{year} 年度的周期已经启用，请刷新页面。")
    now = timezone.now()
    Step.objects.bulk_create(Step(cycle=cycle, key=key, changed_at=now) for key in flow.steps)
    record([Write("open_cycle", CYCLES, cycle.key, after={"flow": flow.entry.id})], actor=by)
    open_ready(cycle, flow, by)
    return cycle


@transaction.atomic
def finish(
    step: Step,
    *,
    by: User,
    day: dt.date | None = None,
    document: str = "",
    note: str = "",
    policy: Policy | None = None,
) -> Step:
    """Close a step that nobody has to approve (办结): a recorded day, or work that has run its course."""
    step, flow, tree = held(step, policy)
    rule = rule_of(flow, step)
    if not acting(by).may_make(rule, tree.chain(step.cycle.unit_id)):
        raise NotPermitted(f"“{rule.title}”需要该单位的填报权限。")
    if rule.chain or rule.kind == flows.DISCLOSURE:
        how = "经审批" if rule.chain else "在“公开”页签发公开稿后自动"
        raise CaseworkError(f"“{rule.label}”要{how}才能办结。")
    check_day(rule, day)
    done(step, flow, "finish", by, day, document, {"note": note.strip()})
    return step


@transaction.atomic
def disclosed(
    unit: str,
    year: int,
    key: str,
    *,
    day: dt.date,
    by: Actor,
    document: str = "",
    policy: Policy | None = None,
) -> Step | None:
    """A publication was certified: close that step (`disclose_budget`, `disclose_accounts`) where it is open.

    None where the unit-year has no cycle, or the step is closed already or not yet its turn.
    """
    step = Step.objects.filter(
        cycle__unit_id=unit, cycle__year=year, key=key, state__in=Step.EDITABLE
    ).first()
    if step is None:
        return None
    step, flow, _ = held(step, policy)
    done(step, flow, "finish", by, day, document, {})
    return step


@transaction.atomic
def taken_down(
    unit: str, year: int, key: str, *, by: Actor, reason: str, policy: Policy | None = None
) -> Step | None:
    """A publication was withdrawn (撤下), so that nothing of it is public: open the step that it had closed again.

    None where the unit-year has no cycle, or the step is open anyway.
    """
    step = Step.objects.filter(cycle__unit_id=unit, cycle__year=year, key=key, state=State.DONE).first()
    if step is None:
        return None
    step, flow, _ = held(step, policy)
    _open_again(step, flow)
    tell(step, "take_down", by, {"step": key, "reason": reason})
    return step


@transaction.atomic
def reopen(step: Step, *, by: User, reason: str, policy: Policy | None = None) -> Step:
    """Take a finished step up again (重新办理): by those who approved it last, while nothing was done after it."""
    step, flow, tree = held(step, policy)
    rule, units = rule_of(flow, step), tree.chain(step.cycle.unit_id)
    if rule.kind == flows.DISCLOSURE:
        raise CaseworkError(f"“{rule.label}”不能直接重新办理：请在“公开”页公开更正的新版本，或申请撤下。")
    if not acting(by).may_reopen(rule, units):
        raise NotPermitted(
            f"重新办理“{rule.label}”须由最后一环的审批人提出；没有审批的环节，由有审批权限的人提出。"
        )
    if not reason.strip():
        raise CaseworkError("重新办理要写明原因。")
    later = {s.key: s for s in step.cycle.steps.filter(key__in=[r.key for r in flow.following(rule.key)])}
    begun = [flow.steps[key].label for key, s in later.items() if s.state not in (State.WAITING, State.OPEN)]
    if begun:
        raise CaseworkError(f"后面的环节（{'、'.join(begun)}）已经办理，不能重新办理“{rule.label}”。")
    for other in later.values():
        if other.state == State.OPEN:
            move_to(other, flow, "wait")
    _open_again(step, flow)
    tell(step, "reopen", by, {"step": rule.key, "reason": reason.strip()})
    return step


def _open_again(step: Step, flow: flows.Flow) -> None:
    step.happened_on = None
    move_to(step, flow, "reopen")


@transaction.atomic
def set_due(step: Step, *, by: User, day: dt.date, basis: str, policy: Policy | None = None) -> Step:
    """Enter the deadline of this year's notice (登记期限), where no rule fixes it or the notice is stricter."""
    step, flow, tree = held(step, policy)
    rule = rule_of(flow, step)
    if not acting(by).may_make(rule, tree.chain(step.cycle.unit_id)):
        raise NotPermitted("登记期限需要该单位的填报权限。")
    if not basis.strip():
        raise CaseworkError("登记期限要写明依据，例如当年预算编制通知的文号。")
    before = {"step": rule.key, "due": step.due_on, "basis": step.due_basis}
    step.due_on, step.due_basis = day, basis.strip()
    step.save(update_fields=["due_on", "due_basis"])
    after = {"step": rule.key, "due": day, "basis": step.due_basis}
    record([Write("set_due", CYCLES, step.cycle.key, before=before, after=after)], actor=by)
    return step
