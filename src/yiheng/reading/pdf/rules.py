"""Ruling lines of a page (表格线): drawn lines, thin filled rectangles, borders of rectangles, thin pictures."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from ctypes import byref, c_float, c_int
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from yiheng.reading.pdf.turn import Edges, Turn

THIN: Final = 3.0
"""Points; what is thicker is an area, not a rule."""
SNAP: Final = 3.0
"""Rules closer than this are one (double lines, borders drawn per cell)."""
SHORTEST: Final = 4.0
MOST_OBJECTS: Final = 60_000
MOST_SEGMENTS: Final = 2_000
"""Segments of one path that are looked at; a drawing has more, a table border does not."""
MOST_RULES: Final = 8_000
DEEPEST: Final = 6


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


Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Segment = tuple[float, float, float, float]


def rules_of(page: Any, turn: Turn) -> Rules:
    """The ruling lines of a loaded page."""
    across: list[Rule] = []
    down: list[Rule] = []
    rules = Rules()
    for count, (x0, y0, x1, y1) in enumerate(_Reader(turn).edges(page), 1):
        width, height = x1 - x0, y1 - y0
        if height <= THIN and width > height:
            across.append(Rule((y0 + y1) / 2, x0, x1))
        elif width <= THIN and height > width:
            down.append(Rule((x0 + x1) / 2, y0, y1))
        if count >= MOST_OBJECTS:
            rules.complete = False
            break
    rules.across, rules.down = _joined(across), _joined(down)
    if len(rules.across) + len(rules.down) > MOST_RULES:
        return Rules(complete=False)
    return rules


class _Reader:
    """Walks the objects of one page."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.looked_at = 0
        self.numbers = [c_float() for _ in range(4)]
        self.pointers = [byref(number) for number in self.numbers]

    def edges(self, page: Any) -> Iterator[Edges]:
        for index in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
            yield from self._object(pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)

    def _object(self, item: Any, matrix: Matrix, depth: int) -> Iterator[Edges]:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            return
        self.looked_at += 1
        if self.looked_at > MOST_OBJECTS:
            return
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < DEEPEST:
                inner = _times(_matrix_of(item), matrix)
                for index in range(min(pdfium.FPDFFormObj_CountObjects(item), MOST_OBJECTS)):
                    yield from self._object(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)
            return
        if not pdfium.FPDFPageObj_GetBounds(item, *self.pointers):
            return
        left, bottom, right, top = (number.value for number in self.numbers)
        box = self._box(left, bottom, right, top, matrix)
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            if _thin(box):
                yield box
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            clip = self._clip(item, matrix)
            if _thin(box):
                found: Iterator[Edges] = iter((box,))
            else:
                found = self._path(item, matrix)
            for edges in found:
                clipped = edges if clip is None else _inside(edges, clip)
                if clipped is not None:
                    yield clipped

    def _path(self, item: Any, matrix: Matrix) -> Iterator[Edges]:
        """Upright edges of a path that is drawn, thin parts of one that is filled."""
        fill, stroke = c_int(), c_int()
        if not pdfium.FPDFPath_GetDrawMode(item, byref(fill), byref(stroke)):
            return
        count = pdfium.FPDFPath_CountSegments(item)
        if count > MOST_SEGMENTS or not (stroke.value or fill.value) or (not stroke.value and count <= 5):
            return
        matrix = _times(_matrix_of(item), matrix)
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
            point = _apply(matrix, x.value, y.value)
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

    def _clip(self, item: Any, matrix: Matrix) -> Edges | None:
        """The box to which an object is cut; None where it is not."""
        clip = pdfium.FPDFPageObj_GetClipPath(item)
        box: Edges | None = None
        x, y = c_float(), c_float()
        for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
            points = []
            for index in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), MOST_SEGMENTS)):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
                if pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y)):
                    points.append(_apply(matrix, x.value, y.value))
            if not points:
                continue
            xs, ys = [px for px, _ in points], [py for _, py in points]
            part = self.turn.box(min(xs), min(ys), max(xs), max(ys))
            box = part if box is None else (_inside(part, box) or (0.0, 0.0, 0.0, 0.0))
        return box

    def _box(self, left: float, bottom: float, right: float, top: float, matrix: Matrix) -> Edges:
        if matrix is IDENTITY:
            return self.turn.box(left, bottom, right, top)
        one, other = _apply(matrix, left, bottom), _apply(matrix, right, top)
        return self.turn.box(*one, *other)


def _thin(edges: Edges) -> bool:
    width, height = edges[2] - edges[0], edges[3] - edges[1]
    return min(width, height) <= THIN and max(width, height) > 0.5


def _inside(edges: Edges, clip: Edges) -> Edges | None:
    left, top = max(edges[0], clip[0]), max(edges[1], clip[1])
    right, bottom = min(edges[2], clip[2]), min(edges[3], clip[3])
    return (left, top, right, bottom) if left <= right + 0.01 and top <= bottom + 0.01 else None


def _matrix_of(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, byref(found)):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _joined(rules: Sequence[Rule]) -> list[Rule]:
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
