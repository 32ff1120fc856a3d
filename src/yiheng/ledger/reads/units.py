"""Units (单位): the tree, and which unit a text means."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from yiheng import facts
from yiheng.ledger.coverage import chain
from yiheng.ledger.errors import AmbiguousUnit, UnknownUnit
from yiheng.ledger.models import Unit
from yiheng.people.once import is_reading, once

from .state import State, settled


@dataclass(frozen=True)
class UnitTree:
    """All units of the ledger that are in use, in tree order."""

    units: tuple[facts.Unit, ...]
    jurisdictions: Mapping[str, str]
    """Unit → its own division code, "" where only a unit above has one."""

    @cached_property
    def by_key(self) -> Mapping[str, facts.Unit]:
        return {unit.key: unit for unit in self.units}

    @cached_property
    def parents(self) -> Mapping[str, str]:
        return {unit.key: unit.parent for unit in self.units}

    def chain(self, key: str) -> tuple[str, ...]:
        """The keys of the unit and of the units above it, nearest first."""
        return chain(key, self.parents)

    def below(self, key: str) -> tuple[facts.Unit, ...]:
        """The unit and those below it, in tree order."""
        return tuple(unit for unit in self.units if key in self.chain(unit.key))

    def jurisdiction(self, key: str) -> str:
        """The division code of the unit or of the nearest unit above that has one; "" when none has."""
        return next((code for at in self.chain(key) if (code := self.jurisdictions.get(at, ""))), "")

    def department(self, key: str) -> facts.Unit | None:
        """The supervising department (主管部门) of a unit that is none itself."""
        own = self.by_key[key]
        if own.kind == "department":
            return None
        above = (self.by_key[at] for at in self.chain(key)[1:] if at in self.by_key)
        return next((unit for unit in above if unit.kind == "department"), None)

    def resolve(self, text: str) -> facts.Unit:
        """The unit with that key, code, name or short name. Raises `AmbiguousUnit` or `UnknownUnit`."""
        wanted = _fold(text)
        for named in (_keys, _codes, _names):
            found = [unit for unit in self.units if wanted and wanted in map(_fold, named(unit))]
            if len(found) > 1:
                raise AmbiguousUnit(text, found)
            if found:
                return found[0]
        raise UnknownUnit(text, self._near(wanted))

    def _near(self, wanted: str) -> list[str]:
        labels = {
            _fold(label): unit
            for unit in self.units
            for label in (unit.key, unit.code, unit.name, unit.short_name)
            if label
        }
        parts = [label for label in labels if wanted and wanted in label]
        close = difflib.get_close_matches(wanted, labels, n=5, cutoff=0.5)
        near = dict.fromkeys(labels[label].key for label in (*parts, *close))
        return [f"{self.by_key[key].name}（{key}）" for key in near][:5]


def _keys(unit: facts.Unit) -> Iterable[str]:
    return (unit.key,)


def _codes(unit: facts.Unit) -> Iterable[str]:
    return (unit.code, unit.code + unit.name) if unit.code else ()


def _names(unit: facts.Unit) -> Iterable[str]:
    return (name for name in (unit.name, unit.short_name) if name)


def _fold(text: str) -> str:
    """Without case, width and blanks, as people mean it."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


_kept: list[tuple[State, UnitTree]] = []
"""The tree that pages were last made with, and the state of the ledger that it is of."""


@once
def unit_tree() -> UnitTree:
    """The tree as the ledger has it now. For a page it is read again only when something was settled since."""
    if not is_reading():
        return _read()
    now = settled()
    if not _kept or _kept[0][0] != now:
        _kept[:] = [(now, _read())]
    return _kept[0][1]


def _read() -> UnitTree:
    rows = list(Unit.objects.filter(active=True).order_by("pk"))
    known = {row.key for row in rows}
    children: dict[str, list[Unit]] = {}
    for row in rows:
        children.setdefault(row.parent_id if row.parent_id in known else "", []).append(row)
    ordered: list[facts.Unit] = []
    waiting = list(reversed(children.get("", [])))
    while waiting:
        row = waiting.pop()
        ordered.append(unit_fact(row))
        waiting += reversed(children.get(row.key, []))
    return UnitTree(tuple(ordered), {row.key: row.jurisdiction for row in rows})


def unit_fact(row: Unit) -> facts.Unit:
    """A row of the register as the type that all rooms share."""
    return facts.Unit(row.key, row.code, row.name, row.short_name, row.parent_id or "", row.kind, row.nature)
