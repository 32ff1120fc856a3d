"""Every figure of the PDF that we publish is found again by `reading`, where it stands, and is its fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest

from yiheng.facts import DepartmentYear, Paper
from yiheng.facts.document import ReadCell, ReadDocument
from yiheng.facts.table import Cell, CellKind, Table
from yiheng.money import MoneyUnit, PrintedKind, parse_printed
from yiheng.pipelines.assemble import assemble
from yiheng.policy import Policy
from yiheng.reading.documents import read_document
from yiheng.reporting import pdf

KEYS = (
    "szybzx-2020-accounts",
    "szyb-2021-budget",
    "szybzx-2023-budget",
    "demo-2024-accounts",
    "demo-2024-budget",
)
UNITS = {unit.label: unit for unit in MoneyUnit}
Place = tuple[str, str, str]
"""Label of the table, name of the row, name of the column."""


@pytest.fixture(scope="module", params=KEYS)
def published(
    request: pytest.FixtureRequest,
    papers: Mapping[str, DepartmentYear],
    policy: Policy,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Paper, ReadDocument]:
    """A paper, and its PDF as anybody reads it."""
    paper = assemble(papers[request.param], policy).paper
    path = tmp_path_factory.mktemp(request.param) / "disclosure.pdf"
    pdf.write(paper, path)
    return paper, read_document(path)


def plain(text: str) -> str:
    return "".join(text.split())


def printed(table: Table) -> Iterator[tuple[Place, Cell, str]]:
    """The figures of a table, where they stand, and their unit."""
    for ref in table.cells():
        if ref.cell.kind is not CellKind.TEXT and ref.cell.text:
            column = plain("/".join(ref.column.path))
            yield (table.code, plain(ref.row.label), column), ref.cell, ref.column.unit or table.unit


def found_again(document: ReadDocument) -> Mapping[Place, list[ReadCell]]:
    """The cells that were read, by table, row and column, in the order of the document.

    Of forms that repeat for each unit or project, only the first has the label.
    """
    found: dict[Place, list[ReadCell]] = defaultdict(list)
    label = ""
    for table in document.tables:
        label = table.label or label
        for block, row, column, cell in table.cells():
            names = plain("/".join(block.columns[column].path))
            found[label, plain(block.rows[row].label), names].append(cell)
    return found


def test_nothing_of_the_file_is_unread(published: tuple[Paper, ReadDocument]) -> None:
    _, document = published
    assert document.problems == ()


def test_every_figure_of_the_tables_stands_in_its_row_and_column(
    published: tuple[Paper, ReadDocument],
) -> None:
    """Rows of one name are told apart by their order; a form repeats its table for each unit or project."""
    paper, document = published
    found = found_again(document)
    expected: dict[Place, list[str]] = defaultdict(list)
    for table in paper.tables:
        for place, cell, _ in printed(table):
            expected[place].append(plain(cell.text))
    assert sum(map(len, expected.values())) > 100
    wrong = {
        place: (texts, read)
        for place, texts in expected.items()
        if (read := [text for cell in found.get(place, ()) if (text := plain(cell.text))]) != texts
    }
    assert wrong == {}


def test_every_amount_that_is_read_is_its_fact(published: tuple[Paper, ReadDocument]) -> None:
    """The rounding interval of what is read holds the exact amount of the cell's facts."""
    paper, document = published
    found = found_again(document)
    compared = 0
    for table in paper.tables:
        for place, cell, unit in printed(table):
            texts = {plain(read.text) for read in found[place]}
            if cell.amount is None or cell.amount.width or plain(cell.text) not in texts:
                continue
            read = parse_printed(plain(cell.text), UNITS[unit])
            if read.kind is PrintedKind.NUMBER:
                assert read.interval().contains(cell.amount.fen), (place, cell)
                compared += 1
    assert compared > 50 or not paper.synthetic


def test_every_sentence_is_read_to_the_character(published: tuple[Paper, ReadDocument]) -> None:
    paper, document = published
    paragraphs = {plain(paragraph.text) for paragraph in document.paragraphs}
    sentences = [sentence for section in paper.sections for sentence in section.sentences]
    assert sum(len(sentence.figures) for sentence in sentences) > 100
    assert [s.text for s in sentences if s.text and plain(s.text) not in paragraphs] == []
