"""Filters that show how far execution has come (执行进度): shares as percent, differences in percentage points."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import template

from yiheng.money import format_percent

register = template.Library()


@register.filter
def percent(share: Any) -> str:
    """`Fraction(1, 3)` → `33.3%`; nothing where there is no share."""
    return format_percent(share, 1) if isinstance(share, Fraction) else ""


@register.filter
def points(share: Any) -> str:
    """The size of a difference of two shares: `Fraction(-1, 20)` → `5.0`."""
    return format_percent(abs(share), 1).rstrip("%") if isinstance(share, Fraction) else ""
