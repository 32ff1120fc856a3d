"""`{{ address|source_of }}`: where the source of a figure is asked for, beside the page that shows it."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from yiheng.web.screens.tables.sheets import source_of as _source_of

register = template.Library()


@register.filter
def source_of(address: str) -> SafeString:
    """The relative link; it is already safe inside an attribute."""
    return mark_safe(_source_of(address))
