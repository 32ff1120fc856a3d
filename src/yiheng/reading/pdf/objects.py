"""The objects of a page, those inside form objects included: texts with their boxes, and what is drawn."""

from __future__ import annotations

from ctypes import addressof, byref, c_float
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from yiheng.reading.pdf.turn import Affine, Edges

MOST_OBJECTS: Final = 60_000
DEEPEST: Final = 6
Matrix = Affine
"""(a, b, c, d, e, f) as PDF writes it: the point (x, y) goes to (a·x + c·y + e, b·x + d·y + f)."""
IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TextObject(NamedTuple):
    """A text object; `box` is left, bottom, right, top in page coordinates."""

    address: int
    box: Edges


class Drawn(NamedTuple):
    """A path, picture or shading; `matrix` takes it to page coordinates, `box` is in its own."""

    item: Any
    kind: int
    matrix: Matrix
    box: Edges


@dataclass(slots=True)
class Objects:
    """What a page holds, in the order of the file."""

    texts: list[TextObject] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    complete: bool = True
    """False where the page holds more than is looked at."""


def objects_of(page: Any) -> Objects:
    """The objects of a loaded page."""
    walk = _Walk()
    walk.children(
        pdfium.FPDFPage_CountObjects(page), lambda index: pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0
    )
    return walk.found


class _Walk:
    def __init__(self) -> None:
        self.found = Objects()
        self.seen = 0
        self.numbers = [c_float() for _ in range(4)]
        self.pointers = [byref(number) for number in self.numbers]

    def children(self, count: int, child: Any, matrix: Matrix, depth: int) -> None:
        for index in range(count):
            self.seen += 1
            if self.seen > MOST_OBJECTS:
                self.found.complete = False
                return
            item = child(index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                if depth < DEEPEST:
                    inner = times(matrix_of(item), matrix)
                    self.children(pdfium.FPDFFormObj_CountObjects(item), _member(item), inner, depth + 1)
            elif pdfium.FPDFPageObj_GetBounds(item, *self.pointers):
                left, bottom, right, top = (number.value for number in self.numbers)
                box = (left, bottom, right, top)
                if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                    if matrix is not IDENTITY:
                        box = (*apply(matrix, left, bottom), *apply(matrix, right, top))
                    self.found.texts.append(TextObject(addressof(item.contents), box))
                else:
                    self.found.drawn.append(Drawn(item, kind, matrix, box))


def _member(form: Any) -> Any:
    return lambda index: pdfium.FPDFFormObj_GetObject(form, index)


def matrix_of(item: Any) -> Matrix:
    """The matrix of an object."""
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, byref(found)):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def times(inner: Matrix, outer: Matrix) -> Matrix:
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


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point goes."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
