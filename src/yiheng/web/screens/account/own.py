"""The own account (我的账号): posts, sessions, password, second factor."""

from __future__ import annotations

import base64
import io

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yiheng.ledger.queries import unit_tree
from yiheng.people import queries, second_factor, sessions, signin
from yiheng.people.models import Post, Role, User
from yiheng.people.operations import PeopleError
from yiheng.people.roles import ADMINISTRATION
from yiheng.web.access import signed_in, user_of

from . import keeping
from .forms import ConfirmForm, EnrolForm, PasswordForm

SECRET = "factor_secret"


def me(request: HttpRequest) -> User:
    user = user_of(request)
    assert user is not None  # the access rule is signed_in
    return user


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I may do, where I am signed in."""
    user = me(request)
    names = unit_tree().by_key
    posts = [
        (Role(post.role).label, names[post.unit].name if post.unit in names else post.unit)
        for post in Post.objects.filter(user=user).order_by("unit", "role")
    ]
    scopes = [
        (
            names[scope.unit].name if scope.unit in names else scope.unit,
            scope.get_work_display(),
            scope.get_right_display(),
        )
        for scope in user.scopes.order_by("unit", "work", "right")
    ]
    opened = queries.open_sessions(user)
    token = keeping.token_of(request)
    context = {
        "posts": posts,
        "scopes": scopes,
        "administrator": Role(user.administrator).label if user.administrator else "",
        "duties": ADMINISTRATION[Role(user.administrator)] if user.administrator else (),
        "factor": second_factor.enrolled(user),
        "codes_left": second_factor.codes_left(user),
        "needs_factor": keeping.needs_factor(request),
        "sessions": [(session, sessions.is_of(session, token)) for session in opened],
    }
    return render(request, "account/home.html", context)


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the own password; all other sessions end."""
    user = me(request)
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        signin.change_password(user, given["old"], given["new"], keep=keeping.token_of(request))
        update_session_auth_hash(request, user)
        messages.success(request, _("密码已修改，其他地方的登录都已结束。"))
        return redirect("account:home")
    return render(request, "account/password.html", {"form": form, "forced": user.must_change_password})


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: HttpRequest) -> HttpResponse:
    """Enrol a telephone: shows the secret as a QR code, and the recovery codes once the telephone has it."""
    user = me(request)
    sealed = request.session.get(SECRET) or second_factor.seal(second_factor.new_secret())
    request.session[SECRET] = sealed
    secret = second_factor.unseal(sealed)
    form, confirm = EnrolForm(request.POST or None), ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid() & confirm.is_valid() and confirmed(request, confirm):
        try:
            codes = second_factor.enrol(user, secret, form.cleaned_data["code"])
        except PeopleError as refused:
            form.add_error("code", str(refused))
        else:
            del request.session[SECRET]
            return render(request, "account/codes.html", {"codes": codes})
    context = {
        "form": form,
        "confirm": confirm,
        "picture": _qr(second_factor.provisioning_uri(user, secret)),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "needed": keeping.needs_factor(request),
        "again": second_factor.enrolled(user),
    }
    return render(request, "account/factor.html", context)


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def recovery(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of the old ones."""
    user = me(request)
    if not second_factor.enrolled(user):
        return redirect("account:factor")
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and confirmed(request, form):
        return render(request, "account/codes.html", {"codes": second_factor.renew_recovery_codes(user)})
    return render(request, "account/confirm.html", {"form": form, "what": _("更换恢复码"), "danger": False})


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def factor_off(request: HttpRequest) -> HttpResponse:
    """Do without the second factor again."""
    user = me(request)
    if not second_factor.enrolled(user):
        return redirect("account:home")
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and confirmed(request, form):
        second_factor.withdraw(user, actor=user)
        messages.success(request, _("动态口令已停用。"))
        return redirect("account:home")
    return render(request, "account/confirm.html", {"form": form, "what": _("停用动态口令"), "danger": True})


@signed_in
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one of the own sessions."""
    user = me(request)
    session = get_object_or_404(user.login_sessions, pk=number)
    sessions.end(session, why="revoked", actor=user)
    messages.success(request, _("已结束那一处的登录。"))
    return redirect("account:home")


@signed_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all own sessions but this one."""
    user = me(request)
    count = sessions.end_others(user, keep=keeping.token_of(request), why="revoked", actor=user)
    messages.success(request, _("已结束其他 %(count)d 处登录。") % {"count": count})
    return redirect("account:home")


def confirmed(request: HttpRequest, form: ConfirmForm) -> bool:
    """Whether the own password was given; a wrong one counts as at the log-in page."""
    try:
        signin.check_password(
            me(request).username, form.cleaned_data["password"], address=keeping.address_of(request)
        )
    except signin.SignInRefused:
        form.add_error("password", _("密码不对，或账号因多次输错暂被锁定。"))
        return False
    return True


def _qr(text: str) -> str:
    """The text as a QR code, for the `src` of a picture."""
    svg = io.BytesIO()
    segno.make(text, error="m").save(svg, kind="svg", scale=5, border=4, dark="#000", light="#fff")
    return "data:image/svg+xml;base64," + base64.b64encode(svg.getvalue()).decode()
