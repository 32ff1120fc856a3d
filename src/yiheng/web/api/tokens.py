"""Who asks (令牌): the token's right and kinds of work, and its owner's rights over the unit; both must allow it."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer

from yiheng.people import tokens
from yiheng.people.models import ApiToken, Right, User, Work
from yiheng.web.access import may


class Refused(Exception):
    """The token or its owner may not do that; the message says which of the two."""


class TokenAuth(HttpBearer):
    """`Authorization: Bearer yh_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token in force, or None for 401."""
        return tokens.find(token)


def token_of(request: HttpRequest) -> ApiToken:
    """The token that the request was let in with."""
    found = request.auth  # type: ignore[attr-defined]
    assert isinstance(found, ApiToken)
    return found


def owner(request: HttpRequest) -> User:
    """The person for whom the other system acts."""
    found: User = token_of(request).user
    return found


def reaches(token: ApiToken, right: str, works: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of work among these for which the token itself has the right."""
    enough = right == Right.READ or token.right == Right.WRITE
    return tuple(work for work in works if enough and work in token.works)


def require(request: HttpRequest, right: str, unit: str, *works: str) -> None:
    """Raise `Refused` unless token and owner have the right over the unit for one of the kinds of work."""
    token = token_of(request)
    allowed = reaches(token, right, works)
    if not allowed:
        wanted = "或".join(Work(work).label for work in works)
        raise Refused(f"令牌没有“{wanted}·{Right(right).label}”的权限。请另行签发令牌。")
    if not any(may(token.user, right, work, unit) for work in allowed):
        raise Refused(f"令牌的所有者没有单位“{unit}”的“{Right(right).label}”权限。")
