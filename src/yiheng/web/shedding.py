"""Shedding load (过载保护): a request that cannot be worked on soon is turned away at once, with a page that says so.

Work on few requests at a time finishes more of them than work on many; those that would only wait hold a thread and
a person's patience. Whoever is turned away is told when to come back (Retry-After).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]

ALWAYS: Final = ("/static/", "/health", "/ready", "/metrics")
"""Addresses that are answered however busy the process is."""
RETRY_AFTER: Final = 5
_PAGE: Final = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>系统繁忙</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
    "<body><h1>系统繁忙</h1><p>同时访问的人太多，这次请求没有处理，也没有写入任何内容。请稍候几秒再试。</p></body></html>"
)


def shedding(get_response: Next) -> Next:
    """Let at most `WEB_AT_ONCE` requests of a process work, the others wait `WEB_PATIENCE` seconds at most."""
    slots = threading.BoundedSemaphore(settings.WEB_AT_ONCE)

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ALWAYS):
            return get_response(request)
        if not slots.acquire(timeout=settings.WEB_PATIENCE):
            return HttpResponse(_PAGE, status=503, headers={"Retry-After": str(RETRY_AFTER)})
        try:
            return get_response(request)
        finally:
            slots.release()

    return respond
