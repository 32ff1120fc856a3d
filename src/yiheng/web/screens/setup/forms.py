"""Forms of the first start (首次设置)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from yiheng.people.models import ADMINISTRATORS
from yiheng.people.operations import new_user_problems
from yiheng.people.roles import ADMINISTRATION
from yiheng.web.terms import password_rules

TEXT = {"class": "form-control"}


class CodeForm(forms.Form):
    """The code from the terminal."""

    code = forms.CharField(
        label=gettext_lazy("设置码"),
        max_length=100,
        help_text=gettext_lazy("启动 yiheng serve 的终端上显示的一次性设置码。"),
        widget=forms.TextInput(attrs=TEXT | {"autocomplete": "off", "autofocus": True}),
    )


class UnitsForm(forms.Form):
    """A workbook with the units, and with whatever else is there already."""

    books = forms.FileField(
        label=gettext_lazy("工作簿"), required=False, widget=forms.FileInput(attrs=TEXT | {"accept": ".xlsx"})
    )


class RestoreForm(forms.Form):
    """A back-up to begin with."""

    backup = forms.FileField(
        label=gettext_lazy("备份文件"),
        error_messages={
            "required": gettext_lazy("没有选择文件。请选择备份文件。"),
            "empty": gettext_lazy("文件是空的。请换一个备份文件。"),
        },
        widget=forms.FileInput(attrs=TEXT | {"accept": ".zip"}),
    )


class AdministratorForm(forms.Form):
    """One of the three administrators."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=150, widget=forms.TextInput(attrs=TEXT))
    username = forms.RegexField(
        r"^[\w.@+-]+$",
        label=gettext_lazy("登录名"),
        max_length=150,
        error_messages={"invalid": gettext_lazy("登录名只能有字母、数字和 . @ + - _。")},
        widget=forms.TextInput(attrs=TEXT | {"autocomplete": "off", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("密码"),
        strip=False,
        max_length=1000,
        help_text=password_rules(gettext_noop("。请由本人输入。")),
        widget=forms.PasswordInput(attrs=TEXT | {"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Everything that stands against the account, at once."""
        given = super().clean() or {}
        wanted = [given.get(name) or "" for name in ("username", "name", "password")]
        for problem in new_user_problems(*wanted) if all(wanted) else ():
            self.add_error("password", problem)
        return given


def three_forms(data: Any = None) -> list[tuple[str, str, tuple[str, ...], AdministratorForm]]:
    """For each administrator: key, name, duties and form."""
    return [
        (role.value, str(role.label), ADMINISTRATION[role], AdministratorForm(data, prefix=role.value))
        for role in ADMINISTRATORS
    ]


def all_valid(forms_: list[AdministratorForm]) -> bool:
    """Whether the three are sound and three different people."""
    sound = not [form for form in forms_ if not form.is_valid()]  # each is asked, so that all errors show
    for field, words in (("username", _("登录名")), ("name", _("姓名"))):
        seen: dict[str, AdministratorForm] = {}
        for form in forms_:
            value = str(form.cleaned_data.get(field) or "")
            if value and value in seen:
                form.add_error(
                    field,
                    _("三员须是三个人：%(words)s“%(value)s”写了两次。") % {"words": words, "value": value},
                )
                sound = False
            seen[value] = form
    return sound
