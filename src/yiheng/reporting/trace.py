"""Which figures of a paper use which facts (一数一源): every figure numbered once, every fact kept once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from yiheng.facts import CellKind, CellRef, Fact, Paper, Section, Table
from yiheng.reporting import wording
from yiheng.reporting.entry import Entry, entry

FactId = tuple[str, str, str]


def fact_id(fact: Fact) -> FactId:
    """What makes two leaves the same one: keys are unique within a measure and view only."""
    return fact.measure, fact.view, fact.key


@dataclass(slots=True)
class Trace:
    """All printed figures of a paper in printing order, and their facts, each once (一数一源)."""

    entries: list[Entry] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    terms: list[tuple[int, ...]] = field(default_factory=list)
    """For each entry its facts as signed numbers, from 1: −3 is the third fact, subtracted."""
    uses: list[list[int]] = field(default_factory=list)
    """For each fact the entries that use it."""
    figures: list[int] = field(default_factory=list)
    """The entries of the figures in sentences, in reading order."""
    places: dict[str, int] = field(default_factory=dict)
    """The first entry of each address."""
    _numbers: dict[FactId, int] = field(default_factory=dict)
    _cells: dict[tuple[str, int, int, int], int] = field(default_factory=dict)

    def number_of(self, ref: CellRef) -> int | None:
        """The entry of a cell; None for a cell that explains nothing."""
        return self._cells.get(_cell_key(ref))

    def uses_of(self, fact: Fact) -> Sequence[int]:
        """The entries that use the fact; none where the paper does not."""
        number = self._numbers.get(fact_id(fact))
        return () if number is None else self.uses[number]

    def add(self, new: Entry) -> int:
        """Append an entry and return its number, from 0."""
        number = len(self.entries)
        self.entries.append(new)
        self.places.setdefault(new.address, number)
        signed = []
        for term in new.terms:
            fact = self._fact(term.fact)
            self.uses[fact].append(number)
            signed.append(term.sign * (fact + 1))
        self.terms.append(tuple(signed))
        return number

    def add_cell(self, ref: CellRef) -> None:
        """Append a cell where it shows a number, or words or an absence that can be explained."""
        if explains(ref):
            self._cells[_cell_key(ref)] = self.add(entry(ref))

    def _fact(self, fact: Fact) -> int:
        number = self._numbers.setdefault(fact_id(fact), len(self.facts))
        if number == len(self.facts):
            self.facts.append(fact)
            self.uses.append([])
        return number


def explains(ref: CellRef) -> bool:
    """Whether a cell opens to an explanation."""
    cell = ref.cell
    if cell.status in wording.STATUS_MARKS:
        return True
    if not cell.text.strip():
        return False
    return cell.kind is not CellKind.TEXT or bool(cell.terms) or cell.source is not None


def _cell_key(ref: CellRef) -> tuple[str, int, int, int]:
    blocks = ref.table.blocks
    block = next(i for i, block in enumerate(blocks) if block is ref.block)
    return ref.table.code, block, ref.row_index, ref.column_index


def trace(paper: Paper) -> Trace:
    """Number every figure of the paper: sentences and tables in the order in which they are printed."""
    found = Trace()
    for part in reading_order(paper):
        if isinstance(part, Section):
            for sentence in part.sentences:
                for figure in sentence.figures:
                    found.figures.append(found.add(entry(figure, part.heading)))
        else:
            for ref in part.cells():
                found.add_cell(ref)
    return found


def reading_order(paper: Paper) -> Iterator[Section | Table]:
    """Sections, each followed by the tables that it prints, then the tables that no section prints."""
    tables: Mapping[str, Table] = {table.code: table for table in paper.tables}
    printed: set[str] = set()
    for section in paper.sections:
        yield section
        for code in section.tables:
            if code in tables and code not in printed:
                printed.add(code)
                yield tables[code]
    yield from (table for table in paper.tables if table.code not in printed)


def ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring numbers, so that long lists stay short: 1–35, 40."""
    start = previous = None
    for number in sorted(numbers):
        if start is None or previous is None or number > previous + 1:
            if start is not None and previous is not None:
                yield start, previous
            start = number
        previous = number
    if start is not None and previous is not None:
        yield start, previous
