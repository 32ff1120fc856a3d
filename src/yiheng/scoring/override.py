"""Hand overrides (人工改写) of an actual that was computed from the ledger or measured: reason and difference shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from yiheng.scoring.actual import Actual, parse_actual
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.grammar import squeeze
from yiheng.scoring.lexicon import Lexicon, Relation
from yiheng.scoring.rowscore import show
from yiheng.scoring.target import Rate


class ActualSource(Enum):
    """Where an actual comes from (实际完成值来源)."""

    ENTERED = "人工填报"
    COMPUTED = "由台账计算"
    MEASURED = "由业务数据测得"

    @property
    def label(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Override:
    """An entered actual in the place of a computed or measured one."""

    original: str
    entered: str
    source: ActualSource
    reason: str
    difference: Fraction | None
    """Entered − original in the base of the dimension; None where the two cannot be subtracted."""

    def text(self) -> str:
        """The override in one sentence."""
        gap = "无法相减" if self.difference is None else f"相差 {show(self.difference)}"
        return f"{self.source.label}为 {self.original}，改写为 {self.entered}，{gap}；理由：{self.reason}"


def override(
    original: str, entered: str, source: ActualSource, reason: str, lexicon: Lexicon, year: int
) -> Override | None:
    """The override; None where nothing is overridden.

    Raises `ScoringError` for one without reason, and for units that cannot stand for each other.
    """
    if source is ActualSource.ENTERED or squeeze(original) == squeeze(entered):
        return None
    if not reason.strip():
        raise ScoringError(
            f"{source.label}的实际完成值 {original} 改写为 {entered}，没有写理由。请填写理由，或保留原值。"
        )
    one, other = parse_actual(original, lexicon, year), parse_actual(entered, lexicon, year)
    if (
        one.quantity is None
        or other.quantity is None
        or isinstance(one.value, Rate) != isinstance(other.value, Rate)
    ):
        return Override(original, entered, source, reason, None)
    relation = lexicon.relation(one.quantity.unit, other.quantity.unit)
    if relation in (Relation.DIFFERENT, Relation.NEAR):
        raise ScoringError(
            f"改写前后的单位{relation.label}：{original} 与 {entered}。请按原值的单位“{one.quantity.unit}”填写。"
        )
    return Override(original, entered, source, reason, _value(other, lexicon) - _value(one, lexicon))


def _value(actual: Actual, lexicon: Lexicon) -> Fraction:
    if isinstance(actual.value, Rate):
        return actual.value.per_year(lexicon)
    assert actual.quantity is not None
    return actual.quantity.value(lexicon)
