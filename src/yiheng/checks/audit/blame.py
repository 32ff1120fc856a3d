"""Which figure of the sentences is wrong (说明数字定位): one for all the claims that it breaks.

A figure is the better suspect the more broken claims one misprint of it mends (a digit, or two neighbours exchanged),
the fewer claims that hold it would break, and the less often it is printed again elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from yiheng.checks.audit.stated import Ledger, Verdict, judge
from yiheng.facts.claims import AVERAGE, BALANCE, Claim, ClaimKind, FigureKind, Role, StatedFigure, Strength

_MIN_DIGITS = 4
"""A total of fewer digits is explained by a changed digit too easily."""
_MIN_COUNT = 3
_MIN_PARTS = 5
_MIN_NAMED_PARTS = 3
"""Of a list that says 包括 and not 主要."""
_TELLING = 4
"""An amount of as many digits is seldom printed twice by chance."""
_EVIDENCE = 3
"""The first members of a rank that rest on the document itself."""
_SURE = (Verdict.HOLDS, Verdict.EMPTY)
_DERIVED = {Role.GROWTH: 3, Role.SHARE: 3, Role.COMPLETION: 3, Role.CHANGE: 2}


@dataclass(frozen=True)
class Suspect:
    """A figure that is most probably wrong, and the claims that show it, the plainest first."""

    figure: int
    claims: tuple[int, ...]
    right: Decimal | None
    """What one changed digit makes of it, where that mends all."""
    others: tuple[Suspect, ...] = ()
    """Figures that explain the same claims as well."""


@dataclass(frozen=True)
class Witness:
    """What else the document prints."""

    repeats: Mapping[int, int]
    """How often the amount of a figure is printed elsewhere."""
    printed: Mapping[tuple[FigureKind, int | Fraction], int]
    """How often an amount is printed at all."""

    def knows(self, figure: StatedFigure, value: Decimal) -> bool:
        """Whether a value that would mend a figure is printed somewhere."""
        nominal = figure.exact._replace(value=value).nominal
        return (
            len(str(abs(value)).replace(".", "").lstrip("0")) >= _TELLING
            and (figure.kind, nominal) in self.printed
        )


def members(claim: Claim) -> tuple[int, ...]:
    """Every figure of a claim, in all readings."""
    found = dict.fromkeys((*claim.left, *claim.right))
    for reading in claim.readings:
        found.update(dict.fromkeys(reading))
    return tuple(found)


def suspects(
    figures: Sequence[StatedFigure], claims: Sequence[Claim], verdicts: Sequence[Verdict], witness: Witness
) -> list[Suspect]:
    """The wrong figures behind the broken claims."""
    open_ = [i for i, verdict in enumerate(verdicts) if verdict is Verdict.FAILS]
    holds = [
        i for i, v in enumerate(verdicts) if v is Verdict.HOLDS and claims[i].kind is not ClaimKind.DIRECTION
    ]
    holding = _by_figure(claims, holds)
    open_ = [i for i in open_ if claims[i].strength is Strength.STATED or _telling(claims[i], figures)]
    mends = {i: _mends(figures, claims[i]) for i in open_}
    open_ = [i for i in open_ if claims[i].strength is Strength.STATED or mends[i]]
    found: list[Suspect] = []
    corrected: dict[int, Decimal] = {}
    while open_:
        entries = _ranked(open_, figures, claims, holding, mends, witness)
        ranked = sorted(entries, key=lambda entry: entry[0], reverse=True)
        fresh = [entry for entry in ranked if entry[1].figure not in corrected]
        rank, best = (fresh or ranked)[0]
        # A figure that is printed again and whose correction is printed as well has evidence for and against it.
        torn = witness.repeats.get(best.figure, 0) > 0 and rank[_EVIDENCE - 1] > 0
        alike = _EVIDENCE - 1 if torn else _EVIDENCE
        equals = [
            other
            for its, other in fresh[1:]
            if its[:alike] == rank[:alike] and other.claims == best.claims and other.right is not None
        ]
        found.append(replace(best, others=tuple(equals) if best.right is not None else ()))
        if best.right is not None:
            corrected[best.figure] = best.right
        ledger = Ledger(figures, corrected)
        open_ = [
            i
            for i in open_
            if i not in best.claims
            and judge(claims[i], ledger).verdict not in _SURE
            and not _only_alike(claims[i], best)
        ]
    return found


def _only_alike(claim: Claim, wrong: Suspect) -> bool:
    """Two prints taken for one because they are alike, of which one is a misprint of something else."""
    return claim.kind is ClaimKind.SAME and wrong.right is not None and wrong.figure in members(claim)


def _telling(claim: Claim, figures: Sequence[StatedFigure]) -> bool:
    """Whether one changed digit explains a broken claim and not just any of its figures."""
    if claim.kind is ClaimKind.SHARE and claim.strength is Strength.UPPER:
        return False
    total = figures[claim.right[0]]
    digits = _digits(claim, figures)
    needed = _MIN_DIGITS if total.kind is FigureKind.AMOUNT else _MIN_COUNT
    parts = _MIN_NAMED_PARTS if claim.form == "whole" else _MIN_PARTS
    return digits >= needed or len(claim.left) >= parts or claim.kind is not ClaimKind.PARTS


def _digits(claim: Claim, figures: Sequence[StatedFigure]) -> int:
    """Digits of a total but for the zeros in which all its figures end: between round ones each gap looks a slip."""
    counted = [figures[i] for i in (*claim.right[:1], *claim.left)]
    places = max(figure.places for figure in counted)
    total, *parts = [f"{abs(figure.value):.{places}f}".replace(".", "").lstrip("0") for figure in counted]
    zeros = min(len(text) - len(text.rstrip("0")) for text in (total, *parts) if text or text is total)
    return len(total) - (max(zeros - 1, 0) if claim.strength is Strength.PRESUMED else 0)


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
    witness: Witness,
) -> Iterator[tuple[Rank, Suspect]]:
    """Every figure of the broken claims, with how probably it is the wrong one."""
    for number in dict.fromkeys(f for i in open_ for f in members(claims[i])):
        figure = figures[number]
        broken = tuple(i for i in open_ if number in members(claims[i]))
        kept = holding.get(number, [])
        best: tuple[int, int, bool, Decimal | None, tuple[int, ...]] = (0, 0, False, None, broken)
        for value in sorted({value for i in broken for value in mends[i].get(number, ())}):
            ledger = Ledger(figures, {number: value})
            mended = tuple(i for i in broken if value in mends[i].get(number, ()))
            lost = sum(judge(claims[i], ledger).verdict not in _SURE for i in kept)
            known = 2 * witness.knows(figure, value)
            computed = any(claims[i].kind is not ClaimKind.SAME for i in mended)
            if (len(mended) - lost, known, computed) > best[:3]:
                best = (len(mended) - lost, known, computed, value, mended)
        gain, known, _, right, shown_by = best
        # What holds before and after the correction says nothing about it; what it would break lowers the gain.
        held = len(kept) if right is None else 0
        evidence = known - min(witness.repeats.get(number, 0), 2) - held
        again = any(_draws_on(claims[i]) and number in claims[i].right for i in shown_by)
        rank = (gain, len(shown_by), evidence, _DERIVED.get(figure.role, 0) + again, -number)
        yield rank, Suspect(number, shown_by, right)


def _draws_on(claim: Claim) -> bool:
    """Whether the right figure is taken over or worked out from the left ones, and so the more probably wrong."""
    return claim.kind is ClaimKind.SAME or claim.form in (AVERAGE, BALANCE)


def _mends(figures: Sequence[StatedFigure], claim: Claim) -> dict[int, set[Decimal]]:
    """For each figure of a broken claim the values, a misprint away, that mend it."""
    found: dict[int, set[Decimal]] = {}
    for figure in members(claim):
        fitting = {
            value
            for value in misprints(figures[figure])
            if judge(_equal(claim), Ledger(figures, {figure: value})).verdict is Verdict.HOLDS
        }
        if fitting:
            found[figure] = fitting
    return found


def _equal(claim: Claim) -> Claim:
    """A list that is not whole is mended only where its parts come to the total."""
    return claim._replace(strength=Strength.PRESUMED) if claim.kind is ClaimKind.PARTS else claim


def misprints(figure: StatedFigure) -> Iterator[Decimal]:
    """Every value of which a figure may be a misprint: one digit another one, or two neighbours exchanged."""
    yield from one_digit_away(figure)
    digits = f"{abs(figure.value):.{figure.places}f}"
    sign = -1 if figure.value < 0 else 1
    places = [at for at, digit in enumerate(digits) if digit != "."]
    for a, b in pairwise(places):
        if digits[a] != digits[b] and (a or digits[b] != "0"):
            yield sign * Decimal(digits[:a] + digits[b] + digits[a + 1 : b] + digits[a] + digits[b + 1 :])


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


def one_digit_apart(one: Decimal, other: Decimal, places: int) -> bool:
    """Whether the other value, with no more decimals, differs from the one in one digit of many."""
    if (one < 0) != (other < 0) or round(other, places) != other:
        return False
    first, second = f"{abs(one):.{places}f}", f"{abs(other):.{places}f}"
    return len(first) == len(second) and sum(a != b for a, b in zip(first, second, strict=True)) == 1


def exchanged(one: Decimal, other: Decimal, places: int) -> bool:
    """Whether the other value, with no more decimals, is the one with two neighbouring digits exchanged."""
    if (one < 0) != (other < 0) or round(other, places) != other:
        return False
    first, second = (f"{abs(value):.{places}f}".replace(".", "") for value in (one, other))
    apart = [at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b]
    next_ = len(first) == len(second) and len(apart) == 2 and apart[1] == apart[0] + 1
    return next_ and first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]
