"""Attainment (完成情况): an actual against its target, as exact fractions. No points yet: those are the rule's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from yiheng.scoring.actual import Actual, ActualKind
from yiheng.scoring.lexicon import Lexicon, Relation
from yiheng.scoring.target import (
    PLAIN,
    Approx,
    Boolean,
    Comparison,
    Deadline,
    Direction,
    Each,
    FromTo,
    NotApplicable,
    Range,
    Rate,
    Target,
    Tolerance,
    ZeroByText,
)


class Status(Enum):
    """Whether the target was met."""

    MET = "达到"
    NOT_MET = "未达到"
    UNKNOWN = "无法判断"
    NOT_APPLICABLE = "不适用"

    @property
    def label(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits that a target sets, in the base of its dimension."""

    low: Fraction | None = None
    high: Fraction | None = None
    strict: bool = False
    """The limit itself does not count (> and <)."""


@dataclass(frozen=True, slots=True)
class Attainment:
    """How an actual stands to its target. `actual` and the bounds are exact; None where nothing is measured."""

    status: Status
    reason: str
    actual: Fraction | None = None
    bounds: Bounds = Bounds()
    relation: Relation = Relation.SAME
    """How the two units stand to each other."""
    repeated: bool = False
    """The actual only says the target again."""

    @property
    def below(self) -> bool:
        """Missed from below."""
        return (
            self.status is Status.NOT_MET
            and self.actual is not None
            and self.bounds.low is not None
            and self.actual <= self.bounds.low
        )

    @property
    def overrun(self) -> Fraction | None:
        """(actual − limit) ÷ limit where an upper limit was passed; None without one, or at a limit not above 0."""
        high = self.bounds.high
        if (
            self.status is not Status.NOT_MET
            or self.below
            or self.actual is None
            or high is None
            or high <= 0
        ):
            return None
        return (self.actual - high) / high

    @property
    def ratio(self) -> Fraction | None:
        """The rate of completion (完成率), from 0: actual ÷ lower limit, or for an upper limit 1 less the overrun.

        None where nothing is measured, and for a lower limit not above 0, of which nothing is a share.
        """
        if self.actual is None:
            return None
        low = self.bounds.low
        if low is not None and (self.bounds.high is None or self.below):
            return max(Fraction(0), self.actual / low) if low > 0 else None
        if self.status is Status.MET:
            return Fraction(1)
        return None if self.overrun is None else max(Fraction(0), 1 - self.overrun)


def attain(
    target: Target,
    actual: Actual,
    lexicon: Lexicon,
    *,
    lower_is_better: bool = False,
    near_as_printed: bool = False,
) -> Attainment:
    """Judge an actual. `lower_is_better` (成本指标) makes a target without comparator an upper limit.

    `near_as_printed` reads units of one family side by side (2.21 天 against 5 个工作日), as a historic rule may;
    otherwise such a row is not judged.
    """
    if isinstance(target, NotApplicable) or actual.kind is ActualKind.NOT_APPLICABLE:
        if isinstance(target, NotApplicable):
            return Attainment(Status.NOT_APPLICABLE, "指标不适用")
        return Attainment(Status.UNKNOWN, "有目标值，实际完成值却写“不适用”")
    if actual.kind is ActualKind.MISSING:
        return Attainment(Status.UNKNOWN, "没有填实际完成值")
    if actual.kind is ActualKind.REPEATS:
        return Attainment(Status.MET, "实际完成值照抄目标，没有实际数", repeated=True)
    if actual.kind is ActualKind.BOUND:
        return Attainment(Status.UNKNOWN, "实际完成值只给出界限，没有实际数")
    if isinstance(target, Deadline):
        return _dated(target, actual)
    bounds = limits(target, lexicon, lower_is_better)
    if bounds is None:
        return _worded(target, actual)
    return _measured(target, actual, bounds, lexicon, near_as_printed)


def limits(target: Target, lexicon: Lexicon, lower_is_better: bool = False) -> Bounds | None:
    """The limits of a measurable target; None for dates and words."""
    match target:
        case Comparison(operator=operator) | Each(operator=operator) | Rate(operator=operator):
            value = target.per_year(lexicon) if isinstance(target, Rate) else target.quantity.value(lexicon)
            if operator == "=":
                return Bounds(value, value)
            upper = operator in ("≤", "<") or (operator == PLAIN and lower_is_better)
            strict = operator in ("<", ">")
            return Bounds(None, value, strict) if upper else Bounds(value, None, strict)
        case Approx(quantity=quantity):
            return Bounds(quantity.value(lexicon))
        case Range(low=low, high=high):
            return Bounds(low.value(lexicon), high.value(lexicon))
        case Tolerance(quantity=quantity, percent=percent):
            value, share = quantity.value(lexicon), Fraction(percent) / 100
            return Bounds(value * (1 - share), value * (1 + share))
        case FromTo(end=end, direction=direction):
            value = end.value(lexicon)
            return Bounds(value) if direction > 0 else Bounds(None, value)
        case ZeroByText():
            return Bounds(None, Fraction(0))
        case _:
            return None


def _measured(
    target: Target, actual: Actual, bounds: Bounds, lexicon: Lexicon, near_as_printed: bool
) -> Attainment:
    rate = isinstance(target, Rate)
    quantity = actual.quantity
    if quantity is None or actual.kind not in (ActualKind.QUANTITY, ActualKind.RATE):
        return Attainment(Status.UNKNOWN, "目标是数值，实际完成值却是文字", bounds=bounds)
    if rate != (actual.kind is ActualKind.RATE):
        return Attainment(
            Status.UNKNOWN,
            f"目标是{'频次' if rate else '数值'}，实际完成值却是{'数值' if rate else '频次'}",
            bounds=bounds,
        )
    unit = target.quantities[-1].unit
    relation = lexicon.relation(unit, quantity.unit)
    pair = f"“{unit or '无单位'}”与“{quantity.unit or '无单位'}”"
    if relation is Relation.DIFFERENT and not isinstance(target, ZeroByText):
        return Attainment(Status.UNKNOWN, f"目标与实际的单位不可比：{pair}", bounds=bounds, relation=relation)
    if relation is Relation.NEAR and not near_as_printed:
        return Attainment(
            Status.UNKNOWN, f"目标与实际的单位口径不同：{pair}", bounds=bounds, relation=relation
        )
    value = actual.value.per_year(lexicon) if isinstance(actual.value, Rate) else quantity.value(lexicon)
    status, reason = _inside(value, bounds)
    return Attainment(status, reason, value, bounds, relation)


def _inside(value: Fraction, bounds: Bounds) -> tuple[Status, str]:
    low, high = bounds.low, bounds.high
    if low is not None and (value < low or (bounds.strict and value == low)):
        return Status.NOT_MET, "低于目标"
    if high is not None and (value > high or (bounds.strict and value == high)):
        return Status.NOT_MET, "高于上限"
    return Status.MET, "达到目标"


def _dated(target: Deadline, actual: Actual) -> Attainment:
    if isinstance(actual.value, Deadline) and actual.kind is ActualKind.DATE:
        if actual.value.due <= target.due:
            return Attainment(Status.MET, "按期完成")
        if actual.value.first > target.due:
            return Attainment(Status.NOT_MET, "晚于时限")
        return Attainment(Status.UNKNOWN, "实际完成日期不够细，无法与时限比较")
    if target.state and actual.value is not None and actual.value.text() == target.state:
        return Attainment(Status.MET, "与目标用词一致")
    if actual.kind is ActualKind.NEGATED:
        return Attainment(Status.NOT_MET, f"实际完成值以“{actual.negation}”否定")
    return Attainment(Status.UNKNOWN, "目标是时限，实际完成值没有日期")


def _worded(target: Target, actual: Actual) -> Attainment:
    if actual.kind is ActualKind.NEGATED:
        return Attainment(Status.NOT_MET, f"实际完成值以“{actual.negation}”否定")
    if actual.value is not None and actual.value.text() == target.text():
        return Attainment(Status.MET, "与目标用词一致")
    match target, actual.value:
        case Boolean(), Boolean():
            return Attainment(Status.NOT_MET, "与目标相反")
        case Direction(sign=wanted), Direction(sign=found):
            same = wanted == found
            return Attainment(*((Status.MET, "方向一致") if same else (Status.NOT_MET, "方向相反")))
        case Direction(sign=wanted), FromTo(start=start, end=end) if start.unit == end.unit:
            moved = (end.number > start.number) - (end.number < start.number)
            same = wanted == moved and start.scale == end.scale
            return Attainment(*((Status.MET, "方向一致") if same else (Status.NOT_MET, "方向不一致")))
    return Attainment(Status.UNKNOWN, "定性指标，需人工判断")
