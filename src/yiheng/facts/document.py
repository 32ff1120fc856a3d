"""A published document as it was read (读取件): paragraphs and tables in reading order, each with its place.

`reading` makes it from a PDF, DOCX, XLSX, HTML or text file, `checks` audits it. Nothing in it is interpreted: a cell
keeps the text that was printed, and what could not be read is said in `problems`, never left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from yiheng.money import Printed


class Box(NamedTuple):
    """A rectangle on a page in points, measured from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def around(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


class Place(NamedTuple):
    """Where something stands in its document. Formats without pages have page 0 and say `line` or `where` instead."""

    page: int = 0
    """From 1; 0 where the format has no pages."""
    box: Box | None = None
    line: int = 0
    """Line of a text file, from 1."""
    where: str = ""
    """For people, for example 收入决算表!C7 or 第3个表格第2行."""


OPEN: Final = "？"
"""Begins the text of a cell of which the print does not tell whether a figure stands in it, or which."""


class ReadCell(NamedTuple):
    """A cell as printed: number, percentage, blank, dash or words (`printed.kind`)."""

    printed: Printed
    place: Place

    @property
    def text(self) -> str:
        return self.printed.text


class ReadColumn(NamedTuple):
    """A column of figures or words, named from its header from the outer group inwards; never by position."""

    path: tuple[str, ...]
    unit: str = ""
    """元, 万元, % … where the header itself says so; otherwise the table's unit holds."""


class ReadRow(NamedTuple):
    """A row: its label as printed without the wraps, and its code where 类, 款 and 项 cells or the label give one."""

    label: str
    code: str = ""
    level: int = 0
    """Indent as printed, 0 outermost; where print shows none, from the length of the code."""
    place: Place = Place()
    groups: tuple[str, ...] = ()
    """Merged label cells that stand around the row from the outside (一级指标, 二级指标, 单位)."""


@dataclass(frozen=True)
class ReadBlock:
    """One side of a table with its own columns and rows; `cells[row][column]`. A table 收入 | 支出 has two."""

    name: str
    columns: tuple[ReadColumn, ...]
    rows: tuple[ReadRow, ...]
    cells: tuple[tuple[ReadCell, ...], ...]
    unit_codes: bool = False
    """The codes of its rows are those of units (部门（单位）代码), of no classification of subjects."""


@dataclass(frozen=True)
class ReadTable:
    """A table with its caption, joined over the pages on which it goes on."""

    index: int
    """Position among the tables of the document, from 0."""
    title: str
    """收入决算表; empty where nothing above it reads as a title."""
    label: str
    """公开01表, 表3 …; empty where none is printed."""
    unit: str
    """Money unit of the caption (元, 万元, 亿元); empty where it states none."""
    owner: str
    """What the caption names after 部门：, 单位名称： or the like."""
    blocks: tuple[ReadBlock, ...]
    place: Place
    pages: tuple[int, ...] = ()
    caption: tuple[str, ...] = ()
    """Every line that belongs to the caption, in order."""
    notes: tuple[str, ...] = ()
    """Lines below the table that begin with 注 or 备注 or that say why it is empty."""

    def cells(self) -> Iterator[tuple[ReadBlock, int, int, ReadCell]]:
        """Every cell with its block, row and column."""
        for block in self.blocks:
            for r, row in enumerate(block.cells):
                for c, cell in enumerate(row):
                    yield block, r, c, cell


@dataclass(frozen=True)
class ReadParagraph:
    """A paragraph or heading with soft line wraps joined."""

    index: int
    """Position in `ReadDocument.body`."""
    text: str
    level: int
    """0 body text; 1 一、, 2 （一）, 3 1., 4 （1）; -1 a title or part title without number."""
    spots: tuple[tuple[int, Place], ...]
    """(offset in `text` at which a printed line begins, its place), ascending; never empty."""
    section: tuple[int, ...] = ()
    """Indices in `body` of the headings that it stands under, outermost first."""
    contents: bool = False
    """A line of a contents list (目录), which repeats a heading and is none."""

    @property
    def place(self) -> Place:
        return self.spots[0][1]

    def place_at(self, offset: int) -> Place:
        """The place of the printed line that holds the character at `offset`."""
        found = self.spots[0][1]
        for start, place in self.spots:
            if start > offset:
                break
            found = place
        return found


class PageSize(NamedTuple):
    """Width and height in points."""

    width: float
    height: float


class ReadingProblem(NamedTuple):
    """What could not be read, in Chinese: what, where, why, what to do. It never looks like clean."""

    message: str
    place: Place = Place()
    remedy: str = ""


@dataclass(frozen=True)
class ReadDocument:
    """A document in reading order."""

    name: str
    """File name."""
    format: str
    """pdf, docx, xlsx, html or text."""
    body: tuple[ReadParagraph | ReadTable, ...]
    pages: tuple[PageSize, ...] = ()
    problems: tuple[ReadingProblem, ...] = ()
    sha256: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[ReadTable, ...]:
        return tuple(part for part in self.body if isinstance(part, ReadTable))

    @property
    def paragraphs(self) -> tuple[ReadParagraph, ...]:
        return tuple(part for part in self.body if isinstance(part, ReadParagraph))

    def headings_of(self, paragraph: ReadParagraph) -> tuple[str, ...]:
        """The headings that a paragraph stands under, outermost first."""
        return tuple(
            found.text for i in paragraph.section if isinstance(found := self.body[i], ReadParagraph)
        )
