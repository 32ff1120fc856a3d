"""Words of the rooms below in the reader's language (下层用语); see `web/terms.py`."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext

from yiheng.web.terms import term

register = template.Library()
register.filter("term", term)


@register.filter
def terms(words: Iterable[object]) -> str:
    """The words in the reader's language, one after the other."""
    return gettext("、").join(term(word) for word in words)
