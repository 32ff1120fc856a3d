"""Signing in and out (登录、退出)."""

from __future__ import annotations

import time
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yiheng.people import second_factor, signin
from yiheng.people.models import User
from yiheng.web.access import public, user_of

from . import keeping
from .forms import CodeForm, SignInForm

HALF: Final = "login_half"
HALF_FOR: Final = 300
"""Seconds between the password and the code."""


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask name and password; with a second factor the code comes next."""
    onward = _safe(request, request.POST.get("next") or request.GET.get("next") or "")
    if user_of(request) is not None:
        return redirect(onward)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = signin.check_password(
                form.cleaned_data["username"],
                form.cleaned_data["password"],
                address=keeping.address_of(request),
            )
        except signin.SignInRefused as refused:
            form.add_error(None, str(refused))
        else:
            if second_factor.enrolled(user):
                request.session.cycle_key()
                request.session[HALF] = {"user": user.pk, "at": int(time.time()), "next": onward}
                return redirect("account:code")
            keeping.sign_in(request, user, "password")
            return redirect(onward)
    context = {"form": form, "next": onward, "sso": settings.SSO_NAME}
    return render(request, "account/login.html", context)


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask the second factor's code of whoever gave the right password just now."""
    half: dict[str, Any] = request.session.get(HALF) or {}
    user = User.objects.filter(pk=half["user"]).first() if half else None
    if user is None or not 0 <= time.time() - half["at"] <= HALF_FOR:
        request.session.pop(HALF, None)
        return redirect("account:login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            signin.check_code(user, form.cleaned_data["code"], address=keeping.address_of(request))
        except signin.SignInRefused as refused:
            form.add_error(None, str(refused))
        else:
            del request.session[HALF]
            keeping.sign_in(request, user, "code")
            return redirect(half["next"])
    return render(request, "account/code.html", {"form": form})


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    keeping.sign_out(request)
    return redirect("home")


def _safe(request: HttpRequest, address: str) -> str:
    """The address if it is one of ours, otherwise the first page."""
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()):
        return address
    return "/"
