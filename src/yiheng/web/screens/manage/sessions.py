"""All open sessions (会话): the system administrator's."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yiheng.people import queries, sessions
from yiheng.people.models import LoginSession, Role
from yiheng.web.access import administrator

from .people import PAGE, me


@administrator(Role.SYSTEM_ADMIN)
def listed(request: HttpRequest) -> HttpResponse:
    """Who is signed in from where, the latest activity first."""
    page = Paginator(queries.all_open_sessions(), PAGE).get_page(request.GET.get("page"))
    return render(request, "manage/sessions.html", {"page": page})


@administrator(Role.SYSTEM_ADMIN)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a session."""
    session = get_object_or_404(LoginSession.objects.select_related("user"), pk=number)
    sessions.end(session, why="revoked", actor=me(request))
    messages.success(request, _("已结束该登录。"))
    return redirect("manage:sessions")
