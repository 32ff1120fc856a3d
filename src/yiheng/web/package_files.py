"""The documents of a published package by their Chinese names (材料文件)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from yiheng.pipelines.monitoring_paper import FILES as MONITORING
from yiheng.pipelines.publish import EVALUATION, FILES, PERFORMANCE

READ: Final = (".pdf", ".docx", ".xlsx")
"""Endings of what people read; the site and the data of a package are reached otherwise."""
LABELS: Final = {
    **FILES,
    **EVALUATION,
    **MONITORING,
    **{f"{PERFORMANCE}/{n}": t for n, t in EVALUATION.items()},
}


def documents(names: Iterable[str]) -> list[tuple[str, str]]:
    """(name, Chinese label) of the documents among these files, in the order of a package."""
    present = set(names)
    return [(name, label) for name, label in LABELS.items() if name in present and name.endswith(READ)]
