"""The form for uploading workbooks (上传工作簿)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from yiheng.web.uploading import FilesField


class WorkbookForm(forms.Form):
    """Workbooks for the ledger."""

    workbooks = FilesField(".xlsx,.xlsm", label=_("工作簿"), required=False)
