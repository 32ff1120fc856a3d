"""Accounts (账号): the system administrator's, and what both see of a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yiheng.facts import Unit
from yiheng.ledger.queries import unit_tree
from yiheng.people import operations, queries, second_factor, signin
from yiheng.people.models import Post, Role, User
from yiheng.people.operations import PeopleError
from yiheng.web.access import administrator, user_of

from .forms import NewPersonForm, PostForm, ScopeForm

PAGE = 50


@administrator(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
def listed(request: HttpRequest) -> HttpResponse:
    """All accounts, by name, with a search."""
    text = request.GET.get("q", "").strip()
    found = User.objects.order_by("name", "pk").prefetch_related("posts")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(username__icontains=text))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = unit_tree().by_key
    lines = [
        (user, [(Role(post.role).label, _unit(names, post.unit)) for post in user.posts.all()], _state(user))
        for user in page
    ]
    return render(request, "manage/people.html", {"lines": lines, "page": page, "q": text})


@administrator(Role.SYSTEM_ADMIN)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_user(**form.cleaned_data, must_change_password=True, actor=me(request))
        except PeopleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已建立账号。请安全管理员接着授予岗位。"))
            return redirect("manage:person", made.pk)
    return render(request, "manage/new_person.html", {"form": form})


@administrator(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
def person(request: HttpRequest, number: int) -> HttpResponse:
    """One account, and what this administrator may do about it."""
    return show(request, get_object_or_404(User, pk=number))


def show(
    request: HttpRequest,
    user: User,
    *,
    post: PostForm | None = None,
    scope: ScopeForm | None = None,
    password: str = "",
) -> HttpResponse:
    """The page of a person, with forms that were refused or with a first password that is shown once."""
    names = unit_tree().by_key
    mine = me(request).administrator
    context = {
        "person": user,
        "kind": Role(user.administrator).label if user.administrator else "",
        "state": _state(user),
        "posts": [(p, Role(p.role).label, _unit(names, p.unit)) for p in Post.objects.filter(user=user)],
        "scopes": [(s, _unit(names, s.unit)) for s in user.scopes.all()],
        "factor": second_factor.enrolled(user),
        "sessions": queries.open_sessions(user),
        "locked": user.locked_until is not None and user.locked_until > timezone.now(),
        "is_system": mine == Role.SYSTEM_ADMIN,
        "is_security": mine == Role.SECURITY_ADMIN,
        "post_form": post or PostForm(prefix="post"),
        "scope_form": scope or ScopeForm(prefix="scope"),
        "password": password,
    }
    return render(request, "manage/person.html", context)


@administrator(Role.SYSTEM_ADMIN)
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close an account."""
    user = get_object_or_404(User, pk=number)
    return done(
        request,
        user,
        lambda: operations.deactivate_user(user, actor=me(request)),
        _("账号已停用，登录都已结束。"),
    )


@administrator(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Open an account again."""
    user = get_object_or_404(User, pk=number)
    return done(request, user, lambda: operations.activate_user(user, actor=me(request)), _("账号已启用。"))


@administrator(Role.SYSTEM_ADMIN)
@never_cache
@require_POST
def password(request: HttpRequest, number: int) -> HttpResponse:
    """Give a person a new first password, shown once."""
    user = get_object_or_404(User, pk=number)
    try:
        given = signin.reset_password(user, actor=me(request))
    except PeopleError as refused:
        messages.error(request, str(refused), extra_tags="danger")
        return redirect("manage:person", number)
    return show(request, user, password=given)


def done(request: HttpRequest, user: User, act: Callable[[], object], words: str) -> HttpResponse:
    """Do it, and say on the person's page that it is done or why it is refused."""
    try:
        act()
    except PeopleError as refused:
        messages.error(request, str(refused), extra_tags="danger")
    else:
        messages.success(request, words)
    return redirect("manage:person", user.pk)


def me(request: HttpRequest) -> User:
    user = user_of(request)
    assert user is not None  # the access rule names administrators
    return user


def _unit(units: Mapping[str, Unit], key: str) -> str:
    return units[key].name if key in units else key


def _state(user: User) -> str:
    if not user.is_active:
        return _("待启用") if user.administrator and user.last_login is None else _("已停用")
    if user.locked_until and user.locked_until > timezone.now():
        return _("已锁定")
    return _("正常") if user.last_login else _("未登录过")
