"""Leaves and records: what the rooms hand to each other before anything is arranged or judged.

A *fact* (事实) is one amount or count that was entered once. It carries the dimensions that its view attests
and nothing else; an absent dimension is "not attested" (未证明), never zero and never a default.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

YUAN_UOM: Final = "元"
JOINT_VIEW: Final = "joint"
"""The view of a real ledger (完整明细), in which every dimension is known together."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from (来源): a ledger row, a query, or a page and cell of a document."""

    table: str
    """Chinese name of the ledger table or sheet, for example 支出预算."""
    row: str
    """Business key of the row inside the table."""
    document: str = ""
    """Key of the document that the row was transcribed from (来源文件)."""
    place: str = ""
    """Page, table and cell in that document, as text."""
    query: str = ""
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One leaf amount (金额, whole fen) or count.

    `quantum` is the step to which the amount is known, in fen: 0 means exact, 1_000_000 means "printed in whole
    万元". `uom` is 元 for money and a counting word (人, 辆, 台（套）) for anything else.
    """

    key: str
    measure: str
    view: str
    unit: str
    year: int
    dims: Mapping[str, str]
    amount: int
    quantum: int
    source: Source
    uom: str = YUAN_UOM
    on: dt.date | None = None
    on_precision: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Something of the department-year that is not an amount: a project, an indicator, a reason, a text."""

    kind: str
    key: str
    unit: str
    year: int
    fields: Mapping[str, str]
    source: Source

    def get(self, name: str) -> str:
        """The field as text; an absent field is the empty text."""
        return self.fields.get(name, "")


@dataclass(frozen=True, slots=True)
class Unit:
    """A budget unit (预算单位). A department and its main unit may share one name, so units go by key."""

    key: str
    code: str
    name: str
    short_name: str
    parent: str
    kind: str
    """department 主管部门 or unit 基层单位."""
    nature: str = ""


@dataclass(frozen=True)
class DepartmentYear:
    """Everything that one set of papers is computed from (部门年度), in memory."""

    unit: Unit
    year: int
    kind: str
    """budget 部门预算, accounts 部门决算 or performance 绩效."""
    jurisdiction: str
    units: tuple[Unit, ...]
    """The unit and those below it, in tree order."""
    facts: tuple[Fact, ...]
    records: tuple[Record, ...] = ()
    family: str = ""
    title: str = ""
    document: str = ""
    synthetic: bool = False
    department: Unit | None = None
    """The supervising department (主管部门) where the unit itself is not one."""

    def facts_of(self, measure: str, year: int) -> tuple[Fact, ...]:
        """All facts of one measure and year, in ledger order."""
        return self._facts.get((measure, year), ())

    def records_of(self, kind: str) -> tuple[Record, ...]:
        """All records of one kind, in ledger order."""
        return self._records.get(kind, ())

    def record(self, kind: str, key: str) -> Record | None:
        """The record of that kind and key, or None."""
        return self._records_by_key.get((kind, key))

    def base_units(self) -> tuple[Unit, ...]:
        """The units that hold rows of their own: all but a department that stands over others."""
        parents = {unit.parent for unit in self.units}
        return tuple(unit for unit in self.units if unit.key not in parents)

    def unit_of(self, key: str) -> Unit | None:
        """The unit with that key inside this department-year."""
        return next((unit for unit in self.units if unit.key == key), None)

    @cached_property
    def _facts(self) -> dict[tuple[str, int], tuple[Fact, ...]]:
        return _grouped(((fact.measure, fact.year), fact) for fact in self.facts)

    @cached_property
    def _records(self) -> dict[str, tuple[Record, ...]]:
        return _grouped((record.kind, record) for record in self.records)

    @cached_property
    def _records_by_key(self) -> dict[tuple[str, str], Record]:
        return {(record.kind, record.key): record for record in reversed(self.records)}


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
