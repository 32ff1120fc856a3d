"""Which figure is wrong (定位): the fewest cells whose correction makes the failing relations hold.

A wrong figure breaks every relation that binds it by the same amount; correcting it mends them all and breaks none of
those that hold. So one wrong figure is one finding, with the relations that show it as its grounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction

from yiheng.checks.audit.ratios import Ratio, ratio_of, ratios_of
from yiheng.checks.audit.relations import Figures, Relation, State
from yiheng.facts.known import CellKey, KnownTable


@dataclass(frozen=True)
class Culprit:
    """A figure that is most probably wrong."""

    key: CellKey
    right: Fraction
    """What it should be, in fen."""
    shown_by: tuple[Relation, ...]
    rivals: tuple[CellKey, ...] = ()
    """Other figures that explain the same failures as well; then it is sure only that one of them is wrong."""


class Shares:
    """The printed shares (占比) of a document, which speak for one of several figures that a sum leaves open."""

    def __init__(self, tables: Sequence[KnownTable]) -> None:
        self._bound: dict[CellKey, list[tuple[Ratio, KnownTable]]] = defaultdict(list)
        for table in tables:
            for ratio in ratios_of(table):
                for key in (ratio.part, ratio.whole):
                    self._bound[key].append((ratio, table))

    def gain(self, key: CellKey, value: Fraction, figures: Figures) -> int:
        """How many more shares hold once the figure is put right."""
        figure = figures[key]
        if key not in self._bound or figure is None or not figure.fen:
            return 0
        change = {key: value / figure.fen}
        return sum(
            ratio.shows(ratio_of(ratio, table, change)) - ratio.shows(ratio_of(ratio, table, {}))
            for ratio, table in self._bound[key]
        )


def culprits(
    relations: Sequence[Relation], states: Mapping[int, State], figures: Figures, shares: Shares
) -> tuple[Culprit, ...]:
    """The wrong figures behind the failing relations, the surest first; `states` by position."""
    failing = [i for i, state in states.items() if state is State.FAILS]
    open_ = [i for i in failing if relations[i].sign == "="]
    asked = {term.key for i in open_ for term in relations[i].terms}
    bound: dict[CellKey, list[int]] = defaultdict(list)
    for i, relation in enumerate(relations) if asked else ():
        if relation.sign == "=":
            for key in dict.fromkeys(term.key for term in relation.terms if term.key in asked):
                bound[key].append(i)
    exceeding = {term.key for i in failing if relations[i].sign != "=" for term in relations[i].terms}
    found: list[Culprit] = []
    while open_:
        culprit, mended = _best(open_, relations, states, figures, bound, exceeding, shares)
        at = next((n for n, one in enumerate(found) if one.key == culprit.key and not one.rivals), None)
        if at is None:
            found.append(culprit)
        else:
            found[at] = replace(found[at], shown_by=(*found[at].shown_by, *culprit.shown_by))
        open_ = [i for i in open_ if i not in mended]
    return tuple(found)


_EVIDENCE = 4
"""The first members of a rank that rest on the document itself; figures that are equal in them may all be wrong."""
_LONG = 3


def _is_long(key: CellKey, figures: Figures) -> bool:
    """Whether so much is printed that it is no misprint of 0; a total that prints 0 over such parts is the likelier."""
    value = figures.cell(key).printed.value
    return value is not None and len(str(abs(value)).replace(".", "").strip("0")) >= _LONG


def _best(
    open_: Sequence[int],
    relations: Sequence[Relation],
    states: Mapping[int, State],
    figures: Figures,
    bound: Mapping[CellKey, Sequence[int]],
    exceeding: Set[CellKey],
    shares: Shares,
) -> tuple[Culprit, frozenset[int]]:
    """The figure whose correction mends most and breaks least; one that exceeds a limit as well is the likelier."""
    ranked: list[tuple[tuple[int, int, bool, bool, int, int, int], CellKey, Fraction, frozenset[int]]] = []
    still = set(open_)
    for key in dict.fromkeys(
        term.key for i in open_ for term in relations[i].terms if not _blank(term.key, figures)
    ):
        failing = [i for i in bound[key] if i in still]
        holding = [i for i in bound[key] if states.get(i) is State.HOLDS]
        for value in dict.fromkeys(
            span.middle for i in failing if (span := figures.needed(relations[i], key)) is not None
        ):
            value = _rounded(value, key, figures)
            mended = frozenset(i for i in failing if mends(figures, relations[i], key, value))
            broken = sum(not mends(figures, relations[i], key, value) for i in holding)
            total = any(len(relations[i].left) == 1 and relations[i].left[0].key == key for i in mended)
            likely = _likely(key, value, figures)
            gain = len(mended) - broken + shares.gain(key, value, figures)
            stays = bool(value) or not _is_long(key, figures)
            rank = (gain, len(mended), key in exceeding, stays, likely, int(total), -_order(key))
            if mended:
                ranked.append((rank, key, value, mended))
    if not ranked:
        first = relations[open_[0]]
        return Culprit(first.left[0].key, figures_fen(figures, first), (first,)), frozenset({open_[0]})
    ranked.sort(key=lambda entry: entry[0], reverse=True)
    rank, key, value, mended = ranked[0]
    rivals = dict.fromkeys(
        other[1] for other in ranked if other[0][:_EVIDENCE] == rank[:_EVIDENCE] and other[3] == mended
    )
    shown_by = sorted((relations[i] for i in mended), key=lambda r: len({term.key.table for term in r.terms}))
    return Culprit(key, value, tuple(shown_by), tuple(k for k in rivals if k != key)), mended


def figures_fen(figures: Figures, relation: Relation) -> Fraction:
    """What the right side comes to."""
    span = figures.span(relation.right)
    return span.middle if span is not None else Fraction(0)


def mends(figures: Figures, relation: Relation, key: CellKey, value: Fraction) -> bool:
    span = figures.needed(relation, key)
    return span is not None and span.holds(value)


def _rounded(value: Fraction, key: CellKey, figures: Figures) -> Fraction:
    """The value at the precision at which the cell is printed."""
    figure = figures[key]
    step = (figure.quantum if figure else 0) or 1
    return Fraction(round(value / step) * step)


def _likely(key: CellKey, value: Fraction, figures: Figures) -> int:
    """2 where one digit makes the difference, 1 where digits changed places or one is missing, else 0."""
    figure = figures[key]
    if figure is None:
        return 0
    step = figure.quantum or 1
    printed, right = str(abs(figure.fen) // step), str(abs(int(value)) // step)
    if len(printed) == len(right):
        different = sum(a != b for a, b in zip(printed, right, strict=True))
        return 2 if different == 1 else 1 if sorted(printed) == sorted(right) else 0
    longer, shorter = sorted((printed, right), key=len, reverse=True)
    return int(
        len(longer) - len(shorter) == 1
        and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    )


def _order(key: CellKey) -> int:
    return key.table * 10_000 + key.row


def _blank(key: CellKey, figures: Figures) -> bool:
    figure = figures[key]
    return figure is None or figure.blank
