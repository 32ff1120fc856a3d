"""What keeps a session alive or ends it, and what must be done before anything else (会话管理).

`SessionGuard` stands between Django's authentication and the access rules. A session that `people.sessions` does not
know, or no longer, is over, whatever the browser's cookie says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from yiheng.people import second_factor, sessions
from yiheng.people.models import User
from yiheng.web.access import user_of

TOKEN: Final = "login_token"
HOW: Final = "login_how"
BACKEND: Final = "yiheng.people.backend.Backend"
_ALWAYS: Final = frozenset({"account:logout", "account:password", "health", "ready"})
_ENROLMENT: Final = frozenset({"account:factor", "account:home"})
_POLLING: Final = frozenset({"jobs"})
"""Namespaces whose requests by htmx come by themselves and show no person at work."""


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; behind the TLS proxy the address that it names last, which is its own finding."""
    if settings.HTTPS and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        return str(forwarded).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def sign_in(request: HttpRequest, user: User, how: str) -> None:
    """Begin the session of a user who has proved who they are: by `password`, `code` or `sso`."""
    request.login_how = how  # type: ignore[attr-defined]
    login(request, user, backend=BACKEND)


def begin_session(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """Note each log-in, however it came about, in the list of sessions and in the log."""
    how = getattr(request, "login_how", "password")
    agent = str(request.META.get("HTTP_USER_AGENT", ""))
    request.session[HOW] = how
    request.session[TOKEN] = sessions.start(user, address=address_of(request), agent=agent, how=how)


def connect() -> None:
    """Called once when the application starts."""
    user_logged_in.connect(begin_session, dispatch_uid="yiheng.begin_session")


def token_of(request: HttpRequest) -> str:
    """The token of the request's session, "" without one."""
    return str(request.session.get(TOKEN, ""))


def sign_out(request: HttpRequest) -> None:
    """End the session of the request."""
    user = user_of(request)
    if user is not None and (session := sessions.current(user, token_of(request))):
        sessions.end(session, why="sign_out", actor=user)
    logout(request)


def needs_factor(request: HttpRequest) -> bool:
    """Whether the installation asks this user for a second factor that is not there yet. Who came by single sign-on
    showed theirs to the provider.
    """
    user = user_of(request)
    if user is None or request.session.get(HOW) == "sso":
        return False
    wanted = settings.SECOND_FACTOR == "everybody" or (
        settings.SECOND_FACTOR == "administrators" and bool(user.administrator)
    )
    return wanted and not second_factor.enrolled(user)


def _whole_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The log-in page in place of the whole page, where a part of it was asked for after the session's end."""
    leads = str(response.headers.get("Location", ""))
    if not request.headers.get("HX-Request") or not leads.startswith(reverse("account:login")):
        return response
    here = urlsplit(request.headers.get("HX-Current-URL", "")).path
    target = f"{reverse('account:login')}?{urlencode({'next': here})}"
    return HttpResponse(status=204, headers={"HX-Redirect": target})


class SessionGuard:
    """See the module."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End a session that is over; the access rules then lead to the log-in page."""
        user = user_of(request)
        if user is not None:
            session = sessions.current(user, token_of(request))
            if session is None:
                logout(request)
                messages.info(request, _("登录已结束：闲置太久、在别处被结束或密码已修改。请重新登录。"))
            request.login_session = session  # type: ignore[attr-defined]
        return _whole_page(request, self.get_response(request))

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Note activity, and lead to what must be done first."""
        user, match = user_of(request), request.resolver_match
        if user is None or match is None:
            return None
        if not (match.namespace in _POLLING and request.headers.get("HX-Request")):
            sessions.note(request.login_session)  # type: ignore[attr-defined]
        if match.view_name in _ALWAYS:
            return None
        if user.must_change_password:
            return redirect("account:password")
        if needs_factor(request) and match.view_name not in _ENROLMENT:
            return redirect("account:factor")
        return None
