"""Comments on cells (批注) and cases (疑点线索): write, answer, hand on, close."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from yiheng.casework.errors import CaseworkError, NotPermitted
from yiheng.casework.models import Case, CaseOrigin, CaseState, Comment
from yiheng.casework.tables import CASES, COMMENTS
from yiheng.people.models import Right, User
from yiheng.people.once import reading
from yiheng.people.operations import Write, record
from yiheng.people.queries import may

from .steps import tree_with

_WORKING_RIGHTS: Final = (Right.WRITE, Right.APPROVE, Right.CERTIFY)


def comment(
    unit: str, year: int, work: str, *, sheet: str, row: str, column: str = "", text: str, by: User
) -> Comment:
    """Put a comment on a cell, or on a row where no column is named (批注). Readers may not."""
    if not _works_on(by, unit, work):
        raise NotPermitted("批注需要该单位这项工作的填报或审批权限。")
    if not (text.strip() and sheet.strip() and row.strip()):
        raise CaseworkError("批注要有内容，并指明表和行。")
    made = Comment(
        unit_id=unit, year=year, work=work, sheet=sheet.strip(), row=row.strip(), column=column.strip(),
        text=text.strip(), author=by, at=timezone.now(),
    )  # fmt: skip
    after = {"unit": unit, "year": year, "place": made.place, "text": made.text}
    with transaction.atomic():
        made.save(force_insert=True)
        record([Write("comment", COMMENTS, str(made.pk), after=after)], actor=by)
    return made


@transaction.atomic
def resolve(made: Comment, *, by: User, answer: str = "") -> Comment:
    """Say that a comment is settled (解决): its author, or whoever fills in this work and says what was done."""
    now = Comment.objects.select_for_update().get(pk=made.pk)
    if not now.is_open:
        raise CaseworkError("这条批注已经解决，请刷新页面。")
    own = now.author_id == by.pk
    if not own and not may(by, Right.WRITE, now.work, tree_with(now.unit_id).chain(now.unit_id)):
        raise NotPermitted("解决批注须由批注人，或有填报权限的人办理。")
    if not own and not answer.strip():
        raise CaseworkError("解决他人的批注要写明怎样处理的。")
    now.resolved_by, now.resolved_at, now.answer = by, timezone.now(), answer.strip()
    now.save(update_fields=["resolved_by", "resolved_at", "answer"])
    record([Write("resolve", COMMENTS, str(now.pk), after={"answer": now.answer})], actor=by)
    return now


@transaction.atomic
def take_up(made: Comment, *, by: User) -> Comment:
    """Open a settled comment again (重新打开): its author, who is not content."""
    now = Comment.objects.select_for_update().get(pk=made.pk)
    if now.is_open:
        return now
    if now.author_id != by.pk:
        raise NotPermitted("重新打开批注须由批注人办理。")
    before = {"answer": now.answer, "resolved_at": now.resolved_at}
    now.resolved_by = now.resolved_at = None
    now.save(update_fields=["resolved_by", "resolved_at"])
    record([Write("take_up", COMMENTS, str(now.pk), before=before)], actor=by)
    return now


@transaction.atomic
def open_case(
    unit: str,
    year: int,
    work: str,
    *,
    title: str,
    text: str,
    by: User,
    origin: str = CaseOrigin.OWN,
    reference: str = "",
) -> Case:
    """Open a case (登记线索). Of one finding or comment (`reference`) only one is open at a time."""
    if not _works_on(by, unit, work):
        raise NotPermitted("登记线索需要该单位这项工作的填报或审批权限。")
    if not (title.strip() and text.strip()):
        raise CaseworkError("线索要有标题和情况说明。")
    try:
        with transaction.atomic():
            made = Case.objects.create(
                unit_id=unit, year=year, work=work, title=title.strip()[:200], text=text.strip(), origin=origin,
                reference=reference[:300], opened_by=by, opened_at=timezone.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise CaseworkError("这个问题已经登记为线索，尚未办结。") from error
    after = {"unit": unit, "year": year, "title": made.title, "origin": origin, "reference": made.reference}
    record([Write("open_case", CASES, str(made.pk), after=after)], actor=by)
    return made


def open_case_from_comment(made: Comment, *, by: User) -> Case:
    """Turn a comment into a case."""
    return open_case(
        made.unit_id, made.year, made.work, title=f"批注：{made.place}", text=made.text, by=by,
        origin=CaseOrigin.COMMENT, reference=f"comment:{made.pk}",
    )  # fmt: skip


@transaction.atomic
def assign(case: Case, *, to: User, by: User, due_on: dt.date | None = None) -> Case:
    """Give a case to somebody who fills in this work of the unit (分办)."""
    now = _held(case)
    _check_leads(now, by)
    if not may(to, Right.WRITE, now.work, tree_with(now.unit_id).chain(now.unit_id)):
        raise CaseworkError(f"{to.name}没有该单位这项工作的填报权限，不能承办。")
    now.assignee, now.due_on = to, due_on
    return _moved(now, "assign", by, {"assignee": to.username, "due": due_on})


@transaction.atomic
def answer_case(case: Case, *, by: User, answer: str) -> Case:
    """Say what came of it (答复): whoever it was given to."""
    now = _held(case)
    if now.assignee_id != by.pk:
        raise NotPermitted("答复须由承办人办理。")
    if not answer.strip():
        raise CaseworkError("答复要写明核实的情况和处理结果。")
    now.answer = answer.strip()
    return _moved(now, "give_answer", by, {"answer": now.answer})


@transaction.atomic
def ask_again(case: Case, *, by: User, reason: str) -> Case:
    """Hand an answer back (退回答复)."""
    now = _held(case)
    _check_leads(now, by)
    if not reason.strip():
        raise CaseworkError("退回答复要写明原因。")
    return _moved(now, "ask_again", by, {"reason": reason.strip()})


@transaction.atomic
def close_case(case: Case, *, by: User, reason: str) -> Case:
    """Close a case with a reason (办结). Never by whoever answered it."""
    now = _held(case)
    _check_leads(now, by)
    if now.assignee_id == by.pk:
        raise NotPermitted("承办人不能办结自己答复的线索，请由他人办理。")
    if not reason.strip():
        raise CaseworkError("办结要写明理由。")
    now.reason = reason.strip()
    return _moved(now, "close", by, {"reason": now.reason})


def _held(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)


def _check_leads(case: Case, by: User) -> None:
    units = tree_with(case.unit_id).chain(case.unit_id)
    if not may(by, Right.APPROVE, case.work, units):
        raise NotPermitted("分办和办结线索须由该单位有审批权限的人办理。")


def _works_on(user: User, unit: str, work: str) -> bool:
    with reading():
        units = tree_with(unit).chain(unit)
        return any(may(user, right, work, units) for right in _WORKING_RIGHTS)


def _moved(case: Case, name: str, by: User, after: dict[str, Any]) -> Case:
    before = {"state": case.state}
    try:
        getattr(case, name)()
    except TransitionNotAllowed as error:
        label = CaseState(case.state).label
        raise CaseworkError(f"线索“{case.title}”现在是“{label}”，不能这样办理，请刷新页面。") from error
    case.save()
    record([Write(name, CASES, str(case.pk), before=before, after={**after, "state": case.state})], actor=by)
    return case
