"""Forms of administration (管理)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from yiheng.ledger.queries import unit_tree
from yiheng.people.logbook import kinds
from yiheng.people.models import ADMINISTRATORS, BUSINESS_ROLES, Right
from yiheng.people.operations import new_user_problems
from yiheng.people.roles import BUSINESS
from yiheng.web.terms import lazy_term, password_rules

from .words import ACTIONS, TABLES

TEXT = {"class": "form-control"}
SELECT = {"class": "form-select"}


def unit_choices() -> list[tuple[str, str]]:
    """All units in tree order, those below another set in."""
    tree = unit_tree()
    return [("", _("请选择"))] + [
        (unit.key, "　" * (len(tree.chain(unit.key)) - 1) + f"{unit.name}（{unit.key}）")
        for unit in tree.units
    ]


class NewPersonForm(forms.Form):
    """An account to be made; the first password must be changed at the first log-in."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=150, widget=forms.TextInput(attrs=TEXT))
    username = forms.RegexField(
        r"^[\w.@+-]+$",
        label=gettext_lazy("登录名"),
        max_length=150,
        help_text=gettext_lazy("字母、数字和 . @ + - _，例如工号。"),
        error_messages={"invalid": gettext_lazy("登录名只能有字母、数字和 . @ + - _。")},
        widget=forms.TextInput(attrs=TEXT | {"autocomplete": "off", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("初始密码"),
        strip=False,
        max_length=1000,
        help_text=password_rules(gettext_noop("。本人首次登录时必须修改。")),
        widget=forms.PasswordInput(attrs=TEXT | {"autocomplete": "new-password"}),
    )
    administrator = forms.ChoiceField(
        label=gettext_lazy("管理员"),
        required=False,
        choices=[
            ("", gettext_lazy("不是管理员（业务人员）")),
            *((role.value, lazy_term(role.label)) for role in ADMINISTRATORS),
        ],
        help_text=gettext_lazy("管理员账号要由安全管理员启用后才能登录，不得有岗位，建立后不能改。"),
        widget=forms.Select(attrs=SELECT),
    )

    def clean(self) -> dict[str, Any]:
        """Everything that stands against the account, at once."""
        given = super().clean() or {}
        wanted = [given.get(name) or "" for name in ("username", "name", "password", "administrator")]
        if all(wanted[:3]):
            for problem in new_user_problems(*wanted):
                self.add_error("password" if problem.startswith(("密码", "这是")) else "username", problem)
        return given


class PostForm(forms.Form):
    """A role in a unit."""

    role = forms.ChoiceField(
        label=gettext_lazy("角色"),
        choices=[(role.value, lazy_term(role.label)) for role in BUSINESS_ROLES],
        widget=forms.Select(attrs=SELECT),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("单位（含下属）"), choices=unit_choices, widget=forms.Select(attrs=SELECT)
    )


class ScopeForm(forms.Form):
    """A single right over a unit."""

    work = forms.ChoiceField(
        label=gettext_lazy("工作"),
        choices=[(work.value, lazy_term(work.label)) for work in BUSINESS],
        widget=forms.Select(attrs=SELECT),
    )
    right = forms.ChoiceField(
        label=gettext_lazy("权限"),
        choices=[(right.value, lazy_term(right.label)) for right in Right],
        widget=forms.Select(attrs=SELECT),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("单位（含下属）"), choices=unit_choices, widget=forms.Select(attrs=SELECT)
    )


class LogForm(forms.Form):
    """Which entries of the log are looked for."""

    text = forms.CharField(
        label=gettext_lazy("操作者或对象"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=TEXT | {"type": "search"}),
    )
    action = forms.ChoiceField(label=gettext_lazy("动作"), required=False, widget=forms.Select(attrs=SELECT))
    table = forms.ChoiceField(label=gettext_lazy("对象"), required=False, widget=forms.Select(attrs=SELECT))
    first = forms.DateField(
        label=gettext_lazy("从"), required=False, widget=forms.DateInput(attrs=TEXT | {"type": "date"})
    )
    last = forms.DateField(
        label=gettext_lazy("到"), required=False, widget=forms.DateInput(attrs=TEXT | {"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions, tables = kinds()
        for name, found, words in (("action", actions, ACTIONS), ("table", tables, TABLES)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("全部")), *((key, words.get(key, key)) for key in found)]
