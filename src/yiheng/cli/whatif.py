"""`yiheng whatif`: other actuals, weights, money or rules; what decides the grade, and what raises the score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from yiheng.cli import judged, support
from yiheng.cli.judged import Examples
from yiheng.cli.reproduce import SHIPPED
from yiheng.cli.support import Json, Kind, UnitArgument, YearArgument


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    support.add(app, "whatif", whatif)


def whatif(
    unit: UnitArgument,
    year: YearArgument,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="行=值", help="假设一行的实际完成值：自评指标的键=实际完成值，可多次。"
        ),
    ] = None,
    weights: Annotated[
        list[str] | None, typer.Option("--weight", metavar="行=分值", help="假设一行的分值，可多次。")
    ] = None,
    executed: Annotated[
        list[str] | None,
        typer.Option("--executed", metavar="自评表=元", help="假设全年执行数，单位元，可多次。"),
    ] = None,
    inputs: Annotated[
        list[str] | None,
        typer.Option(
            "--input",
            metavar="取数项=值",
            help="假设部门整体评价的一个取数项，或人工评分要点的得分，可多次。",
        ),
    ] = None,
    framework: Annotated[
        str, typer.Option("--framework", metavar="编号", help="部门整体改按另一个指标体系。")
    ] = "",
    rule: Annotated[str, typer.Option("--rule", metavar="编号", help="改按另一套评分规则。")] = "",
    kind: Kind = "",
    examples: Examples = SHIPPED,
    as_json: Json = False,
) -> None:
    """假设分析：改动实际完成值、分值、执行数或规则，看得分、等级、决定等级的指标和最省力的补分办法；什么都不保存。"""
    from yiheng.pipelines import whatif as pipeline

    policy = support.policy()
    with judged.refusals():
        read = judged.department_year(unit, year, kind, policy, examples)
        of_sheets, of_whole = (changes or weights or executed or rule), (inputs or framework)
        found = () if of_whole and not of_sheets else pipeline.suppose_all(
            read, policy, actuals=_pairs("--set", changes), weights=_pairs("--weight", weights),
            executed=_pairs("--executed", executed), rule=rule,
        )  # fmt: skip
        whole = (
            None
            if of_sheets and not of_whole
            else pipeline.suppose_whole(read, policy, _pairs("--input", inputs), framework)
        )
    sheets = [pipeline.data(each) for each in found]
    department = pipeline.whole_data(whole) if whole is not None else None
    if as_json:
        support.show({"unit": read.unit.key, "year": year, "sheets": sheets, "department": department})
        return
    if not sheets and department is None:
        support.fail(
            f"{read.unit.name} {year} 年没有自评表。请在“自评表”和“自评指标”表填写。", support.NO_DATABASE
        )
    for sheet in sheets:
        _print_sheet(sheet)
    if department is not None:
        _print_whole(department)


def _pairs(option: str, texts: list[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts or []:
        key, sign, value = text.partition("=")
        if not sign or not key.strip() or not value.strip():
            support.fail(f"{option} 的“{text}”不对，请写成 键=值。")
        if key.strip() in found:
            support.fail(f"{option} 里“{key.strip()}”写了两次，请只留一次。")
        found[key.strip()] = value.strip()
    return found


def _print_sheet(shown: Mapping[str, Any]) -> None:
    support.say(
        f"{shown['name']}（{shown['key']}）：{_score(shown['before'])} → {_score(shown['after'])}", "bold"
    )
    for row in shown["changed"]:
        support.say(
            f"  {row['name']}：{_score(row['before'])} → {_score(row['after'])}（{'；'.join(row['steps'])}）"
        )
    if shown["weights"] != 100:
        support.say(f"  分值合计 {_score(shown['weights'])}，应为 100；总分没有折算。", "yellow")
    _print_grade(shown)
    if shown["improvements"]:
        _print_improvements(shown)


def _print_grade(shown: Mapping[str, Any]) -> None:
    by = f"（按 {shown['graded_by']} 划分）" if shown["graded_by"] != shown["rule"] else ""
    waits = shown["open"]
    if waits is not None:
        names = "、".join(f"{row['name']}（{row['key']}）" for row in waits["rows"]) or "预算执行率"
        support.say(
            f"  等级未定{by}：最低 {_score(waits['low'])}（{waits['low_grade']}），"
            f"最高 {_score(waits['high'])}（{waits['high_grade']}）。待评：{names}",
            "yellow",
        )
        return
    support.say(
        f"  等级 {shown['grade']}{by}"
        + (f"，距“{shown['next_grade']}”还差 {_score(shown['up'])} 分" if shown["next_grade"] else "")
        + (f"，高出本等下限 {_score(shown['margin'])} 分" if shown["margin"] is not None else "")
    )
    for how in dict.fromkeys(row["how"] for row in shown["deciding"]):
        names = "、".join(f"{row['name']}（{row['key']}）" for row in shown["deciding"] if row["how"] == how)
        support.say(f"  {how}：{names}")


def _print_improvements(shown: Mapping[str, Any]) -> None:
    """The losses, the cheapest first; the totals add up from line to line."""
    columns = ("键", "指标", "得分", "可补", "还差", "要做到", "补到此行的总分", "等级")
    grid = judged.grid("怎样补分（由易到难）", columns)
    for row in shown["improvements"]:
        gap = row["gap"] or "由人评"
        grid.add_row(row["key"], row["name"], _score(row["points"]), _score(row["gain"]), gap, row["needed"],
                     _score(row["total"]), row["grade"])  # fmt: skip
    support.console.print(grid)


def _print_whole(shown: Mapping[str, Any]) -> None:
    support.say(
        f"部门整体（{shown['framework']}）：{_score(shown['before'])} → {_score(shown['after'])}", "bold"
    )
    for row in shown["changed"]:
        steps = "；".join(row["steps"])
        support.say(f"  {row['name']}：{_score(row['before'])} → {_score(row['after'])}（{steps}）")
    for row in shown["open"]:
        support.say(
            f"  {row['name']}（{row['id']}）待评，缺少：{'、'.join(row['needs']) or row['id']}", "yellow"
        )
    if shown["losses"]:
        grid = judged.grid("哪里失分（由多到少）", ("编号", "指标", "得分", "可补", "为什么"))
        for row in shown["losses"]:
            why = "\n".join(row["why"])
            grid.add_row(row["id"], row["name"], _score(row["points"]), _score(row["gain"]), why)
        support.console.print(grid)
    support.say(f"取数项和要点的编号，见 yiheng indicators --framework {shown['framework']}")


def _score(value: float | None) -> str:
    return "待评" if value is None else f"{value:g}"
