"""Who may act on what waits (办理权限), read once for a user and then asked often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yiheng.people.models import Post, Right, Role, User
from yiheng.people.once import once
from yiheng.people.queries import Rights, rights_of

from .flow import StepRule


@dataclass(frozen=True, slots=True)
class Acting:
    """One user's rights and posts, and which posts are filled at all."""

    user: User
    rights: Rights
    posts: frozenset[tuple[str, str]]
    """(role, unit key) of the user."""
    filled: frozenset[tuple[str, str]]
    """(role, unit key) of everybody whose account is open."""

    def holds(self, roles: Iterable[str], units: Iterable[str]) -> bool:
        """Whether the user has a post with one of the roles over one of the units."""
        chain = tuple(units)
        return any((role, unit) in self.posts for role in roles for unit in chain)

    def may_make(self, rule: StepRule, units: Sequence[str]) -> bool:
        """Whether the user may draft and hand in what a step asks for."""
        return self.rights.may(Right.WRITE, rule.work, units)

    def makes(self, rule: StepRule, units: Sequence[str]) -> bool:
        """Whether the step is this user's to do: the first of its roles that anybody holds for the unit."""
        if not self.may_make(rule, units):
            return False
        role = next((role for role in rule.makers if self.is_filled([role], units)), "")
        return not role or self.holds([role], units)

    def may_check(self, link: Mapping[str, Any], work: str, units: Sequence[str]) -> bool:
        """Whether the user may decide at a link of a chain as it is kept with a submission."""
        return self.holds(link["roles"], units) and self.rights.may(link["right"], work, units)

    def may_reopen(self, rule: StepRule, units: Sequence[str]) -> bool:
        """Whether the user may take a finished step up again: as at its last link, or else by the right to approve."""
        if rule.chain:
            return self.may_check(rule.chain[-1].as_json(), rule.work, units)
        return self.rights.may(Right.APPROVE, rule.work, units)

    def is_filled(self, roles: Iterable[str], units: Iterable[str]) -> bool:
        """Whether anybody has one of the roles over one of the units."""
        chain = tuple(units)
        return any((role, unit) in self.filled for role in roles for unit in chain)


@once
def acting(user: User) -> Acting:
    """What the user may do, by one query and those of `rights_of`."""
    rights = rights_of(user)
    filled = Post.objects.filter(user__is_active=True).order_by().values_list("role", "unit").distinct()
    return Acting(user, rights, rights.posts, frozenset(filled))


def role_names(roles: Iterable[str]) -> str:
    """The roles in words."""
    return "或".join(str(Role(role).label) for role in roles)
