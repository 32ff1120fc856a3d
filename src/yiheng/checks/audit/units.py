"""The tables of a document by the unit that they are of (分单位公开): several units print the same tables in turn.

Identities hold within one unit's tables. Whose a table is says its caption; where captions name nobody, a unit begins
where the first table comes again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from yiheng.facts.known import KnownTable

Tables = tuple[KnownTable, ...]


def by_unit(tables: Sequence[KnownTable]) -> tuple[Tables, ...]:
    """The tables of each unit; one group where every table stands once, or where nothing parts them surely."""
    named = [table for table in tables if table.name]
    if max(Counter(table.name for table in named).values(), default=0) < 2:
        return (tuple(tables),)
    for parted in (_by_owner(named), _by_turn(named)):
        if len(parted) > 1 and all(_once(group) for group in parted):
            return parted
    return (tuple(tables),)


def _once(group: Sequence[KnownTable]) -> bool:
    return len({table.name for table in group}) == len(group)


def _by_owner(tables: Sequence[KnownTable]) -> tuple[Tables, ...]:
    found: dict[str, list[KnownTable]] = {}
    owner = ""
    for table in tables:
        owner = re.sub(r"\s", "", table.read.owner) or owner
        found.setdefault(owner, []).append(table)
    return tuple(map(tuple, found.values()))


def _by_turn(tables: Sequence[KnownTable]) -> tuple[Tables, ...]:
    """A new unit wherever the first table comes again, if every unit prints the same tables in the same order."""
    found: list[list[KnownTable]] = []
    for table in tables:
        if not found or table.name == tables[0].name:
            found.append([])
        found[-1].append(table)
    orders = {tuple(table.name for table in group) for group in found}
    return tuple(map(tuple, found)) if len(orders) == 1 else ()
