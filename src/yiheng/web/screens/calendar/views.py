"""The working calendar of a year, and what the system administrator enters on top of it (工作日历)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yiheng.casework.errors import CaseworkError
from yiheng.casework.operations import calendar as operations
from yiheng.casework.queries import year_sheet
from yiheng.people.models import Role, User
from yiheng.web import papers
from yiheng.web.access import administrator, signed_in, user_of

FIRST, LAST = 2004, 2100
"""Years that the screen turns to."""
WEEK: Final = gettext_lazy("一二三四五六日")


class DaysForm(forms.Form):
    """A run of days off, or of worked weekends."""

    first = forms.DateField(
        label=gettext_lazy("从"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        label=gettext_lazy("到"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("只有一天时可以不填。"),
    )
    working = forms.ChoiceField(
        label=gettext_lazy("安排"),
        choices=[("off", gettext_lazy("放假")), ("on", gettext_lazy("调休上班"))],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text=gettext_lazy("放假须填，例如“国庆节”。"),
    )


class BasisForm(forms.Form):
    """The notice that a year's arrangement rests on."""

    basis = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text=gettext_lazy("国务院办公厅关于该年部分节假日安排的通知的文号。"),
    )


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The year asked for, or this one."""
    given = request.GET.get("year", "")
    year = int(given) if given.isdecimal() and FIRST <= int(given) <= LAST else timezone.localdate().year
    return _page(request, year)


def _page(
    request: HttpRequest,
    year: int,
    days: DaysForm | None = None,
    basis: BasisForm | None = None,
) -> HttpResponse:
    user = _user(request)
    if not FIRST <= year <= LAST:
        raise Http404
    context: dict[str, Any] = {
        "sheet": year_sheet(year, papers.policy()),
        "year": year,
        "earlier": year - 1 if year > FIRST else None,
        "later": year + 1 if year < LAST else None,
        "week": WEEK,
        "may_edit": user.administrator == Role.SYSTEM_ADMIN,
        "days": days or DaysForm(initial={"first": dt.date(year, 1, 1)}),
        "basis": basis or BasisForm(),
    }
    return render(request, "calendar/home.html", context)


@administrator(Role.SYSTEM_ADMIN)
@require_POST
def set_days(request: HttpRequest, year: int) -> HttpResponse:
    """Enter a run of days."""
    form = DaysForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        first = typed["first"]
        try:
            count = operations.set_days(
                first,
                typed["last"] or first,
                working=typed["working"] == "on",
                name=typed["name"],
                by=_user(request),
            )
        except CaseworkError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已录入 %(count)s 天，所有期限随即按新日历计算。") % {"count": count})
            return _to(first.year)
    return _page(request, year, days=form)


@administrator(Role.SYSTEM_ADMIN)
@require_POST
def unset_day(request: HttpRequest, day: str) -> HttpResponse:
    """Take an entered day back."""
    try:
        taken = dt.date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    try:
        operations.unset_day(taken, by=_user(request))
    except CaseworkError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, _("已取消 %(day)s 的录入。") % {"day": day})
    return _to(taken.year)


@administrator(Role.SYSTEM_ADMIN)
@require_POST
def confirm(request: HttpRequest, year: int) -> HttpResponse:
    """Say that a year's arrangement is complete."""
    form = BasisForm(request.POST)
    if form.is_valid():
        try:
            operations.confirm_year(year, basis=form.cleaned_data["basis"], by=_user(request))
        except CaseworkError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(year)s 年的安排已确认，不再提示。") % {"year": year})
            return _to(year)
    return _page(request, year, basis=form)


def _to(year: int) -> HttpResponse:
    return redirect(f"{reverse('calendar:home')}?year={year}")


def _user(request: HttpRequest) -> User:
    user = user_of(request)
    if user is None:
        raise Http404
    return user
