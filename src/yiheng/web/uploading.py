"""A form field for several files (上传多个文件)."""

from __future__ import annotations

from typing import Any

from django import forms


class SeveralFiles(forms.FileInput):
    """An input that takes several files at once, chosen or dropped on it."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; what is wrong with them is judged where they are kept (`pipelines.uploads`)."""

    def __init__(self, accept: str, **named: Any) -> None:
        attributes = {"accept": accept, "class": "form-control drop", "multiple": True}
        super().__init__(widget=SeveralFiles(attrs=attributes), **named)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files as they came; Django's own check is for one file."""
        return data
