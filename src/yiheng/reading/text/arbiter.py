"""Which column a lone figure belongs to, where an export lost the empty cells: the totals decide, or nobody.

A row with fewer figures than columns can be laid out in several ways. The sums inside the row, the sums of the rows
below a total, and the same figure elsewhere in the document choose among them. They choose columns and never digits:
the layout that breaks the fewest sums wins, so that one wrong figure does not move the others, and where two do
equally well the cells stay open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import combinations, product
from math import comb
from typing import Final, NamedTuple

from yiheng.money import PrintedKind, parse_printed

_MOST_LAYOUTS: Final = 7000
_MOST_TOGETHER: Final = 8_000
_TOTALS: Final = ("合计", "总计", "小计", "总额")

Layout = tuple[int, ...]
"""Column of each figure of a row, ascending."""
Path = tuple[str, ...]


class Figures(NamedTuple):
    """A row to be laid out."""

    key: str
    """Code, or label without blanks."""
    parent: int
    """Position of the row whose parts this row is one of; -1 where there is none."""
    texts: tuple[str, ...]


class Sum(NamedTuple):
    """The columns on the left add up to those on the right."""

    left: tuple[int, ...]
    right: tuple[int, ...]


Evidence = Callable[[Figures, Decimal, int], int]
"""How much elsewhere in the document says that a row's figure stands in a column."""


def sums_of(paths: Sequence[Path]) -> list[Sum]:
    """The sums that the names of columns promise."""
    found = [s for prefix in _prefixes(paths) if (s := _sum_under(paths, prefix)) is not None]
    carried = _carry_over(paths)
    return [*found, carried] if carried else found


def _prefixes(paths: Sequence[Path]) -> list[Path]:
    return list(dict.fromkeys(path[:n] for path in paths for n in range(len(path))))


def _sum_under(paths: Sequence[Path], prefix: Path) -> Sum | None:
    """小计 of a group and its other parts; the first column of a table where it is a total."""
    depth = len(prefix)
    under = [c for c, path in enumerate(paths) if path[:depth] == prefix and len(path) > depth]
    total = [c for c in under if len(paths[c]) == depth + 1 and _is_total(paths[c][-1])]
    if len(total) != 1 or len(under) < 3 or total[0] != under[0]:
        return None
    parts: list[int] = []
    for child in dict.fromkeys(paths[c][depth] for c in under if c != total[0]):
        inside = [c for c in under if c != total[0] and paths[c][depth] == child]
        own = [c for c in inside if len(paths[c]) == depth + 2 and _is_total(paths[c][-1])]
        if any(child.startswith(word) for word in ("其中",)):
            return None
        parts += own if own and len(inside) > 1 else _without_inner_parts(paths, inside, depth + 1)
    return Sum((total[0],), tuple(parts))


def _without_inner_parts(paths: Sequence[Path], inside: list[int], depth: int) -> list[int]:
    found: list[int] = []
    for child in dict.fromkeys(paths[c][depth] if len(paths[c]) > depth else "" for c in inside):
        group = [c for c in inside if (paths[c][depth] if len(paths[c]) > depth else "") == child]
        own = [c for c in group if len(paths[c]) == depth + 2 and _is_total(paths[c][-1])]
        found += own if own and len(group) > 1 else group
    return found


def _is_total(name: str) -> bool:
    return name.endswith(_TOTALS)


def _carry_over(paths: Sequence[Path]) -> Sum | None:
    """年初结转和结余 + 本年收入 = 本年支出 + 年末结转和结余."""
    names = ["".join(path) for path in paths]
    opening = [c for c, name in enumerate(names) if name.startswith(("年初", "上年")) and "结" in name]
    income = [c for c, name in enumerate(names) if name.startswith("本年收入") and len(paths[c]) == 1]
    spent = [
        c
        for c, name in enumerate(names)
        if name.startswith("本年支出") and (len(paths[c]) == 1 or _is_total(name))
    ]
    closing = [c for c, name in enumerate(names) if name.startswith("年末") and "结" in name]
    if not all(len(found) == 1 for found in (opening, income, spent, closing)):
        return None
    return Sum((opening[0], income[0]), (spent[0], closing[0]))


def lay_out(paths: Sequence[Path], rows: Sequence[Figures], evidence: Evidence) -> list[set[Layout]]:
    """For each row the layouts that remain possible: one where it is certain, none where there are too many figures."""
    sums = sums_of(paths)
    open_ = [_by_row(len(paths), row, sums) for row in rows]
    for position in _from_above(rows):
        children = [n for n, row in enumerate(rows) if row.parent == position]
        if position >= 0:
            open_[position] = _by_evidence(rows[position], open_[position], evidence)
            _within_parent(open_, position, children)
            _by_sums(rows, open_, position, children, len(paths))
        for child in children:
            open_[child] = _by_evidence(rows[child], open_[child], evidence)
    return open_


def _from_above(rows: Sequence[Figures]) -> list[int]:
    """Rows that have parts, those nearest the top of the tree first; -1 stands for the rows without parent."""
    depth: dict[int, int] = {-1: 0}

    def deep(n: int) -> int:
        steps, at = 0, n
        while at >= 0 and steps <= len(rows):
            at = rows[at].parent
            steps += 1
        return steps

    for parent in {row.parent for row in rows}:
        depth[parent] = deep(parent)
    alone = [n for n in range(len(rows)) if n not in depth and rows[n].parent < 0]
    return [*sorted(depth, key=lambda n: (depth[n], n)), *alone]


def values_of(row: Figures) -> list[Decimal | None]:
    """The numbers of a row; None for a dash."""
    found: list[Decimal | None] = []
    for text in row.texts:
        printed = parse_printed(text)
        found.append(printed.value if printed.kind in (PrintedKind.NUMBER, PrintedKind.PERCENT) else None)
    return found


def _places(texts: Sequence[str]) -> int:
    """Decimals of the finest figure."""
    return max((len(text.rstrip("%").partition(".")[2]) for text in texts), default=0)


def _steps(values: Sequence[Decimal | None], places: int) -> list[int]:
    """The numbers counted in units of the last printed place; a dash is 0."""
    return [int((value or Decimal(0)).scaleb(places)) for value in values]


def _by_row(columns: int, row: Figures, sums: list[Sum]) -> set[Layout]:
    """The layouts that break the fewest sums inside the row; none where there are too many to look at."""
    count = len(row.texts)
    if count > columns or comb(columns, count) > _MOST_LAYOUTS:
        return set()
    if count in (0, columns):
        return {tuple(range(count))}
    steps = _steps(values_of(row), _places(row.texts))
    best: set[Layout] = set()
    fewest = 4 * len(sums) + 1
    for layout in combinations(range(columns), count):
        at = dict(zip(layout, steps, strict=True))
        broken = sum(_breaks(at, promised) for promised in sums)
        if broken < fewest:
            best, fewest = {layout}, broken
        elif broken == fewest:
            best.add(layout)
    return best


def _breaks(at: dict[int, int], promised: Sum) -> int:
    """0 where the sum holds; a total that is left empty over its parts counts besides."""
    left = [at[c] for c in promised.left if c in at]
    right = [at[c] for c in promised.right if c in at]
    return _cost(sum(left) - sum(right), len(left) + len(right)) + 2 * (bool(right) and not left)


def _cost(gap: int, addends: int) -> int:
    """0 where a sum closes within its rounding, 1 where one wrong digit would explain the gap, else 2."""
    if 2 * abs(gap) <= addends:
        return 0
    return 1 if _holds_one_digit(max(abs(gap) - addends, 1), abs(gap) + addends) else 2


def _holds_one_digit(low: int, high: int) -> bool:
    """Whether a number with one digit that is not 0 lies between the two."""
    power = 1
    while power <= high:
        digit = -(-low // power)
        if digit <= 9 and digit * power <= high:
            return True
        power *= 10
    return False


def _within_parent(open_: list[set[Layout]], parent: int, children: list[int]) -> None:
    """Where a total shows nothing its parts show nothing either, as far as that leaves them a layout."""
    if len(open_[parent]) != 1:
        return
    allowed = set(next(iter(open_[parent])))
    for child in children:
        inside = {layout for layout in open_[child] if set(layout) <= allowed}
        if inside and allowed:
            open_[child] = inside


def _by_sums(
    rows: Sequence[Figures], open_: list[set[Layout]], parent: int, children: list[int], columns: int
) -> None:
    """The layouts of the parts that together break the fewest column sums of their total."""
    size = 1
    for child in children:
        size *= max(len(open_[child]), 1)
    if len(open_[parent]) != 1 or size == 1 or size > _MOST_TOGETHER:
        return
    places = _places([text for n in (parent, *children) for text in rows[n].texts])
    numbers = {n: _steps(values_of(rows[n]), places) for n in (parent, *children)}
    loose = [child for child in children if len(open_[child]) > 1]
    settled = [child for child in children if len(open_[child]) == 1]
    rest = dict(zip(next(iter(open_[parent])), numbers[parent], strict=True))
    for child in settled:
        _take(rest, next(iter(open_[child])), numbers[child])
    best: list[tuple[Layout, ...]] = []
    fewest = 2 * columns + 1
    for choice in product(*(sorted(open_[child]) for child in loose)):
        left = dict(rest)
        for layout, child in zip(choice, loose, strict=True):
            _take(left, layout, numbers[child])
        broken = sum(_cost(gap, len(children) + 1) for gap in left.values())
        if broken < fewest:
            best, fewest = [choice], broken
        elif broken == fewest:
            best.append(choice)
    for n, child in enumerate(loose):
        open_[child] = {choice[n] for choice in best}


def _take(rest: dict[int, int], layout: Layout, numbers: Sequence[int]) -> None:
    """Take a row away from what is left of its total."""
    for column, number in zip(layout, numbers, strict=True):
        rest[column] = rest.get(column, 0) - number


def _by_evidence(row: Figures, layouts: set[Layout], evidence: Evidence) -> set[Layout]:
    """The layouts for which most speaks elsewhere in the document, where that is one."""
    if len(layouts) < 2 or len(layouts) > 64:
        return layouts
    values = values_of(row)
    disputed = {
        n
        for n in range(len(row.texts))
        if len({layout[n] for layout in layouts}) > 1 and values[n] is not None
    }
    scores = {
        layout: sum(evidence(row, values[n] or Decimal(0), layout[n]) for n in disputed) for layout in layouts
    }
    most = max(scores.values())
    return {layout for layout in layouts if scores[layout] == most} if most > 0 else layouts
