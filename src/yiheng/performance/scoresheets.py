"""A department-year's records and facts → the sheets that `scoring` judges (自评表). Pure: no query, no clock.

The funds block comes from the ledger's facts, never from the sheet. A row that names a declared indicator takes names
and target from it, and the newest actual of the year where it has none of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from yiheng.facts import JOINT_VIEW, DepartmentYear, Record
from yiheng.scoring.records import read_sheets
from yiheng.scoring.rowscore import show
from yiheng.scoring.sheet import Sheet

FUNDS: Final = {"initial": "budget", "budget": "budget_adjusted", "executed": "spending"}
"""Column of the funds block → measure of the ledger: 年初预算数, 全年预算数, 全年执行数."""
PROJECT_VIEWS: Final = frozenset({"project", JOINT_VIEW})


def sheets(department_year: DepartmentYear, execution_weights: Mapping[str, Fraction]) -> tuple[Sheet, ...]:
    """The sheets of all projects, in the order of their records. Raises `scoring.ScoringError` with every problem.

    `execution_weights` are those of the rules by key of the sheet, for sheets that give none.
    """
    records = [r for r in department_year.records_of("evaluation") if r.get("project")]
    found: dict[str, Sheet] = {}
    for transcribed in (False, True):
        heads = [r for r in records if bool(r.get("document")) is transcribed]
        keys = {r.key for r in heads}
        rows = [
            _row(r, department_year)
            for r in department_year.records_of("evaluation_row")
            if r.get("evaluation") in keys
        ]
        plain = [_head(r, department_year, execution_weights[r.key]) for r in heads]
        found |= {sheet.key: sheet for sheet in read_sheets(plain, rows, transcribed=transcribed)}
    return tuple(found[r.key] for r in records)


def project_funds(department_year: DepartmentYear, project: str) -> dict[str, int | None]:
    """年初预算数, 全年预算数 and 全年执行数 of a project in fen; None where the ledger has no row of it."""
    return {column: _sum(department_year, measure, project) for column, measure in FUNDS.items()}


def _sum(department_year: DepartmentYear, measure: str, project: str) -> int | None:
    amounts = [
        fact.amount
        for fact in department_year.facts_of(measure, department_year.year)
        if fact.view in PROJECT_VIEWS and fact.dims.get("project") == project
    ]
    return sum(amounts) if amounts else None


def _head(record: Record, department_year: DepartmentYear, execution_weight: Fraction) -> dict[str, str]:
    project = department_year.record("project", record.get("project"))
    funds = project_funds(department_year, record.get("project"))
    return {
        "key": record.key,
        "project": record.get("project"),
        "name": project.get("name") if project else record.get("project"),
        "unit": record.unit,
        "year": str(record.year),
        **{column: "" if fen is None else f"{Decimal(fen) / 100:.2f}" for column, fen in funds.items()},
        "execution_weight": record.get("execution_weight") or show(execution_weight),
        "printed_rate": record.get("printed_rate"),
        "printed_points": record.get("printed_execution_score"),
        "printed_total": record.get("printed_total"),
        "place": record.source.place,
    }


def _row(record: Record, department_year: DepartmentYear) -> dict[str, str]:
    indicator = department_year.record("indicator", record.get("indicator"))
    reached = latest(department_year.records_of("actual"), record.get("indicator"))

    def own(name: str, other: Record | None, of_other: str = "") -> str:
        return record.get(name) or (other.get(of_other or name) if other else "")

    return {
        "key": record.key,
        "sheet": record.get("evaluation"),
        "order": record.get("order"),
        "level1": own("level1", indicator),
        "level2": own("level2", indicator),
        "name": own("level3", indicator) or own("level2", indicator),
        "target": own("target", indicator),
        "actual": own("actual", reached, "value"),
        "weight": record.get("weight"),
        "printed_points": record.get("printed_score"),
        "judged_points": record.get("manual_score"),
        "judged_reason": record.get("manual_reason"),
        "scorer": record.get("scorer"),
        "reason": record.get("reason"),
        "explanation": record.get("explanation"),
        "evidence": own("evidence", reached),
        "sample": record.get("sample"),
        "previous": record.get("previous"),
        "dated": own("dated", reached, "date"),
        "lower_is_better": record.get("lower_is_better"),
        "place": record.source.place,
    }


def latest(actuals: Iterable[Record], indicator: str) -> Record | None:
    """The newest actual of an indicator; of two of one day the later row."""
    own = [r for r in actuals if indicator and r.get("indicator") == indicator]
    return max(enumerate(own), key=lambda pair: (pair[1].get("date"), pair[0]))[1] if own else None
