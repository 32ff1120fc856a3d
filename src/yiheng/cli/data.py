"""Commands that bring data in and out: load, workbook, units."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from yiheng.cli import chinese, opening, support
from yiheng.cli.support import Json

if TYPE_CHECKING:
    from yiheng.facts import Unit
    from yiheng.ledger.difference import Plan
    from yiheng.ledger.queries import DepartmentYearEntry

app = typer.Typer(help="工作簿：空白模板、台账导出。", cls=chinese.Group, no_args_is_help=True)

_ONE_TABLE: Final = (".csv", ".tsv", ".txt", ".xls", ".json", ".zip")
"""Endings of files that an export cannot be: a package is a folder, and a folder so named would mislead."""

Format = Annotated[str, typer.Option("--format", help="xlsx 工作簿 或 package 数据包（CSV）。")]


def register(root: typer.Typer) -> None:
    """Add the commands to the root."""
    support.add(root, "load", load)
    support.add(root, "units", units)
    opening.register(root)
    support.add(app, "new", new)
    support.add(app, "export", export)
    root.add_typer(app, name="workbook")


def load(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="工作簿 XLSX、数据包文件夹或 CSV 文件。")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="内容有变更或删除时不再询问，直接确认。")] = False,
    mapping: Annotated[
        str | None, typer.Option("--mapping", help="保存的列对应名称或文件（其他系统的导出）。")
    ] = None,
    as_json: Json = False,
) -> None:
    """装载数据：全部无误才写入；同样的内容再装一次不产生改动。"""
    from yiheng.pipelines.load import load as run

    support.open_database(create=True)
    asks = sys.stdin.isatty() and not as_json

    def confirm(plan: Plan) -> bool:
        if yes:
            return True
        progress.hide()
        support.warn(plan.describe())
        if not asks:
            support.warn("以上变更须经确认才写入。核对无误后加 --yes 再装载。", "yellow")
            return False
        return typer.confirm("确认写入以上变更？变更记为更正行，删除记为冲销行，原有的行都保留")

    with support.progress_bar() as progress:
        report = run(
            paths,
            f"命令行 {getpass.getuser()}",
            confirm,
            progress,
            mapping,
            policy=support.policy(),
        )
    if as_json:
        support.show(report.as_json())
    elif report.ok:
        support.say(report.describe())
    else:
        support.warn(report.describe(), "red")
    if not report.ok:
        stopped = report.status == "cancelled" or (report.status == "declined" and asks)
        raise typer.Exit(support.CANCELLED if stopped else support.WRONG)


def units(as_json: Json = False) -> None:
    """列出台账里的单位和部门年度。"""
    from yiheng.ledger import queries

    support.open_database()
    entries = queries.department_years()
    if as_json:
        support.show([_unit_data(unit, entries) for unit in queries.units()])
        return
    for unit in queries.units():
        support.say(f"{unit.key}  {unit.code or '（无编码）'}  {unit.name}  {unit.short_name}".rstrip())
        for e in (e for e in entries if e.unit.key == unit.key):
            support.say(f"    {e.year} {e.kind}  {e.title or e.label}")


def _unit_data(unit: Unit, entries: Iterable[DepartmentYearEntry]) -> dict[str, Any]:
    papers = [
        {"year": e.year, "kind": e.kind, "title": e.title or e.label, "synthetic": e.synthetic}
        for e in entries
        if e.unit.key == unit.key
    ]
    return {
        "unit": unit.key,
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "parent": unit.parent,
        "papers": papers,
    }


def new(path: Annotated[Path, typer.Argument(help="要写的文件，例如 台账模板.xlsx。")]) -> None:
    """写出空白工作簿模板：下拉选项、填写说明和示例。"""
    from yiheng.pipelines import workbook

    workbook.new(path, support.policy())
    support.say(f"已写出 {path}")


def export(
    path: Annotated[Path, typer.Argument(help="要写的工作簿文件或数据包文件夹。")],
    unit: Annotated[str | None, typer.Option("--unit", help="只导出一个单位；默认全部。")] = None,
    year: Annotated[int | None, typer.Option("--year", help="只导出一个年度。")] = None,
    format: Format = "",
    as_json: Json = False,
) -> None:
    """导出台账：工作簿或数据包，装回来得到同样的台账。"""
    from yiheng.pipelines import workbook

    if path.suffix.lower() in _ONE_TABLE:
        support.fail(
            f"{path} 是单个文件的名字，而台账有很多张表。请写工作簿（如 {path.stem}.xlsx），"
            f"或数据包文件夹（如 {path.stem}，里面每张表一个 CSV）；要压缩包，就把文件夹压成 zip，"
            "yiheng load 也认。"
        )
    support.open_database()
    wanted = format or ("xlsx" if path.suffix.lower() == ".xlsx" else "package")
    try:
        chosen = workbook.Format(wanted)
    except ValueError:
        support.fail(f"不认识的格式“{wanted}”；可用：{'、'.join(f.value for f in workbook.Format)}")
    try:
        counted = workbook.export(path, chosen, unit, year, support.policy())
    except (workbook.NothingToExport, ValueError) as refused:
        support.fail(str(refused))
    if as_json:
        support.show({"path": str(path), "rows": counted})
    else:
        support.say(f"已写出 {path}，共 {sum(counted.values())} 行。")
