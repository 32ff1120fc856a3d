"""A checked code table (科目表) → a file of policy entries in the user's overlay folder (自有目录)."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from .entry import NATION, Source


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of the table, with the 1-based row it stands in and the first day it is given for."""

    code: str
    name: str
    start: date
    row: int


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A checked code table: for each first day, all codes that hold from then on."""

    classification: str
    label: str
    levels: tuple[int, ...]
    jurisdiction: str
    source: Source
    periods: tuple[tuple[date, tuple[CodeRow, ...]], ...]


def write_overlay(table: CodeTable, overlay: Path) -> Path:
    """Write the table's entries below the overlay folder and return the file; the same years are replaced.

    Every other file stays as it is. The file appears whole or not at all.
    """
    prefix = "" if table.jurisdiction == NATION else "-" + re.sub(r"(00)+$", "", table.jurisdiction)
    first = table.periods[0][0]
    target = overlay / f"cn{prefix}" / f"{table.classification}-imported-{first.isoformat()}.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    draft.write_text(overlay_text(table), encoding="utf-8")
    os.replace(draft, target)
    return target


def overlay_text(table: CodeTable) -> str:
    """The YAML of `write_overlay`."""
    starts = [start for start, _ in table.periods]
    ends = [start - timedelta(days=1) for start in starts[1:]]
    return "\n".join(
        _entry_text(table, start, end, rows)
        for (start, rows), end in zip(table.periods, [*ends, None], strict=True)
    )


def _entry_text(table: CodeTable, start: date, end: date | None, rows: Sequence[CodeRow]) -> str:
    def text(value: str) -> str:
        return json.dumps(value, ensure_ascii=False)

    fields = {name: getattr(table.source, name) for name in Source.__dataclass_fields__}
    lines = [
        f"- id: classification.{table.classification.replace('_', '-')}.imported-{start.isoformat()}",
        "  type: classification",
        f"  title: {text(f'{table.label}（{start.year} 年完整科目表，导入）')}",
        f"  jurisdiction: {text(table.jurisdiction)}",
        f"  valid_from: {start.isoformat()}",
        f"  valid_to: {end.isoformat() if end else 'null'}",
        "  source:",
        *(f"    {name}: {text(value)}" for name, value in fields.items() if value),
        "  value:",
        f"    name: {table.classification}",
        f"    label: {text(table.label)}",
        f"    levels: {list(table.levels)}",
        "    complete: true",
        "    codes:",
        *(f"      - {{code: {text(row.code)}, name: {text(row.name)}}}" for row in rows),
    ]
    return "\n".join(lines) + "\n"
