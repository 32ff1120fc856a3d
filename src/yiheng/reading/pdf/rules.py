"""Ruling lines of a page (表格线): drawn lines, thin filled rectangles, borders of rectangles, thin pictures."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from ctypes import byref, c_float, c_int
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from yiheng.reading.pdf.objects import IDENTITY, Matrix, Objects, apply, matrix_of, times
from yiheng.reading.pdf.turn import Edges, Turn

THIN: Final = 3.0
"""Points; what is thicker is an area, not a rule."""
SNAP: Final = 3.0
"""Rules closer than this are one (double lines, borders drawn per cell)."""
SHORTEST: Final = 4.0
MOST_SEGMENTS: Final = 2_000
"""Segments of one path that are looked at; a drawing has more, a table border does not."""
MOST_OF_A_PAGE: Final = 300_000
"""Segments of all paths of a page that are looked at."""
MOST_RULES: Final = 4_000


class Rule(NamedTuple):
    """A rule: its position across (y of a horizontal, x of a vertical one) and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Rules:
    """The rules of a page in reading coordinates, joined and sorted."""

    across: list[Rule] = field(default_factory=list)
    """Horizontal."""
    down: list[Rule] = field(default_factory=list)
    """Vertical."""
    complete: bool = True
    """False where the page holds more objects than are looked at."""


def rules_of(objects: Objects, turn: Turn) -> Rules:
    """The ruling lines among the objects of a page."""
    across: list[Rule] = []
    down: list[Rule] = []
    reader = _Reader(turn)
    for x0, y0, x1, y1 in _edges(objects, reader):
        width, height = x1 - x0, y1 - y0
        if height <= THIN and width > height:
            across.append(Rule((y0 + y1) / 2, x0, x1))
        elif width <= THIN and height > width:
            down.append(Rule((x0 + x1) / 2, y0, y1))
    rules = Rules(joined(across), joined(down), objects.complete and reader.complete)
    return rules if len(rules.across) + len(rules.down) <= MOST_RULES else Rules(complete=False)


def _edges(objects: Objects, reader: _Reader) -> Iterator[Edges]:
    """The boxes of all thin parts of what is drawn, as far as they are not cut off."""
    turn = reader.turn
    for drawn in objects.drawn:
        if drawn.matrix is IDENTITY:
            box = turn.box(*drawn.box)
        else:
            box = turn.box(*apply(drawn.matrix, *drawn.box[:2]), *apply(drawn.matrix, *drawn.box[2:]))
        thin = _thin(box)
        if drawn.kind != pdfium.FPDF_PAGEOBJ_PATH:
            if thin:
                yield box
            continue
        clip = reader.clip(drawn.item, drawn.matrix)
        for edges in (box,) if thin else reader.path(drawn.item, drawn.matrix):
            clipped = edges if clip is None else _inside(edges, clip)
            if clipped is not None:
                yield clipped


class _Reader:
    """Reads the paths of one page."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.segments = 0
        self.complete = True

    def path(self, item: Any, matrix: Matrix) -> Iterator[Edges]:
        """Upright edges of a path that is drawn, thin parts of one that is filled."""
        fill, stroke = c_int(), c_int()
        if not pdfium.FPDFPath_GetDrawMode(item, byref(fill), byref(stroke)):
            return
        count = pdfium.FPDFPath_CountSegments(item)
        if count > MOST_SEGMENTS or not (stroke.value or fill.value) or (not stroke.value and count <= 5):
            return
        self.segments += count
        if self.segments > MOST_OF_A_PAGE:
            self.complete = False
            return
        matrix = times(matrix_of(item), matrix)
        for part in self._parts(item, count, matrix):
            if stroke.value:
                for one, other in itertools.pairwise(part):
                    edges = self.turn.box(*one, *other)
                    if _thin(edges):
                        yield edges
            else:
                xs, ys = [x for x, _ in part], [y for _, y in part]
                edges = self.turn.box(min(xs), min(ys), max(xs), max(ys))
                if _thin(edges):
                    yield edges

    def _parts(self, item: Any, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """The straight parts of a path as lists of points."""
        part: list[tuple[float, float]] = []
        x, y = c_float(), c_float()
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            point = apply(matrix, x.value, y.value)
            if kind == pdfium.FPDF_SEGMENT_LINETO and part:
                part.append(point)
            else:
                if len(part) > 1:
                    yield part
                part = [point]
            if part and pdfium.FPDFPathSegment_GetClose(segment):
                part.append(part[0])
        if len(part) > 1:
            yield part

    def clip(self, item: Any, matrix: Matrix) -> Edges | None:
        """The box to which an object is cut; None where it is not."""
        clip = pdfium.FPDFPageObj_GetClipPath(item)
        box: Edges | None = None
        x, y = c_float(), c_float()
        for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
            points = []
            for index in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), MOST_SEGMENTS)):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
                if pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y)):
                    points.append(apply(matrix, x.value, y.value))
            if not points:
                continue
            xs, ys = [px for px, _ in points], [py for _, py in points]
            part = self.turn.box(min(xs), min(ys), max(xs), max(ys))
            box = part if box is None else (_inside(part, box) or (0.0, 0.0, 0.0, 0.0))
        return box


def _thin(edges: Edges) -> bool:
    width, height = edges[2] - edges[0], edges[3] - edges[1]
    return min(width, height) <= THIN and max(width, height) > 0.5


def _inside(edges: Edges, clip: Edges) -> Edges | None:
    left, top = max(edges[0], clip[0]), max(edges[1], clip[1])
    right, bottom = min(edges[2], clip[2]), min(edges[3], clip[3])
    return (left, top, right, bottom) if left <= right + 0.01 and top <= bottom + 0.01 else None


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Rules that lie on one line, joined where they meet; the rest as they are, too short ones left out."""
    joined: list[Rule] = []
    ordered = sorted(rules)
    start = 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end].at - ordered[start].at <= SNAP:
            end += 1
        group = sorted(ordered[start:end], key=lambda rule: rule.start)
        at = sum(rule.at for rule in group) / len(group)
        first, last = group[0].start, group[0].end
        for rule in group[1:]:
            if rule.start <= last + SNAP:
                last = max(last, rule.end)
            else:
                joined.append(Rule(at, first, last))
                first, last = rule.start, rule.end
        joined.append(Rule(at, first, last))
        start = end
    return [rule for rule in joined if rule.end - rule.start >= SHORTEST]
