"""Rows of a bar chart (条形图的行): a label beside its bars, above them where the chart is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from yiheng.reporting.charts.canvas import Canvas, fold, width_of

NARROW_BELOW: Final = 480
SPACE: Final = 12
"""Between rows."""
_LABEL_SHARE: Final = 38
"""Percent of the width that labels beside the bars may take."""
_LINE: Final = 17
_GAP: Final = 8


@dataclass(frozen=True, slots=True)
class Rows:
    """How the labels of one chart lie."""

    canvas: Canvas
    above: bool
    left: int
    """Where the bars may begin."""

    @classmethod
    def of(cls, canvas: Canvas, labels: Sequence[str]) -> Rows:
        above = canvas.width < NARROW_BELOW
        if above:
            return cls(canvas, above, 0)
        room = canvas.width * _LABEL_SHARE // 100
        widest = max(width_of(line) for label in labels for line in fold(label, room))
        return cls(canvas, above, widest + _GAP + 2)

    def lines(self, label: str) -> list[str]:
        room = self.canvas.width if self.above else self.canvas.width * _LABEL_SHARE // 100
        return fold(label, room)

    def height(self, label: str, body: int) -> int:
        """Height of a row whose bars take `body`."""
        words = len(self.lines(label)) * _LINE
        return (words + body if self.above else max(words, body)) + SPACE

    def label(self, y: int, label: str, body: int, *, bold: bool = False) -> int:
        """Write the label of the row that begins at `y`; gives back where its bars begin."""
        lines = self.lines(label)
        words = len(lines) * _LINE
        if self.above:
            start, first, x, anchor = y + words, y + _LINE - 4, 0, "start"
        else:
            whole = max(words, body)
            start, first = y + (whole - body) // 2, y + (whole - words) // 2 + _LINE - 4
            x, anchor = self.left - _GAP, "end"
        for number, line in enumerate(lines):
            self.canvas.text(x, first + number * _LINE, line, anchor=anchor, bold=bold)
        return start
