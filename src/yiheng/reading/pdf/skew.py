"""Scans that lie askew (歪斜): how much, and the picture put straight, since rules are looked for along its edges."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from yiheng.reading.pdf.turn import Edges

STEEPEST: Final = 0.06
"""Slope, some 3.4 degrees; what lies more askew is not put straight."""
LEAST: Final = 0.0008
"""Slope below which a rule over the whole width of a page stays within the dots of its own thickness."""
COARSE: Final = 0.002
FINE: Final = 0.0002
INK: Final = 0x8C
"""The lightest grey of ink."""
SAMPLED: Final = 3
"""One column of so many is looked at."""
WHITE: Final = 255


class Lean(NamedTuple):
    """The slope of lines that should be level, about the middle of a picture."""

    slope: float
    width: int
    height: int

    def back(self, edges: Edges) -> Edges:
        """Where edges of the straightened picture are in the picture as it was, in dots."""
        middle_x, middle_y = self.width / 2, self.height / 2
        corners = []
        for x, y in ((edges[0], edges[1]), (edges[2], edges[1]), (edges[0], edges[3]), (edges[2], edges[3])):
            before = x - self.slope * (y - middle_y)
            corners.append((before, y + self.slope * (before - middle_x)))
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


def slope_of(dots: Any) -> float:
    """The slope at which the ink of a picture (rows of greys) gathers in the fewest rows; 0 where it lies straight."""
    import numpy

    ys, xs = numpy.nonzero(dots[:, ::SAMPLED] <= INK)
    if not len(xs):
        return 0.0
    xs = xs * SAMPLED - dots.shape[1] / 2
    reach = int(STEEPEST * dots.shape[1]) + 1

    def gathered(slope: float) -> int:
        rows = numpy.bincount(numpy.rint(ys - slope * xs + reach).astype(numpy.int64))
        return int((rows * rows).sum())

    coarse = max((n * COARSE for n in _around(STEEPEST / COARSE)), key=gathered)
    found = max((coarse + n * FINE for n in _around(COARSE / FINE)), key=gathered)
    return found if abs(found) >= LEAST and gathered(found) > gathered(0.0) else 0.0


def straightened(dots: Any, slope: float) -> Any:
    """The picture with its columns and rows moved so that lines of that slope are level, and those across upright."""
    import numpy

    height, width = dots.shape
    level = numpy.full_like(dots, WHITE)
    for x in range(width):
        _move(level[:, x], dots[:, x], -round(slope * (x - width / 2)))
    upright = numpy.full_like(dots, WHITE)
    for y in range(height):
        _move(upright[y], level[y], round(slope * (y - height / 2)))
    return upright


def _move(target: Any, source: Any, by: int) -> None:
    """Write a line of dots moved by so many."""
    length = len(source)
    if by >= 0:
        target[by:] = source[: length - by]
    else:
        target[:by] = source[-by:]


def _around(steps: float) -> range:
    return range(-round(steps), round(steps) + 1)
