"""The public page of a survey (网上问卷): anonymous, on any phone, without a script, once a browser.

No personal data is asked for or kept. A signed cookie that says only that this browser has answered is the one thing
that stays, and it stays in the browser.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yiheng.performance import online
from yiheng.performance.models import OnlineSurvey
from yiheng.web.access import public

COOKIE: Final = "answered"
KEPT: Final = dt.timedelta(days=400)


class AnswerForm(forms.Form):
    """One question after the other, each with the options of the scale."""

    def __init__(self, survey: OnlineSurvey, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        choices = [(str(number), option) for number, option in enumerate(survey.options)]
        for number, text in enumerate(survey.questions):
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=text, choices=choices, widget=forms.RadioSelect,
                error_messages={"required": _("请选一项。"), "invalid_choice": _("请从列出的选项中选一项。")},
            )  # fmt: skip

    @property
    def chosen(self) -> dict[int, int]:
        """Question → option, both from 0."""
        return {number: int(self.cleaned_data[name]) for number, name in enumerate(self.fields)}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, and the thanks."""
    found = online.find(token)
    if found is None:
        raise Http404
    if _answered(request, found):
        return _said(request, found, _("您已经答过这份问卷，谢谢！"))
    if not online.takes_answers(found):
        return _said(request, found, _("这份问卷已经结束，不再接受回答。谢谢您的关心。"), 410)
    form = AnswerForm(found, request.POST or None) if request.method == "POST" else AnswerForm(found)
    if request.method == "POST" and form.is_valid():
        try:
            online.answer(found, form.chosen)
        except online.OnlineError as error:
            return _said(request, found, str(error), 410)
        response = _said(request, found, _("已收到您的回答，谢谢！"))
        response.set_signed_cookie(
            COOKIE, str(found.pk), salt=_salt(found), max_age=KEPT, path=request.path, httponly=True,
            samesite="Lax", secure=request.is_secure(),
        )  # fmt: skip
        return response
    return _page(request, {"survey": found, "form": form}, 422 if form.errors else 200)


def _answered(request: HttpRequest, found: OnlineSurvey) -> bool:
    return request.get_signed_cookie(COOKIE, default="", salt=_salt(found)) == str(found.pk)


def _salt(found: OnlineSurvey) -> str:
    return f"survey/{found.pk}"


def _said(request: HttpRequest, found: OnlineSurvey, words: str, status: int = 200) -> HttpResponse:
    return _page(request, {"survey": found, "said": words}, status)


def _page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "performance/questionnaire.html", context, status=status)
