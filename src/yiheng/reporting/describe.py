"""Figures, leaves and their sources in words (来源说明), ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from yiheng.facts import Fact, Source, Status
from yiheng.money import Amount
from yiheng.reporting import wording
from yiheng.reporting.entry import Entry
from yiheng.reporting.labels import Labels
from yiheng.reporting.rules import rule_text
from yiheng.reporting.trace import Trace


@dataclass(frozen=True, slots=True)
class FactLine:
    """A leaf in words, ready to be shown."""

    key: str
    measure: str
    view: str
    unit: str
    year: int
    dims: tuple[tuple[str, str], ...]
    amount: str
    precision: str
    on: str
    origin: str
    """Ledger table and row (台账表与行)."""
    document: str
    place: str
    query: str

    @property
    def dims_text(self) -> str:
        return "；".join(f"{name}：{value}" for name, value in self.dims)

    @property
    def source_text(self) -> str:
        """Document, place, ledger row and query in one line."""
        return " · ".join(part for part in (self.document, self.place, self.origin, self.query) if part)


def describe(fact: Fact, labels: Labels) -> FactLine:
    """The leaf with Chinese names for its codes; nothing is added to what the fact holds."""
    return FactLine(
        key=fact.key,
        measure=labels.measure(fact.measure),
        view=labels.view(fact.view),
        unit=labels.unit(fact.unit),
        year=fact.year,
        dims=tuple((labels.dimension(name), labels.value(name, code)) for name, code in fact.dims.items()),
        amount=wording.exact_text(Amount(fact.amount), fact.uom),
        precision=wording.precision_text(fact),
        on=wording.date_text(fact.on, fact.on_precision),
        origin=origin_text(fact.source),
        document=labels.document(fact.source.document),
        place=fact.source.place,
        query=query_text(fact.source),
    )


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A printed figure in words, ready to be shown."""

    address: str
    printed: str
    where: str
    unit: str
    value: str
    interval: str
    status: Status
    given: bool
    rule: str
    source: str
    """Where a figure that was read, or words, stand; the sources of a computed figure are its facts."""


def describe_entry(entry: Entry, labels: Labels) -> EntryLine:
    """The explanation of a figure with its rule and source in words."""
    return EntryLine(
        address=entry.address,
        printed=entry.printed,
        where=entry.where,
        unit=entry.unit,
        value=entry.value,
        interval=entry.interval,
        status=entry.status,
        given=entry.given,
        rule=rule_text(entry.rule, labels),
        source=source_text(entry.source, labels) if entry.source else "",
    )


def origin_text(source: Source) -> str:
    return " 行 ".join(part for part in (source.table, source.row) if part)


def query_text(source: Source) -> str:
    """The query with its parameters, as one line."""
    if not source.query:
        return ""
    parameters = "，".join(f"{name}={value}" for name, value in source.parameters)
    return f"{source.query}（{parameters}）" if parameters else source.query


def source_text(source: Source, labels: Labels) -> str:
    """A source in one line."""
    parts = (labels.document(source.document), source.place, origin_text(source), query_text(source))
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Described:
    """A traced paper in words: its figures and its facts, each once, in the order of the trace."""

    trace: Trace
    entries: tuple[EntryLine, ...]
    facts: tuple[FactLine, ...]


def describe_all(trace: Trace, labels: Labels) -> Described:
    """Every figure and every fact of the trace in words."""
    entries = tuple(describe_entry(entry, labels) for entry in trace.entries)
    return Described(trace, entries, tuple(describe(fact, labels) for fact in trace.facts))
