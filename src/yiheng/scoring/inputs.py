"""Inputs of a framework from plain rows (指标体系的输入), as a package's CSV file holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

from yiheng.scoring.department import Basis, Input
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.framework import Framework

INPUT_FIELDS: Final = ("name", "basis", "value", "points", "scorer", "reason", "evidence")
"""Columns; `value` is a number, a percentage, 是, 否 or an option."""
BASES: Final[Mapping[str, Basis]] = {
    "computed": Basis.COMPUTED,
    "measured": Basis.MEASURED,
    "entered": Basis.ENTERED,
    "printed": Basis.PRINTED,
    "assumed": Basis.ASSUMED,
}


def read_inputs(rows: Iterable[Mapping[str, str]], framework: Framework) -> dict[str, Input]:
    """The inputs by name. Raises `ScoringError` with every problem: unknown or repeated name, unknown basis, no number,
    a judgement without scorer, reason or evidence.
    """
    known = input_names(framework)
    problems: list[str] = []
    found: dict[str, Input] = {}
    for row in rows:
        name = row.get("name", "")
        if name not in known:
            problems.append(f"输入“{name}”：{framework.title}没有这项输入")
        elif name in found:
            problems.append(f"输入“{name}”：填了两次")
        else:
            found[name] = _input(row, problems)
    if problems:
        raise ScoringError("。\n".join(problems) + "。")
    return found


def input_names(framework: Framework) -> frozenset[str]:
    """All names that an input of the framework may have."""
    names: set[str] = set()
    for criterion in framework.criteria:
        names |= {criterion.id} if criterion.judged else set()
        names |= {criterion.veto} if criterion.veto else set()
        for part in criterion.parts:
            names |= {f"{criterion.id}/{part.id}", *part.inputs}
    return frozenset(names)


def _input(row: Mapping[str, str], problems: list[str]) -> Input:
    name, basis = row["name"], BASES.get(row.get("basis", ""))
    if basis is None:
        problems.append(f"输入“{name}”：来源 {row.get('basis', '')!r} 不认识，可填 {'、'.join(BASES)}")
        basis = Basis.ENTERED
    points = row.get("points", "")
    value = row.get("value", "")
    if bool(points) == bool(value):
        problems.append(f"输入“{name}”：value 和 points 应填且只填一项")
    judged = bool(points) and basis in (Basis.ENTERED, Basis.COMPUTED, Basis.MEASURED)
    absent = [label for field, label in _JUDGED if judged and not row.get(field)]
    if absent:
        problems.append(f"输入“{name}”：人工评分缺少{'、'.join(absent)}")
    return Input(
        basis,
        read_value(value) if value else None,
        _points(name, points, problems) if points else None,
        *(row.get(field, "") for field, _ in _JUDGED),
    )


def _points(name: str, text: str, problems: list[str]) -> Fraction | None:
    number = read_value(text)
    if not isinstance(number, Fraction) or number < 0:
        problems.append(f"输入“{name}”：得分 {text!r} 不是非负数")
        return None
    return number


def read_value(text: str) -> Fraction | str | bool:
    """A value as a sheet writes it: 39, 98.93%, 是, 否; whatever else is an option."""
    if text in ("是", "否"):
        return text == "是"
    plain = text.replace(",", "")
    percent = plain.endswith("%")
    try:
        number = Fraction(plain.removesuffix("%"))
    except (ValueError, ZeroDivisionError):
        return text
    return number / 100 if percent else number


_JUDGED: Final = (("scorer", "评分人"), ("reason", "理由"), ("evidence", "佐证"))
