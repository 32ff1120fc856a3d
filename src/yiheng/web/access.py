"""Who may see a view (访问规则): every view carries one rule, and a view without one is refused.

`AccessMiddleware` asks the rule before the view runs. The rule says what the roles and scopes of `people` must
hold; it decides nothing itself. A test walks all addresses and finds a view that was forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.http import HttpRequest

from yiheng.ledger.queries import UnitTree, unit_tree
from yiheng.people import queries
from yiheng.people.models import Right, User
from yiheng.people.queries import Rights

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Public:
    """Everybody, without signing in (公众)."""

    def allows(self, user: User | None, arguments: dict[str, Any]) -> bool:
        """Always."""
        return True


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whoever has signed in (已登录)."""

    def allows(self, user: User | None, arguments: dict[str, Any]) -> bool:
        """Whether there is an active user."""
        return user is not None and user.is_active


@dataclass(frozen=True, slots=True)
class ForUnit:
    """Whoever has the right over the unit that the address names (`<str:unit>`), for one of the kinds of work."""

    right: str
    works: tuple[str, ...]

    def allows(self, user: User | None, arguments: dict[str, Any]) -> bool:
        """Whether a scope of the user reaches the unit. A unit that is not there is nobody's."""
        return user is not None and any(may(user, self.right, work, arguments["unit"]) for work in self.works)


@dataclass(frozen=True, slots=True)
class WorksOn:
    """Whoever works on one of the kinds of work of the unit that the address names: fills in, approves or certifies."""

    works: tuple[str, ...]

    def allows(self, user: User | None, arguments: dict[str, Any]) -> bool:
        """Whether the user has a right beyond looking."""
        rights = (Right.WRITE, Right.APPROVE, Right.CERTIFY)
        unit = arguments["unit"]
        return user is not None and any(
            may(user, right, work, unit) for work in self.works for right in rights
        )


@dataclass(frozen=True, slots=True)
class SomeUnit:
    """Whoever has the right over any unit at all: lists that show each user only his own units."""

    right: str
    works: tuple[str, ...]

    def allows(self, user: User | None, arguments: dict[str, Any]) -> bool:
        """Whether one scope of the user has the right."""
        return user is not None and any(_sight(user)[0].units(work, self.right) for work in self.works)


@dataclass(frozen=True, slots=True)
class Administrator:
    """One of the three administrators (三员): system, security or audit."""

    roles: tuple[str, ...]

    def allows(self, user: User | None, arguments: dict[str, Any]) -> bool:
        """Whether the user holds one of the posts."""
        return user is not None and user.is_active and user.administrator in self.roles


Rule = Public | SignedIn | ForUnit | WorksOn | SomeUnit | Administrator
ATTRIBUTE: Final = "access"
_SIGHT: Final = "_seen_in_this_request"


def public(view: View) -> View:
    """Mark a view as open to everybody."""
    return _marked(view, Public())


def signed_in(view: View) -> View:
    """Mark a view as open to whoever has signed in."""
    return _marked(view, SignedIn())


def for_unit(right: str, *works: str) -> Callable[[View], View]:
    """Mark a view of a unit; its address must have `<str:unit>`. Any one of the kinds of work is enough."""
    return lambda view: _marked(view, ForUnit(right, works))


def works_on(*works: str) -> Callable[[View], View]:
    """Mark a view that writes, for whoever does more than look at one of the kinds of work of the unit."""
    return lambda view: _marked(view, WorksOn(works))


def some_unit(right: str, *works: str) -> Callable[[View], View]:
    """Mark a view over several units."""
    return lambda view: _marked(view, SomeUnit(right, works))


def administrator(*roles: str) -> Callable[[View], View]:
    """Mark a view of one or more of the three administrators."""
    return lambda view: _marked(view, Administrator(roles))


def rule_of(view: Any) -> Rule | None:
    """The rule of a view, None where nobody gave it one."""
    found: Rule | None = getattr(view, ATTRIBUTE, None)
    return found


def may(user: User, right: str, work: str, unit: str) -> bool:
    """Whether the user may do that for the unit; False for a unit that is not there."""
    rights, tree = _sight(user)
    return unit in tree.by_key and rights.may(right, work, tree.chain(unit))


def _sight(user: User) -> tuple[Rights, UnitTree]:
    """The user's rights and the unit tree, read once a request: each request has a user object of its own."""
    found: tuple[Rights, UnitTree] | None = getattr(user, _SIGHT, None)
    if found is None:
        found = queries.rights_of(user), unit_tree()
        setattr(user, _SIGHT, found)
    return found


def user_of(request: HttpRequest) -> User | None:
    """The user who has signed in, if any."""
    return request.user if isinstance(request.user, User) else None


def _marked(view: View, rule: Rule) -> View:
    setattr(view, ATTRIBUTE, rule)
    return view
