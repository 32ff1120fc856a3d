"""Printed scores against computed ones (得分复算): equal, equal only by truncation, or printed wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from yiheng.money import Rounding, is_number, round_to
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.rowscore import Method, RowScore


class Verdict(Enum):
    """How a printed score stands to the computed one."""

    EQUAL = "equal"
    TRUNCATED = "truncated"
    """Equal only if places are cut off instead of rounded."""
    WRONG = "printed_wrongly"
    NOT_PRINTED = "not_printed"
    OPEN = "open"
    """Nothing computed to compare with."""

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Verdict.EQUAL: "一致",
    Verdict.TRUNCATED: "仅截断时一致",
    Verdict.WRONG: "原件印错",
    Verdict.NOT_PRINTED: "原件未印",
    Verdict.OPEN: "无计算值",
}


@dataclass(frozen=True, slots=True)
class Reproduced:
    """One printed score beside the computed one."""

    key: str
    name: str
    printed: str
    computed: Decimal | None
    verdict: Verdict
    note: str = ""
    given: bool = False
    """The score is a person's judgement, taken over from the paper and not computed."""


@dataclass(frozen=True, slots=True)
class SheetReproduction:
    """A transcribed sheet: every printed score and the total."""

    score: SheetScore
    execution: Reproduced
    rows: tuple[Reproduced, ...]
    total: Reproduced

    @property
    def all(self) -> tuple[Reproduced, ...]:
        return (self.execution, *self.rows, self.total)


def compare(printed: str, exact: Fraction | None, computed: Decimal | None) -> Verdict:
    """The verdict on one printed score; `exact` is the score before rounding."""
    if not printed or not is_number(printed):
        return Verdict.NOT_PRINTED
    if computed is None or exact is None:
        return Verdict.OPEN
    value = Decimal(printed.replace(",", ""))
    if value == computed:
        return Verdict.EQUAL
    places = -int(computed.as_tuple().exponent)
    return Verdict.TRUNCATED if value == round_to(exact, places, Rounding.DOWN) else Verdict.WRONG


def reproduce(score: SheetScore) -> SheetReproduction:
    """Compare every printed score of a sheet with the computed one."""
    funds, execution = score.sheet.funds, score.execution
    done = Reproduced(
        f"{score.sheet.key}:execution",
        "预算执行率",
        funds.printed_points,
        execution.points,
        compare(funds.printed_points, execution.exact, execution.points),
        "；".join(execution.steps),
    )
    rows = tuple(_row(row) for row in score.rows)
    return SheetReproduction(score, done, rows, _total(score, done, rows))


def _row(row: RowScore) -> Reproduced:
    printed = row.row.printed_points
    verdict = compare(printed, row.exact, row.points)
    return Reproduced(
        row.row.key,
        row.row.name,
        printed,
        row.points,
        verdict,
        "；".join(row.steps),
        row.method is Method.JUDGED,
    )


def _total(score: SheetScore, execution: Reproduced, rows: tuple[Reproduced, ...]) -> Reproduced:
    """A total is printed by truncation when only truncated rows part it from the computed one."""
    sheet, computed = score.sheet, score.total
    printed = sheet.printed_total
    lines = [line for line in (execution, *rows) if line.computed is not None]
    if not is_number(printed):
        return Reproduced(f"{sheet.key}:total", "总分", printed, computed, Verdict.NOT_PRINTED)
    if computed is None:
        return Reproduced(f"{sheet.key}:total", "总分", printed, computed, Verdict.OPEN)
    value = Decimal(printed)
    as_printed = sum((_printed(line) for line in lines), Decimal(0))
    cut = sum((_printed(line) if line.verdict is Verdict.TRUNCATED else line.computed or Decimal(0)
               for line in lines), Decimal(0))  # fmt: skip
    if value == computed:
        verdict, note = Verdict.EQUAL, ""
    elif value == cut:
        verdict, note = Verdict.TRUNCATED, f"差额来自截断的行：{_names(rows, Verdict.TRUNCATED)}"
    elif value == as_printed:
        verdict, note = (
            Verdict.WRONG,
            f"等于各行印出得分之和，差额来自印错的行：{_names(rows, Verdict.WRONG)}",
        )
    else:
        verdict, note = (
            Verdict.WRONG,
            f"各行印出得分之和为 {as_printed}，与印出的总分相差 {value - as_printed}",
        )
    return Reproduced(f"{sheet.key}:total", "总分", printed, computed, verdict, note)


def _printed(line: Reproduced) -> Decimal:
    return Decimal(line.printed) if is_number(line.printed) else line.computed or Decimal(0)


def _names(rows: tuple[Reproduced, ...], verdict: Verdict) -> str:
    return "、".join(
        f"{row.name}（印 {row.printed}，算 {row.computed}）" for row in rows if row.verdict is verdict
    )
