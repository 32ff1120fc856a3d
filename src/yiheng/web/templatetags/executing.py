"""Filters that show how far execution has come (执行进度): shares as percent, differences in percentage points."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import template

from yiheng.money import format_percent
from yiheng.people.models import Right, Work
from yiheng.web.access import may
from yiheng.web.screens.budget.place import UnitYear

register = template.Library()


@register.filter
def percent(share: Any) -> str:
    """`Fraction(1, 3)` → `33.3%`; nothing where there is no share."""
    return format_percent(share, 1) if isinstance(share, Fraction) else ""


@register.filter
def points(share: Any) -> str:
    """The size of a difference of two shares: `Fraction(-1, 20)` → `5.0`."""
    return format_percent(abs(share), 1).rstrip("%") if isinstance(share, Fraction) else ""


@register.simple_tag
def may_fill_in(at: UnitYear) -> bool:
    """Whether the user fills in the execution of the unit."""
    return may(at.user, Right.WRITE, Work.EXECUTION, at.unit.key)
