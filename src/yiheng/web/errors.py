"""Pages for what went wrong (出错页面): refused, not found, failed, busy."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from yiheng.web.access import public


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


@public
def failed(request: HttpRequest) -> HttpResponse:
    """500: rendered without context processors, which may be what failed."""
    text = _("程序出错，已记入日志。没有写入任何半成品；请稍后重试，或联系系统管理员。")
    context: dict[str, Any] = {"title": _("程序出错"), "text": text, "status": 500}
    return HttpResponse(render_to_string("web/failed.html", context), status=500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form came from another page or is too old."""
    return _page(request, 403, _("页面已过期"), _("为了安全，这个表单不能再提交。请返回上一页，刷新后重试。"))
