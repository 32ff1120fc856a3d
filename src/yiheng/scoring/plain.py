"""Scores as plain data (得分的明文形式): texts and lists only, for JSON and score files. No number loses a digit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from yiheng.scoring.department import Basis, CriterionScore, DepartmentScore, Input, Inputs
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.rowscore import RowScore


def json_number(value: Decimal | Fraction | None) -> float | None:
    """A score as a JSON number: its shortest text is the decimal itself, for decimals of up to fifteen digits.

    Of a fraction that is no such decimal (a weight shared out by thirds) it is the nearest binary number.
    """
    return None if value is None else float(value)


def plain_score(score: SheetScore) -> dict[str, Any]:
    """A sheet's score: total, grade, execution and every row with its steps. Exact values are fractions as text."""
    execution = score.execution
    return {
        "sheet": score.sheet.key,
        "rule": score.rule.id,
        "total": _text(score.total),
        "grade": score.grade,
        "weights": str(score.weights),
        "execution": {
            "weight": str(execution.weight),
            "rate": _text(execution.rate),
            "points": _text(execution.points),
            "exact": _text(execution.exact),
            "steps": list(execution.steps),
        },
        "rows": [_row(row) for row in score.rows],
    }


def plain_department(score: DepartmentScore) -> dict[str, Any]:
    """A department's score: total, groups and every criterion with its steps."""
    return {
        "framework": score.framework.id,
        "total": _text(score.total),
        "groups": {
            name: _text(score.group(name))
            for name in dict.fromkeys(c.criterion.level1 for c in score.criteria)
        },
        "criteria": [_criterion(row) for row in score.criteria],
    }


def plain_inputs(inputs: Inputs) -> dict[str, Any]:
    """Inputs of a framework, from which `read_plain_inputs` makes them again."""
    return {
        name: {
            "basis": item.basis.name,
            "value": _value(item.value),
            "points": _text(item.points),
            "scorer": item.scorer,
            "reason": item.reason,
            "evidence": item.evidence,
        }
        for name, item in inputs.items()
    }


def read_plain_inputs(plain: Mapping[str, Any]) -> dict[str, Input]:
    """The inputs of `plain_inputs`. Raises `ScoringError` for anything else."""
    try:
        return {
            name: Input(
                Basis[item["basis"]],
                _value_of(item["value"]),
                None if item["points"] is None else Fraction(item["points"]),
                item["scorer"],
                item["reason"],
                item["evidence"],
            )
            for name, item in plain.items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ScoringError(f"评分文件的输入不完整（{error}），请重新生成。") from error


def _row(row: RowScore) -> dict[str, Any]:
    found = row.attainment
    return {
        "key": row.row.key,
        "name": row.row.name,
        "target": row.target.text(),
        "type": row.target.type_name,
        "actual": row.row.actual,
        "status": found.status.name,
        "reason": found.reason,
        "method": row.method.name,
        "weight": str(row.weight),
        "points": _text(row.points),
        "exact": _text(row.exact),
        "steps": list(row.steps),
    }


def _criterion(row: CriterionScore) -> dict[str, Any]:
    return {
        "id": row.criterion.id,
        "level1": row.criterion.level1,
        "level2": row.criterion.level2,
        "name": row.criterion.name,
        "weight": _text(row.criterion.weight),
        "points": _text(row.points),
        "exact": _text(row.exact),
        "assumed": row.assumed,
        "given": row.given,
        "needs": list(row.needs),
        "steps": list(row.steps),
    }


def _text(value: Decimal | Fraction | None) -> str | None:
    return None if value is None else str(value)


def _value(value: Fraction | str | bool | None) -> Any:
    return {"number": str(value)} if isinstance(value, Fraction) else value


def _value_of(value: Any) -> Fraction | str | bool | None:
    if isinstance(value, Mapping):
        return Fraction(value["number"])
    return value if isinstance(value, str | bool) else None
