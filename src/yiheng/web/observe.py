"""What the application tells its keepers (运行监测): one JSON line a request, and figures for Prometheus at /metrics.

Addresses are counted by their pattern, never with what stands in them; neither lines nor figures name a person.
"""

from __future__ import annotations

import hmac
import logging
import time
import uuid
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.registry import REGISTRY

from yiheng.web.access import public, user_of

Next = Callable[[HttpRequest], HttpResponse]

_log = logging.getLogger("yiheng.request")
_requests: Final = Counter("yiheng_requests_total", "Requests answered", ("view", "method", "status"))
_seconds: Final = Histogram(
    "yiheng_request_seconds", "Seconds to answer a request", ("view",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.8, 2, 5, 15),
)  # fmt: skip
REQUEST_ID: Final = "X-Request-ID"


def observed(get_response: Next) -> Next:
    """Time each request, count it and write its line. The answer carries the number under which it was logged."""

    def respond(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        number = uuid.uuid4().hex
        response = get_response(request)
        seconds = time.perf_counter() - begun
        match = request.resolver_match
        view = (match.view_name or match.route) if match else "none"
        _requests.labels(view, request.method or "", str(response.status_code)).inc()
        _seconds.labels(view).observe(seconds)
        user = user_of(request) if hasattr(request, "user") else None
        fields = {
            "request": number, "method": request.method, "view": view, "status": response.status_code,
            "ms": round(seconds * 1000, 1), "user": user.pk if user else None,
        }  # fmt: skip
        _log.info("request", extra={"fields": fields})
        response.headers[REQUEST_ID] = number
        return response

    return respond


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for this machine or whoever holds the token YIHENG_METRICS_TOKEN; others get 404."""
    if not _may_read(request):
        return HttpResponse(status=404)
    registry = REGISTRY
    if settings.METRICS_FOLDER:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token:
        return hmac.compare_digest(given.encode(), token.encode())
    # A proxy on this machine passes on requests from elsewhere, and says so.
    return (
        request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and "X-Forwarded-For" not in request.headers
    )
