"""Templates of published tables (公开表式): policy entries of type `document_tables`.

Each table has a canonical name and the names that places print for its title, columns and rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from yiheng.policy import Entry, Policy, Problem
from yiheng.reading.recognition import names

TYPE = "document_tables"
_KEYS = {"kinds", "tables"}
_TABLE_KEYS = {"name", "titles", "labels", "keys", "columns", "rows", "needs", "by_header"}
KEYS = ("item", "function", "economic", "unit", "project", "free")
"""What the rows of a table are: named items, functional or economic codes, units, projects, or anything."""


@dataclass(frozen=True, slots=True)
class Template:
    """One table of a family."""

    name: str
    kinds: tuple[str, ...]
    titles: frozenset[str]
    labels: frozenset[str]
    keys: str
    columns: Mapping[str, tuple[tuple[str, ...], ...]]
    """Canonical name → headers, each from the group inwards."""
    rows: Mapping[str, Mapping[str, str]]
    """Side (收入, 支出 or empty) → name as compared → canonical name."""
    needs: tuple[str, ...]
    """Columns without which a table is not taken for this one."""
    by_header: bool = False
    """Its header alone tells it apart, wherever it stands: a part of a form."""


@lru_cache(maxsize=64)
def _parsed(entry: Entry) -> tuple[Template, ...]:
    kinds = tuple(entry.value["kinds"])
    return tuple(_template(table, kinds) for table in entry.value["tables"])


def _template(table: Mapping[str, Any], kinds: tuple[str, ...]) -> Template:
    unknown = sorted(set(table) - _TABLE_KEYS)
    if unknown:
        raise ValueError(f"不认识的项 {'、'.join(unknown)}；可用：{'、'.join(sorted(_TABLE_KEYS))}")
    if table["keys"] not in KEYS:
        raise ValueError(f"keys 不认识 {table['keys']!r}；可用：{'、'.join(KEYS)}")
    columns = {
        name: tuple(tuple(names.item(part) for part in alias.split("/")) for alias in (name, *aliases))
        for name, aliases in table.get("columns", {}).items()
    }
    rows = {
        side: {names.item(alias): name for name, aliases in listed.items() for alias in (name, *aliases)}
        for side, listed in table.get("rows", {}).items()
    }
    titles = frozenset(names.title(t) for t in (table["name"], *table.get("titles", ())))
    labels = frozenset(names.plain(t) for t in table.get("labels", ()))
    needs = tuple(table.get("needs", ()))
    absent = [name for name in needs if name not in columns]
    if absent:
        raise ValueError(f"needs 里的栏 {'、'.join(absent)} 没有写在 columns")
    return Template(
        table["name"],
        kinds,
        titles,
        labels,
        table["keys"],
        columns,
        rows,
        needs,
        table.get("by_header") is True,
    )


def templates(policy: Policy) -> tuple[Template, ...]:
    """All templates, whatever the day: papers of many years are read."""
    return tuple(t for entry in policy.entries if entry.type == TYPE for t in _parsed(entry))


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """Validator of the policy entries of type `document_tables`."""
    try:
        unknown = sorted(set(entry.value) - _KEYS)
        if unknown:
            raise ValueError(f"不认识的项 {'、'.join(unknown)}；可用：{'、'.join(sorted(_KEYS))}")
        parsed = _parsed(entry)
        twice = sorted({t.name for t in parsed if sum(o.name == t.name for o in parsed) > 1})
        if twice:
            raise ValueError(f"表名重复：{'、'.join(twice)}")
    except KeyError as error:
        return [_problem(entry, f"缺少 {error.args[0]}")]
    except (ValueError, TypeError, AttributeError) as error:
        return [_problem(entry, f"公开表式不能解析：{error}")]
    return []


def _problem(entry: Entry, reason: str) -> Problem:
    return Problem(entry.file, entry.id, "value", reason, "请对照现有公开表式改正")
