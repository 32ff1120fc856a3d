"""Forms of signing in and of the own account (登录与账号)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from yiheng.people import signin
from yiheng.people.models import User
from yiheng.web.terms import password_rules

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _password(label: StrOrPromise, *, new: bool = False, **values: Any) -> forms.CharField:
    widget = forms.PasswordInput(
        attrs={"class": "form-control", "autocomplete": "new-password" if new else "current-password"}
    )
    return forms.CharField(label=label, widget=widget, strip=False, max_length=1000, **values)


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=150,
        widget=forms.TextInput(
            attrs={
                "class": "form-control",
                "autocomplete": "username",
                "autofocus": True,
                "autocapitalize": "none",
            }
        ),
    )
    password = _password(gettext_lazy("密码"))


class CodeForm(forms.Form):
    """The second factor's code, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("动态口令"),
        max_length=40,
        help_text=gettext_lazy("手机验证器上当前显示的 6 位数字；手机不在身边时可以用一个恢复码。"),
        widget=forms.TextInput(
            attrs={"class": "form-control", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )


class EnrolForm(forms.Form):
    """What proves that the telephone has the secret."""

    code = forms.CharField(
        label=gettext_lazy("手机上显示的 6 位数字"),
        max_length=10,
        widget=forms.TextInput(
            attrs={"class": "form-control", "autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
    )


class ConfirmForm(forms.Form):
    """The own password once more, before something that matters."""

    password = _password(gettext_lazy("再输一次您的密码"))


class PasswordForm(forms.Form):
    """A new password of one's own; all that is wrong with it is said at once."""

    old = _password(gettext_lazy("现在的密码"))
    new = _password(gettext_lazy("新密码"), new=True, help_text=password_rules(gettext_noop("。")))
    again = _password(gettext_lazy("再输一次新密码"), new=True)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean(self) -> dict[str, Any]:
        """Hold the whole form to the rules of `people`."""
        given = super().clean() or {}
        old, new, again = (given.get(name) or "" for name in ("old", "new", "again"))
        for problem in signin.change_problems(self._user, old, new) if old and new else ():
            self.add_error("old" if problem.startswith(_("现在的密码")) else "new", problem)
        if new and again and new != again:
            self.add_error("again", _("两次输入的新密码不一样。"))
        return given
