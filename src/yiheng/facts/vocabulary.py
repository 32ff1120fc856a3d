"""The words that templates and checks may name: measures (口径) and views (视图), as `policy` lists them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from yiheng.policy import Entry, Policy, Problem

MEASURES_ID = "measures.ledger"
VIEWS = "view"


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
        yield Problem(entry.file, entry.id, place, f"不认识的口径 {measure}", f"可用口径见 {MEASURES_ID}")
    lists = (e for e in policy.entries if e.type == "classification" and e.value["name"] == VIEWS)
    views = {row["code"] for e in lists for row in e.value["codes"]}
    for view in sorted(set(named_views) - views):
        yield Problem(
            entry.file, entry.id, place, f"不认识的视图 {view}", f"可用视图：{'、'.join(sorted(views))}"
        )
