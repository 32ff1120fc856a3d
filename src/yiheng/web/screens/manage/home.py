"""The first page of administration, and what each role may do (管理首页、角色权限表)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yiheng.people.models import ADMINISTRATORS, LogEntry, Role, User
from yiheng.people.roles import ADMINISTRATION, BUSINESS, ROLE_RIGHTS
from yiheng.web.access import administrator, user_of

EVERY = tuple(role.value for role in ADMINISTRATORS)


@administrator(*EVERY)
def home(request: HttpRequest) -> HttpResponse:
    """What this administrator looks after, and what needs looking at."""
    user = user_of(request)
    assert user is not None
    role = Role(user.administrator)
    people = User.objects.filter(administrator="")
    context = {
        "role": role.label,
        "duties": ADMINISTRATION[role],
        "people": people.filter(is_active=True).count(),
        "without_post": people.filter(is_active=True, posts=None, scopes=None).count(),
        "locked": User.objects.filter(locked_until__gt=timezone.now()).count(),
        "waiting": User.objects.filter(is_active=False, last_login=None).exclude(administrator="").count(),
        "entries": LogEntry.objects.count(),
        "three": [
            (
                kind.label,
                User.objects.filter(administrator=kind, is_active=True).order_by("name"),
                ADMINISTRATION[kind],
            )
            for kind in ADMINISTRATORS
        ],
    }
    return render(request, "manage/home.html", context)


@administrator(*EVERY)
def roles(request: HttpRequest) -> HttpResponse:
    """The table of roles and rights as the program has it."""
    order = ("read", "write", "approve", "certify")
    rows = [
        (
            role.label,
            [
                [right.label for right in sorted(rights, key=lambda right: order.index(right))]
                for rights in works.values()
            ],
        )
        for role, works in ROLE_RIGHTS.items()
    ]
    context = {
        "works": [work.label for work in BUSINESS],
        "rows": rows,
        "administration": [(role.label, duties) for role, duties in ADMINISTRATION.items()],
    }
    return render(request, "manage/roles.html", context)
