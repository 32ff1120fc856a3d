"""What a printed score is beside the computed one, in words (印出得分说明)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from yiheng.scoring.reproduction import Reproduced, SheetReproduction, Verdict

WORDS: Final = {
    Verdict.EQUAL: "与原件一致",
    Verdict.TRUNCATED: "只因截断而相等",
    Verdict.WRONG: "原件印错",
    Verdict.NOT_PRINTED: "原件没有印出",
    Verdict.OPEN: "没有计算值可比",
}
SHOWN: Final = "表中得分均为计算值。"


def beside(printed: str, computed: Decimal | None, verdict: Verdict) -> str:
    """The printed score, the computed one, and what the difference is."""
    if verdict in (Verdict.NOT_PRINTED, Verdict.OPEN):
        return WORDS[verdict]
    if verdict is Verdict.EQUAL:
        return f"原件印出 {printed}，{WORDS[verdict]}"
    return f"原件印出 {printed}，计算 {computed}，{WORDS[verdict]}"


def sheet_notes(found: SheetReproduction) -> tuple[str, ...]:
    """What a transcribed sheet printed otherwise; nothing for a sheet of one's own."""
    return tuple(_sheet_notes(found)) if any(line.printed for line in found.all) else ()


def _sheet_notes(found: SheetReproduction) -> Iterator[str]:
    lines = (found.execution, *found.rows)
    odd = [line for line in lines if line.printed and line.verdict is not Verdict.EQUAL]
    equal = sum(line.verdict is Verdict.EQUAL for line in lines)
    yield f"注：{SHOWN}与原件印出的得分相比，{equal} 行一致{'。' if not odd else f'，{len(odd)} 行不同：'}"
    for number, line in enumerate(odd, 1):
        yield f"（{number}）{line.name}：{beside(line.printed, line.computed, line.verdict)}。"
    yield f"总分：{beside(found.total.printed, found.total.computed, found.total.verdict)}。{_because(found.total)}"


def _because(total: Reproduced) -> str:
    return f"{total.note}。" if total.note else ""
