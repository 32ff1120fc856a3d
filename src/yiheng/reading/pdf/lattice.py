"""Ruling lines → the cells that they enclose (单元格); a missing rule between two places makes one merged cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from yiheng.reading.pdf.rules import Rule, Rules
from yiheng.reading.pdf.turn import Edges

TOUCH: Final = 3.0
"""Rules whose ends come this near, in points, meet."""
COVERED: Final = 0.5
"""A rule stands between two cells when it covers this part of the side that they share."""
OPEN: Final = 6.0
"""Rules that reach this far beyond the outermost crossing rule show an open side of the table."""
FEWEST_STRIPS: Final = 2
"""Rules of one width below the first that show a table."""
MOST_PLACES: Final = 60_000


class Slot(NamedTuple):
    """A cell: its first row and column and how many of each it spans."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Lattice:
    """The cells of one table: `xs` and `ys` are the edges of its columns and rows, `owner[row][column]` is a slot."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]
    owner: tuple[tuple[int, ...], ...]

    @property
    def edges(self) -> Edges:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def box(self, slot: Slot) -> Edges:
        """The rectangle of a cell."""
        return (
            self.xs[slot.column],
            self.ys[slot.row],
            self.xs[slot.column + slot.columns],
            self.ys[slot.row + slot.rows],
        )

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def slot_at(self, x: float, y: float) -> int:
        """Index of the cell around a point; points outside belong to the nearest."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return self.owner[row][column]


def bare(xs: Sequence[float], ys: Sequence[float]) -> Lattice:
    """A lattice without merged cells."""
    rows, columns = len(ys) - 1, len(xs) - 1
    slots = tuple(Slot(row, column, 1, 1) for row in range(rows) for column in range(columns))
    owner = tuple(tuple(range(row * columns, (row + 1) * columns)) for row in range(rows))
    return Lattice(tuple(xs), tuple(ys), slots, owner)


def lattices(rules: Rules) -> tuple[list[Lattice], list[Lattice]]:
    """The tables of a page, smallest first, and areas with horizontal rules only, which may be tables.

    Boxes around a single area are none.
    """
    found: list[Lattice] = []
    lone: list[Rule] = []
    for across, down in _groups(rules):
        if across and down:
            lattice = _lattice(across, down)
            if lattice is not None:
                found.append(lattice)
        else:
            lone += across
    found.sort(key=lambda one: (one.xs[-1] - one.xs[0]) * (one.ys[-1] - one.ys[0]))
    return found, list(_strips(lone))


def _groups(rules: Rules) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together."""
    across, down = rules.across, rules.down
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    heights = [rule.at for rule in across]
    for number, rule in enumerate(down, len(across)):
        first = bisect_left(heights, rule.start - TOUCH)
        for index in range(first, bisect_right(heights, rule.end + TOUCH)):
            if across[index].start - TOUCH <= rule.at <= across[index].end + TOUCH:
                parent[root(index)] = root(number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate(across):
        groups.setdefault(root(index), ([], []))[0].append(rule)
    for index, rule in enumerate(down, len(across)):
        groups.setdefault(root(index), ([], []))[1].append(rule)
    yield from groups.values()


def _strips(rules: Sequence[Rule]) -> Iterator[Lattice]:
    """Tables with horizontal rules only (三线表 and the like): rules of one width below each other."""
    left = sorted(rules, key=lambda rule: rule.at)
    while left:
        first, *left = left
        same = [
            rule
            for rule in left
            if abs(rule.start - first.start) <= TOUCH and abs(rule.end - first.end) <= TOUCH
        ]
        if len(same) >= FEWEST_STRIPS:
            yield bare((first.start, first.end), (first.at, *(rule.at for rule in same)))
            left = [rule for rule in left if not first.at < rule.at < same[-1].at]
        left = [rule for rule in left if rule not in same]


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    ys = _stations(across, down)
    xs = _stations(down, across)
    if len(across) + len(down) < 3:
        return None
    places = (len(xs) - 1) * (len(ys) - 1)
    if not 2 <= places <= MOST_PLACES:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    walls = [_covering(x, down) for x in xs]
    floors = [_covering(y, across) for y in ys]
    right = [[_covered(walls[c + 1], ys[r], ys[r + 1]) for c in range(columns)] for r in range(rows)]
    below = [[_covered(floors[r + 1], xs[c], xs[c + 1]) for c in range(columns)] for r in range(rows)]
    slots, owner = _slots(right, below, rows, columns)
    if len(slots) < 2:
        return None
    return Lattice(tuple(xs), tuple(ys), tuple(slots), tuple(map(tuple, owner)))


def _stations(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Positions of the rules, and the ends of the crossing ones where a side of the table is left open."""
    found = sorted({rule.at for rule in rules})
    first, last = min(rule.start for rule in crossing), max(rule.end for rule in crossing)
    if found[0] - first > OPEN:
        found.insert(0, first)
    if last - found[-1] > OPEN:
        found.append(last)
    return found


def _covering(at: float, rules: Sequence[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule.at == at]


def _covered(rules: Sequence[Rule], start: float, end: float) -> bool:
    covered = 0.0
    for rule in rules:
        common = min(rule.end, end) - max(rule.start, start)
        if common > 0.0:
            covered += common
    return covered >= COVERED * (end - start)


def _slots(
    right: list[list[bool]], below: list[list[bool]], rows: int, columns: int
) -> tuple[list[Slot], list[list[int]]]:
    """Joins places without a rule between them into rectangles, from the upper left corner on."""
    owner = [[-1] * columns for _ in range(rows)]
    slots: list[Slot] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            width = 1
            while (
                column + width < columns
                and not right[row][column + width - 1]
                and owner[row][column + width] < 0
            ):
                width += 1
            height = 1
            while row + height < rows and _open(row + height, column, width, right, below, owner):
                height += 1
            for r in range(row, row + height):
                owner[r][column : column + width] = [len(slots)] * width
            slots.append(Slot(row, column, height, width))
    return slots, owner


def _open(
    row: int,
    column: int,
    width: int,
    right: list[list[bool]],
    below: list[list[bool]],
    owner: list[list[int]],
) -> bool:
    """Whether a row of places belongs to the rectangle above it."""
    reach = range(column, column + width)
    return (
        not any(below[row - 1][c] for c in reach)
        and not any(right[row][c] for c in reach[:-1])
        and all(owner[row][c] < 0 for c in reach)
    )
