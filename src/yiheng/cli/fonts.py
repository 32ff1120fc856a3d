"""The licensed fonts of the installation (字体目录)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from yiheng.reporting.fonts import FontSet

FOLDER: Final = "fonts"


def licensed_fonts() -> FontSet:
    """What lies in YIHENG_HOME/fonts; the open fonts where there is no such folder."""
    from django.conf import settings

    from yiheng.reporting.fonts import FontSet

    own = Path(settings.YIHENG_HOME) / FOLDER
    return FontSet(own if own.is_dir() else None)
