"""The sheet that charts are drawn on (画布): SVG elements with escaped text, whole pixels and fixed colours."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from yiheng.facts import Chart, Series
from yiheng.facts.chart import Value
from yiheng.reporting.charts.words import description, full_title, printed, told
from yiheng.reporting.text import clean, ems

# Okabe and Ito's order, darkened until each colour has 4.5 : 1 against white: told apart without colour vision.
PALETTE: Final = ("#0067a5", "#b84a00", "#00735a", "#96407a", "#6b5c00", "#444444")
INK: Final = "#1f2a37"
SOFT: Final = "#5b6673"
RULE: Final = "#d5dbe2"
PAPER: Final = "#ffffff"
SIZE: Final = 13
"""Text size; the narrow estimate of `ems` is for serif type, so widths are taken a little larger."""
_SANS_NARROW: Final = 0.6
_FACE: Final = (
    "'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
)
_DASHES: Final = ("", "2 3", "9 3", "9 3 2 3", "5 2", "1 4")
_OPENING: Final = "（(《〈“‘【["
_CLOSING: Final = "，。、；：）)》〉”’】]%％"
_WIDOW: Final = 2
LEVEL_DASH: Final = "7 4"

Link = Callable[[str], str]
Points = Sequence[tuple[int, int]]


class Canvas:
    """Collects the elements of one chart."""

    def __init__(self, chart: Chart, width: int, link: Link | None) -> None:
        self.chart = chart
        self.width = width
        self._link = link
        self._parts: list[str] = []

    def amount(self, value: Value | None) -> str:
        """A value in the chart's unit, with thousands separators; words where there is none."""
        return printed(self.chart, value)

    def mark(self, value: Value) -> str:
        """A mark of an axis: as a value, and short where it is whole."""
        return printed(self.chart, value, whole=True)

    def text(
        self, x: int, y: int, words: str, *, anchor: str = "start", fill: str = INK, bold: bool = False
    ) -> None:
        """One line of text; `y` is its baseline."""
        weight = ' font-weight="600"' if bold else ""
        side = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self._parts.append(f'<text x="{x}" y="{y}" fill="{fill}"{side}{weight}>{_safe(words)}</text>')

    def rect(self, x: int, y: int, width: int, height: int, fill: str) -> None:
        self._parts.append(f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>')

    def frame(self, x: int, y: int, width: int, height: int, stroke: str, dash: str = "") -> None:
        """An empty bar with a border, told from a full one without colour."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<rect x="{x + 1}" y="{y + 1}" width="{max(width - 2, 0)}" height="{height - 2}" '
            f'fill="{PAPER}" stroke="{stroke}" stroke-width="2"{dashes}/>'
        )

    def line(self, x1: int, y1: int, x2: int, y2: int, stroke: str = RULE, dash: str = "") -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(f'<path d="M{x1} {y1}L{x2} {y2}" stroke="{stroke}" fill="none"{dashes}/>')

    def polyline(self, points: Points, stroke: str, dash: str = "", close: bool = False) -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        path = _path(points) + ("Z" if close else "")
        self._parts.append(f'<path d="{path}" stroke="{stroke}" stroke-width="2" fill="none"{dashes}/>')

    def area(self, points: Points, fill: str, percent: int) -> None:
        """A closed area, `percent` opaque."""
        self._parts.append(f'<path d="{_path(points)}Z" fill="{fill}" fill-opacity="{percent}%"/>')

    def ring(self, points: Points) -> None:
        """A thin closed line of a grid."""
        self._parts.append(f'<path d="{_path(points)}Z" stroke="{RULE}" fill="none"/>')

    def dot(self, x: int, y: int, fill: str) -> None:
        self._parts.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{fill}"/>')

    def cut(self, x: int, y: int, height: int) -> None:
        """A white zigzag over a bar: it is longer than it is drawn."""
        for left in (x, x + 5):
            points = [(left, y - 1), (left + 4, y + height // 2), (left, y + height + 1)]
            self._parts.append(f'<path d="{_path(points)}" stroke="{PAPER}" stroke-width="2" fill="none"/>')

    def open(self, title: str, address: str) -> None:
        """Begin a group that says what it shows and, where there is a link, leads to its source."""
        href = escape(self._link(address)) if self._link and address else ""
        self._parts.append((f'<a href="{href}">' if href else "<g>") + f"<title>{_safe(title)}</title>")
        self._close = "</a>" if href else "</g>"

    def open_point(self, series: Series, place: int) -> None:
        """Begin the group of a point."""
        chart = self.chart
        label = series.points[place][0]
        name = f"{series.name} · {label}" if len(chart.series) > 1 else label
        self.open(f"{name}：{told(chart, series, place)}", address_of(series, place))

    def close(self) -> None:
        self._parts.append(self._close)

    def finish(self, height: int) -> str:
        """The whole element, with a title and every value as its text alternative."""
        chart = self.chart
        name = re.sub(r"[^\w-]", "-", f"chart-{chart.id}-{self.width}")
        # With links inside it is no single image to a screen reader: its points must stay reachable.
        role = "group" if self._link else "img"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="{role}" aria-labelledby="{name}-t {name}-d" '
            f'viewBox="0 0 {self.width} {height}" width="{self.width}" height="{height}" '
            f'font-family="{_FACE}" font-size="{SIZE}">'
            f'<title id="{name}-t">{_safe(full_title(chart))}</title>'
            f'<desc id="{name}-d">{_safe(description(chart))}</desc>'
            f"{''.join(self._parts)}</svg>"
        )


def address_of(series: Series, place: int) -> str:
    """The address behind a point; empty where none is known."""
    return series.addresses[place] if series.addresses else ""


def known(series: Series) -> list[tuple[int, str, Value]]:
    """The points that have a value, with their place in the series."""
    return [(place, label, value) for place, (label, value) in enumerate(series.points) if value is not None]


def colour(number: int) -> str:
    return PALETTE[number % len(PALETTE)]


def dash_of(number: int) -> str:
    """The dashes of a curve, so that curves can be told apart without colour."""
    return _DASHES[number % len(_DASHES)]


def width_of(words: str) -> int:
    """The room that a line of text takes, in pixels, rounded up."""
    return int(ems(words, _SANS_NARROW) * SIZE) + 1


def fold(words: str, room: int, most: int = 2) -> list[str]:
    """The words in at most `most` lines that fit the room; what does not fit ends in an ellipsis.

    A last line of one or two characters is made longer at the cost of those above it.
    """
    lines = _fold(words, room, most)
    if len(lines) > 1 and len(lines[-1]) <= _WIDOW:
        even = _fold(words, width_of(words) // len(lines) + _WIDOW * SIZE, most)
        return even if len(even) == len(lines) else lines
    return lines


def _fold(words: str, room: int, most: int) -> list[str]:
    lines = [""]
    for at, char in enumerate(words):
        if lines[-1] and width_of(lines[-1] + char) > room:
            if len(lines) == most:
                return [*lines[:-1], _shorten(lines[-1] + words[at:], room)]
            lines.append(_carried(lines, char))
        lines[-1] += char
    return lines


def _carried(lines: list[str], char: str) -> str:
    """What goes down to the next line with `char`: an opening bracket, or the word before a closing sign (避头尾)."""
    last = lines[-1]
    if len(last) > 1 and (last[-1] in _OPENING or char in _CLOSING):
        lines[-1] = last[:-1]
        return last[-1]
    return ""


def shorten(words: str, room: int) -> str:
    """The words, cut with an ellipsis where they do not fit."""
    return words if width_of(words) <= room else _shorten(words, room)


Sample = Callable[[Canvas, int, int, int], None]
"""Draws the sample of a legend: canvas, number of the name, x, y of its upper left corner, 12 pixels each way."""


def solid(canvas: Canvas, number: int, x: int, y: int) -> None:
    canvas.rect(x, y, 12, 12, colour(number))


def legend(canvas: Canvas, y: int, names: Sequence[str], sample: Sample = solid) -> int:
    """Samples with names, on as many lines as they need; gives back where the chart may begin."""
    x = 0
    for number, name in enumerate(names):
        name = shorten(name, canvas.width - 18)
        room = 18 + width_of(name) + 20
        if x and x + room - 20 > canvas.width:
            x, y = 0, y + 22
        sample(canvas, number, x, y)
        canvas.text(x + 18, y + 11, name)
        x += room
    return y + 26


def _shorten(words: str, room: int) -> str:
    while words and width_of(words + "…") > room:
        words = words[:-1]
    return words + "…"


def _path(points: Points) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _safe(words: str) -> str:
    return escape(clean(words))
