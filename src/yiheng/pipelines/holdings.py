"""The register of assets (资产卡片) as people look for it, and the words of a printed card (一物一卡一条码)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from yiheng.facts.sheets import SheetRow
from yiheng.ledger import queries


@dataclass(frozen=True, slots=True)
class WantedAsset:
    """Which assets to look for; "" asks nothing. `in_use`: yes, no."""

    words: str = ""
    unit: str = ""
    kind: str = ""
    in_use: str = ""

    def meets(self, row: SheetRow) -> bool:
        """Whether the asset is one of those."""
        text = " ".join(row.text(name) for name in ("key", "name", "barcode", "location", "note")).casefold()
        return (
            all(word in text for word in self.words.casefold().split())
            and (not self.unit or row.text("unit") == self.unit)
            and (not self.kind or row.text("kind") == self.kind)
            and (not self.in_use or row.values.get("in_use") is (self.in_use == "yes"))
        )


def assets(unit: str, year: int) -> tuple[SheetRow, ...]:
    """The cards of a unit and those below it that were there by the end of the year, by key."""
    units = [each.key for each in queries.unit_tree().below(unit)]
    rows = queries.plain_rows("assets", units, year)
    return tuple(sorted((row for row in rows if _there(row, year)), key=lambda row: row.key))


def _there(row: SheetRow, year: int) -> bool:
    since = row.values.get("acquired_on")
    return not isinstance(since, dt.date) or since.year <= year


def value(rows: Iterable[SheetRow]) -> int:
    """The sum of original values (原值), in fen."""
    return sum(fen for row in rows if isinstance(fen := row.values.get("original_value"), int))


def number(row: SheetRow) -> str:
    """What is printed as the bars of a card: its barcode, or its key where none was given."""
    return row.text("barcode") or row.key
