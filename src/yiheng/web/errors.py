"""Pages for what went wrong (出错页面): refused, not found, failed, busy."""

from __future__ import annotations

import sys
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from yiheng.casework.faults import Broken, database_away, database_broken, disk_full
from yiheng.pipelines.backup.lock import restoring
from yiheng.web.access import public

RETRY_AFTER: Final = 5
"""Seconds after which it is worth to ask again."""


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "web/error.html", {"title": title, "text": text, "status": status}, status=status)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, and without the right."""
    return _page(
        request, 403, _("没有权限"), _("您的岗位不能查看这一页。如工作需要，请联系本单位的安全管理员授权。")
    )


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(request, 404, _("没有这一页"), _("地址有误，或内容已经移走。请从首页重新进入。"))


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(request, 400, _("请求无法识别"), _("浏览器发来的内容不完整或有误。请返回上一页重试。"))


def unavailable(request: HttpRequest, reason: str) -> HttpResponse:
    """503: what is asked for is there and may not be shown now; the reason says why."""
    return _page(request, 503, _("暂不提供"), reason)


def half_restored() -> HttpResponse:
    """503: a restore is at work, or was ended before its end. Rendered without what would ask the database."""
    if restoring():
        title, text = _("正在从备份恢复"), _("正在从备份恢复，这时不能使用。请等恢复结束再试。")
    else:
        title = _("恢复没有完成，请重新恢复")
        text = _(
            "上次恢复中途停止，恢复完成以前系统不能使用。请在服务器上执行 yiheng restore 备份文件，"
            "或打开 /setup/，用启动时显示的设置码重新上传同一个备份。"
        )
    return _without_database(503, title, text, setup=not restoring())


def _without_database(status: int, title: str, text: str, *, setup: bool = False) -> HttpResponse:
    context: dict[str, Any] = {"title": title, "text": text, "status": status, "setup": setup}
    answer = HttpResponse(render_to_string("web/failed.html", context), status=status)
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


@public
def failed(request: HttpRequest) -> HttpResponse:
    """What nobody caught: 507 where the disk is full, 503 where the database does not answer, otherwise 500, with what
    to do where the database itself is broken.

    Rendered without context processors, which may be what failed. Django calls this while it handles the exception.
    """
    return _without_database(*fault(sys.exc_info()[1]))


def fault(error: BaseException | None) -> tuple[int, str, str]:
    """Status, title and text for an exception that no view expects."""
    if disk_full(error):
        text = _("服务器的磁盘空间不足，这次操作没有写入任何内容。请通知系统管理员清理磁盘，再重新提交。")
        return 507, _("磁盘空间不足"), text
    if broken := database_broken(error):
        return (500, *_broken(broken))
    if database_away(error):
        text = _("数据库暂时没有应答。如果刚才是在保存，可能没有写入：请稍候几秒，刷新页面核对后再提交。")
        return 503, _("暂时没有应答"), text
    text = _("程序出错，已记入日志。没有写入任何半成品；请稍后重试，或联系系统管理员。")
    return 500, _("程序出错"), text


def _broken(broken: Broken) -> tuple[str, str]:
    """Title and text: what is wrong with the database, and that only somebody at the machine can mend it."""
    if broken is Broken.READ_ONLY:
        title = _("数据库不能写入")
        cause = _("请通知系统管理员核对数据库文件和文件夹的权限，确认磁盘没有挂载成只读。")
    elif broken is Broken.INPUT_OUTPUT:
        title = _("读写数据库时磁盘出错")
        cause = _("请通知系统管理员检查服务器的磁盘（故障、断开、配额用尽）和系统日志。")
    elif broken is Broken.UNREACHABLE:
        title = _("数据库打不开")
        cause = _("请通知系统管理员核对数据文件夹是否还在、权限是否正确。")
    else:
        title = _("数据库文件已损坏")
        cause = _("请立即停止使用，通知系统管理员保留现场，用最近的备份恢复到新的数据文件夹。")
    text = _("%(cause)s这次操作没有保存；修好以后，刷新页面再提交。") % {"cause": cause}
    return title, text


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form came from another page or is too old."""
    return _page(request, 403, _("页面已过期"), _("为了安全，这个表单不能再提交。请返回上一页，刷新后重试。"))
