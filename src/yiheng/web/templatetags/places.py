"""Where a published figure stands on its paper's page (数字的位置)."""

from django import template

from yiheng.web.screens.site.shown import Shown

register = template.Library()


@register.filter
def place(paper: Shown, address: str) -> str:
    """The anchor of the cell with that address, with its #."""
    return paper.place(address)
