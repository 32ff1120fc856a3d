"""Completion rates (完成率) whose budget stands only in a table, beside the figure that was completed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from yiheng.checks.audit.printed_twice import TableFigure, core, figures_of_table
from yiheng.facts.claims import Claim, ClaimKind, FigureKind, Role, Stage, StatedFigure, Strength
from yiheng.facts.known import CellKey, KnownTable

_DONE = re.compile(r"决算")
_SUMS = re.compile(r"^(?:小计|合计)$")
_INITIAL = re.compile(r"年初|期初")
_LATER = re.compile(r"全年|调整")
_PLANNED = (Stage.INITIAL, Stage.ADJUSTED, Stage.BUDGET)


def far_completions(
    figures: Sequence[StatedFigure],
    claims: Sequence[Claim],
    tables: Sequence[KnownTable],
    wrong: frozenset[CellKey],
) -> Iterator[tuple[Claim, TableFigure]]:
    """COMPLETION claims, still without their base, and the cell that is it; none where two cells differ."""
    settled = {claim.right[0] for claim in claims if claim.kind is ClaimKind.COMPLETION}
    open_rates = [
        figure
        for figure in figures
        if figure.role is Role.COMPLETION and not figure.approximate and figure.number not in settled
    ]
    if not open_rates:
        return
    of_table: dict[int, Mapping[CellKey, TableFigure]] = {}
    sound = (cell for table in tables for cell in figures_of_table(table) if cell.key not in wrong)
    done = [(cell, path) for cell in sound if _DONE.search("".join(path := _path(cell)))]
    for percent in open_rates:
        value = _completed(figures, percent)
        name = core(value.subject) if value is not None else ""
        if value is None or len(name) < 2:
            continue
        bases = [
            base
            for cell, path in done
            if _called(path) == name and (cell.fen == value.nominal or value.interval.contains(cell.fen))
            for base in _budget(cell, path, of_table)
            if base.key not in wrong and _of_stage(percent, base)
        ]
        if len({base.fen for base in bases}) == 1:
            right = (percent.number,)
            yield (
                Claim(ClaimKind.COMPLETION, (value.number, value.number), right, Strength.PRESUMED),
                bases[0],
            )


def _path(cell: TableFigure) -> tuple[str, ...]:
    return cell.table.blocks[cell.key.block].columns[cell.key.column].path


def _called(path: Sequence[str]) -> str:
    """What a column of 决算数 is of: its last name, or the one above a 小计."""
    named = [part for part in path if not _SUMS.match(part.strip())]
    return core(named[-1]) if named else ""


def _completed(figures: Sequence[StatedFigure], percent: StatedFigure) -> StatedFigure | None:
    """The one amount of the sentence before the rate; None where a budget stands there too."""
    before = [
        f
        for f in figures[: percent.number]
        if f.sentence == percent.sentence and f.cell == percent.cell and f.kind is FigureKind.AMOUNT
    ]
    plain = [f for f in before if f.role is Role.VALUE and not f.approximate]
    if len(before) != 1 or len(plain) != 1 or plain[0].stage in _PLANNED:
        return None
    return plain[0]


def _budget(
    cell: TableFigure, path: Sequence[str], of_table: dict[int, Mapping[CellKey, TableFigure]]
) -> Iterator[TableFigure]:
    """The cells of the same row under the same names, but for 预算 instead of 决算; `of_table` keeps what was read."""
    table = cell.table
    wanted = [_plain(part.replace("决算", "预算")) for part in path]
    for c, column in enumerate(table.blocks[cell.key.block].columns):
        if c != cell.key.column and [_plain(part) for part in column.path] == wanted:
            if table.index not in of_table:
                of_table[table.index] = {figure.key: figure for figure in figures_of_table(table)}
            base = of_table[table.index].get(cell.key._replace(column=c))
            if base is not None:
                yield base


def _plain(name: str) -> str:
    """A name without what says of which stage the budget is: that is compared with the words of the sentence."""
    return re.sub(r"\s|年初|全年|调整|统计|支出", "", name)


def _of_stage(percent: StatedFigure, base: TableFigure) -> bool:
    """Whether the sentence may mean this budget: 年初预算 is no 全年预算."""
    column = "".join(_path(base))
    initial, later = _INITIAL.search(percent.quote), _LATER.search(percent.quote)
    return not (initial and not _INITIAL.search(column)) and not (later and _INITIAL.search(column))
