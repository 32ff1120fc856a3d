"""The sheets of all apps together (工作表), and what the ledger already has of their keys."""

from __future__ import annotations

from typing import Final

from yiheng.facts.sheets import Kind, SheetSet
from yiheng.ledger import intake as ledger
from yiheng.performance import intake as performance

SHEETS: Final = SheetSet((*ledger.SHEETS, *performance.SHEETS))


def known_keys() -> dict[str, frozenset[str]]:
    """The keys that the ledger holds of every sheet that another refers to."""
    targets = {column.refers for sheet in SHEETS for column in sheet.of_kind(Kind.REFERENCE)}
    return {name: ledger.keys_in_use(name) for name in sorted(targets)}
