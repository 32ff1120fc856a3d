"""Tasks (待办): derived from states, posts and rights at the moment of asking; nobody copies them by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from yiheng.casework.clock import Due
from yiheng.casework.flow import disclosing
from yiheng.casework.models import (
    Case,
    CaseState,
    Comment,
    Preparation,
    State,
    Step,
    Submission,
    Withdrawal,
)
from yiheng.ledger.queries import unit_tree
from yiheng.people.models import Right, User, Work
from yiheng.people.once import once
from yiheng.people.prepared import Prepared
from yiheng.people.queries import rights_of
from yiheng.policy import Policy

from .cycles import CycleView, Reader, StepView, cycle_views, reader
from .publications import waiting_drafts, waiting_withdrawals

SOON: Final = 20
"""Working days within which a step that is open counts as the next thing to do, not as something for later."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for the user (待办)."""

    kind: str
    """step, decide, comments, case, matter, draft, withdrawal: what the link leads to."""
    title: str
    unit: str
    unit_name: str
    year: int
    key: str
    """Key of the step, number of the case, draft or version, subject of the matter."""
    due: dt.date | None
    left: int | None
    """Working days left; below zero when it is over."""
    basis: str
    note: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it is late."""
        return self.left is not None and self.left < 0

    @property
    def late(self) -> int:
        """Working days by which it is late."""
        return -self.left if self.left is not None and self.left < 0 else 0

    @property
    def is_soon(self) -> bool:
        """Whether it is to be done now: late, near, a decision, or without any day."""
        return self.kind != "step" or self.left is None or self.left <= SOON


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the workbench shows of casework: what to do now, what comes later, and the cycles of one's units."""

    tasks: tuple[Task, ...]
    """The latest first."""
    cycles: tuple[CycleView, ...]
    units: tuple[str, ...]
    """The keys of the units that the user may look at, in tree order."""
    warnings: tuple[str, ...]

    @property
    def now(self) -> tuple[Task, ...]:
        """What is to be done now."""
        return tuple(task for task in self.tasks if task.is_soon)

    @property
    def later(self) -> tuple[Task, ...]:
        """What comes next."""
        return tuple(task for task in self.tasks if not task.is_soon)


def desk(user: User, *, policy: Policy | None = None, today: dt.date | None = None) -> Desk:
    """The tasks of a user on a day, and the cycles of the units that they may look at."""
    return with_comments(logged_desk(user, policy=policy, today=today), user)


def logged_desk(user: User, *, policy: Policy | None = None, today: dt.date | None = None) -> Desk:
    """As `desk`, without comments: it changes only with what is logged of other tables, and is the same for all who
    have the same rights and are not named (`is_named`).
    """
    by = reader(user, policy, today)
    units = readable_units(by)
    cycles = cycle_views(units, by)
    tasks = (
        _of_steps(cycles, by),
        _of_cases(units, by),
        _of_matters(units, by),
        _of_drafts(cycles, units, by),
        _of_withdrawals(units, by),
    )
    warnings = dict.fromkeys(warning for view in cycles for warning in view.warnings)
    return Desk(_in_order(chain.from_iterable(tasks)), cycles, units, tuple(warnings))


def with_comments(found: Desk, user: User) -> Desk:
    """The desk with the comments that wait for the user."""
    return replace(found, tasks=_in_order([*found.tasks, *_of_comments(found.units, user)]))


def _in_order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    return tuple(sorted(tasks, key=lambda task: (task.left is None, task.left or 0, task.unit, task.title)))


def _parts(maker: int, assignee: int, preparer: int, asker: int) -> QuerySet[Any, Any]:
    first, *others = (
        found.order_by().values("pk")
        for found in (
            Submission.objects.filter(maker_id=maker),
            Case.objects.filter(assignee_id=assignee),
            Preparation.objects.filter(prepared_by_id=preparer),
            Withdrawal.objects.filter(requested_by_id=asker),
        )
    )
    return first.union(*others, all=True)[:1]


_PARTS: Final = Prepared(_parts, *map(Prepared.number, range(4)))


@once
def is_named(user: User) -> bool:
    """Whether somebody's own part in casework decides what they may do: they handed in, asked, or were assigned."""
    return bool(_PARTS.rows(user.pk, user.pk, user.pk, user.pk))


def readable_units(by: Reader) -> tuple[str, ...]:
    """The keys of the units where the user may look at any business, in tree order."""
    return tuple(
        unit.key
        for unit in by.tree.units
        if any(by.who.rights.may(Right.READ, work, by.tree.chain(unit.key)) for work in _BUSINESS)
    )


_BUSINESS: Final = tuple(work.value for work in Work if work not in (Work.ADMINISTRATION, Work.AUDIT))


def _of_steps(cycles: Iterable[CycleView], by: Reader) -> Iterator[Task]:
    for cycle in cycles:
        for step in cycle.steps:
            if step.mine:
                yield _step_task(cycle, step, by)


def _step_task(cycle: CycleView, step: StepView, by: Reader) -> Task:
    unit, due = cycle.cycle.unit_id, step.deadline.due
    if step.state == State.SUBMITTED:
        title = f"审批：{step.rule.title}"
        note = f"{step.submission.maker.name}报送" if step.submission else ""
    elif step.withdrawn:
        title = f"撤下后重新公开：{step.rule.title}"
        note = f"第 {step.withdrawn.publication.version} 版已撤下：{step.withdrawn.reason}"
    elif step.state == State.RETURNED:
        title, note = f"修改后重报：{step.rule.title}", _last_comment(step)
    else:
        title, note = step.rule.title, step.note
    return Task(
        kind="decide" if step.state == State.SUBMITTED else "step",
        title=title, unit=unit, unit_name=by.tree.by_key[unit].name, year=cycle.cycle.year, key=step.rule.key,
        due=due.day if due else None, left=step.left, basis=step.deadline.basis, note=note,
    )  # fmt: skip


def _last_comment(step: StepView) -> str:
    said = [each.comment for each in step.decisions if each.comment]
    return said[-1] if said else ""


_WAITING: Final = Prepared(
    lambda author: (
        Comment.objects.filter(resolved_at__isnull=True)
        .exclude(author_id=author)
        .order_by("unit_id", "year", "work")
        .values("unit_id", "year", "work")
        .annotate(count=Count("pk"))
        .values_list("unit_id", "year", "work", "count")
    ),
    Prepared.number(1),
)


def _of_comments(units: Collection[str], user: User) -> Iterator[Task]:
    """Open comments for those who fill in, while a step lets them."""
    rights, tree = rights_of(user), unit_tree()
    for unit, year, work, count in _WAITING.rows(user.pk):
        if unit in units and rights.may(Right.WRITE, work, tree.chain(unit)):
            yield Task(
                "comments", f"处理 {count} 条批注（{Work(work).label}）", unit,
                tree.by_key[unit].name, year, work, None, None, "",
            )  # fmt: skip


def _of_cases(units: Iterable[str], by: Reader) -> Iterator[Task]:
    me = by.who.user
    mine = Q(state=CaseState.ASSIGNED, assignee=me) | Q(state__in=[CaseState.OPEN, CaseState.ANSWERED])
    for case in Case.objects.filter(mine, unit_id__in=list(units)):
        leads = by.who.rights.may(Right.APPROVE, case.work, by.tree.chain(case.unit_id))
        assigned = case.state == CaseState.ASSIGNED
        if not assigned and (not leads or (case.state == CaseState.ANSWERED and case.assignee_id == me.pk)):
            continue
        do = {CaseState.OPEN: "分办线索", CaseState.ANSWERED: "核对答复"}.get(
            CaseState(case.state), "答复线索"
        )
        left = by_day(case.due_on, by) if assigned else None
        yield Task(
            "case", f"{do}：{case.title}", case.unit_id, by.tree.by_key[case.unit_id].name, case.year, str(case.pk),
            case.due_on if assigned else None, left, "",
        )  # fmt: skip


def _of_matters(units: Iterable[str], by: Reader) -> Iterator[Task]:
    """Matters outside a cycle, such as adjustments, that wait for this user's decision."""
    for made, link in waiting_matters(units):
        if made.maker_id != by.who.user.pk and by.who.may_check(link, made.work, by.tree.chain(made.unit)):
            yield Task(
                "matter", f"审批：{made.title}", made.unit, by.tree.by_key[made.unit].name, made.year, made.subject,
                None, None, "", f"{made.maker.name}报送",
            )  # fmt: skip


def _of_drafts(cycles: Iterable[CycleView], units: Iterable[str], by: Reader) -> Iterator[Task]:
    """Drafts that somebody else has prepared, due with the step of disclosure that they would close."""
    steps = {
        (view.cycle.unit_id, view.cycle.year, step.rule.key): step for view in cycles for step in view.steps
    }
    for draft in waiting_drafts(units):
        if not _certifies(draft.unit, draft.prepared_by_id, by):
            continue
        step = steps.get((draft.unit, draft.year, disclosing(draft.kind)))
        open_step = step if step is not None and step.state in Step.EDITABLE else None
        due = open_step.deadline.due if open_step else None
        yield Task(
            "draft", f"签发：{draft.title}", draft.unit, by.tree.by_key[draft.unit].name, draft.year, str(draft.pk),
            due.day if due else None, open_step.left if open_step else None,
            open_step.deadline.basis if open_step else "", f"{draft.prepared_by.name}准备",
        )  # fmt: skip


def _certifies(unit: str, asker: int, by: Reader) -> bool:
    """Whether the user is another one than who asked and may sign what the unit makes public."""
    return asker != by.who.user.pk and by.who.rights.may(Right.CERTIFY, Work.DISCLOSURE, by.tree.chain(unit))


def _of_withdrawals(units: Iterable[str], by: Reader) -> Iterator[Task]:
    """Versions that somebody else wants taken from the public site."""
    for asked in waiting_withdrawals(units):
        version = asked.publication
        if _certifies(version.unit, asked.requested_by_id, by):
            yield Task(
                "withdrawal", f"签发撤下：{version}", version.unit, by.tree.by_key[version.unit].name, version.year,
                str(version.pk), None, None, "", f"{asked.requested_by.name}申请",
            )  # fmt: skip


def waiting_matters(units: Iterable[str]) -> Iterator[tuple[Submission, dict[str, Any]]]:
    """Every submission outside a cycle that is on its way, with the link at which it waits."""
    made = (
        Submission.objects.filter(step__isnull=True, unit__in=list(units))
        .exclude(decisions__outcome__in=["returned", "withdrawn"])
        .select_related("maker")
        .prefetch_related("decisions")
    )
    for each in made:
        position = len(each.decisions.all())
        if position < len(each.links):
            yield each, each.links[position]


def by_day(day: dt.date | None, by: Reader) -> int | None:
    """Working days left until a day."""
    return None if day is None else Due(day).left(by.today, by.calendar)
