"""What goes through an approval chain (报送与审批): hand in, agree, return, withdraw.

Whoever handed something in never decides on it: the operation says so, and the database refuses it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from yiheng.casework import flow as flows
from yiheng.casework.errors import CaseworkError, NotPermitted
from yiheng.casework.flow import Flow, StepRule
from yiheng.casework.models import Decision, Outcome, Step, Submission
from yiheng.casework.rights import acting, role_names
from yiheng.casework.tables import MATTERS
from yiheng.ledger.compare import ledger_state
from yiheng.ledger.queries import UnitTree, unit_tree
from yiheng.people.models import User
from yiheng.people.operations import Write, record
from yiheng.policy import Policy

from .steps import check_day, done, flow_of, held, move_to, place_of, rule_of, tell, tree_with


@transaction.atomic
def submit(
    step: Step,
    *,
    by: User,
    note: str = "",
    day: dt.date | None = None,
    document: str = "",
    policy: Policy | None = None,
) -> Submission:
    """Hand a step in for approval (报送). A step that records a day wants `day`.

    Raises `NotPermitted` or `CaseworkError`, in Chinese.
    """
    step, flow, tree = held(step, policy)
    rule = rule_of(flow, step)
    unit, year = step.cycle.unit_id, step.cycle.year
    if not acting(by).may_make(rule, tree.chain(unit)):
        raise NotPermitted(f"“{rule.title}”需要该单位的填报权限。")
    check_day(rule, day)
    if not rule.chain:
        raise CaseworkError(f"“{rule.label}”不需要审批，请直接办结。")
    move_to(step, flow, "submit")
    made = _submission(
        flow, rule, tree, policy, unit=unit, year=year, subject=rule.key, title=f"{rule.label}：{rule.title}",
        amount=None, content={"day": day.isoformat() if day else "", "document": document.strip()},
        note=note, by=by, step=step,
    )  # fmt: skip
    tell(step, "submit", by, {"step": rule.key, "note": note.strip(), **made.content})
    return made


@transaction.atomic
def submit_matter(
    flow_id: str,
    *,
    unit: str,
    year: int,
    subject: str,
    title: str,
    by: User,
    amount: int | None = None,
    content: Mapping[str, Any] | None = None,
    note: str = "",
    policy: Policy | None = None,
) -> Submission:
    """Hand in a matter of its own, such as an adjustment (`flow.ADJUSTMENT`), whose chain depends on the amount (fen).

    `subject` names it; of one subject only one is on its way at a time. The caller acts on the approval.
    """
    tree = tree_with(unit)
    flow = flow_of(flow_id, tree, unit, year, policy)
    rule = next(iter(flow.steps.values()))
    if not acting(by).may_make(rule, tree.chain(unit)):
        raise NotPermitted(f"“{rule.title}”需要该单位的填报权限。")
    if not (title.strip() and subject.strip()):
        raise CaseworkError("报送的事项要有编号和名称。")
    waiting = Submission.objects.filter(unit=unit, year=year, flow=flow_id, subject=subject).last()
    if waiting is not None and position_of(waiting) is not None:
        raise CaseworkError(f"“{waiting.title}”已经报送，正在审批；要修改请先撤回。")
    made = _submission(
        flow, rule, tree, policy, unit=unit, year=year, subject=subject, title=title.strip(), amount=amount,
        content=dict(content or {}), note=note, by=by, step=None,
    )  # fmt: skip
    after = {"title": made.title, "amount": amount, "note": made.note, "content": made.content}
    record([Write("submit", MATTERS, _matter_key(made), after=after)], actor=by)
    return made


def approve(submission: Submission, *, by: User, comment: str = "", policy: Policy | None = None) -> Decision:
    """Agree at the present link of the chain (同意); after the last link the step is done and others open."""
    return _decide(submission, Outcome.APPROVED, by, comment, policy)


certify = approve
"""Agree at a link that asks for the right to certify (签发)."""


def send_back(submission: Submission, *, by: User, comment: str, policy: Policy | None = None) -> Decision:
    """Return it to its maker with a reason (退回)."""
    if not comment.strip():
        raise CaseworkError("退回要写明原因和需要修改的地方。")
    return _decide(submission, Outcome.RETURNED, by, comment, policy)


def withdraw(
    submission: Submission, *, by: User, comment: str = "", policy: Policy | None = None
) -> Decision:
    """Take one's own submission back before anybody has decided (撤回)."""
    return _decide(submission, Outcome.WITHDRAWN, by, comment, policy)


def position_of(submission: Submission) -> int | None:
    """At which link it waits; None when it is over."""
    outcomes = list(submission.decisions.values_list("outcome", flat=True))
    over = len(outcomes) >= len(submission.links) or any(each != Outcome.APPROVED for each in outcomes)
    return None if over else len(outcomes)


@transaction.atomic
def _decide(
    submission: Submission, outcome: Outcome, by: User, comment: str, policy: Policy | None
) -> Decision:
    made = Submission.objects.select_for_update().get(pk=submission.pk)
    position, tree = position_of(made), unit_tree()
    if position is None:
        raise CaseworkError(f"“{made.title}”已经处理，请刷新页面。")
    link = made.links[position]
    if outcome is Outcome.WITHDRAWN:
        if made.maker_id != by.pk or position:
            raise CaseworkError("只有报送人本人、在第一环审批之前可以撤回；之后请联系审批人退回。")
    else:
        _check_checker(made, link, by, tree.chain(made.unit))
    decision = Decision.objects.create(
        submission=made, position=position, label=link["label"], outcome=outcome, maker=made.maker, checker=by,
        comment=comment.strip(), at=timezone.now(),
    )  # fmt: skip
    last = position + 1 == len(made.links)
    told = {"step": made.subject, "link": link["label"], "comment": decision.comment}
    if made.step is None:
        record([Write(outcome.value, MATTERS, _matter_key(made), after=told)], actor=by)
    elif outcome is Outcome.APPROVED and last:
        step, flow, _ = held(made.step, policy)
        day = made.content.get("day")
        done(
            step, flow, "approve", by, dt.date.fromisoformat(day) if day else None,
            made.content.get("document", ""), told,
        )  # fmt: skip
    else:
        step, flow, _ = held(made.step, policy)
        if outcome is not Outcome.APPROVED:
            move_to(step, flow, "return" if outcome is Outcome.RETURNED else "withdraw")
        tell(step, outcome.value, by, told)
    return decision


def _check_checker(made: Submission, link: Mapping[str, Any], by: User, units: Sequence[str]) -> None:
    if made.maker_id == by.pk:
        raise NotPermitted("不能审批自己报送的事项（经办与审核分离），请由他人办理。")
    if not acting(by).may_check(link, made.work, units):
        raise NotPermitted(f"“{link['label']}”由{role_names(link['roles'])}办理，您没有这一岗位或权限。")


def _submission(
    flow: Flow,
    rule: StepRule,
    tree: UnitTree,
    policy: Policy | None,
    *,
    unit: str,
    year: int,
    subject: str,
    title: str,
    amount: int | None,
    content: dict[str, Any],
    note: str,
    by: User,
    step: Step | None,
) -> Submission:
    now = timezone.now()
    named = (tree.by_key[key] for key in tree.chain(unit) if key in tree.by_key)
    names = frozenset(name for each in named for name in (each.name, each.short_name) if name)
    place = flows.Place(place_of(tree, unit), names)
    links = flows.chain_for(rule, policy or Policy.load(), place, timezone.localdate(now), amount)
    return Submission.objects.create(
        step=step, flow=flow.entry.id, unit=unit, year=year, work=rule.work, subject=subject, title=title,
        amount=amount, content=content, chain=[link.as_json() for link in links], note=note.strip(), maker=by,
        at=now, ledger_state=ledger_state(),
    )  # fmt: skip


def _matter_key(made: Submission) -> str:
    return f"{made.unit}/{made.year}/{made.subject}"[:200]
