"""A department-year's records and facts → the inputs of a framework (整体评价取数). Pure.

What the ledger gives is computed. A row that is entered or printed over a computed value needs a note and says both;
what a printed score implies never replaces a computed value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yiheng.facts import DepartmentYear, Record
from yiheng.policy import Policy
from yiheng.scoring.department import Basis, Input
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.framework import Framework
from yiheng.scoring.inputs import input_names, read_inputs
from yiheng.scoring.rowscore import show

from .computed import Computed, computed_inputs


def department_evaluation(department_year: DepartmentYear, framework: str = "") -> Record | None:
    """The sheet of the whole department (of that framework, where one is named); None where there is none."""
    sheets = [r for r in department_year.records_of("evaluation") if r.get("level") == "department"]
    return next((r for r in sheets if framework in ("", r.get("framework"))), None)


def printed_scores(department_year: DepartmentYear, evaluation: str) -> dict[str, str]:
    """Printed score by criterion."""
    return {
        r.get("criterion"): r.get("printed_score")
        for r in department_year.records_of("criterion_score")
        if r.get("evaluation") == evaluation and not r.get("part") and r.get("printed_score")
    }


def inputs(
    department_year: DepartmentYear, evaluation: Record | None, framework: Framework, policy: Policy
) -> dict[str, Input]:
    """Every input of the framework that is known, computed or given. Raises `ScoringError` with every problem."""
    computed = computed_inputs(department_year, policy, input_names(framework))
    key = evaluation.key if evaluation else ""
    rows = list(_rows(department_year, key)) if key else []
    problems = list(_contradictions(rows, computed))
    given: dict[str, Input] = {}
    try:
        given = read_inputs(rows, framework)
    except ScoringError as error:
        problems.append(str(error))
    if problems:
        raise ScoringError("\n".join(problems))
    found = {name: Input(Basis.COMPUTED, item.value, reason=item.words) for name, item in computed.items()}
    return found | {
        name: item for name, item in given.items() if not (name in found and item.basis is Basis.ASSUMED)
    }


def _rows(department_year: DepartmentYear, evaluation: str) -> Iterable[Mapping[str, str]]:
    for r in department_year.records_of("criterion_score"):
        if r.get("evaluation") == evaluation and r.get("manual_score"):
            part = r.get("part")
            yield {
                "name": r.get("criterion") + (f"/{part}" if part else ""), "basis": r.get("ground"),
                "points": r.get("manual_score"), **_grounds(r, r.get("reason")),
            }  # fmt: skip
    for r in department_year.records_of("criterion_input"):
        if r.get("evaluation") == evaluation:
            yield {
                "name": r.get("name"), "basis": r.get("ground"), "value": r.get("value"),
                **_grounds(r, r.get("note")),
            }  # fmt: skip


def _grounds(record: Record, reason: str) -> dict[str, str]:
    evidence = record.get("evidence") or record.source.place
    return {"scorer": record.get("scorer"), "reason": reason, "evidence": evidence}


def _contradictions(rows: Iterable[Mapping[str, str]], computed: Mapping[str, Computed]) -> Iterable[str]:
    for row in rows:
        name = row["name"]
        if row.get("value") and name in computed and row["basis"] != "assumed" and not row["reason"]:
            yield (
                f"取数项 {name}：台账算得 {show(computed[name].value)}（{computed[name].words}），"
                f"评价取数表另填 {row['value']}，没有写理由。请在备注写明为什么改写，或删去这一行。"
            )
