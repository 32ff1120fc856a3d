"""Printed shares (占比) and score rates (得分率) with the two figures of which each is the ratio."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from yiheng.facts.document import ReadCell
from yiheng.facts.known import CellKey, KnownBlock, KnownTable
from yiheng.money import Rounding, round_to

_SHARE = re.compile(r"^(占比|比重|比例|所占比例|占总.*比[例重]?|占比[（(]%[)）])$")


class Ratio(NamedTuple):
    """part ÷ whole = percentage."""

    part: CellKey
    whole: CellKey
    percent: ReadCell
    where: str
    """Address of the percentage, for people."""

    def shows(self, ratio: Fraction) -> bool:
        """Whether the percentage is printed as the ratio rounds, or as it is cut off."""
        places = self.percent.printed.places
        return self.percent.printed.value in (
            round_to(ratio * 100, places, Rounding.HALF_UP),
            round_to(ratio * 100, places, Rounding.DOWN),
        )


def ratios_of(table: KnownTable) -> Iterator[Ratio]:
    """The ratios of a table whose three figures are printed."""
    for b, block in enumerate(table.blocks):
        found = [*_score_rates(table, b, block), *_shares(table, b, block)]
        for ratio in found:
            part, whole = (table.cell(key).printed.value for key in (ratio.part, ratio.whole))
            if ratio.percent.printed.value is not None and part is not None and whole:
                yield ratio


def _score_rates(table: KnownTable, b: int, block: KnownBlock) -> Iterator[Ratio]:
    if block.part != "评分情况":
        return
    columns = {name: at[0] for name, at in block.by_column.items()}
    for r, row in enumerate(block.rows):
        over, under = (CellKey(table.index, b, r, columns[name]) for name in ("得分", "分值"))
        yield Ratio(over, under, block.cells[r][columns["得分率"]], f"{table.shown}[{row.shown}, 得分率]")


def _shares(table: KnownTable, b: int, block: KnownBlock) -> Iterator[Ratio]:
    """Shares of the one column of figures in its 合计, which is 100 % or has none."""
    percents = [
        c for c, col in enumerate(block.columns) if col.path and _SHARE.match(re.sub(r"\s", "", col.path[-1]))
    ]
    totals = [
        r
        for r, row in enumerate(block.rows)
        if row.name == "合计" or re.fullmatch("合计|总计", row.label.strip())
    ]
    if len(percents) != 1 or len(block.figures) != 1 or len(totals) != 1:
        return
    share, money, total = percents[0], block.figures[0], totals[0]
    if block.cells[total][share].printed.value not in (None, Decimal(100)):
        return
    whole = CellKey(table.index, b, total, money)
    for r, row in enumerate(block.rows):
        part = whole._replace(row=r)
        yield Ratio(part, whole, block.cells[r][share], f"{table.shown}[{row.shown}, 占比]")


def ratio_of(ratio: Ratio, table: KnownTable, corrected: Mapping[CellKey, Fraction]) -> Fraction:
    """What the ratio comes to with figures that are put right, each given by what it is to be multiplied with."""
    over, under = (
        Fraction(table.cell(key).printed.value or 0) * corrected.get(key, Fraction(1))
        for key in (ratio.part, ratio.whole)
    )
    return over / under if under else Fraction(0)
