"""Which figure of the sentences is wrong (说明数字定位): one for all the claims that it breaks.

A figure is the better suspect the more broken claims one changed digit of it mends, the fewer claims that hold it would
break, and the less often it is printed again elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yiheng.checks.audit.stated import Ledger, Verdict, judge
from yiheng.facts.claims import Claim, ClaimKind, FigureKind, Role, StatedFigure, Strength

_MIN_DIGITS = 4
"""A total of fewer digits is explained by a changed digit too easily."""
_SURE = (Verdict.HOLDS, Verdict.EMPTY)
_DERIVED = {Role.GROWTH: 3, Role.SHARE: 3, Role.COMPLETION: 3, Role.CHANGE: 2}


@dataclass(frozen=True)
class Suspect:
    """A figure that is most probably wrong, and the claims that show it, the plainest first."""

    figure: int
    claims: tuple[int, ...]
    right: Decimal | None
    """What one changed digit makes of it, where that mends all."""


def members(claim: Claim) -> tuple[int, ...]:
    """Every figure of a claim, in all readings."""
    found = dict.fromkeys((*claim.left, *claim.right))
    for reading in claim.readings:
        found.update(dict.fromkeys(reading))
    return tuple(found)


def suspects(
    figures: Sequence[StatedFigure],
    claims: Sequence[Claim],
    verdicts: Sequence[Verdict],
    repeats: Mapping[int, int],
) -> list[Suspect]:
    """The wrong figures behind the broken claims. `repeats`: how often a figure is printed elsewhere."""
    open_ = [i for i, verdict in enumerate(verdicts) if verdict is Verdict.FAILS]
    holding = _by_figure(claims, [i for i, v in enumerate(verdicts) if v is Verdict.HOLDS])
    mends = {i: _mends(figures, claims[i]) for i in open_}
    open_ = [
        i
        for i in open_
        if claims[i].strength is Strength.STATED or (mends[i] and _telling(claims[i], figures))
    ]
    found: list[Suspect] = []
    while open_:
        best = max(
            _ranked(open_, figures, claims, holding, mends, repeats),
            key=lambda entry: entry[0],
        )[1]
        found.append(best)
        open_ = [i for i in open_ if i not in best.claims]
    return found


def _telling(claim: Claim, figures: Sequence[StatedFigure]) -> bool:
    total = figures[claim.right[0]]
    digits = len(str(abs(total.value)).replace(".", "").lstrip("0"))
    counts = claim.kind is ClaimKind.PARTS and total.kind is FigureKind.COUNT
    return not counts and (digits >= _MIN_DIGITS or claim.kind is not ClaimKind.PARTS)


def _by_figure(claims: Sequence[Claim], chosen: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for i in chosen:
        for figure in (*claims[i].left, *claims[i].right):
            found.setdefault(figure, []).append(i)
    return found


Rank = tuple[int, int, int, int, int]


def _ranked(
    open_: Sequence[int],
    figures: Sequence[StatedFigure],
    claims: Sequence[Claim],
    holding: Mapping[int, list[int]],
    mends: Mapping[int, dict[int, set[Decimal]]],
    repeats: Mapping[int, int],
) -> Iterator[tuple[Rank, Suspect]]:
    for figure in dict.fromkeys(f for i in open_ for f in members(claims[i])):
        broken = [i for i in open_ if figure in members(claims[i])]
        kept = holding.get(figure, [])
        values = {value for i in broken for value in mends[i].get(figure, ())}
        best: tuple[int, Decimal | None, tuple[int, ...]] = (0, None, tuple(broken))
        for value in sorted(values):
            ledger = Ledger(figures, {figure: value})
            mended = tuple(i for i in broken if value in mends[i].get(figure, ()))
            lost = sum(judge(claims[i], ledger).verdict not in _SURE for i in kept)
            if len(mended) - lost > best[0]:
                best = (len(mended) - lost, value, mended)
        gain, right, shown_by = best
        held = len(kept)
        derived = _DERIVED.get(figures[figure].role, 0)
        rank = (
            gain,
            len(broken) if right is None else len(shown_by),
            -min(repeats.get(figure, 0), 2) - held,
            derived,
            -figure,
        )
        yield rank, Suspect(figure, shown_by, right)


def _mends(figures: Sequence[StatedFigure], claim: Claim) -> dict[int, set[Decimal]]:
    """For each figure of a broken claim the values, one digit away, that mend it."""
    found: dict[int, set[Decimal]] = {}
    for figure in members(claim):
        fitting = {
            value
            for value in one_digit_away(figures[figure])
            if judge(_equal(claim), Ledger(figures, {figure: value})).verdict is Verdict.HOLDS
        }
        if fitting:
            found[figure] = fitting
    return found


def _equal(claim: Claim) -> Claim:
    """A list that is not whole is mended only where its parts come to the total."""
    return claim._replace(strength=Strength.PRESUMED) if claim.kind is ClaimKind.PARTS else claim


def one_digit_away(figure: StatedFigure) -> Iterator[Decimal]:
    """Every value that differs from a figure in one digit."""
    digits = f"{abs(figure.value):.{figure.places}f}"
    sign = -1 if figure.value < 0 else 1
    for at, digit in enumerate(digits):
        if digit == ".":
            continue
        for other in "0123456789":
            leading = at == 0 and other == "0" and len(digits.partition(".")[0]) > 1
            if other != digit and not leading:
                yield sign * Decimal(digits[:at] + other + digits[at + 1 :])
