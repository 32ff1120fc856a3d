"""The forms of this screen (表单): an adjustment, a decision on one, an import."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yiheng.web.uploading import FilesField

_MOST = Decimal("99999999999.99")


class AdjustmentForm(forms.Form):
    """Which line gives, which gets, how much, when and why. What the ledger thinks of it is asked elsewhere."""

    giver = forms.ChoiceField(label=_("调出（减少预算）"), required=False)
    taker = forms.ChoiceField(label=_("调入（增加预算）"), required=False)
    amount = forms.DecimalField(
        label=_("金额（元）"), max_digits=13, decimal_places=2, min_value=Decimal("0.01"), max_value=_MOST
    )  # fmt: skip
    day = forms.DateField(label=_("生效日期"))
    reason = forms.CharField(label=_("事由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    approval = forms.CharField(
        label=_("批准文号"), max_length=200, required=False,
        help_text=_("有上级或财政部门批文的填写；不填时写入调剂单编号和审批环节。"),
    )  # fmt: skip

    def __init__(self, *given: Any, lines: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        blank = ("", _("（不选）"))
        for name in ("giver", "taker"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [blank, *lines]
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = kind
        self.fields["amount"].widget.attrs["step"] = "0.01"
        self.fields["day"].widget = forms.DateInput(
            attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"
        )

    def fen(self) -> int:
        """The amount in fen."""
        return int(Decimal(self.cleaned_data["amount"]).scaleb(2))

    def on(self) -> dt.date:
        """The day from which it counts."""
        day: dt.date = self.cleaned_data["day"]
        return day


class ImportForm(forms.Form):
    """Workbooks with payments, and the saved column mapping by which they are read."""

    workbooks = FilesField(".xlsx,.xlsm", label=_("工作簿"), required=False)
    mapping = forms.ChoiceField(label=_("列对应"), required=False)

    def __init__(self, *given: Any, mappings: list[str], **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["mapping"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("不用（文件用的是本系统的表头）")), *((name, name) for name in mappings)]
        field.widget.attrs["class"] = "form-select"
