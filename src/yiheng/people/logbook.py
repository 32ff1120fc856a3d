"""Reading the log (查阅操作日志): search, filters, words for what was done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import LogEntry
from .queries import LogDefect, verify_log

ACTIONS: Final = {
    "add": "新增", "change": "更正", "remove": "冲销", "load": "装载",
    "create": "新建", "activate": "启用", "deactivate": "停用", "unlock": "解除锁定",
    "appoint": "任岗", "dismiss": "免岗", "grant": "授权", "revoke": "收回权限",
    "sign_in": "登录", "sign_in_failed": "登录失败", "session_end": "会话结束",
    "password_changed": "修改密码", "password_reset": "重置密码", "sso_bound": "绑定单点登录",
    "factor_on": "启用动态口令", "factor_off": "停用动态口令",
    "recovery_used": "使用恢复码", "recovery_renewed": "更换恢复码",
    "export": "导出", "set_up": "完成设置",
    "submit": "提交", "withdraw": "撤回", "approve": "通过", "approved": "通过", "return": "退回", "returned": "退回",
    "prepare": "编制公开稿", "certify": "签发", "review": "审校", "decide": "认定",
    "open_cycle": "开始周期", "set_due": "改定期限",
    "enqueue": "排入任务", "confirm": "确认", "cancel": "取消", "end": "任务结束",
}  # fmt: skip
"""What the actions are called on screens; one that is not listed is shown as it stands in the log."""
TABLES: Final = {
    "users": "用户", "sessions": "会话", "posts": "岗位", "unit_scopes": "权限范围", "log": "操作日志",
    "set_up": "首次设置", "jobs": "后台任务", "cycles": "周期", "loads": "装载",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are looked for; what is empty does not restrict. Days count in local time, both included."""

    text: str = ""
    """Part of the actor, of the key, or a batch."""
    action: str = ""
    table: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


def search(wanted: Wanted) -> QuerySet[LogEntry]:
    """The entries that are looked for, newest first."""
    found = LogEntry.objects.order_by("-pk")
    if wanted.text:
        text = wanted.text.strip()
        found = found.filter(Q(actor__icontains=text) | Q(key__icontains=text) | Q(batch=text))
    if wanted.action:
        found = found.filter(action=wanted.action)
    if wanted.table:
        found = found.filter(table=wanted.table)
    if wanted.first:
        found = found.filter(at__gte=_midnight(wanted.first))
    if wanted.last:
        found = found.filter(at__lt=_midnight(wanted.last + dt.timedelta(days=1)))
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), timezone.get_current_timezone())


def kinds() -> tuple[list[str], list[str]]:
    """The actions and the tables that the log knows, sorted."""
    actions = LogEntry.objects.order_by("action").values_list("action", flat=True).distinct()
    tables = LogEntry.objects.order_by("table").values_list("table", flat=True).distinct()
    return list(actions), list(tables)


@dataclass(frozen=True, slots=True)
class ChainState:
    """How the chain of the log stands (校验链状态)."""

    entries: int
    last_hash: str
    defects: tuple[LogDefect, ...]
    """Where it breaks, the first hundred."""


def chain_state() -> ChainState:
    """Recompute the whole chain."""
    last = LogEntry.objects.order_by("-pk").first()
    return ChainState(LogEntry.objects.count(), last.hash if last else "", tuple(islice(verify_log(), 100)))
