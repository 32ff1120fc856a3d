"""The form for uploading documents (上传待审校文件)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yiheng.web.uploading import FilesField


class UploadForm(forms.Form):
    """Documents, and whose colleagues see the review."""

    documents = FilesField("", label=_("文件"), required=False)
    unit = forms.ChoiceField(
        label=_("归属单位"),
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": _("请选择由您审校的单位。"), "required": _("请选择归属单位。")},
    )

    def __init__(self, units: Sequence[tuple[str, str]], accept: str, *data: Any) -> None:
        super().__init__(*data)
        choice = self.fields["unit"]
        choice.choices = list(units)  # type: ignore[attr-defined]
        self.fields["documents"].widget.attrs["accept"] = accept
        if len(units) == 1:
            choice.initial, choice.widget = units[0][0], forms.HiddenInput()
