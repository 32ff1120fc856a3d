"""Printed numbers that are exact and no rounded amounts: things counted, weights, scores."""

from __future__ import annotations

import re
from functools import lru_cache

from yiheng.facts.known import CellKey, KnownTable

COUNTED = re.compile(r"[(（](?:个|人|人次|人数|次|批|批次|辆|台|套|台、套|台（套）|台\(套\))[)）]|用车$")
"""Rows that count things."""
WEIGHT = re.compile(r"^(?:指标)?(?:分值|权重|标准分|满分|权重分值)(?:[(（].{1,6}[)）])?$")
SCORE = re.compile(r"^(?:自评|评价|实际|最终)?得分$")


def exact_places(table: KnownTable, key: CellKey) -> int | None:
    """Decimals beyond which the number has none: 0 for counts, the finest of their column for weights and scores.

    None for an amount, which is rounded to what it prints.
    """
    block = table.blocks[key.block]
    if not block.cells[key.row][key.column].printed.places and _is_counted(block.rows[key.row].label):
        return 0
    path = block.columns[key.column].path
    if path and _is_weight_or_score(path[-1]):
        return max(row[key.column].printed.places for row in block.cells)
    return None


@lru_cache(maxsize=4096)
def _is_counted(label: str) -> bool:
    return COUNTED.search(label) is not None


@lru_cache(maxsize=4096)
def _is_weight_or_score(head: str) -> bool:
    bare = re.sub(r"\s", "", head)
    return bool(WEIGHT.match(bare) or SCORE.match(bare))
