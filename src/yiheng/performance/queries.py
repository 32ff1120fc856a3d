"""Reads of this app alone. Inside a department-year its records come with `ledger.queries.department_year`."""

from __future__ import annotations

from yiheng.facts import Record
from yiheng.ledger import queries as ledger
from yiheng.ledger.reads.records import sheet_records

from .models import Indicator, Objective, Task


def objectives(unit_key: str, year: int) -> tuple[Record, ...]:
    """The objectives (绩效目标) of a unit and those below it, in the order of their sheet."""
    return sheet_records(Objective, _units(unit_key), year)


def indicators(unit_key: str, year: int) -> tuple[Record, ...]:
    """The indicators (绩效指标) of a unit and those below it, in the order of their sheet."""
    return sheet_records(Indicator, _units(unit_key), year)


def tasks(unit_key: str, year: int) -> tuple[Record, ...]:
    """The main tasks of the year (年度主要任务) of a unit and those below it, in the order of their sheet."""
    return sheet_records(Task, _units(unit_key), year)


def _units(unit_key: str) -> tuple[str, ...]:
    return tuple(unit.key for unit in ledger.unit_tree().below(unit_key))
