"""The curve that an indicator declares (进度曲线), from its record. Pure."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction

from yiheng.facts import Record
from yiheng.scoring.curve import Curve, Shape
from yiheng.scoring.errors import ScoringError

_SHAPES = {"linear": Shape.LINEAR, "seasonal": Shape.SEASONAL, "step": Shape.STEP, "year_end": Shape.YEAR_END}
_STEP = re.compile(r"(\d{1,2})-(\d{1,2})\s+([0-9.]+)%")
_SHARE = re.compile(r"([0-9.]+)%")


def curve_of(indicator: Record) -> Curve:
    """The declared curve; even progress where none is declared. Raises `ScoringError`, naming the indicator."""
    shape = _SHAPES[indicator.get("curve") or "linear"]
    parts = [part.strip() for part in re.split(r"[;；]", indicator.get("milestones")) if part.strip()]
    try:
        if shape is Shape.SEASONAL:
            return Curve(shape, months=tuple(_share(part) for part in parts))
        if shape is Shape.STEP:
            return Curve(shape, steps=tuple(_step(part, indicator.year) for part in parts))
        return Curve(shape)
    except ScoringError as error:
        raise ScoringError(
            f"绩效指标 {indicator.key} 的进度节点“{indicator.get('milestones')}”：{error}"
        ) from error


def _share(part: str) -> Fraction:
    found = _SHARE.fullmatch(part)
    if found is None:
        raise ScoringError(f"“{part}”不是比例。请写 12 个月各占全年的比例，用分号隔开，例如 5%; 8%。")
    return Fraction(found[1]) / 100


def _step(part: str, year: int) -> tuple[dt.date, Fraction]:
    found = _STEP.fullmatch(part)
    try:
        if found is not None:
            return dt.date(year, int(found[1]), int(found[2])), Fraction(found[3]) / 100
    except ValueError:
        pass
    raise ScoringError(f"“{part}”不是节点。请写日期和累计比例，用分号隔开，例如 06-30 50%; 12-31 100%。")
