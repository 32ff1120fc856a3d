"""Coordinates: a page's own (origin lower left, unturned) ↔ upright (origin upper left), in quarter turns."""

from __future__ import annotations

from dataclasses import dataclass

Edges = tuple[float, float, float, float]


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

    def holds(self, x: float, y: float) -> bool:
        """Whether a point in page coordinates lies on the printed page."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def turned(self, quarters: int) -> Turn:
        """The same page after so many turns from its own coordinates."""
        return Turn(self.left, self.bottom, self.right, self.top, quarters % 4)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.quarters == 0:
            return x - self.left, self.top - y
        if self.quarters == 1:
            return y - self.bottom, x - self.left
        if self.quarters == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Edges:
        """Two opposite corners in page coordinates → left, top, right, bottom, upright."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def back(self, left: float, top: float, right: float, bottom: float) -> Edges:
        """An upright box → two opposite corners in page coordinates."""
        return (*self._unpoint(left, top), *self._unpoint(right, bottom))

    def _unpoint(self, x: float, y: float) -> tuple[float, float]:
        if self.quarters == 0:
            return x + self.left, self.top - y
        if self.quarters == 1:
            return y + self.left, x + self.bottom
        if self.quarters == 2:
            return self.right - x, y + self.bottom
        return self.right - y, self.top - x
