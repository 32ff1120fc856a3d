"""Taking a version from the public site (撤下), by two persons as for certifying. Nothing is deleted."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Publication, Withdrawal, WithdrawalState
from yiheng.ledger.queries import unit_tree
from yiheng.people.models import Right, User, Work
from yiheng.people.operations import Write, record
from yiheng.people.queries import may

from .publications import VERSIONS


@transaction.atomic
def ask(version: Publication, *, by: User, reason: str) -> Withdrawal:
    """Ask that a version be taken down; the reason will stand in the public log of corrections.

    Raises `CaseworkError` without a reason or the right to prepare, and where it is asked for or done already.
    """
    if not reason.strip():
        raise CaseworkError("撤下要写明理由；理由会随更正记录向公众显示。")
    _check(by, version, (Right.WRITE,), "申请撤下该单位公开材料")
    Publication.objects.select_for_update().get(pk=version.pk)
    of_it = Withdrawal.objects.filter(publication=version)
    if there := of_it.exclude(state=WithdrawalState.DECLINED).first():
        raise CaseworkError(f"这一版的撤下现在是“{there.get_state_display()}”，不能再次申请。请刷新页面。")
    made = Withdrawal.objects.create(
        publication=version, reason=reason.strip(), requested_by=by, requested_at=timezone.now()
    )
    record([Write("ask_take_down", VERSIONS, str(version.pk), after={"reason": made.reason})], actor=by)
    return made


@transaction.atomic
def sign(asked: Withdrawal, *, by: User) -> Withdrawal:
    """Take the version down at once. Raises `CaseworkError` for whoever asked for it or may not certify."""
    now = _waiting(asked, by, (Right.CERTIFY,))
    _decide(now, by, WithdrawalState.WITHDRAWN, "")
    record([Write("take_down", VERSIONS, str(now.publication_id), after={"reason": now.reason})], actor=by)
    return now


@transaction.atomic
def decline(asked: Withdrawal, *, by: User, comment: str) -> Withdrawal:
    """Leave the version public, and say why. Raises as `sign`."""
    if not comment.strip():
        raise CaseworkError("不同意撤下要写明意见。")
    now = _waiting(asked, by, (Right.CERTIFY, Right.APPROVE))
    _decide(now, by, WithdrawalState.DECLINED, comment.strip())
    record([Write("keep_up", VERSIONS, str(now.publication_id), after={"comment": now.comment})], actor=by)
    return now


def _waiting(asked: Withdrawal, by: User, rights: tuple[Right, ...]) -> Withdrawal:
    now = Withdrawal.objects.select_for_update().get(pk=asked.pk)
    if now.state != WithdrawalState.REQUESTED:
        raise CaseworkError(f"这项撤下现在是“{now.get_state_display()}”，不能再办理。请刷新页面。")
    if now.requested_by_id == by.pk:
        raise CaseworkError("申请撤下和签发必须是两个人：请由另一位有签发权限的人办理。")
    _check(by, now.publication, rights, "签发该单位公开材料")
    return now


def _check(by: User, version: Publication, rights: tuple[Right, ...], what: str) -> None:
    above = unit_tree().chain(version.unit)
    if not any(may(by, right, Work.DISCLOSURE, above) for right in rights):
        raise CaseworkError(f"您没有{what}的权限，请联系安全管理员。")


def _decide(asked: Withdrawal, by: User, to: WithdrawalState, comment: str) -> None:
    asked.state, asked.decided_by, asked.decided_at, asked.comment = to, by, timezone.now(), comment
    asked.save(update_fields=["state", "decided_by", "decided_at", "comment"])
