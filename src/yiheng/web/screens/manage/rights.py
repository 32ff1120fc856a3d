"""Posts, scopes, locks and lost telephones (岗位与授权): the security administrator's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yiheng.people import operations, second_factor, signin
from yiheng.people.models import Post, Role, UnitScope, User
from yiheng.people.operations import PeopleError
from yiheng.web.access import administrator

from .forms import PostForm, ScopeForm
from .people import done, me, show


@administrator(Role.SECURITY_ADMIN)
@require_POST
def appoint(request: HttpRequest, number: int) -> HttpResponse:
    """Give a post."""
    user = get_object_or_404(User, pk=number)
    form = PostForm(request.POST, prefix="post")
    if form.is_valid():
        try:
            operations.appoint(user, **form.cleaned_data, actor=me(request))
        except PeopleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已任岗。"))
            return redirect("manage:person", user.pk)
    return show(request, user, post=form)


@administrator(Role.SECURITY_ADMIN)
@require_POST
def grant(request: HttpRequest, number: int) -> HttpResponse:
    """Give a single right."""
    user = get_object_or_404(User, pk=number)
    form = ScopeForm(request.POST, prefix="scope")
    if form.is_valid():
        try:
            operations.grant(user, **form.cleaned_data, actor=me(request))
        except PeopleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已授权。"))
            return redirect("manage:person", user.pk)
    return show(request, user, scope=form)


@administrator(Role.SECURITY_ADMIN)
@require_POST
def dismiss(request: HttpRequest, number: int) -> HttpResponse:
    """Take a post back."""
    post = get_object_or_404(Post.objects.select_related("user"), pk=number)
    return done(request, post.user, lambda: operations.dismiss(post, actor=me(request)), _("已免岗。"))


@administrator(Role.SECURITY_ADMIN)
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Take a right back."""
    scope = get_object_or_404(UnitScope.objects.select_related("user"), pk=number)
    return done(request, scope.user, lambda: operations.revoke(scope, actor=me(request)), _("权限已收回。"))


@administrator(Role.SECURITY_ADMIN)
@require_POST
def unlock(request: HttpRequest, number: int) -> HttpResponse:
    """Lift a lock-out."""
    user = get_object_or_404(User, pk=number)
    return done(request, user, lambda: signin.unlock(user, actor=me(request)), _("已解除锁定。"))


@administrator(Role.SECURITY_ADMIN)
@require_POST
def factor(request: HttpRequest, number: int) -> HttpResponse:
    """Let a person with a lost telephone in without its code."""
    user = get_object_or_404(User, pk=number)
    words = _("动态口令已停用；请本人登录后重新启用。")
    return done(request, user, lambda: second_factor.withdraw(user, actor=me(request)), words)
