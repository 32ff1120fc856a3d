"""Taking a version from the public site (撤下), by two persons as for certifying. Nothing is deleted."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from yiheng.casework.errors import CaseworkError
from yiheng.casework.flow import disclosing
from yiheng.casework.models import Publication, Withdrawal, WithdrawalState
from yiheng.casework.queries.publications import latest
from yiheng.people.models import Right, User
from yiheng.people.operations import Write, record
from yiheng.policy import Policy

from .cycles import taken_down
from .publications import VERSIONS
from .second_person import SecondPerson, check

_SIGNED: Final = SecondPerson(
    Withdrawal,
    WithdrawalState.REQUESTED,
    asker="requested_by",
    over="这项撤下现在是“{}”，不能再办理。请刷新页面。",
    same="申请撤下和签发必须是两个人：请由另一位有签发权限的人办理。",
    silent="不同意撤下要写明意见。",
)


@transaction.atomic
def ask(version: Publication, *, by: User, reason: str) -> Withdrawal:
    """Ask that a version be taken down; the reason will stand in the public log of corrections.

    Raises `CaseworkError` without a reason or the right to prepare, and where it is asked for or done already.
    """
    if not reason.strip():
        raise CaseworkError("撤下要写明理由；理由会随更正记录向公众显示。")
    check(by, version.unit, "申请撤下该单位公开材料", Right.WRITE)
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
def sign(asked: Withdrawal, *, by: User, policy: Policy | None = None) -> Withdrawal:
    """Take the version down at once, and where it was the newest, open the cycle's step of disclosure again.

    Raises `CaseworkError` for whoever asked for it or may not certify.
    """
    now = _SIGNED.held(asked, by, Right.CERTIFY)
    _SIGNED.decide(now, by, WithdrawalState.WITHDRAWN)
    version = now.publication
    record([Write("take_down", VERSIONS, str(version.pk), after={"reason": now.reason})], actor=by)
    if latest(version.unit, version.year, version.kind) == version:
        taken_down(
            version.unit, version.year, disclosing(version.kind), by=by, policy=policy,
            reason=f"第 {version.version} 版：{now.reason}",
        )  # fmt: skip
    return now


@transaction.atomic
def decline(asked: Withdrawal, *, by: User, comment: str) -> Withdrawal:
    """Leave the version public, and say why. Raises as `sign`."""
    now = _SIGNED.refused(asked, by, WithdrawalState.DECLINED, comment)
    record([Write("keep_up", VERSIONS, str(now.publication_id), after={"comment": now.comment})], actor=by)
    return now
