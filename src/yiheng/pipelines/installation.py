"""What an installation adds in its own folder (YIHENG_HOME): rules and licensed fonts (本单位规则与字体)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.conf import settings

from yiheng.policy import Policy
from yiheng.reporting.fonts import FontSet

POLICY: Final = "policy"
FONTS: Final = "fonts"


def policy() -> Policy:
    """The rules in force, with the folder `policy` on top where there is one."""
    return Policy.load(_own(POLICY))


def fonts() -> FontSet:
    """The fonts of the folder `fonts`; the open ones where there is none."""
    return FontSet(_own(FONTS))


def _own(name: str) -> Path | None:
    folder = Path(settings.YIHENG_HOME) / name
    return folder if folder.is_dir() else None
