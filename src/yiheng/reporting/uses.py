"""Where else the facts behind a figure are printed (一数多用): tables and sentences of one paper or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from yiheng.facts import Paper, Term
from yiheng.reporting.entry import NARRATIVE, Entry, table_name
from yiheng.reporting.trace import Trace, fact_id

SENTENCES: Final = "说明"
"""What stands before the bracket in the address of a figure in a sentence."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A paper with the numbering of its figures and facts."""

    paper: Paper
    trace: Trace


@dataclass(frozen=True, slots=True)
class Use:
    """One figure that shares a fact with the one that was asked about."""

    entry: Entry
    number: int
    """Of the entry in the trace of its paper."""
    same: bool
    """Made of exactly the same facts, so the same figure printed again."""


@dataclass(frozen=True, slots=True)
class Uses:
    """The uses in one table, or in the sentences, of one paper; the same figures first."""

    paper: Paper
    code: str
    """Code of the table; empty for the sentences."""
    place: str
    """Number and title of the table, or 情况说明."""
    found: tuple[Use, ...]


def uses(of: Entry, own: Paper, papers: Iterable[Traced]) -> tuple[Uses, ...]:
    """All other figures that rest on a fact of the entry, by paper and table, in the order of printing.

    `own` is the paper in which the entry itself is printed; there its own place is left out.
    """
    return tuple(group for traced in papers for group in _in_paper(of, traced, traced.paper.key == own.key))


def _in_paper(of: Entry, traced: Traced, own: bool) -> Iterator[Uses]:
    trace = traced.trace
    wanted = _signed(of.terms)
    numbers = {n for term in of.terms for n in trace.uses_of(term.fact)}
    groups: dict[str, list[Use]] = {}
    for number in sorted(numbers):
        entry = trace.entries[number]
        if own and entry.address == of.address:
            continue
        same = len(entry.terms) == len(of.terms) and _signed(entry.terms) == wanted
        groups.setdefault(entry.address.partition("[")[0], []).append(Use(entry, number, same))
    for code, found in groups.items():
        first = sorted(found, key=lambda use: not use.same)
        if code == SENTENCES:
            yield Uses(traced.paper, "", NARRATIVE, tuple(first))
        else:
            paper = traced.paper
            place = table_name(paper.table(code), paper.table_labels.get(code, ""))
            yield Uses(paper, code, place, tuple(first))


def _signed(terms: Sequence[Term]) -> frozenset[tuple[int, tuple[str, str, str]]]:
    return frozenset((term.sign, fact_id(term.fact)) for term in terms)
