"""A table as the screen shows it: the layout of the public site, each number leading to its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from yiheng.facts import Finding, Outcome, Severity, Table
from yiheng.facts.names import fold
from yiheng.reporting.document import OWNER_KEY
from yiheng.reporting.entry import table_name
from yiheng.reporting.html.markup import esc, figure_id
from yiheng.reporting.html.outline import Placed
from yiheng.reporting.html.tables import Link, table_html
from yiheng.reporting.layout import OWNER_LABEL
from yiheng.web.readings import Prepared

ROWS_FOUND: Final = 30
"""Rows that a search lists at most."""
_IN_ADDRESS: Final = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "%#&+? \"'<>"})
"""What an address may not hold in a link; everything else, Chinese too, a browser takes as it is."""


def title_of(prepared: Prepared, table: Table) -> str:
    """Number and title as printed."""
    return table_name(table, prepared.paper.table_labels.get(table.code, ""))


def sheet_html(prepared: Prepared, table: Table) -> str:
    """The table with header, caption, notes; made once for all readers of the audience."""
    if table.code not in prepared.sheets:
        prepared.sheets[table.code] = _drawn(prepared, table, link)
    return prepared.sheets[table.code]


def plain_html(prepared: Prepared, table: Table) -> str:
    """The table for printing: its numbers lead nowhere."""
    key = f"plain {table.code}"
    if key not in prepared.sheets:
        prepared.sheets[key] = _drawn(prepared, table, lambda number, address, shown, words: shown)
    return prepared.sheets[key]


def link(number: int, address: str, shown: str, words: bool) -> str:
    """A number that opens its source; without scripts it leads to the page of the source."""
    kind = "n w" if words else "n"
    return f'<a class="{kind}" id="{figure_id(number)}" href="{source_of(address)}">{shown}</a>'


def source_of(address: str) -> str:
    """The address of the source beside the page of a table or report, safe inside an attribute."""
    return f"source/?cell={esc(address.translate(_IN_ADDRESS))}"


def _drawn(prepared: Prepared, table: Table, linked: Link) -> str:
    place = Placed("sheet", title_of(prepared, table), 2, table)
    label = prepared.paper.table_labels.get(OWNER_KEY, OWNER_LABEL)
    return table_html(table, place, prepared.trace, label, linked)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of tables."""

    code: str
    title: str
    current: bool
    failed: int
    status: str
    """Why it has no figures; empty where it has."""


def listed(prepared: Prepared, current: str, query: str) -> Iterator[Listed]:
    """The tables whose number or title has the words."""
    for table in prepared.paper.tables:
        title = title_of(prepared, table)
        if fold(query) in fold(f"{table.code} {title}"):
            failed = sum(_failed(finding) for finding in prepared.findings.get(table.code, ()))
            status = "" if table.status.value == "有数" else table.status.value
            yield Listed(table.code, title, table.code == current, failed, status)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row that a search found, with the anchor of its first figure."""

    code: str
    table: str
    label: str
    anchor: str


def rows_found(prepared: Prepared, query: str) -> Iterator[FoundRow]:
    """The rows whose name or code has the words, with a figure to go to."""
    wanted = fold(query)
    if not wanted:
        return
    seen: set[tuple[str, int, int]] = set()
    for table in prepared.paper.tables:
        for ref in table.cells():
            key = (table.code, id(ref.block), ref.row_index)
            if key in seen or wanted not in fold(f"{ref.row.code} {ref.row.label}"):
                continue
            number = prepared.trace.number_of(ref)
            if number is not None:
                seen.add(key)
                yield FoundRow(
                    table.code, title_of(prepared, table), ref.row.label.strip(), figure_id(number)
                )


@dataclass(frozen=True, slots=True)
class Place:
    """A cell that a finding names, and where it stands on screen."""

    address: str
    url: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding with links to its cells."""

    finding: Finding
    places: tuple[Place, ...]

    @property
    def accepted(self) -> bool:
        """Whether somebody gave a reason for which it stays."""
        return bool(self.finding.accepted)


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks of one table (审核): how many ended how, and those that ask for attention."""

    counts: tuple[tuple[str, str, int], ...]
    """(key, label, number) of each outcome."""
    open: tuple[Checked, ...]
    """Failed and could not run; what stops publication first."""
    passed: tuple[tuple[str, int], ...]
    """Titles of the checks that passed, with the number of places."""

    @property
    def any(self) -> bool:
        """Whether any check looks at the table."""
        return any(number for _, _, number in self.counts)


def checks_of(prepared: Prepared, code: str) -> Checks:
    """The checks that look at the table."""
    found = prepared.findings.get(code, ())
    asking = [f for f in found if f.outcome in (Outcome.FAIL, Outcome.COULD_NOT_RUN)]
    asking.sort(key=lambda f: (not f.stops, f.outcome.value != "fail", list(Severity).index(f.severity)))
    passed: dict[str, int] = {}
    for finding in found:
        if finding.outcome is Outcome.PASS:
            passed[finding.title] = passed.get(finding.title, 0) + 1
    return Checks(
        tuple((o.value, o.label, sum(f.outcome is o for f in found)) for o in Outcome),
        tuple(Checked(f, tuple(places_of(prepared, f))) for f in asking),
        tuple(passed.items()),
    )


def places_of(prepared: Prepared, finding: Finding) -> Iterator[Place]:
    """The cells that the finding names, each once."""
    for address in dict.fromkeys(finding.cells):
        number = prepared.trace.places.get(address)
        table = prepared.table(address.partition("[")[0])
        if number is None or table is None:
            yield Place(address, "")
        else:
            yield Place(address, f"?table={table.code.translate(_IN_ADDRESS)}#{figure_id(number)}")


def _failed(finding: Finding) -> bool:
    return finding.outcome is Outcome.FAIL and not finding.accepted
