"""What is wrong in a file that was read: where, what, why and what to do, in Chinese. Nothing is raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from yiheng.facts.sheets import Column, SheetRow

SHOWN_PER_KIND: Final = 5
SHOWN_VALUE: Final = 60
"""Longer values are cut in what is shown; the file has the whole."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect of one place in a file (问题). `kind` groups problems that have one cause and one remedy."""

    kind: str
    """A short Chinese name such as 金额不是数字."""
    file: str
    reason: str
    remedy: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    """Address such as C12, where the file has one."""
    value: str = ""

    def place(self) -> str:
        """Where it is, as users find it: file, sheet, row, column and cell."""
        parts = [self.file, self.sheet and f"工作表“{self.sheet}”"]
        if self.row is not None:
            parts.append(f"第 {self.row} 行")
        if self.column:
            parts.append(f"“{self.column}”列" + (f"（{self.cell}）" if self.cell else ""))
        elif self.cell:
            parts.append(self.cell)
        return "，".join(part for part in parts if part)

    def __str__(self) -> str:
        value = f"值“{self.value}”：" if self.value else ""
        return f"{self.place()}：{value}{self.reason}。处理：{self.remedy}。"


def shown(value: object) -> str:
    """A cell's value as the text that a problem shows."""
    text = "" if value is None else str(value).replace("\n", " ")
    return text if len(text) <= SHOWN_VALUE else text[: SHOWN_VALUE - 1] + "…"


class Unreadable(Exception):
    """A file that cannot be read at all; it carries the one problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def unreadable(file: str, kind: str, reason: str, remedy: str) -> Unreadable:
    """The exception for a whole file."""
    return Unreadable(Problem(kind, file, reason, remedy))


def cannot_open(file: str, error: OSError) -> Unreadable:
    """The exception for a file that the system does not let us read."""
    return unreadable(
        file, "文件读不出来", f"文件打不开：{error.strerror}", "请检查文件是否存在、有没有读取权限"
    )


def of_row(row: SheetRow, column: Column, kind: str, reason: str, remedy: str) -> Problem:
    """A problem of one cell of a row that was read, found only after reading."""
    origin = row.origin
    return Problem(
        kind,
        origin.file,
        reason,
        remedy,
        origin.sheet,
        row.number,
        column.title,
        origin.cell(row.number, column.name),
        shown(row.values.get(column.name)),
    )


def by_kind(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """The problems grouped by kind, the most frequent kind first, each in the order found."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.kind, []).append(problem)
    return dict(sorted(groups.items(), key=lambda item: -len(item[1])))


def report(problems: Sequence[Problem], per_kind: int = SHOWN_PER_KIND) -> str:
    """The problems as text in Chinese: counts by kind and the first few of each kind."""
    return "\n".join(_lines(problems, per_kind))


def _lines(problems: Sequence[Problem], per_kind: int) -> Iterator[str]:
    groups = by_kind(problems)
    yield f"共 {len(problems):,} 处问题，分 {len(groups)} 类："
    for number, (kind, members) in enumerate(groups.items(), 1):
        yield f"{number}. {kind}：{len(members):,} 处"
        yield from (f"   {problem}" for problem in members[:per_kind])
        if len(members) > per_kind:
            yield f"   ……同类还有 {len(members) - per_kind:,} 处"


def as_json(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Every problem as plain data, none left out."""
    return [asdict(problem) for problem in problems]
