"""A zone of a text export → a grid, each figure in the column that the header and the sums give it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yiheng.facts.document import OPEN, Place, ReadingProblem
from yiheng.reading.raw import RawCell, RawGrid
from yiheng.reading.structure.captions import caption_of
from yiheng.reading.structure.words import LABEL, TOTAL, UNIT, bare, is_figure
from yiheng.reading.text.arbiter import Figures, Layout, lay_out
from yiheng.reading.text.evidence import Known
from yiheng.reading.text.heading import Column, head_rows, names_columns, side_columns
from yiheng.reading.text.lines import TextLine
from yiheng.reading.text.oneside import TextRow
from yiheng.reading.text.rows import is_one_cell_a_line, rows_of
from yiheng.reading.text.scrambled import known_columns
from yiheng.reading.text.segments import figure_count
from yiheng.reading.text.zones import Zone

_NUMBERED: Final = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_SECOND: Final = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]")
_CARRIED: Final = re.compile(r"结转|结余")
_TWO_SIDED: Final = 5
"""Lines of the shortest header of two sides with a label below it."""
_FEWEST_HEADS: Final = 2
_FEWEST_ROWS: Final = 3
"""Of a table with a cell a line whose header has words that are not known."""
_LABEL_LINES: Final = 5
"""Lines that the label of the first row may take."""


class Side(NamedTuple):
    """Columns and rows of one side, and the layouts that remain possible for each row."""

    columns: list[Column]
    rows: list[TextRow]
    layouts: list[set[Layout]]


def grid_of(zone: Zone, known: Known) -> tuple[RawGrid, list[ReadingProblem]] | None:
    """The grid of a zone and what could not be placed in it; None where its lines do not make a table."""
    sides = _columns(zone)
    if sides and len(sides) > 1 and sides[0][0].kind == "code" and is_one_cell_a_line(zone.rows):
        # Sides of codes that stand one below the other: every code says by itself what it is.
        sides = sides[:1]
    rows = rows_of(zone.rows, sides) if sides else None
    if sides is None or rows is None:
        return None
    if not (_fits(sides, rows) if zone.rows else _values(sides) > 2):
        return None
    made = [_side(columns, side_rows, known) for columns, side_rows in zip(sides, rows, strict=True)]
    for side in made:
        _remember(side, known)
    problems = [problem for side in made for problem in _problems(zone, side)]
    return RawGrid(tuple(_grid_rows(made)), Place(line=zone.head[0].number), ruled=False), problems


def _columns(zone: Zone) -> list[list[Column]] | None:
    """The sides from the words of the header; a header of one line may also just be counted."""
    numbers = _numbers(zone)
    widest = max((figure_count(line.text) for line in zone.rows), default=0)
    alone = is_one_cell_a_line(zone.rows)
    for cut in _cuts(zone, widest):
        kept = zone.head[: len(zone.head) - cut]
        found = side_columns(_without_title(zone, kept))
        if found is None or (numbers is not None and numbers != _values(found)):
            continue
        if cut == 0 and _is_label_of_first_row(zone, found):
            continue
        label = "".join(line.text for line in zone.head[len(kept) :])
        fits = _values(found) == widest or (alone and _values(found) > widest)
        is_label = bool(TOTAL.match(bare(label))) or not names_columns(label)
        one_sided = len(found) == 1 and (fits or TOTAL.match(bare(label))) and is_label
        if cut == 0 or one_sided or (cut == 1 and _are_alike(found)):
            # The lines cut off are the label of the first row, wrapped.
            zone.rows[:0] = zone.head[len(kept) :]
            zone.head = kept
            return found
    found = known_columns("".join(line.text for line in zone.head))
    if found is not None and (numbers is None or numbers == _values(found)):
        return found
    if alone and (plain := _plain(zone)):
        return plain
    words = zone.head[-1].text.split() if len(zone.head) == 1 else []
    if len(words) == widest + 1 and widest > 0:
        return [[Column("label", (words[0],)), *(Column("value", (word,)) for word in words[1:])]]
    return None


def _plain(zone: Zone) -> list[list[Column]] | None:
    """Heads of any words, a line each, over rows of a label and just as many figures as the header leaves for them."""
    *heads, label = [line.text for line in zone.head]
    if len(heads) < _FEWEST_HEADS or not (LABEL.match(bare(heads[0])) or UNIT.match(bare(heads[0]))):
        return None
    texts = [label, *(line.text for line in zone.rows)]
    rows = [texts[n : n + len(heads)] for n in range(0, len(texts), len(heads))]
    if len(rows) < _FEWEST_ROWS or any(
        len(row) < len(heads) or is_figure(row[0]) or not all(map(is_figure, row[1:])) for row in rows
    ):
        return None
    zone.rows[:0] = zone.head[-1:]
    zone.head = zone.head[:-1]
    return [[Column("label", (heads[0],)), *(Column("value", (text,)) for text in heads[1:])]]


def _is_label_of_first_row(zone: Zone, sides: list[list[Column]]) -> bool:
    """The last line of a header of two sides, where they are alike but for the column that it would be."""
    if len(sides) != 2 or len(sides[1]) != len(sides[0]) + 1 or len(zone.head) < _TWO_SIDED:
        return False
    without = side_columns(_without_title(zone, zone.head[:-1]))
    return without is not None and _are_alike(without)


def _are_alike(sides: list[list[Column]]) -> bool:
    """Two sides with columns of the same names."""
    names = [[(column.kind, column.path[-1]) for column in side] for side in sides]
    return len(sides) == 2 and names[0] == names[1]


def _cuts(zone: Zone, widest: int) -> list[int]:
    """How many lines at the end of the header to try as the label of the first row, in this order."""
    cuts = list(range(min(len(zone.head), _LABEL_LINES)))
    total = len(cuts) > 1 and bool(TOTAL.match(bare(zone.head[-1].text))) and bool(zone.rows)
    if not total or not figure_count(zone.rows[0].text) or re.search(r"[\u4e00-\u9fff]", zone.rows[0].text):
        return cuts
    whole = side_columns(_without_title(zone, zone.head))
    if whole is not None and _values(whole) == widest:
        return cuts
    return [1, 0, *cuts[2:]]


def _without_title(zone: Zone, head: list[TextLine]) -> str:
    """The text of the header; a title that runs down beside the table comes first in it and is left out."""
    text = bare("".join(line.text for line in head))
    caption = caption_of(tuple(line.text for line in zone.caption))
    before = bare("".join(line.text for line in zone.caption[1:]))
    title = bare(caption_of((zone.caption[0].text,)).title) if zone.caption else ""
    if title and (before + text).startswith(title) and caption.label:
        return (before + text)[len(title) :]
    return text


def _numbers(zone: Zone) -> int | None:
    """How many columns of figures the 栏次 row counts."""
    if zone.numbering is None:
        return None
    return sum(1 for word in zone.numbering.text.split() if re.fullmatch(r"\d{1,2}", word))


def _values(sides: list[list[Column]]) -> int:
    return sum(column.kind == "value" for side in sides for column in side)


def _fits(sides: list[list[Column]], rows: list[list[TextRow]]) -> bool:
    """Hardly any row has more figures than its side has columns."""
    total = sum(len(side) for side in rows)
    over = sum(
        len(row.figures) > sum(c.kind == "value" for c in columns)
        for columns, side in zip(sides, rows, strict=True)
        for row in side
    )
    return total > 0 and over * 10 <= total


def _side(columns: list[Column], rows: list[TextRow], known: Known) -> Side:
    paths = [column.path for column in columns if column.kind == "value"]
    above = [p if p >= 0 and rows[p].figures else -1 for p in _parents(rows)]
    given = [Figures(r.code or bare(r.label), p, r.figures) for r, p in zip(rows, above, strict=True)]
    layouts = lay_out(paths, given, known.of(paths))
    _settle_totals(rows, layouts)
    return Side(columns, rows, layouts)


def _settle_totals(rows: list[TextRow], layouts: list[set[Layout]]) -> None:
    """A total shows no column that no other row shows, where all other rows with figures are settled."""
    for n, row in enumerate(rows):
        if len(layouts[n]) < 2 or not TOTAL.match(bare(row.label)):
            continue
        others = [found for m, found in enumerate(layouts) if m != n]
        if any(len(found) != 1 for found in others):
            continue
        shown = {column for found in others for column in next(iter(found))}
        inside = {layout for layout in layouts[n] if set(layout) <= shown}
        layouts[n] = inside or layouts[n]


def _parents(rows: list[TextRow]) -> list[int]:
    """For each row the row that it is a part of: by code, or the total of its numbered rows."""
    found = [-1] * len(rows)
    units = [
        n for n, row in enumerate(rows) if row.unit or (not row.code and not TOTAL.match(bare(row.label)))
    ]
    total = next((n for n, row in enumerate(rows) if TOTAL.match(bare(row.label)) or row.unit), -1)
    if any(row.code for row in rows):
        for n, row in enumerate(rows):
            if not row.code:
                continue
            above = _above(rows, n)
            last_unit = next((u for u in reversed(units) if u < n), -1)
            found[n] = above if above >= 0 else (last_unit if last_unit >= 0 else total)
        return found
    first = -1
    for n, row in enumerate(rows):
        if _NUMBERED.match(row.label):
            first = n
            found[n] = total if total >= 0 and not _CARRIED.search(row.label) else -1
        elif _SECOND.match(row.label):
            found[n] = first
    return found


def _above(rows: list[TextRow], n: int) -> int:
    """The nearest row whose code is the beginning of this one's."""
    code = rows[n].code
    best = -1
    for m in range(n - 1, -1, -1):
        other = rows[m].code
        if not other:
            break
        if (
            len(other) < len(code)
            and code.startswith(other)
            and (best < 0 or len(other) > len(rows[best].code))
        ):
            best = m
    return best


def _remember(side: Side, known: Known) -> None:
    paths = [column.path for column in side.columns if column.kind == "value"]
    for row, layouts in zip(side.rows, side.layouts, strict=True):
        if len(layouts) == 1:
            for column, text in zip(next(iter(layouts)), row.figures, strict=True):
                known.add(row.code or bare(row.label), row.label, paths[column], text)


def _problems(zone: Zone, side: Side) -> list[ReadingProblem]:
    open_rows = [row for row, layouts in zip(side.rows, side.layouts, strict=True) if len(layouts) != 1]
    if not open_rows:
        return []
    title = next((line.text for line in zone.caption), zone.head[0].text)
    names = "、".join(row.code or bare(row.label) for row in open_rows[:8])
    return [
        ReadingProblem(
            f"“{title}”有 {len(open_rows)} 行的数字不能确定属于哪一栏（{names}）："
            "文本中空白的单元格没有留下痕迹，各栏合计也不能定出唯一的位置",
            open_rows[0].place,
            "请提供 PDF、DOCX 或 XLSX 原件，或在文本中用制表符分隔各栏",
        )
    ]


def _grid_rows(sides: list[Side]) -> list[tuple[RawCell | None, ...]]:
    """Header rows with the spans of their groups, then the rows of all sides next to each other."""
    head = head_rows([side.columns for side in sides])
    last = max((row.number for side in sides for row in side.rows), default=-1)
    by_number = [
        {row.number: (row, layouts) for row, layouts in zip(s.rows, s.layouts, strict=True)} for s in sides
    ]
    body: list[tuple[RawCell | None, ...]] = []
    for number in range(last + 1):
        cells: list[RawCell | None] = []
        for side, rows in zip(sides, by_number, strict=True):
            found = rows.get(number)
            cells += _cells(side.columns, *found) if found else [None] * len(side.columns)
        body.append(tuple(cells))
    return [*head, *body]


def _cells(columns: list[Column], row: TextRow, layouts: set[Layout]) -> list[RawCell | None]:
    values = placed(row.figures, layouts, sum(column.kind == "value" for column in columns))
    labelled = any(column.kind in ("label", "year") for column in columns)
    cells: list[RawCell | None] = []
    value = 0
    for column in columns:
        if column.kind == "value":
            cells.append(RawCell(values[value], row.place))
            value += 1
            continue
        text = {
            "unit": row.unit or ("" if labelled else row.label),
            "code": row.code,
            "label": row.label,
            "year": row.label,
        }.get(column.kind, "")
        indent = float(row.lead) if text else 0.0
        cells.append(RawCell(text, row.place, indent=indent))
    return cells


def placed(figures: tuple[str, ...], layouts: set[Layout], columns: int) -> list[str]:
    """The text of each cell; where layouts differ, every cell that may hold a figure says that it is open."""
    if len(layouts) == 1:
        at = dict(zip(next(iter(layouts)), figures, strict=True))
        return [at.get(c, "") for c in range(columns)]
    if not layouts:
        return [OPEN + " ".join(figures), *[OPEN] * (columns - 1)]
    found: list[str] = []
    for c in range(columns):
        texts = {dict(zip(layout, figures, strict=True)).get(c, "") for layout in layouts}
        found.append(texts.pop() if len(texts) == 1 else OPEN + "/".join(sorted(t for t in texts if t)))
    return found
