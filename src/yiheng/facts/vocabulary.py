"""The words that templates and checks may name: measures (口径), views (视图) and dimensions (维度)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from yiheng.facts.select import Conditions
from yiheng.policy import Entry, Policy, Problem

MEASURES_ID: Final = "measures.ledger"
VIEWS: Final = "view"
DIMENSIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "unit": (),
    "function": (),
    "economic": (),
    "category": ("category", "procurement_kind"),
    "fund": ("fund",),
    "source": ("source",),
    "program": ("program",),
    "basic_kind": ("basic_kind",),
    "project": (),
    "item": (),
    "stage": ("stage",),
    "sme": (),
}
"""Each dimension with the classifications that list its codes; none where the codes are too many or the user's own."""


def measures(policy: Policy, jurisdiction: str, on: dt.date) -> Mapping[str, Mapping[str, str]]:
    """The measures in force: Chinese `label`, and as `absence` what no rows at all mean (nothing or unavailable)."""
    found: Mapping[str, Mapping[str, str]] = policy.get(MEASURES_ID, jurisdiction, on).value
    return found


def unknown_words(
    entry: Entry, policy: Policy, place: str, named_measures: Iterable[str], named_views: Iterable[str]
) -> Iterator[Problem]:
    """A problem for each measure or view that no ledger row can have, whatever the year."""
    known = {name for e in policy.entries if e.id == MEASURES_ID for name in e.value}
    for measure in sorted(set(named_measures) - known):
        yield _problem(entry, place, f"不认识的口径 {measure}", f"可用口径见 {MEASURES_ID}")
    views = _codes(policy, (VIEWS,))
    for view in sorted(set(named_views) - views):
        yield _problem(entry, place, f"不认识的视图 {view}", f"可用视图：{'、'.join(sorted(views))}")


def unknown_predicates(
    entry: Entry, policy: Policy, place: str, predicates: Iterable[Conditions]
) -> Iterator[Problem]:
    """A problem for each dimension, or code of a short list, that no ledger row can have."""
    named = {(dim, code) for where in predicates for dim, codes in where for code in codes}
    for dim in sorted({dim for dim, _ in named} - DIMENSIONS.keys()):
        yield _problem(entry, place, f"不认识的维度 {dim}", f"可用维度：{'、'.join(DIMENSIONS)}")
    for dim in sorted({dim for dim, _ in named} & DIMENSIONS.keys()):
        known = _codes(policy, DIMENSIONS[dim])
        for code in sorted(code for d, code in named if d == dim and known and code not in known):
            yield _problem(entry, place, f"{dim} 没有编码 {code}", f"可用编码：{'、'.join(sorted(known))}")


def _codes(policy: Policy, names: Iterable[str]) -> set[str]:
    """The codes that classifications of these names list in any year."""
    lists = [e for e in policy.entries if e.type == "classification" and e.value["name"] in names]
    return {row["code"] for e in lists for row in e.value["codes"]}


def _problem(entry: Entry, place: str, reason: str, remedy: str) -> Problem:
    return Problem(entry.file, entry.id, place, reason, remedy)
