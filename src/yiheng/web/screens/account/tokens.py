"""The own tokens of the interface (接口令牌): issued, shown once, taken back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yiheng.people import tokens
from yiheng.people.models import ApiToken, Right
from yiheng.people.operations import PeopleError
from yiheng.web.access import signed_in, some_unit
from yiheng.web.screens.account.own import me
from yiheng.web.terms import lazy_term

WORKS = tokens.KINDS


class TokenForm(forms.Form):
    """What the token is for, and what it may do."""

    label = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=100,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text=gettext_lazy("写明哪个系统用它，例如“预算一体化系统取数”。"),
    )
    right = forms.ChoiceField(
        label=gettext_lazy("权限"),
        choices=[(right.value, lazy_term(right.label)) for right in (Right.READ, Right.WRITE)],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    works = forms.MultipleChoiceField(
        label=gettext_lazy("工作种类"),
        choices=[(work.value, lazy_term(work.label)) for work in WORKS],
        widget=forms.SelectMultiple(attrs={"class": "form-select", "size": len(WORKS)}),
        help_text=gettext_lazy("令牌不能超出本人的权限。按住 Ctrl 可多选。"),
    )
    days = forms.IntegerField(
        label=gettext_lazy("有效天数"),
        initial=90,
        min_value=1,
        max_value=tokens.LONGEST.days,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )


@some_unit(Right.READ, *WORKS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_tokens(request: HttpRequest) -> HttpResponse:
    """All tokens of the user, and a form for another one; the text of a new one is shown this once."""
    user, text = me(request), ""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            _token, text = tokens.issue(user, **given)
            form = TokenForm()
        except PeopleError as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "text": text, "tokens": tokens.tokens_of(user), "now": timezone.now()}
    return render(request, "account/tokens.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def end_token(request: HttpRequest, number: int) -> HttpResponse:
    """Take an own token back at once."""
    user = me(request)
    tokens.take_back(get_object_or_404(ApiToken, pk=number, user=user), by=user)
    messages.success(request, _("令牌已收回。"))
    return redirect("account:tokens")
