"""The dialogs of a page (确认对话框): a button opens one, a refusal shows it again with what was typed."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms


@dataclass(frozen=True, slots=True)
class Dialog:
    """One dialog: its button, its question, its form and where the form goes."""

    id: str
    label: str
    url: str
    question: str
    form: forms.Form
    kind: str = "primary"
    """Look of its button: primary, danger or secondary."""

    @property
    def is_open(self) -> bool:
        """Whether the page shows it at once, because what was typed was refused."""
        return self.form.is_bound


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was not accepted, and the dialog that it belongs to."""

    id: str
    form: forms.Form
