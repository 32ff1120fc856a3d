"""Leaves (末级明细): no row of a view contains another, so that every amount is added once.

A coarse row, such as one at 款 level, is a leaf as good as any while nothing finer lies below it. A row is a total in
disguise (合计混入明细)
- when its code lies above another row's code and all else is equal, or
- when it says less than several other rows (fewer dimensions, a shorter code, a unit above theirs) and its amount is
  the sum of theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.sheets import yuan
from yiheng.money import Amount
from yiheng.reading.problems import Problem

from .context import Context, Rows
from .problem import problem

_DIMS: Final = (
    "unit", "function", "economic", "category", "project", "fund", "source", "program", "basic_kind", "item", "kind",
)  # fmt: skip
"""What an amount is for and paid from; not when, to whom or under which contract."""
_GROUP: Final = ("year", "stage", "view")
_CODED: Final = {"function": (3, 5, 7), "economic": (3, 5)}
"""Columns whose codes have levels (类、款、项), with the length of each; a shorter code lies above."""
_SHEETS: Final = ("budget_lines", "payments", "revenues", "procurements")

Values = tuple[str, ...]


class _Shape(NamedTuple):
    """How much a row says: which dimensions, and the length of each code."""

    lengths: tuple[int, ...]

    def within(self, other: _Shape) -> bool:
        """Whether it says no more than the other, in any dimension."""
        return all(mine <= theirs for mine, theirs in zip(self.lengths, other.lengths, strict=True))


def leaf_problems(rows: Rows, context: Context) -> Iterator[Problem]:
    """A problem for each row that is a total of other rows of its view."""
    for sheet in _SHEETS:
        groups: dict[tuple[object, ...], list[SheetRow]] = defaultdict(list)
        for row in rows.get(sheet, ()):
            groups[tuple(row.values.get(name) for name in _GROUP)].append(row)
        for group in groups.values():
            yield from _group_problems(group, context)


def _group_problems(group: Sequence[SheetRow], context: Context) -> Iterator[Problem]:
    used = _used(group)
    columns = [name for name in _DIMS if name in group[0].values and name in used]
    values = [tuple([row.text(name) for name in columns]) for row in group]
    above = _codes_above(columns, values)
    for row, own in zip(group, values, strict=True):
        if own in above:
            yield _coarse(row, above[own])
    reported = {own for own in values if own in above}
    rest = [(row, own) for row, own in zip(group, values, strict=True) if own not in reported]
    yield from _totals(columns, rest, context)


def _used(group: Sequence[SheetRow]) -> set[str]:
    return {name for name in _DIMS if any(row.values.get(name) is not None for row in group)}


def _codes_above(columns: Sequence[str], values: Iterable[Values]) -> dict[Values, tuple[str, str]]:
    """Values that a row may not have, since a row lies below them: each with the column and the finer code."""
    found: dict[Values, tuple[str, str]] = {}
    different = dict.fromkeys(values)
    for column in (name for name in columns if name in _CODED):
        at = columns.index(column)
        there = {len(own[at]) for own in different}
        lengths = [length for length in _CODED[column] if length in there]  # of others there is no row
        for own in different:
            for length in lengths:
                if length < len(own[at]):
                    found.setdefault((*own[:at], own[at][:length], *own[at + 1 :]), (column, own[at]))
    return found


def _coarse(row: SheetRow, finer: tuple[str, str]) -> Problem:
    column, code = finer
    return problem(
        row, "合计混入明细", column, f"同一口径下另有它的下级科目 {code} 的行，其余各栏相同，金额会重复计算",
        "删去这一行合计；若它只是下级之外的其余部分，改用其余部分的末级科目",
    )  # fmt: skip


def _totals(
    columns: Sequence[str], rows: Sequence[tuple[SheetRow, Values]], context: Context
) -> Iterator[Problem]:
    """Rows that say less than others and whose amount is the sum of those."""
    shapes: dict[_Shape, list[tuple[SheetRow, Values]]] = defaultdict(list)
    for row, own in rows:
        shapes[_shape(columns, own)].append((row, own))
    for coarse, candidates in shapes.items():
        finer = [shape for shape in shapes if coarse.within(shape)]
        if finer == [coarse] and not _departments(columns, candidates, context):
            continue
        wanted = {own for _, own in candidates}
        covered = _covered(
            columns, coarse, wanted, [pair for shape in finer for pair in shapes[shape]], context
        )
        for row, own in candidates:
            parts = covered.get(own, [])
            if _is_sum(row, own, parts):
                yield _total(row, len(parts))


def _shape(columns: Sequence[str], own: Values) -> _Shape:
    """The unit and plain dimensions count as said or not; a code by its length."""
    return _Shape(
        tuple(
            len(value) if name in _CODED else int(bool(value))
            for name, value in zip(columns, own, strict=True)
        )
    )


def _departments(columns: Sequence[str], rows: Iterable[tuple[SheetRow, Values]], context: Context) -> bool:
    """Whether rows of a unit stand beside rows of a unit above it."""
    if "unit" not in columns:
        return False
    units = {own[columns.index("unit")] for _, own in rows}
    return any(units.intersection(context.chain(unit)[1:]) for unit in units)


def _covered(
    columns: Sequence[str],
    coarse: _Shape,
    wanted: set[Values],
    rows: Iterable[tuple[SheetRow, Values]],
    context: Context,
) -> dict[Values, list[SheetRow]]:
    """For each of the wanted values, the rows that say the same and more."""
    found: dict[Values, list[SheetRow]] = defaultdict(list)
    for row, own in rows:
        choices = [_reduced(name, value, length, context)
                   for name, value, length in zip(columns, own, coarse.lengths, strict=True)]  # fmt: skip
        for reduced in product(*choices):
            if reduced != own and reduced in wanted:
                found[reduced].append(row)
    return found


def _reduced(name: str, value: str, length: int, context: Context) -> tuple[str, ...]:
    """What a coarser row would say where this one says `value`."""
    if name in _CODED:
        return (value[:length],)
    if not length:
        return ("",)
    return context.chain(value) if name == "unit" else (value,)


def _is_sum(row: SheetRow, own: Values, parts: Sequence[SheetRow]) -> bool:
    """Several parts, or a row that names nothing at all: one equal amount may be a coincidence."""
    amount = _amount(row)
    if amount is None or not amount.fen or not parts or (len(parts) == 1 and any(own)):
        return False
    amounts = [part for part in map(_amount, parts) if part is not None]
    return len(amounts) == len(parts) and Amount.sum(amounts).meets(amount)


def _amount(row: SheetRow) -> Amount | None:
    fen = row.values.get("amount")
    return Amount(fen, row.quantum) if isinstance(fen, int) else None


def _total(row: SheetRow, parts: int) -> Problem:
    amount = row.values["amount"]
    assert isinstance(amount, int)
    return problem(
        row, "合计混入明细", "amount",
        f"{yuan(amount)} 元恰为同一口径下另外 {parts} 行更细的行之和，疑为合计行，金额会重复计算",
        "删去这一行合计；确是单独一笔的，补全它的科目、项目等各栏",
    )  # fmt: skip
