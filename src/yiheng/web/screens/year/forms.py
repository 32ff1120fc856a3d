"""What is asked before a step is moved, a comment settled or a case handled (确认表单)."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from yiheng.people.models import User, Work
from yiheng.web.terms import lazy_term

BUSINESS: Final = [
    (work.value, lazy_term(work.label)) for work in Work if work not in (Work.ADMINISTRATION, Work.AUDIT)
]


def _text(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "class": "form-control"})
    return forms.CharField(
        label=label, required=required, max_length=2000, widget=widget, help_text=help_text
    )


def _line(label: Any, *, required: bool = False, help_text: Any = "", longest: int = 200) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "form-control"})
    return forms.CharField(
        label=label, required=required, max_length=longest, widget=widget, help_text=help_text
    )


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class NoteForm(forms.Form):
    """A remark that may stay empty."""

    note = _text(_("说明"))


class RecordForm(NoteForm):
    """A day and a document of somebody outside; `asks` names the day."""

    day = _day(_("日期"))
    document = _line(_("文号"))
    field_order = ("day", "document", "note")

    def __init__(self, *args: Any, asks: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["day"].label = asks


class CommentForm(forms.Form):
    """An opinion on what was handed in."""

    comment = _text(_("意见"))


class ReturnForm(forms.Form):
    """Why something is returned."""

    comment = _text(
        _("退回原因"), required=True, help_text=_("写明需要修改的地方；也可以先在单元格上加批注。")
    )


class ReasonForm(forms.Form):
    """A reason that has to be given."""

    reason = _text(_("理由"), required=True)


class DueForm(forms.Form):
    """A deadline of this year's notice."""

    day = _day(_("期限"))
    basis = _line(_("依据"), required=True, help_text=_("例如当年预算编制通知的文号。"))


class CellForm(forms.Form):
    """A comment on a cell."""

    work = forms.ChoiceField(
        label=_("工作种类"), choices=BUSINESS, widget=forms.Select(attrs={"class": "form-select"})
    )
    sheet = _line(_("表"), required=True, longest=100)
    row = _line(_("行号"), required=True)
    column = _line(_("栏"), longest=100, help_text=_("不填表示整行。"))
    text = _text(_("批注"), required=True)


class AnswerForm(forms.Form):
    """What was done about a comment or a case."""

    answer = _text(_("处理说明"), required=True)


class CaseForm(forms.Form):
    """A case that somebody opens."""

    work = forms.ChoiceField(
        label=_("工作种类"), choices=BUSINESS, widget=forms.Select(attrs={"class": "form-select"})
    )
    title = _line(_("标题"), required=True)
    text = _text(_("情况"), required=True)
    reference = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)


class AssignForm(forms.Form):
    """Who looks into a case, and until when."""

    to = forms.TypedChoiceField(
        label=_("承办人"), coerce=int, widget=forms.Select(attrs={"class": "form-select"})
    )
    due_on = _day(_("答复期限"), required=False)

    def __init__(self, *args: Any, people: tuple[User, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {user.pk: user for user in people}
        field = self.fields["to"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(user.pk, user.name) for user in people]

    def clean_to(self) -> User:
        """The person who was chosen."""
        return self._people[self.cleaned_data["to"]]
