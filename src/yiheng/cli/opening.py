"""`yiheng open-year`: a new department-year out of the last one, shown and confirmed before it is written."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from yiheng.cli import support
from yiheng.cli.support import Json, UnitArgument, YearArgument


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    support.add(app, "open-year", open_year)


def open_year(
    unit: UnitArgument,
    year: YearArgument,
    last: Annotated[int, typer.Option("--from", metavar="年度", help="由哪一年开立；默认上一年。")] = 0,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="类别",
            help="budget 部门预算、accounts 部门决算、performance 绩效；默认部门预算。",
        ),
    ] = "budget",
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接写入。")] = False,
    as_json: Json = False,
) -> None:
    """开立新年度：由上一年带出项目、绩效目标和指标、结转和对比数；先列出要写入的内容，确认后才写入。"""
    from yiheng.ledger import operations, queries

    support.open_database()
    key, from_year, known = queries.resolve_unit(unit).key, last or year - 1, support.known_kind(kind)
    policy = support.policy()
    begun = operations.begin_year(key, from_year, year, kind=known, policy=policy)
    asks = sys.stdin.isatty() and not as_json
    if not as_json:
        support.say(f"由 {from_year} 年度开立 {year} 年度，将写入：\n{begun.plan.describe()}")
        for note in begun.notes:
            support.say(f"提示：{note}", "yellow")
    sure = yes or (asks and typer.confirm("确认开立新年度"))
    if sure:
        operations.open_year(
            key, from_year, year, actor=f"命令行 {getpass.getuser()}", kind=known, policy=policy, beginning=begun
        )  # fmt: skip
    if as_json:
        support.show(
            {
                "unit": key, "from": from_year, "year": year, "kind": known, "written": sure,
                "changes": begun.plan.counts(), "notes": list(begun.notes),
            }
        )  # fmt: skip
    elif sure:
        support.say(f"已开立 {year} 年度。")
    if not sure:
        if asks:
            raise typer.Exit(support.CANCELLED)
        support.fail("没有写入。核对无误后加 --yes 再运行。")
