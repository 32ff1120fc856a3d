"""The proposal of next year's allocation as a list (清单): heads, notes and rows of the workbook that is taken away."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from yiheng.pipelines.allocation import Allocation
from yiheng.scoring.profiles import BASE_AMOUNTS

COLUMNS: Final = {
    "项目": 32, "基数": 18, "执行率": 12, "总分": 8, "建议比例": 10, "下年建议数": 18, "比本年": 18, "怎样得出": 90,
}  # fmt: skip
"""Heads with their widths in characters."""


def title(found: Allocation) -> str:
    """Whose proposal, for which year, by which year's performance."""
    year = found.department_year.year
    return f"{found.department_year.unit.name}{year + 1}年预算安排建议（据{year}年绩效）"


def notes(found: Allocation) -> tuple[str, str]:
    """By which rule, and what the amounts are."""
    return f"规则：{found.rule}", f"基数为{BASE_AMOUNTS[found.profile.base]}，单位元。只作建议，不改台账。"


def total_name(found: Allocation) -> str:
    """The head of the row of totals."""
    return f"合计（{len(found.proposed)} 个有建议的项目）"


def rows(found: Allocation) -> list[tuple[str | Decimal, ...]]:
    """A row a project and that of the totals, in the order of `COLUMNS`; amounts in yuan."""
    listed: list[tuple[str | Decimal, ...]] = [
        (data["name"], _yuan(line.base), data["execution_rate"] or "—", data["score"] or "—", data["share"] or "—",
         _yuan(line.proposal.amount if line.proposal else None), _yuan(line.change), "；".join(line.steps))
        for line, data in zip(found.lines, found.data()["projects"], strict=True)
    ]  # fmt: skip
    total = (total_name(found), _yuan(found.base), "", "", "", _yuan(found.amount), _yuan(found.change), "")
    return [*listed, total]


def _yuan(fen: int | None) -> Decimal | str:
    return "—" if fen is None else Decimal(fen).scaleb(-2)
