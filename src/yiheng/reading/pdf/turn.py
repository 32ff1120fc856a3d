"""Coordinates: a page's own (origin lower left, unturned) ↔ upright (origin upper left), in quarter turns."""

from __future__ import annotations

from dataclasses import dataclass

Edges = tuple[float, float, float, float]
Affine = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Turn:
    """Maps page coordinates inside `left`…`top` to upright ones after `quarters` turns of 90° clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int = 0

    @property
    def width(self) -> float:
        return self.right - self.left if self.quarters % 2 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        return self.top - self.bottom if self.quarters % 2 == 0 else self.right - self.left

    def turned(self, quarters: int) -> Turn:
        """The same page after so many turns from its own coordinates."""
        return Turn(self.left, self.bottom, self.right, self.top, quarters % 4)

    @property
    def affine(self) -> Affine:
        """(a, b, c, d, e, f): the point (x, y) stands upright at (a·x + b·y + c, d·x + e·y + f)."""
        if self.quarters == 0:
            return 1.0, 0.0, -self.left, 0.0, -1.0, self.top
        if self.quarters == 1:
            return 0.0, 1.0, -self.bottom, 1.0, 0.0, -self.left
        if self.quarters == 2:
            return -1.0, 0.0, self.right, 0.0, 1.0, -self.bottom
        return 0.0, -1.0, self.top, -1.0, 0.0, self.right

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Edges:
        """Two opposite corners in page coordinates → left, top, right, bottom, upright."""
        a, b, c, d, e, f = self.affine
        ax, ay = a * x0 + b * y0 + c, d * x0 + e * y0 + f
        bx, by = a * x1 + b * y1 + c, d * x1 + e * y1 + f
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def back(self, left: float, top: float, right: float, bottom: float) -> Edges:
        """An upright box → two opposite corners in page coordinates."""
        return (*self._unpoint(left, top), *self._unpoint(right, bottom))

    def _unpoint(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.affine
        x, y = x - c, y - f
        return a * x + d * y, b * x + e * y
