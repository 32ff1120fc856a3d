"""Points of one computed part of a criterion (评分标准的计算), each kind by its own rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from yiheng.scoring.errors import ScoringError
from yiheng.scoring.framework import Part, PartKind
from yiheng.scoring.rowscore import show

Values = Mapping[str, Fraction | str | bool | None]


class Missing(Exception):
    """Inputs that a part needs and does not have."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("、".join(names))
        self.names = names


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a part comes to. `voids` takes all points of its criterion (本项不得分)."""

    points: Fraction
    step: str
    voids: bool = False


def part_outcome(part: Part, values: Values) -> Outcome:
    """The points of a computed part.

    Raises `Missing` for absent inputs and `ScoringError` for a zero denominator or an input of the wrong kind.
    """
    absent = tuple(name for name in part.inputs if values.get(name) is None)
    if absent:
        raise Missing(absent)
    return _KINDS[part.kind](part, values)


def _deduct(part: Part, values: Values) -> Outcome:
    count = _number(part, values, part.spec["count"])
    points = max(Fraction(0), part.points - Fraction(part.spec["per"]) * count)
    return Outcome(points, f"{part.text}：{show(count)} 项，得 {show(points)} 分")


def _ratio(part: Part, values: Values) -> Outcome:
    rate = _rate(part, values)
    if rate > 1 and part.spec["over"] == "zero_criterion":
        return Outcome(Fraction(0), f"{part.text}：比率 {percent(rate)} 超过 100%，本项不得分", voids=True)
    points = part.points * min(rate, Fraction(1))
    return Outcome(points, f"{part.text}：{percent(rate)} × {show(part.points)} = {show(points)} 分")


def _bands(part: Part, values: Values) -> Outcome:
    rate = _rate(part, values)
    for band in part.spec["bands"]:
        if _COMPARE[band["op"]](rate, Fraction(band.get("limit", 0))):
            points = Fraction(band["points"])
            words = (
                "其余" if band["op"] == "else" else f"{_SIGNS[band['op']]}{percent(Fraction(band['limit']))}"
            )
            return Outcome(points, f"{part.text}：{percent(rate)}，属“{words}”档，得 {show(points)} 分")
    raise ScoringError(f"{part.text}：{percent(rate)} 不属于任何一档，请核对指标体系的 bands。")


def _excess(part: Part, values: Values) -> Outcome:
    spec = part.spec
    rate = _rate(part, values)
    over = max(Fraction(0), rate - Fraction(spec["free"]))
    points = max(Fraction(0), part.points - over / Fraction(spec["step"]) * Fraction(spec["per"]))
    return Outcome(points, f"{part.text}：{percent(rate)}，得 {show(points)} 分")


def _choice(part: Part, values: Values) -> Outcome:
    chosen, options = values[part.spec["input"]], part.spec["options"]
    if chosen not in options:
        raise ScoringError(f"{part.text}：选项 {chosen!r} 不认识，可选：{'、'.join(options)}。")
    return Outcome(Fraction(options[chosen]), f"{part.text}：{chosen}，得 {options[chosen]} 分")


def _pace(part: Part, values: Values) -> Outcome:
    spec = part.spec
    cap = Fraction(spec["cap"])
    rates = [
        min(cap, _number(part, values, quarter["input"]) / Fraction(quarter["pace"]))
        for quarter in spec["quarters"]
    ]
    each, mean = Fraction(spec["each"]), Fraction(spec["mean"])
    points = sum((rate * each for rate in rates), Fraction(0)) + sum(rates, Fraction(0)) / len(rates) * mean
    listed = "、".join(percent(rate) for rate in rates)
    return Outcome(points, f"{part.text}：各季度 {listed}，合计 {show(points)} 分")


def _rate(part: Part, values: Values) -> Fraction:
    if "input" in part.spec:
        return _number(part, values, part.spec["input"])
    over, under = (_number(part, values, part.spec[name]) for name in ("numerator", "denominator"))
    if not under:
        raise ScoringError(f"{part.text}：分母 {part.spec['denominator']} 为零，比率无法计算，请核对数据。")
    return over / under


def _number(part: Part, values: Values, name: str) -> Fraction:
    value = values[name]
    if not isinstance(value, Fraction):
        raise ScoringError(f"{part.text}：输入 {name} 应是数（收到 {value!r}）。")
    if value < 0:
        raise ScoringError(f"{part.text}：输入 {name} 不能是负数（收到 {show(value)}）。")
    return value


def percent(value: Fraction) -> str:
    """A ratio for reading."""
    return f"{show(value * 100)}%"


_KINDS: Final[Mapping[PartKind, Callable[[Part, Values], Outcome]]] = {
    PartKind.DEDUCT: _deduct,
    PartKind.RATIO: _ratio,
    PartKind.BANDS: _bands,
    PartKind.EXCESS: _excess,
    PartKind.CHOICE: _choice,
    PartKind.PACE: _pace,
}
_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    "else": lambda a, b: True,
}
_SIGNS: Final[Mapping[str, str]] = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
BAND_OPERATORS: Final = frozenset(_COMPARE)
