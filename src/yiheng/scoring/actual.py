"""Actual values as written (实际完成值): a number, a date, a word, a negated word, or the target said again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from yiheng.scoring.grammar import parse, squeeze
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.target import (
    PLAIN,
    Approx,
    Boolean,
    Comparison,
    Deadline,
    Direction,
    NotApplicable,
    Quantity,
    Range,
    Rate,
    State,
    Target,
    Tolerance,
)


class ActualKind(Enum):
    """What an actual says."""

    QUANTITY = "数值"
    RATE = "频次"
    DATE = "日期"
    REPEATS = "照抄目标"
    BOUND = "只给出界限"
    """A comparator that is not the target's: nobody knows the value."""
    STATE = "状态"
    NEGATED = "否定"
    NOT_APPLICABLE = "不适用"
    MISSING = "未填"
    TEXT = "文字"

    @property
    def label(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Actual:
    """An actual value. `value` is its typed form; `negation` the word that denies it (暂未)."""

    kind: ActualKind
    printed: str = ""
    value: Target | None = None
    negation: str = ""

    @property
    def quantity(self) -> Quantity | None:
        """The number, where there is exactly one."""
        quantities = self.value.quantities if self.value is not None else ()
        return quantities[0] if len(quantities) == 1 else None


def parse_actual(
    text: str, lexicon: Lexicon, year: int | None = None, target: Target | None = None
) -> Actual:
    """What an actual says, read beside its target: the target's own words with a comparator are its repetition."""
    if not squeeze(text):
        return Actual(ActualKind.MISSING, text)
    value = parse(text, lexicon, year)
    kind = _kind(value, target)
    if kind is ActualKind.TEXT:
        plain = squeeze(text)
        for word in sorted(lexicon.negations, key=len, reverse=True):
            if plain.startswith(word) and len(plain) > len(word):
                return Actual(ActualKind.NEGATED, text, parse(plain[len(word) :], lexicon, year), word)
    return Actual(kind, text, value)


def _kind(value: Target, target: Target | None) -> ActualKind:
    match value:
        case NotApplicable():
            return ActualKind.NOT_APPLICABLE
        case Deadline():
            return ActualKind.DATE
        case Comparison(operator=operator) if operator == PLAIN:
            return ActualKind.QUANTITY
        case Approx():
            return ActualKind.QUANTITY
        case Comparison() | Range() | Tolerance():
            return ActualKind.REPEATS if value == target else ActualKind.BOUND
        case Rate(operator=operator):
            return ActualKind.RATE if operator == PLAIN else ActualKind.BOUND
        case State() | Direction() | Boolean():
            return ActualKind.STATE
        case _:
            return ActualKind.TEXT
