"""Filters that show personal data as the viewer may see it: `{{ payment.payee|payee:viewer }}`.

`viewer` is a `people.masking.Viewer` (`people.queries.viewer`). Where a view hands none on, `web.context` does, and
the data are masked.
"""

from __future__ import annotations

from typing import Any

from django import template

from yiheng.people.masking import Viewer

register = template.Library()


def _of(viewer: Any) -> Viewer:
    return viewer if isinstance(viewer, Viewer) else Viewer()


@register.filter
def person(value: str | None, viewer: Any = None) -> str:
    """A person's name."""
    return _of(viewer).name(value or "")


@register.filter
def identity(value: str | None, viewer: Any = None) -> str:
    """An identity number."""
    return _of(viewer).identity(value or "")


@register.filter
def phone(value: str | None, viewer: Any = None) -> str:
    """A telephone number."""
    return _of(viewer).phone(value or "")


@register.filter
def account(value: str | None, viewer: Any = None) -> str:
    """A bank account."""
    return _of(viewer).account(value or "")


@register.filter
def payee(value: str | None, viewer: Any = None) -> str:
    """A payee."""
    return _of(viewer).payee(value or "")


@register.filter
def personal(value: str | None, viewer: Any = None) -> str:
    """A text that may hold any of them."""
    return _of(viewer).free_text(value or "")
