"""Forms of making public (公开)."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from yiheng.web.terms import term


class PrepareForm(forms.Form):
    """What to prepare, and why where it corrects what is public."""

    kind = forms.ChoiceField(label=_("材料"), widget=forms.Select(attrs={"class": "form-select"}))
    reason = forms.CharField(
        label=_("更正理由"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
        help_text=_("已公开过的材料再次公开是更正，须写明理由；理由随更正记录向公众显示。"),
    )

    def __init__(self, kinds: Sequence[tuple[str, str]], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["kind"].choices = [(key, term(title)) for key, title in kinds]  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    """Why a draft goes back."""

    comment = forms.CharField(
        label=_("退回意见"),
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
        error_messages={"required": _("退回公开稿要写明意见，说清哪里需要改。")},
    )


class WithdrawForm(forms.Form):
    """Why a version is to be taken from the public site."""

    reason = forms.CharField(
        label=_("撤下理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
        help_text=_("理由随更正记录向公众显示，请不要写进需要撤下的内容本身。"),
        error_messages={"required": _("撤下要写明理由；理由会随更正记录向公众显示。")},
    )
