"""Accounts, posts and scopes over the unit tree, sessions, and the append-only log of writes."""

from .accounts import LoginSession, RecoveryCode, User
from .log import LogEntry
from .rights import ADMINISTRATORS, BUSINESS_ROLES, Post, Right, Role, UnitScope, Work
from .tokens import ApiToken

__all__ = [
    "ADMINISTRATORS",
    "BUSINESS_ROLES",
    "ApiToken",
    "LogEntry",
    "LoginSession",
    "Post",
    "RecoveryCode",
    "Right",
    "Role",
    "UnitScope",
    "User",
    "Work",
]
