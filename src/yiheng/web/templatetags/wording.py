"""Words of the rooms below (下层用语) and of scripts in the reader's language: `web/terms.py`, `script_words.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django import template
from django.conf import settings
from django.utils.html import format_html, json_script
from django.utils.translation import get_language, gettext

from yiheng.web.script_words import words_of
from yiheng.web.terms import term

register = template.Library()
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
register.filter("term", term)


@register.filter
def terms(words: Iterable[object]) -> str:
    """The words in the reader's language, one after the other."""
    return gettext("、").join(term(word) for word in words)


@register.filter
def unbroken(text: object) -> str:
    """Words that stay on one line, as a date should: its hyphens are places to break."""
    return format_html('<span class="nowrap">{}</span>', text)


@register.filter
def said(message: object) -> object:
    """A message of a room below, which is Chinese in any language of the screens: marked so for whoever hears it."""
    if get_language() == settings.LANGUAGE_CODE:
        return message
    words = str(message)
    letters = sum(char.isalpha() for char in words)
    if 2 * len(_CHINESE.findall(words)) <= letters:
        return message
    return format_html('<span lang="zh-CN">{}</span>', message)


@register.simple_tag
def script_words(*scripts: str) -> str:
    """For `words.js`: what the scripts say, with its translation; nothing where Chinese is asked for."""
    if get_language() == settings.LANGUAGE_CODE:
        return ""
    return json_script(
        {word: gettext(word) for script in scripts for word in words_of(script)}, "script-words"
    )
