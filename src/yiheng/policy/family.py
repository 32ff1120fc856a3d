"""Choosing the table family (表式) of a year: the newest one that has begun holds until another supersedes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .entry import Entry
from .errors import PolicyNotInForce

TYPE = "table_family"


@dataclass(frozen=True, slots=True)
class Family:
    """A chosen table family. `entry_notice` is "" or tells that the form of an earlier year is carried on (沿用)."""

    entry: Entry
    entry_notice: str

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id

    @property
    def value(self) -> Mapping[str, Any]:
        """The template, as `statements` reads it."""
        value: Mapping[str, Any] = self.entry.value
        return value


def choose(entries: Iterable[Entry], kind: str, chain: Sequence[str], year: int, id: str = "") -> Family:
    """The family of the kind (`value.kind`) for the year, from the nearest jurisdiction that has one.

    With `id`, that family alone is looked at. Raises `PolicyNotInForce` when none has begun by the year.
    """
    wanted = [
        entry
        for entry in entries
        if entry.type == TYPE
        and entry.value.get("kind") == kind
        and entry.jurisdiction in chain
        and (not id or entry.id == id)
    ]
    begun = [entry for entry in wanted if entry.valid_from.year <= year]
    if not begun:
        raise PolicyNotInForce(_reason(wanted, kind, year, id))
    nearest = min(chain.index(entry.jurisdiction) for entry in begun)
    newest = max(
        (entry for entry in begun if chain.index(entry.jurisdiction) == nearest),
        key=lambda entry: (entry.valid_from, entry.overlay, entry.id),
    )
    return Family(newest, _notice(newest, year))


def _notice(entry: Entry, year: int) -> str:
    covered = entry.valid_to is not None and year <= entry.valid_to.year
    if covered or entry.valid_from.year == year:
        return ""
    return f"{year} 年没有新的表式，沿用 {entry.valid_from.year} 年表式（{entry.title}）"


def _reason(wanted: Sequence[Entry], kind: str, year: int, id: str) -> str:
    subject = f"表式 {id}" if id else f"类别为 {kind} 的表式"
    if not wanted:
        return f"没有{subject}；请在自有目录补充，或改用已有表式"
    first = min(wanted, key=lambda entry: entry.valid_from)
    return f"{subject}在 {year} 年还没有生效：最早是 {first.id}（{first.title}），自 {first.valid_from.isoformat()} 起"
