"""Whether a claim of a sentence holds (情况说明内部关系), by rounding intervals; nothing is searched or blamed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import prod

from yiheng.facts.claims import (
    AVERAGE,
    OF_PARTS,
    Claim,
    ClaimKind,
    Direction,
    Exactness,
    FigureKind,
    Role,
    StatedFigure,
    Strength,
)
from yiheng.money import (
    Interval,
    PercentMatch,
    Printed,
    PrintedKind,
    Rate,
    match_percent,
    round_to,
    sum_intervals,
)

_NOTHING = Interval.point(0)
_ONE = Interval.point(1)
_SIGNS = {"up": 1, "down": -1}
_SIDES = {"below": (True, False), "above": (False, True), "equal": (False, False)}


class Verdict(Enum):
    """How one claim stands."""

    HOLDS = "holds"
    TRUNCATED = "truncated"
    """The percentage was cut off instead of rounded."""
    FAILS = "fails"
    ZERO_BASE = "zero base"
    EMPTY = "empty"
    """It holds between zeros and proves nothing."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Result:
    """A verdict with the value that the left side gives for the right one: fen, pieces or a ratio."""

    verdict: Verdict
    computed: Fraction | None = None
    reading: tuple[int, ...] = ()


class Ledger:
    """The figures of a document, some of them changed on trial."""

    def __init__(self, figures: Sequence[StatedFigure], changed: Mapping[int, Decimal] | None = None) -> None:
        self.figures = figures
        self.changed = changed or {}

    def exact(self, index: int) -> Exactness:
        figure = self.figures[index]
        value = self.changed.get(index)
        return figure.exact if value is None else Exactness(value, figure.places, figure.unit, figure.kind)

    def part(self, index: int) -> Interval:
        return self.exact(index).part_interval

    def sign(self, index: int) -> int:
        """−1 for a figure that its words call a decrease."""
        direction = self.figures[index].direction
        return -1 if direction is Direction.DOWN else 1

    def signed(self, index: int) -> Interval:
        """A change with the sign that its words give it."""
        return self.part(index).scaled(self.sign(index))


def judge(claim: Claim, ledger: Ledger) -> Result:
    """The best verdict of all readings; of equal ones the first."""
    results = [_judge(claim, reading, ledger) for reading in (claim.left, *claim.readings)]
    order = (
        Verdict.HOLDS,
        Verdict.EMPTY,
        Verdict.TRUNCATED,
        Verdict.ZERO_BASE,
        Verdict.FAILS,
        Verdict.UNKNOWN,
    )
    return min(results, key=lambda result: order.index(result.verdict))


def _judge(claim: Claim, left: tuple[int, ...], ledger: Ledger) -> Result:
    if claim.form == OF_PARTS and claim.kind in (ClaimKind.GROWTH, ClaimKind.COMPLETION):
        return _of_parts(claim, left, ledger)
    match claim.kind:
        case ClaimKind.DIFFERENCE:
            return _difference(claim, left, ledger)
        case ClaimKind.GROWTH:
            return _growth(claim, left, ledger)
        case ClaimKind.SHARE | ClaimKind.COMPLETION:
            part, whole = ledger.part(left[0]), sum_intervals(ledger.part(i) for i in left[1:])
            return _ratio(part, whole, claim, left, ledger)
        case ClaimKind.PARTS:
            return _parts(claim, left, ledger)
        case ClaimKind.PRODUCT:
            return _product(claim, left, ledger)
        case ClaimKind.COUNT:
            return _count(claim, left, ledger)
        case ClaimKind.DIRECTION:
            return _direction(claim, left, ledger)
        case ClaimKind.SAME:
            return _same(claim, left, ledger)


def _meets(total: Interval, found: Interval, left: tuple[int, ...], empty: bool = False) -> Result:
    verdict = Verdict.HOLDS if total.meets(found) else Verdict.FAILS
    return Result(Verdict.EMPTY if empty and verdict is Verdict.HOLDS else verdict, found.middle, left)


def _difference(claim: Claim, left: tuple[int, ...], ledger: Ledger) -> Result:
    now, base = ledger.part(left[0]), ledger.part(left[1])
    if not claim.right:
        return _meets(now, base, left)
    change = ledger.exact(claim.right[0])
    empty = not change.value and now == base == _NOTHING
    return _meets(change.interval.scaled(ledger.sign(claim.right[0])), now - base, left, empty)


def _growth(claim: Claim, left: tuple[int, ...], ledger: Ledger) -> Result:
    if claim.form == "now-base":
        now, base = ledger.part(left[0]), ledger.part(left[1])
        return _ratio(now - base, base, claim, left, ledger, ledger.sign(claim.right[0]))
    change = ledger.part(left[0])
    base = ledger.part(left[1])
    if claim.form == "change-now":
        base = base - ledger.signed(left[0])
        if base.hi <= 0 and base.lo < 0:
            return Result(Verdict.UNKNOWN, reading=left)
    return _ratio(change, base, claim, left, ledger)


def _of_parts(claim: Claim, left: tuple[int, ...], ledger: Ledger) -> Result:
    """The rate of a whole by those of its parts: what each part was before, or was to be, adds up."""
    grows = claim.kind is ClaimKind.GROWTH
    before = _NOTHING
    for n, index in enumerate(left[1:], start=1):
        if ledger.figures[index].kind is FigureKind.PERCENT:
            continue
        follows = left[n + 1] if n + 1 < len(left) else index
        rate = _ONE
        if ledger.figures[follows].kind is FigureKind.PERCENT:
            rate = ledger.exact(follows).interval
            rate = _ONE + rate.scaled(ledger.sign(follows)) if grows else rate
        if rate.lo <= 0:
            return Result(Verdict.UNKNOWN, reading=left)
        before = before + ledger.part(index) / rate
    percent = claim.right[0]
    if before.lo <= 0:
        return Result(Verdict.UNKNOWN, reading=left)
    found = ledger.part(left[0]) / before
    if grows:
        found = (found - _ONE).scaled(ledger.sign(percent))
    return _meets(ledger.exact(percent).interval, found, left)


def _ratio(
    part: Interval, whole: Interval, claim: Claim, left: tuple[int, ...], ledger: Ledger, sign: int = 1
) -> Result:
    percent = ledger.exact(claim.right[0])
    if whole.lo <= 0 <= whole.hi:
        nothing = not percent.value and part.middle == 0
        return Result(Verdict.EMPTY if nothing else Verdict.ZERO_BASE, None, left)
    rate = Rate(part.middle / whole.middle, part / whole)
    printed = Printed("", PrintedKind.PERCENT, percent.value * sign, percent.places)
    match match_percent(printed, rate):
        case PercentMatch.EQUAL | PercentMatch.ATTAINABLE:
            verdict = Verdict.HOLDS
        case PercentMatch.TRUNCATED:
            verdict = Verdict.TRUNCATED
        case PercentMatch.WRONG:
            verdict = Verdict.FAILS
    if (
        claim.form == OF_PARTS
        and verdict is Verdict.FAILS
        and abs(rate.value - percent.nominal) < percent.quantum
    ):
        # One share is often moved by one last place so that all come to 100 %.
        verdict = Verdict.UNKNOWN
    return Result(verdict, rate.value * sign, left)


def _parts(claim: Claim, left: tuple[int, ...], ledger: Ledger) -> Result:
    changes = ledger.figures[claim.right[0]].role is Role.CHANGE
    total = ledger.exact(claim.right[0]).interval
    if changes:
        total = total.scaled(ledger.sign(claim.right[0]))
    found = sum_intervals(ledger.signed(i) if changes else ledger.part(i) for i in left)
    if claim.strength is Strength.UPPER and found.lo <= total.hi:
        return Result(Verdict.HOLDS if total.meets(found) else Verdict.UNKNOWN, found.middle, left)
    return _meets(total, found, left, empty=found == _NOTHING)


def _product(claim: Claim, left: tuple[int, ...], ledger: Ledger) -> Result:
    if claim.form == AVERAGE:
        number = ledger.exact(left[1]).nominal
        if not number:
            return Result(Verdict.UNKNOWN, reading=left)
        each = ledger.part(left[0]).scaled(1 / number)
        return _meets(ledger.exact(claim.right[0]).interval, each, left)
    found = Interval.point(Fraction(Decimal(claim.form)))
    for index in left:
        found = found * Interval.point(ledger.exact(index).nominal)
    return _meets(ledger.exact(claim.right[0]).interval, found, left)


def _count(claim: Claim, left: tuple[int, ...], ledger: Ledger) -> Result:
    low, high = claim.counted
    said = ledger.exact(claim.right[0]).nominal
    fits = said >= low if claim.strength is Strength.UPPER else low <= said <= high
    return Result(Verdict.HOLDS if fits else Verdict.FAILS, Fraction(low), left)


def _direction(claim: Claim, left: tuple[int, ...], ledger: Ledger) -> Result:
    if claim.form in _SIGNS:
        fits = ledger.sign(claim.right[0]) == _SIGNS[claim.form]
        return Result(Verdict.HOLDS if fits else Verdict.FAILS, None, left)
    if not left:
        below, above = _SIDES[claim.form]
        rate = ledger.exact(claim.right[0]).interval
        fits = rate.lo < 1 if below else rate.hi > 1 if above else rate.contains(1)
        return Result(Verdict.HOLDS if fits else Verdict.FAILS, None, left)
    signs = [(ledger.exact(i).nominal > 0) - (ledger.exact(i).nominal < 0) for i in (left[0], claim.right[0])]
    both = prod(sign * ledger.sign(i) for sign, i in zip(signs, (left[0], claim.right[0]), strict=True))
    return Result(Verdict.FAILS if both < 0 else Verdict.HOLDS if both else Verdict.EMPTY, None, left)


def _same(claim: Claim, left: tuple[int, ...], ledger: Ledger) -> Result:
    one, other = ledger.exact(left[0]), ledger.exact(claim.right[0])
    if one.quantum == other.quantum:
        verdict = Verdict.HOLDS if one.nominal == other.nominal else Verdict.FAILS
    else:
        verdict = Verdict.HOLDS if one.interval.meets(other.interval) else Verdict.FAILS
    return Result(verdict, one.nominal, left)


def shown(value: Fraction, like: StatedFigure) -> str:
    """A computed value in the unit and with the decimals of a figure; a percentage with one decimal at least two."""
    number = round_to(value / like.exact.scale, like.places)
    text = f"{number:,f}" if "," in like.text or "，" in like.text or abs(number) >= 10**4 else f"{number:f}"
    return f"{text}{'' if like.kind is FigureKind.COUNT else like.unit}"
