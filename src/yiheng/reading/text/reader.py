"""Text exports of published documents (文本) → raw lines and grids."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final, NamedTuple

from yiheng.facts.document import Place, ReadingProblem
from yiheng.reading.csvfile import decode
from yiheng.reading.problems import Unreadable, cannot_open, unreadable
from yiheng.reading.raw import RawDocument, RawGrid, RawLine, RawPage
from yiheng.reading.text.evidence import Known
from yiheng.reading.text.forms import Form, form_at
from yiheng.reading.text.lines import (
    Style,
    TextLine,
    goes_on,
    is_unwrapped,
    numbering_joined,
    split_lines,
    style_of,
)
from yiheng.reading.text.listing import listing_at
from yiheng.reading.text.runon import spread_all
from yiheng.reading.text.separated import is_separated, separated_grid
from yiheng.reading.text.shifted import Heads
from yiheng.reading.text.splitcodes import assembled
from yiheng.reading.text.starts import parted
from yiheng.reading.text.tables import grid_of
from yiheng.reading.text.unread import unread
from yiheng.reading.text.unrolled import unrolled
from yiheng.reading.text.wordlist import wordlist_at
from yiheng.reading.text.zones import Zone, find_zones, is_page_number

_LARGEST: Final = 2**25
"""Bytes."""
_HEADING: Final = re.compile(r"^(#{1,6})\s+(\S.*)$")
_ALIGNED: Final = re.compile(r"\S\s{2,}\S.*\S\s{2,}[-\d—]")
"""A row of a table whose cells blanks keep apart: as wide as the table, not as the text."""
_ITEM: Final = re.compile(r"^[-*+]\s+(?=\S)")


def read_text(path: Path) -> RawDocument:
    """The lines and tables of a text file in UTF-8, UTF-8-BOM or GB18030. Raises `Unreadable`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise cannot_open(path.name, error) from error
    if not content.strip():
        raise unreadable(path.name, "文件是空的", "文件没有任何内容", "请重新导出该文件")
    if len(content) > _LARGEST:
        raise unreadable(path.name, "文件过大", "文本超过 32 MB", "请只保存需要审校的文件")
    try:
        text, encoding = decode(path.name, content)
    except Unreadable as error:
        remedy = "请另存为 UTF-8 编码的文本；不是文本的，请选择 PDF、DOCX、XLSX 或网页"
        raise unreadable(path.name, "不是文本", error.problem.reason, remedy) from error
    return raw_text(path.name, text, hashlib.sha256(content).hexdigest(), {"encoding": encoding})


def raw_text(name: str, text: str, sha256: str = "", properties: dict[str, str] | None = None) -> RawDocument:
    """The lines and tables of a text."""
    raws = re.split(r"\r\n|\r|\n", text)
    lines = unrolled(parted(numbering_joined(split_lines(text))), raws)
    runs = _runs(spread_all(lines, raws), raws)
    plain = [line for run in runs if not run.separated for line in run.lines]
    style = style_of([line for line in plain if not _ALIGNED.search(line.text)])
    runs = [part for run in runs for part in _without_forms(run, style)]
    zones = [
        [assembled(zone) for zone in find_zones(run.lines, style)]
        if not run.separated and run.form is None
        else []
        for run in runs
    ]
    known = Known(_prose(runs, zones))
    laid_out = _learn([zone for found in zones for zone in found], known)
    blocks: list[RawLine | RawGrid] = []
    problems: list[ReadingProblem] = []
    heads = Heads()
    for run, found in zip(runs, zones, strict=True):
        if run.form is not None:
            blocks += _lines(run.lines, style)
            blocks.append(run.form.grid)
            problems += run.form.problems
        elif run.separated:
            grid, heads = separated_grid([(line, raws[line.number - 1]) for line in run.lines], heads)
            blocks.extend([grid] if grid is not None else [])
        else:
            blocks.extend(_blocks(run.lines, found, style, laid_out, problems))
    if is_unwrapped(plain, style) and not any(isinstance(b, RawLine) and b.full for b in blocks):
        blocks = [block._replace(whole=True) if isinstance(block, RawLine) else block for block in blocks]
    problems += unread(blocks)
    page = RawPage(0, None, tuple(blocks))
    return RawDocument(name, "text", (page,), tuple(problems), sha256, properties or {})


def _learn(zones: list[Zone], known: Known) -> dict[int, Made | None]:
    """All tables laid out once, by their zone: what is certain in a later one helps an earlier one."""
    made = {id(zone): grid_of(zone, known) for zone in zones}
    return {
        id(zone): grid_of(zone, known) if (first := made[id(zone)]) and first[1] else first for zone in zones
    }


Made = tuple[RawGrid, list[ReadingProblem]]
"""A grid and what could not be placed in it."""


class _Run(NamedTuple):
    """Lines one after another that all have separators, or all none."""

    separated: bool
    lines: list[TextLine]
    form: Form | None = None
    """The form that stands below the lines, which then are its caption."""


def _runs(lines: list[TextLine | RawGrid], raws: list[str]) -> list[_Run]:
    found: list[_Run] = []
    for line in lines:
        if isinstance(line, RawGrid):
            found.append(_Run(False, [], Form(0, 0, 0, line)))
            continue
        separated = is_separated(raws[line.number - 1])
        last = found[-1] if found else None
        if last is None or last.form or last.separated != separated or (separated and line.gap):
            found.append(_Run(separated, []))
        found[-1].lines.append(line)
    return found


def _without_forms(run: _Run, style: Style) -> list[_Run]:
    """The run cut where performance forms stand in it."""
    if run.separated or run.form is not None:
        return [run]
    found: list[_Run] = []
    start = at = 0
    while at < len(run.lines):
        form = form_at(run.lines, at, style) or _listing(run.lines, at, style)
        if form is None:
            at += 1
            continue
        found.append(_Run(False, run.lines[start : form.start]))
        found.append(_Run(False, run.lines[form.start : form.begin], form))
        start = at = max(form.end, form.begin + 1)
    return [*found, _Run(False, run.lines[start:])]


def _listing(lines: list[TextLine], at: int, style: Style) -> Form | None:
    found = listing_at(lines, at, style) or wordlist_at(lines, at, style)
    return Form(at, at, found[0], found[1]) if found is not None else None


def _prose(runs: list[_Run], zones: list[list[Zone]]) -> str:
    """What stands outside of tables, without the wraps."""
    texts: list[str] = []
    for run, found in zip(runs, zones, strict=True):
        inside = {n for zone in found for n in range(zone.start, zone.end)}
        if not run.separated:
            texts += [line.text for n, line in enumerate(run.lines) if n not in inside]
    return "".join(texts)


def _blocks(
    lines: list[TextLine],
    zones: list[Zone],
    style: Style,
    laid_out: dict[int, Made | None],
    problems: list[ReadingProblem],
) -> list[RawLine | RawGrid]:
    """Lines without separators: text, and the tables that only their figures show."""
    found: list[RawLine | RawGrid] = []
    at = 0
    for zone in zones:
        made = laid_out[id(zone)]
        if made is None:
            continue
        found += _lines(lines[at : zone.start + len(zone.caption)], style)
        found.append(made[0])
        problems += made[1]
        at = zone.end
    return [*found, *_lines(lines[at:], style)]


def _lines(lines: list[TextLine], style: Style) -> list[RawLine]:
    return [_line(line, style) for line in lines if not is_page_number(line.text)]


def _line(line: TextLine, style: Style) -> RawLine:
    heading = _HEADING.match(line.text)
    text = heading[2] if heading else _ITEM.sub("", line.text)
    full = not heading and not line.alone and goes_on(line, style)
    return RawLine(
        text, Place(line=line.number), whole=line.alone, level=len(heading[1]) if heading else 0, full=full
    )
