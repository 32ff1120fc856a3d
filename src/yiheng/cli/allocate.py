"""`yiheng allocate`: next year's allocation proposed from score and execution."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yiheng.cli import judged, support
from yiheng.cli.judged import Examples
from yiheng.cli.reproduce import SHIPPED
from yiheng.cli.support import Json, Kind, UnitArgument, YearArgument
from yiheng.money import MoneyUnit, format_amount, format_percent

if TYPE_CHECKING:
    from yiheng.pipelines.allocation import Allocation


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    support.add(app, "allocate", allocate)


def allocate(
    unit: UnitArgument,
    year: YearArgument,
    kind: Kind = "",
    out: Annotated[Path | None, typer.Option("--out", help="写成 XLSX 工作簿的文件。")] = None,
    examples: Examples = SHIPPED,
    as_json: Json = False,
) -> None:
    """结果应用：由得分和执行率提出每个项目下一年度的预算安排建议，逐步写明怎样得出。"""
    from yiheng.pipelines.allocation import allocate as run

    policy = support.policy()
    with judged.refusals():
        found = run(judged.department_year(unit, year, kind, policy, examples), policy)
    if not found.lines:
        support.fail(f"{found.department_year.unit.name} {year} 年没有项目。", support.NO_DATABASE)
    if out is not None:
        _write(found, out)
    if as_json:
        support.show(found.data())
    elif out is None:
        _print(found)


def _print(found: Allocation) -> None:
    from yiheng.pipelines import allocation_list as listed

    data = found.data()
    grid = judged.grid(listed.title(found), tuple(listed.COLUMNS)[:-1])
    for line, shown in zip(found.lines, data["projects"], strict=True):
        amount = line.proposal.amount if line.proposal else None
        grid.add_row(
            line.name, _yuan(line.base), _percent(line.execution), shown["score"] or "—", shown["share"] or "—",
            _yuan(amount), _yuan(line.change),
        )  # fmt: skip
    total = (_yuan(found.base), "", "", "", _yuan(found.amount), _yuan(found.change))
    grid.add_row(listed.total_name(found), *total)
    support.console.print(grid)
    for line in data["projects"]:
        support.say(f"{line['name']}：{'；'.join(line['steps'])}")
    for note in listed.notes(found):
        support.say(note)


def _yuan(fen: int | None) -> str:
    return "—" if fen is None else format_amount(fen, MoneyUnit.YUAN)


def _percent(share: Fraction | None) -> str:
    return "—" if share is None else format_percent(share)


def _write(found: Allocation, path: Path) -> None:
    from yiheng.pipelines import allocation_list as listed
    from yiheng.reporting.xlsx.plain import write_list

    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write_list(draft, listed.title(found), listed.notes(found), listed.COLUMNS, listed.rows(found))
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    support.warn(f"已写出 {path}")
