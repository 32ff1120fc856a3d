"""A policy entry (政策条目): what an official document fixes, dated and sourced."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

NATION: Final = "100000"
"""The division code (行政区划代码) of the whole country."""


@dataclass(frozen=True, slots=True)
class Source:
    """The document that an entry rests on (依据). Only the title is always known."""

    document: str
    number: str = ""
    article: str = ""
    publisher: str = ""
    place: str = ""
    url: str = ""
    note: str = ""

    def cite(self) -> str:
        """`《文件名》（文号）第…条`."""
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.document}》{number}{self.article}"


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One dated, sourced entry. `valid_to` is the inclusive last day, None while it holds.

    `value` is deeply immutable (mappings are `MappingProxyType`, lists are tuples). `overlay` says that it comes
    from the user's own folder.
    """

    id: str
    type: str
    title: str
    jurisdiction: str
    valid_from: date
    valid_to: date | None
    unit: str
    source: Source
    value: Any
    file: str
    overlay: bool = False

    def in_force(self, on: date) -> bool:
        """Whether the entry holds on the day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def overlaps(self, other: Entry) -> bool:
        """Whether some day lies in both validities."""
        return (self.valid_to is None or other.valid_from <= self.valid_to) and (
            other.valid_to is None or self.valid_from <= other.valid_to
        )

    def cite(self) -> str:
        """The source as it is cited in official writing."""
        return self.source.cite()

    def period(self) -> str:
        """The validity in words."""
        end = f"至 {self.valid_to.isoformat()}" if self.valid_to else "起"
        return f"{self.valid_from.isoformat()} {end}"

    def canonical(self) -> str:
        """One JSON text that is equal exactly when the content is equal (file and folder do not count)."""
        source = self.source
        content = {
            "id": self.id,
            "type": self.type,
            "title": self.title,
            "jurisdiction": self.jurisdiction,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "unit": self.unit,
            "source": [
                source.document,
                source.number,
                source.article,
                source.publisher,
                source.place,
                source.url,
                source.note,
            ],
            "value": _plain(self.value),
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def freeze(value: Any) -> Any:
    """The same data, deeply immutable."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: freeze(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(freeze(item) for item in value)
    return value


def thaw(value: Any) -> Any:
    """A mutable deep copy (dicts and lists) of frozen data."""
    if isinstance(value, Mapping):
        return {key: thaw(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [thaw(item) for item in value]
    return value
