"""What happens to every request: headers that bind the browser, and the access rule of the view."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from yiheng.people.once import is_reading, reading
from yiheng.pipelines.backup.marked import unfinished
from yiheng.web import errors
from yiheng.web.access import Public, SignedIn, rule_of, user_of

Next = Callable[[HttpRequest], HttpResponse]

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the kit's ticks and arrows are pictures in its style sheet
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
RESTORING: Final = ("/setup/", "/health", "/metrics", "/language")
"""Where addresses begin that are answered while a restore has not ended; static files are answered before."""
OWN_RULES: Final = "api"
"""Addresses of this name are judged by token and scope inside the API."""


def security_headers(get_response: Next) -> Next:
    """Say which sources a page may use (CSP), that nobody frames it, and which devices it may not use."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return respond


def wholly_restored(get_response: Next) -> Next:
    """Serve nothing while a restore has not ended, but for the pages that show and begin one, and `/health`."""

    def respond(request: HttpRequest) -> HttpResponse:
        if unfinished() and not request.path.startswith(RESTORING):
            return errors.half_restored()
        return get_response(request)

    return respond


def reading_once(get_response: Next) -> Next:
    """Let a page that only shows read what it needs several times once; see `people.once`."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with reading():
            return get_response(request)

    return respond


class AccessMiddleware:
    """Ask each view's rule before it runs; see `web/access.py`."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and let no page of a signed-in user stay in a shared cache."""
        response = self.get_response(request)
        if user_of(request) is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """None lets the view run; otherwise the log-in page or a refusal."""
        match = request.resolver_match
        if match is not None and match.namespaces[:1] == [OWN_RULES]:
            return None
        rule = rule_of(view)
        if rule is None:
            return errors.refused(request)
        user = user_of(request)
        if isinstance(rule, Public):
            return None
        with nullcontext() if is_reading() else reading():  # also of a request that writes afterwards
            allowed = rule.allows(user, kwargs)
        if allowed:
            return None
        if user is None or (isinstance(rule, SignedIn) and not user.is_active):
            return redirect_to_login(request.get_full_path())
        return errors.refused(request)
