"""Commands that look at one department-year: statements, check, explain."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yiheng.cli import judged, support
from yiheng.cli.grids import print_table
from yiheng.cli.support import Internal, Json, Kind, UnitArgument, YearArgument

if TYPE_CHECKING:
    from yiheng.facts import Finding, Table
    from yiheng.pipelines.assemble import Assembled

ACCEPT = "处理：改正数据后重试；确属原件问题的，在“已接受的问题”表写明规则、位置和理由。"
_CELL_HELP = (
    "单元格地址，如 公开03表[合计, 项目支出]；或说明数字编号，如 说明[totals.revenue.total]。"
    "加 --kind performance，是绩效自评材料里的数字，如 附件2-1[总分, 得分]；"
    "加 --as-of 日期，是该日绩效运行监控材料里的数字，如 监控表1[全部支出, 累计支出]。"
)


def register(app: typer.Typer) -> None:
    """Add the commands to the root."""
    support.add(app, "statements", statements)
    support.add(app, "check", check)
    support.add(app, "explain", explain)


def assembled(unit: str, year: int, kind: str, internal: bool = False) -> Assembled:
    """The paper of the department-year that the user names, from the user's database."""
    from yiheng.ledger import queries
    from yiheng.pipelines.assemble import assemble

    support.open_database()
    policy, paper = support.policy(), support.chosen(unit, year, kind)
    read = queries.department_year(paper.unit, paper.year, paper.kind, policy=policy)
    return assemble(read, policy, "internal" if internal else "public")


def _of_evaluation(kind: str) -> bool:
    """Whether the user means the evaluation paper, which accounts bring along as well."""
    from yiheng.pipelines.evaluation_paper import KIND

    return bool(kind) and support.known_kind(kind) == KIND


def _evaluation(unit: str, year: int, internal: bool) -> Assembled:
    """The evaluation paper of the unit's year: of a department-year of its own, or of the accounts."""
    from yiheng.ledger import queries
    from yiheng.pipelines.evaluation_paper import KIND, assemble_evaluation

    support.open_database()
    policy, key = support.policy(), queries.resolve_unit(unit).key
    there = {e.kind for e in queries.department_years() if (e.unit.key, e.year) == (key, year)}
    source = next((each for each in (KIND, "accounts") if each in there), KIND)
    read = queries.department_year(key, year, source, policy=policy)
    with judged.refusals():
        done = assemble_evaluation(read, policy, "internal" if internal else "public")
    if done is None:
        support.fail(
            f"{read.unit.name} {year} 年没有可评价的内容。请在“自评表”“自评指标”表填写自评表。",
            support.NO_DATABASE,
        )
    return done


def _monitoring(unit: str, year: int, kind: str, day: dt.date, internal: bool) -> Assembled:
    """The monitoring paper of the unit's year on a day."""
    from yiheng.pipelines.monitor import watch
    from yiheng.pipelines.monitoring_paper import assemble_monitoring

    support.open_database()
    policy = support.policy()
    with judged.refusals():
        read = judged.read(unit, year, kind, policy)
        watched = watch(read, policy, day)
        return assemble_monitoring(watched, read, policy, "internal" if internal else "public")


def statements(
    unit: UnitArgument,
    year: YearArgument,
    kind: Kind = "",
    table: Annotated[str, typer.Option("--table", help="只显示一张表（表号或表名）。")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="写成 XLSX 工作簿的文件或文件夹。")] = None,
    internal: Internal = False,
    as_json: Json = False,
) -> None:
    """由明细计算法定报表，显示在终端，或写成 XLSX。"""
    from yiheng.facts.address import Directory
    from yiheng.reporting import xlsx

    done = assembled(unit, year, kind, internal)
    paper, tables = done.paper, done.paper.tables
    if table and out is not None:
        support.fail("工作簿总是写出全部报表；--table 和 --out 只写一个。")
    if table:
        found = Directory(tables).table(table)
        if found is None:
            support.fail(f"没有表“{table}”；现有：{'、'.join(f'{t.code} {t.title}' for t in tables)}")
        tables = (found,)
    if out is not None:
        path = out if out.suffix.lower() == ".xlsx" else out / f"{paper.key}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            xlsx.write(paper, draft, done.labels)
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        if not as_json:
            support.say(f"已写出 {path}")
            return
    if as_json:
        support.show([_table_data(t) for t in tables])
        return
    for notice in paper.notices:
        support.say(notice, "yellow")
    for t in tables:
        print_table(t)


def check(unit: UnitArgument, year: YearArgument, kind: Kind = "", as_json: Json = False) -> None:
    """执行审核规则：通过、不通过、不适用、无法执行，逐项列明。"""
    from yiheng.checks import counts
    from yiheng.pipelines.findings import finding_data

    done = assembled(unit, year, kind)
    paper, found = done.paper, counts(done.paper.findings)
    if as_json:
        support.show(
            {
                "unit": done.department_year.unit.key,
                "unit_name": paper.owner,
                "year": paper.year,
                "kind": paper.kind,
                "counts": found,
                "findings": [finding_data(f) for f in paper.findings],
                "notices": list(paper.notices),
            }
        )
    else:
        _print_findings(paper.findings, found)
        for notice in paper.notices:
            support.say(f"提示：{notice}", "yellow")
    support.exit_unless(found["stops"] == 0)


def explain(
    unit: UnitArgument,
    year: YearArgument,
    cell: Annotated[
        str,
        typer.Argument(
            metavar="CELL",
            help=_CELL_HELP,
        ),
    ],
    kind: Kind = "",
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="日期", help="绩效运行监控材料截至哪一天，例如 2024-08-31。")
    ] = "",
    internal: Internal = False,
    as_json: Json = False,
) -> None:
    """说明一个数字从哪里来：口径、规则、来源行、原件位置。"""
    from yiheng.reporting import explain as explained

    if as_of:
        done = _monitoring(unit, year, kind, support.day(as_of, "2024-08-31"), internal)
    elif _of_evaluation(kind):
        done = _evaluation(unit, year, internal)
    else:
        done = assembled(unit, year, kind, internal)
    item = explained.item_at(done.paper, cell)
    if as_json:
        support.show(explained.data(item, done.labels))
    else:
        support.say(explained.text(item, done.labels))


def _table_data(table: Table) -> dict[str, Any]:
    return {
        "code": table.code,
        "title": table.title,
        "unit": table.unit,
        "status": table.status.value,
        "reason": table.reason,
        "notes": list(table.notes),
        "cells": [
            {
                "address": ref.address,
                "printed": ref.cell.text,
                "status": ref.cell.status.value,
                "fen": ref.cell.amount.fen if ref.cell.amount is not None else None,
                "given": ref.cell.given,
            }
            for ref in table.money_cells()
        ],
    }


def finding_text(finding: Finding) -> str:
    """A finding in a few lines; rule and place stand as the sheet 已接受的问题 takes them."""
    from yiheng.facts import Outcome

    weight = f"（{finding.severity.label}{'，已接受' if finding.accepted else ''}）"
    figures = f"左边 {finding.left} 元，右边 {finding.right} 元，相差 {finding.difference} 元"
    lines = (
        f"{finding.outcome.label}{weight if finding.outcome is Outcome.FAIL else ''}  {finding.title}",
        f"    规则  {finding.rule}",
        f"    位置  {finding.place}",
        f"    数字  {figures}" if finding.left and finding.right else "",
        f"    说明  {finding.message}" if finding.message else "",
        f"    理由  {finding.accepted}" if finding.accepted else "",
        f"    处理  {finding.next_step}" if finding.next_step and not finding.accepted else "",
    )
    return "\n".join(filter(None, lines))


def _print_findings(findings: tuple[Finding, ...], found: dict[str, int]) -> None:
    from yiheng.facts import Outcome

    for finding in findings:
        if finding.outcome is not Outcome.PASS:
            support.say(finding_text(finding), "red" if finding.stops else None)
    support.say(
        f"通过 {found['pass']} 项，不通过 {found['fail']} 项，不适用 {found['not_applicable']} 项，"
        f"无法执行 {found['could_not_run']} 项；其中舍入尾差 {found['rounding_tail']} 项。"
    )
    if found["stops"]:
        support.say(f"有 {found['stops']} 项错误，公开前须处理。{ACCEPT}", "red")
