"""What one person asks for and another decides (双人办理), once: certifying a draft, withdrawing a version.

That the two differ is a constraint of the database as well; here it is said in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils import timezone

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Preparation, Withdrawal
from yiheng.ledger.queries import unit_tree
from yiheng.people.models import Right, User, Work
from yiheng.people.queries import may

Asked = TypeVar("Asked", Preparation, Withdrawal)


@dataclass(frozen=True, slots=True)
class SecondPerson(Generic[Asked]):
    """How one kind of request is decided: its rows, and what is said to whoever may not decide."""

    model: type[Asked]
    waiting: str
    """The state in which a row waits."""
    asker: str
    """The field that names who asked."""
    over: str
    """Said of a row that waits no longer; `{}` is its state."""
    same: str
    """Said to whoever asked."""
    silent: str
    """Said to whoever refuses without a comment."""

    def held(self, asked: Asked, by: User, *rights: Right) -> Asked:
        """The row as it is now, held to the end of the transaction, if this person may decide on it by one of the
        rights. Raises `CaseworkError` otherwise.
        """
        rows: Any = self.model._default_manager
        now: Asked = rows.select_for_update().get(pk=asked.pk)
        if now.state != self.waiting:
            raise CaseworkError(self.over.format(now.get_state_display()))
        if getattr(now, f"{self.asker}_id") == by.pk:
            raise CaseworkError(self.same)
        check(by, now.unit, "签发该单位公开材料", *rights)
        return now

    def refused(self, asked: Asked, by: User, to: str, comment: str) -> Asked:
        """Decide against it, and say why. Raises as `held`, and without a comment."""
        if not comment.strip():
            raise CaseworkError(self.silent)
        now = self.held(asked, by, Right.CERTIFY, Right.APPROVE)
        self.decide(now, by, to, comment.strip())
        return now

    def decide(self, held: Asked, by: User, to: str, comment: str = "") -> None:
        """Write down who decided what and when, on a row from `held`."""
        held.state, held.decided_by, held.decided_at, held.comment = to, by, timezone.now(), comment
        held.save(update_fields=["state", "decided_by", "decided_at", "comment"])


def check(by: User, unit: str, what: str, *rights: Right) -> None:
    """Raises `CaseworkError` unless the person has one of the rights over what the unit makes public."""
    above = unit_tree().chain(unit)
    if not any(may(by, right, Work.DISCLOSURE, above) for right in rights):
        raise CaseworkError(f"您没有{what}的权限，请联系安全管理员。")
