"""What rows are judged against (校验依据): the policy, and the unit tree of ledger and content together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.coverage import chain
from yiheng.policy import Classification, Policy, PolicyUnknown

Rows = Mapping[str, Sequence[SheetRow]]


@dataclass(frozen=True)
class Context:
    """Built once for a content; see `context_of`."""

    policy: Policy
    parents: Mapping[str, str]
    jurisdictions: Mapping[str, str]
    paper_years: Mapping[str, int]
    """Document → the year of the content's department-year whose own paper it is."""
    years: frozenset[int] = frozenset()
    """The years of the content's department-years."""
    _places: dict[str, str] = field(default_factory=dict)
    _classifications: dict[tuple[str, int, str], Classification | str] = field(default_factory=dict)

    def chain(self, unit: str) -> tuple[str, ...]:
        """The unit and those above it, nearest first."""
        return chain(unit, self.parents)

    def jurisdiction(self, unit: str) -> str:
        """The division code of the unit or of the nearest unit above that has one; "" when none has."""
        if unit not in self._places:
            codes = (self.jurisdictions.get(at, "") for at in self.chain(unit))
            self._places[unit] = next((code for code in codes if code), "")
        return self._places[unit]

    def classification(self, name: str, year: int, unit: str) -> Classification | str:
        """The classification for that unit and year, or why there is none, in Chinese."""
        jurisdiction = self.jurisdiction(unit)
        key = (name, year, jurisdiction)
        if key not in self._classifications:
            try:
                found: Classification | str = self.policy.classification(
                    name, dt.date(year, 1, 1), jurisdiction
                )
            except PolicyUnknown as error:
                found = str(error)
            self._classifications[key] = found
        return self._classifications[key]


def context_of(
    rows: Rows, policy: Policy, parents: Mapping[str, str], jurisdictions: Mapping[str, str]
) -> Context:
    """The context of a content; its own rows of units go before the ledger's (`parents`, `jurisdictions`)."""
    above, codes = dict(parents), dict(jurisdictions)
    for row in rows.get("units", ()):
        above[row.key] = row.text("parent")
        codes[row.key] = row.text("jurisdiction")
    papers = {row.text("document"): row.values.get("year") for row in rows.get("department_years", ())}
    printed = {document: year for document, year in papers.items() if document and isinstance(year, int)}
    years = frozenset(
        y for row in rows.get("department_years", ()) if isinstance(y := row.values.get("year"), int)
    )
    return Context(policy, above, codes, printed, years)


def year_of(row: SheetRow, context: Context) -> int | None:
    """The fiscal year whose rules judge the row; None where no paper of the content answers for it.

    A comparative is judged by the year of the paper that prints it. A card (资产、车辆) stands in the latest paper,
    whenever it was acquired: kinds of card are those of today's forms.
    """
    if row.sheet == "statistics" and (printed := context.paper_years.get(row.text("document"))):
        return printed
    year = row.values.get("year")
    if isinstance(year, int):
        return year
    if isinstance(day := row.values.get("as_of"), dt.date):
        return day.year
    return max(context.years, default=None)


def unit_of(row: SheetRow) -> str:
    """The unit that the row belongs to."""
    return row.text("unit") or row.text("from_unit") or row.text("department")
