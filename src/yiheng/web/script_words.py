"""The words that scripts show (脚本里的文字), read from the scripts themselves so that no list of them can be stale."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "static" / "web"
_LITERAL: Final = re.compile(r'"([^"\\\n]*[\u3400-\u9fff][^"\\\n]*)"')


@functools.cache
def words_of(script: str) -> tuple[str, ...]:
    """The Chinese texts of a script below `static/web/`, each once; a place in one is written `{name}`."""
    # A template's words are no plain text to `/`.
    lines = Path(f"{FOLDER}/{script}").read_text(encoding="utf-8").splitlines()
    found = (_LITERAL.findall(line) for line in lines if not line.lstrip().startswith("//"))
    return tuple(dict.fromkeys(word for words in found for word in words))
