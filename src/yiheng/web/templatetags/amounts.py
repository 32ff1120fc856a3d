"""Filters that show amounts (金额): whole fen as 元 or 万元 with separators, nothing where nothing is known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from yiheng.money import MoneyUnit, format_amount

register = template.Library()


@register.filter
def yuan(fen: Any) -> str:
    """`1234567` → `12,345.67`."""
    return format_amount(fen, MoneyUnit.YUAN) if isinstance(fen, int) else ""


@register.filter
def wan(fen: Any) -> str:
    """`1234567890` → `1,234.57`, in 万元 with two decimals."""
    return format_amount(fen, MoneyUnit.WAN, 2) if isinstance(fen, int) else ""


@register.filter
def plain_number(value: Any) -> str:
    """A quantity as one writes it: `180000.0000` → `180,000`."""
    return f"{value.normalize():,f}" if isinstance(value, Decimal) else "" if value is None else str(value)
