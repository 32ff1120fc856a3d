"""`yiheng monitor`: where a department-year stands on a day, on the terminal or as a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yiheng.cli import judged, support
from yiheng.cli.fonts import licensed_fonts
from yiheng.cli.judged import Examples
from yiheng.cli.reproduce import SHIPPED
from yiheng.cli.support import Internal, Json, Kind, UnitArgument, YearArgument

if TYPE_CHECKING:
    from yiheng.statements.monitoring.watched import Line, Watched


def monitor(
    unit: UnitArgument,
    year: YearArgument,
    as_of: Annotated[str, typer.Option("--as-of", metavar="日期", help="截至哪一天，例如 2024-07-31。")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="文件夹", help="写出监控报告和项目绩效监控情况表：DOCX、PDF、XLSX、网页。"
        ),
    ] = None,
    internal: Internal = False,
    kind: Kind = "",
    examples: Examples = SHIPPED,
    as_json: Json = False,
) -> None:
    """绩效运行监控：预算执行与时间进度、指标完成与进度曲线，附状态、全年预测和偏差整改。"""
    from yiheng.pipelines.monitor import watch
    from yiheng.pipelines.monitoring_paper import publish_monitoring
    from yiheng.pipelines.said import said

    day = support.day(as_of, "2024-07-31")
    policy = support.policy()
    folder: Path | None = None
    with judged.refusals(), judged.opened(unit, year, kind, policy, examples) as read:
        if out is None:
            found = watch(read, policy, day)
        else:
            audience = "internal" if internal else "public"
            with said() as warned:
                found, folder = publish_monitoring(
                    read, policy, day, out, audience=audience, fonts=licensed_fonts()
                )
            for line in warned:
                support.warn(line, "yellow")
    if as_json:
        support.show(found.data() | ({"folder": str(folder)} if folder else {}))
    else:
        _print(found)
        if folder is not None:
            support.say(f"已写出监控材料 {folder}")


def _print(found: Watched) -> None:
    for title, lines, first in (
        ("预算执行", found.execution, ("项目", "调整预算", "累计支出")),
        ("绩效指标", found.indicators, ("指标", "指标值", "实际完成值")),
    ):
        if not lines:
            continue
        grid = judged.grid(
            f"{title}（截至 {found.as_of.isoformat()}）", (*first, "完成", "应完成", "状态", "全年预测")
        )
        for line in lines:
            grid.add_row(line.name, line.target, line.actual, *_progress(line))
        support.console.print(grid)
    _print_deviations(found)
    for finding in found.findings:
        support.say(f"{finding.severity.label} {finding.place}：{finding.message}。{finding.next_step}")
    if any(line.progress for line in found.lines):
        entry = found.profile.entry
        house = "，系统默认" if entry.value.get("basis") == "house" else ""
        support.say(f"状态划分：{entry.title}（{entry.id}，依据{entry.cite()}{house}）")
    if found.deadline is not None:
        support.say(f"编报时限：{found.deadline.day.isoformat()}（依据{found.deadline.entry.cite()}）")


def _print_deviations(found: Watched) -> None:
    if not found.deviations:
        return
    grid = judged.grid("偏差", ("指标", "监控日期", "偏差和原因", "措施", "完成期限", "状态"))
    for each in found.deviations:
        grid.add_row(
            f"{each.project}：{each.subject}" if each.project else each.subject,
            each.date,
            f"{each.text}（{each.cause}）",
            each.action,
            each.due,
            each.state,
        )
    support.console.print(grid)


def _progress(line: Line) -> tuple[str, str, str, str]:
    from yiheng.statements.monitoring.watched import percent

    found = line.progress
    if found is None:
        return "—", "—", line.note or "—", "—"
    return percent(found.reached) or "—", percent(found.expected) or "—", line.status, line.forecast or "—"
