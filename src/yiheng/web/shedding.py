"""Shedding load (过载保护): a request that cannot be worked on soon is turned away at once, with a page that says so.

Work on few requests at a time finishes more of them than work on many; those that would only wait hold a thread and
a person's patience. Whoever is turned away is told when to come back (Retry-After).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from yiheng.web.arrivals import waited

Next = Callable[[HttpRequest], HttpResponse]

ALWAYS: Final = ("/static/", "/health", "/ready", "/metrics")
"""Addresses that are answered however busy the process is."""
RETRY_AFTER: Final = 5
_READING: Final = ("GET", "HEAD", "OPTIONS")
_PAGE: Final = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>系统繁忙</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
    "<body><h1>系统繁忙</h1><p>同时访问的人太多，这次请求没有处理，也没有写入任何内容。请稍候几秒再试。</p></body></html>"
)


def shedding(get_response: Next) -> Next:
    """Let at most `WEB_AT_ONCE` requests of a process work, of those that write `WEB_WRITING`; the others wait
    `WEB_PATIENCE` seconds at most, counted from their arrival. Writers take turns in the database: more of them would
    only hold the places of readers.
    """
    places = threading.BoundedSemaphore(settings.WEB_AT_ONCE)
    writers = threading.BoundedSemaphore(settings.WEB_WRITING)

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ALWAYS):
            return get_response(request)
        end = time.monotonic() + settings.WEB_PATIENCE - waited()
        with ExitStack() as held:
            for turn in (places,) if request.method in _READING else (writers, places):
                if not turn.acquire(timeout=max(end - time.monotonic(), 0)):
                    return _turned_away()
                held.callback(turn.release)
            return get_response(request)

    return respond


def _turned_away() -> HttpResponse:
    response = HttpResponse(_PAGE, status=503, headers={"Retry-After": str(RETRY_AFTER)})
    # Its line among the requests says all; Django would write an error of its own for each.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
