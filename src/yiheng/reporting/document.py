"""The disclosure document (公开文本) as an ordered list of items, before it is DOCX or PDF.

Both writers draw this list, so that both show the same: cover (封面), table of contents (目录), sections with their
paragraphs and tables in order, and a last page (编制说明) with notices, source documents and the stamp.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yiheng.facts import Chart, Gap, Paper, Sentence, Table
from yiheng.reporting.charts import full_title, pages
from yiheng.reporting.gbt9704 import (
    BODY_SIZE,
    CHAR_PITCH,
    CHARS,
    LINE_PITCH,
    PART_SIZE,
    SMALL_SIZE,
    TITLE_SIZE,
)
from yiheng.reporting.layout import OWNER_LABEL, TableLayout, lay_out
from yiheng.reporting.sections import shown
from yiheng.reporting.text import clean, ems

SYNTHETIC = "演示数据（虚构）"
INTERNAL = "内部稿"
CLOSING = "编制说明"
LEFT_OVER = "附表"
CHARTS = "图示"
STAMP_NAMES = {"rules": "规则摘要", "facts": "数据摘要", "code": "程序版本"}
"""What readers see for the keys of the stamp (复算凭据); a key that is not listed prints as it is."""
CONTENTS_DEPTH = 2
PICTURE_HEIGHT = 720
"""Pixels of 0.75 pt that a chart may be high: a page less heading and caption."""
INDENT = 2
"""Characters that a paragraph's first line is indented by."""
OWNER_KEY = "owner"
"""In the paper's table labels: the words before the owner in captions (部门, 单位名称). Other keys are table codes."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind inside a paragraph."""

    text: str
    gap: bool = False
    """A mark for something missing (缺), shown in internal papers only."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `level` is its kind in the outline of GB/T 9704 (0 part, 1 一、 …), `depth` its rank from 1."""

    text: str
    level: int
    depth: int
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, or one of the small lines of the last page."""

    runs: tuple[Run, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with its place in the outline."""

    layout: TableLayout
    depth: int
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with the words below it; one that is too high for a page comes in parts."""

    chart: Chart
    caption: str
    """图1　支出结构（单位：万元）"""
    note: str = ""


Item = Heading | Paragraph | PlacedTable | Picture


@dataclass(frozen=True, slots=True)
class Part:
    """Items that follow each other on pages of one direction."""

    landscape: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class Document:
    """A paper as it will be drawn."""

    title: str
    title_lines: tuple[str, ...]
    owner: str
    marks: tuple[str, ...]
    """What every page says at its head: 演示数据（虚构）, 内部稿."""
    parts: tuple[Part, ...]
    top: int = 0
    """The outermost heading level in use; headings of that level have rank 1."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The table of contents, in order."""
        return tuple(e for part in self.parts for item in part.items if (e := _entry(item)) is not None)

    @property
    def full_title(self) -> str:
        """The title for document properties, with the marks."""
        return self.title + "".join(f"【{mark}】" for mark in self.marks)


def build(paper: Paper) -> Document:
    """The document of a paper. What no section names follows under 图示 and 附表, so that nothing is lost.

    Raises ValueError (in Chinese) where a section names a table or chart that the paper does not have.
    """
    paper = shown(paper)
    internal = paper.audience == "internal"
    top = min((section.level for section in paper.sections if section.heading), default=0)
    items = _ranked([*_sections(paper, internal), *_closing(paper)], top)
    marks = ((SYNTHETIC,) if paper.synthetic else ()) + ((INTERNAL,) if internal else ())
    title = clean(paper.title)
    return Document(
        title=title,
        title_lines=_title_lines(title, clean(paper.owner)),
        owner=clean(paper.owner),
        marks=marks,
        parts=tuple(_parts(_broken(items))),
        top=top,
    )


def _sections(paper: Paper, internal: bool) -> Iterator[Item]:
    tables = {table.code: table for table in paper.tables}
    charts = {chart.id: chart for chart in paper.charts}
    _require(paper, set(tables), set(charts))
    left_over, numbers = dict(tables), itertools.count(1)
    above = 0.0
    for section in paper.sections:
        if section.heading:
            heading = Heading(clean(section.heading), section.level, section.level)
            above += _heading_height(heading, first=above == 0.0)
            yield heading
        for sentence in section.sentences:
            runs = _runs(sentence, internal)
            if any(run.text.strip() for run in runs):
                above = 0.0
                yield Paragraph(runs)
        for code in section.tables:
            left_over.pop(code, None)
            yield _placed(paper, tables[code], above)
            above = 0.0
        for ident in section.charts:
            yield from _pictures(charts[ident], numbers)
            above = 0.0
    if unplaced := unplaced_charts(paper):
        yield Heading(CHARTS, 0, 0)
        for chart in unplaced:
            yield from _pictures(chart, numbers)
    if left_over:
        heading = Heading(LEFT_OVER, 0, 0)
        above = _heading_height(heading, first=True)
        yield heading
        for table in left_over.values():
            yield _placed(paper, table, above)
            above = 0.0


def unplaced_charts(paper: Paper) -> tuple[Chart, ...]:
    """The charts that no section names."""
    named = {ident for section in paper.sections for ident in section.charts}
    return tuple(chart for chart in paper.charts if chart.id not in named)


def _pictures(chart: Chart, numbers: Iterator[int]) -> Iterator[Picture]:
    parts = pages(chart, PICTURE_HEIGHT)
    for n, part in enumerate(parts, 1):
        note = clean(chart.note) if n == len(parts) else ""
        yield Picture(part, f"图{next(numbers)}　{clean(full_title(part))}", note)


def _placed(paper: Paper, table: Table, above: float) -> PlacedTable:
    labels = paper.table_labels
    return PlacedTable(
        lay_out(table, labels.get(table.code, ""), labels.get(OWNER_KEY, OWNER_LABEL), above), 0
    )


def _heading_height(heading: Heading, first: bool) -> float:
    """Height in points of a heading with the space around it; the first on a page has none above it."""
    size = PART_SIZE if heading.level == 0 else BODY_SIZE
    around = 0.0 if heading.level else 0.5 if first else 1.5
    return (math.ceil(ems(heading.text) * size / (CHARS * CHAR_PITCH)) + around) * LINE_PITCH


def _require(paper: Paper, tables: set[str], charts: set[str]) -> None:
    unknown = [
        f"“{s.heading or s.id}”引用的{what} {code}"
        for s in paper.sections
        for what, named, known in (("表", s.tables, tables), ("图", s.charts, charts))
        for code in named
        if code not in known
    ]
    if unknown:
        raise ValueError(
            f"{paper.title}：{'、'.join(unknown)} 在本套公开稿中不存在，无法成文。"
            f"现有表：{'、'.join(sorted(tables)) or '无'}；现有图：{'、'.join(sorted(charts)) or '无'}。"
            "请核对说明模板中章节所列的表号和图号。"
        )


def _runs(sentence: Sentence, internal: bool) -> tuple[Run, ...]:
    """The words of a sentence; a gap shows in internal papers and prints nothing in public ones."""
    if not internal or not sentence.gaps:
        return (Run(clean(sentence.text)),)
    return tuple(
        Run(f"【缺：{clean(span.what)}】", gap=True)
        if isinstance(span, Gap)
        else Run(clean(span if isinstance(span, str) else span.text))
        for span in sentence.spans
    )


def _closing(paper: Paper) -> Iterator[Item]:
    """The last page: what the reader must know and what makes the paper repeatable."""
    notices = [clean(notice) for notice in paper.notices]
    if paper.synthetic:
        notices.insert(0, f"本套材料为{SYNTHETIC}，不代表任何真实单位的收支。")
    lines = [_stamp_line(STAMP_NAMES.get(key, key), clean(value)) for key, value in paper.stamp.items()]
    sources = [f"来源文件：{clean(title)}" for title in paper.documents.values()]
    if not (notices or lines or sources):
        return
    yield Heading(CLOSING, 0, 0, new_page=True)
    numbered = notices if len(notices) == 1 else [f"{n}. {notice}" for n, notice in enumerate(notices, 1)]
    yield from (Paragraph((Run(notice),)) for notice in numbered)
    yield from (Paragraph((Run(line),), small=True) for line in sources + lines)


def _stamp_line(name: str, value: str) -> str:
    """Name and value; a value that would not fit beside its name, such as a SHA-256, takes a line of its own."""
    room = CHARS * CHAR_PITCH / SMALL_SIZE - INDENT
    return f"{name}：{value}" if ems(f"{name}：{value}") <= room else f"{name}：\n{value}"


def _ranked(items: Sequence[Item], top: int) -> list[Item]:
    """Give headings and tables ranks from 1 without a jump, as outlines and screen readers need."""
    ranked: list[Item] = []
    above = 0
    for item in items:
        if isinstance(item, Heading):
            above = min(max(item.level - top, 0) + 1, above + 1)
            ranked.append(replace(item, depth=above))
        elif isinstance(item, PlacedTable):
            above = min(CONTENTS_DEPTH, above + 1)
            ranked.append(replace(item, depth=above))
        else:
            ranked.append(item)
    return ranked


def _broken(items: Sequence[Item]) -> list[tuple[bool, Item]]:
    """Pair each item with its page direction, and put page breaks before large tables.

    Headings directly above a table go with it: they take over its direction and its page break.
    """
    placed: list[tuple[bool, Item]] = []
    for item in items:
        if not isinstance(item, PlacedTable):
            placed.append((False, item))
            continue
        landscape, first = item.layout.landscape, len(placed)
        while first and isinstance(placed[first - 1][1], Heading):
            first -= 1
            placed[first] = (landscape, placed[first][1])
        placed.append((landscape, item))
        if not item.layout.together:
            side, top = placed[first]
            if isinstance(top, Heading | PlacedTable):
                placed[first] = (side, replace(top, new_page=True))
    return placed


def _parts(placed: Sequence[tuple[bool, Item]]) -> Iterator[Part]:
    """Runs of one direction. Each part begins on a page of its own, so its first item needs no page break."""
    start = 0
    for i in range(1, len(placed) + 1):
        if i == len(placed) or placed[i][0] != placed[start][0]:
            items = [item for _, item in placed[start:i]]
            if isinstance(items[0], Heading | PlacedTable):
                items[0] = replace(items[0], new_page=False)
            yield Part(placed[start][0], tuple(items))
            start = i


def _title_lines(title: str, owner: str) -> tuple[str, ...]:
    """The title in one line where it fits, else broken behind the owner's name, else into two like halves (7.3.1)."""
    room = CHARS * CHAR_PITCH / TITLE_SIZE
    if ems(title) <= room:
        return (title,)
    if owner and owner in title:
        cut = title.index(owner) + len(owner)
        head, tail = title[:cut].strip(), title[cut:].strip()
        if tail and max(ems(head), ems(tail)) <= room:
            return (head, tail)
    lines = int(ems(title) // room) + 1
    size = -(-len(title) // lines)
    return tuple(title[i : i + size].strip() for i in range(0, len(title), size))


def _entry(item: Item) -> Entry | None:
    if isinstance(item, Heading) and item.depth <= CONTENTS_DEPTH:
        return Entry(item.text, item.depth)
    if isinstance(item, PlacedTable):
        return Entry(item.layout.heading, item.depth)
    return None
