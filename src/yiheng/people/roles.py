"""What each role may do (角色权限表). The one place where it is written; screens and tests read it from here.

A right reaches the unit of the post and all units below it. Reading is part of every other right.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .models import Right, Role, Work

BUSINESS: Final = (
    Work.BUDGET, Work.EXECUTION, Work.ACCOUNTS, Work.PERFORMANCE, Work.DISCLOSURE, Work.REVIEW,
)  # fmt: skip
"""The columns of the table below."""

_SIGNS: Final = {"看": Right.READ, "填": Right.WRITE, "批": Right.APPROVE, "签": Right.CERTIFY}
_TABLE: Final[Mapping[Role, str]] = {
    #                     部门预算 执行与采购 部门决算 绩效 公开 审校
    Role.PREPARER: "      填       填         填       填   填   填",
    Role.UNIT_HEAD: "     批       批         批       批   批签 填",
    Role.PLANNING: "      填批     填批       填批     填批 填批 填",
    Role.LEADER: "        批签     批签       批签     批签 批签 看",
    Role.FINANCE_BUREAU: "批       批         批       批   看   无",
    Role.EVALUATOR: "     无       无         无       无   无   无",
    Role.AUDITOR: "       看       看         看       看   看   看",
}


def _rights(signs: str) -> frozenset[Right]:
    return frozenset({Right.READ, *(_SIGNS[sign] for sign in signs)} if signs != "无" else ())


ROLE_RIGHTS: Final[Mapping[Role, Mapping[Work, frozenset[Right]]]] = {
    role: {work: _rights(signs) for work, signs in zip(BUSINESS, row.split(), strict=True)}
    for role, row in _TABLE.items()
}
"""Role → kind of work → rights. An evaluator's post names them; what they may see is handed over (`UnitScope`)."""

EXCLUSIVE: Final = frozenset({Role.FINANCE_BUREAU, Role.EVALUATOR, Role.AUDITOR})
"""Roles of people from outside: nobody holds one of them together with another role."""

READS_ONLY: Final = frozenset({Role.AUDITOR})
"""Roles whose holder writes nothing, whatever else they were given."""

ADMINISTRATION: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.SYSTEM_ADMIN: ("账号与会话", "工作日历", "后台任务", "备份与恢复"),
    Role.SECURITY_ADMIN: ("岗位与授权", "启用管理员账号", "解除锁定"),
    Role.AUDIT_ADMIN: ("操作日志",),
}
"""What each of the three administrators looks after, in words for the screens."""


def grants(role: Role, work: Work) -> frozenset[Right]:
    """The rights that a role has over a kind of work; none for administrators."""
    return ROLE_RIGHTS.get(role, {}).get(work, frozenset())


def granting(right: Right, work: Work) -> tuple[Role, ...]:
    """The roles that have the right over the kind of work."""
    return tuple(role for role in ROLE_RIGHTS if right in grants(role, work))
