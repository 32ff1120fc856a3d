"""`yiheng publish`: write the packages of department-years."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yiheng.cli import support
from yiheng.cli.fonts import licensed_fonts
from yiheng.cli.papers import ACCEPT, finding_text
from yiheng.cli.support import Internal, Json, Kind

if TYPE_CHECKING:
    from yiheng.ledger.queries import Paper
    from yiheng.pipelines.publish import PublicationStopped, Published


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    support.add(app, "publish", publish)


def publish(
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="单位；与 --all 二选一。")] = "",
    year: Annotated[int, typer.Argument(metavar="YEAR", help="年度。")] = 0,
    out: Annotated[
        Path, typer.Option("--out", metavar="文件夹", help="公开包写到哪个文件夹；默认 yiheng-out。")
    ] = Path("yiheng-out"),
    kind: Kind = "",
    everything: Annotated[
        bool, typer.Option("--all", help="公开台账里的全部部门预算、部门决算和绩效年度。")
    ] = False,
    internal: Internal = False,
    as_json: Json = False,
) -> None:
    """生成完整公开包：报表、说明、网站、开放数据和文件清单；有未接受的错误时停止。"""
    if everything == bool(unit and year):
        support.fail(
            "请写明单位和年度，例如：yiheng publish szybzx 2020 --out build；或只用 --all 公开全部。"
        )
    support.open_database()
    papers = _all_papers() if everything else [support.chosen(unit, year, kind)]
    done, stopped = _publish(papers, out, "internal" if internal else "public")
    if as_json:
        support.show([*map(_published_data, done), *map(_stopped_data, stopped)])
    else:
        _print_published(done)
        for refused in stopped:
            _print_stopped(refused)
    support.exit_unless(not stopped)


def _all_papers() -> list[Paper]:
    """Every department-year of the ledger."""
    from yiheng.ledger.queries import Paper, department_years

    found = [Paper(e.unit.key, e.year, e.kind) for e in department_years()]
    if not found:
        support.fail(f"台账里还没有部门年度。{support.HOW_TO_LOAD}", support.NO_DATABASE)
    return found


def _publish(
    papers: Sequence[Paper], out: Path, audience: str
) -> tuple[list[Published], list[PublicationStopped]]:
    """Publish one after the other; a paper that the checks stop does not keep the others back.

    Of several, a year of performance that nobody has evaluated yet is passed over.
    """
    from yiheng.ledger import queries
    from yiheng.pipelines.evaluation_paper import KIND, has_evaluation
    from yiheng.pipelines.publish import PublicationStopped
    from yiheng.pipelines.publish import publish as run

    policy, fonts = support.policy(), licensed_fonts()
    done: list[Published] = []
    stopped: list[PublicationStopped] = []
    with support.progress_bar() as progress:
        for number, paper in enumerate(papers):
            read = queries.department_year(paper.unit, paper.year, paper.kind, policy=policy)
            if len(papers) > 1 and read.kind == KIND and not has_evaluation(read):
                continue
            prefix = f"{read.title or read.unit.name}：" if len(papers) > 1 else ""

            def step(name: str, at: int, total: int, prefix: str = prefix, number: int = number) -> None:
                progress(prefix + name, number * total + at, len(papers) * total)

            try:
                done.append(run(read, policy, out, audience=audience, fonts=fonts, progress=step))
            except PublicationStopped as refused:
                stopped.append(refused)
    return done, stopped


def _stopped_data(stopped: PublicationStopped) -> dict[str, Any]:
    from yiheng.pipelines.findings import finding_data

    found = [finding_data(f) for f in stopped.findings]
    return {"key": stopped.key, "title": stopped.title, "stopped": found}


def _print_stopped(stopped: PublicationStopped) -> None:
    support.warn(str(stopped), "red")
    for finding in stopped.findings:
        support.warn(finding_text(finding))
    support.warn(ACCEPT)


def _published_data(published: Published) -> dict[str, Any]:
    return {
        "key": published.key,
        "title": published.title,
        "folder": str(published.folder),
        "tables": published.tables,
        "cells": published.cells,
        "checks": published.outcomes,
        "files": published.files,
        "evaluation": published.evaluation,
        "notices": list(published.notices),
    }


def _print_published(done: list[Published]) -> None:
    if not done:
        return
    support.say(f"已写出 {len(done)} 个公开包", "bold")
    for p in done:
        o = p.outcomes
        support.say(f"\n{p.title}", "bold")
        support.say(
            f"  {p.tables} 张表，{p.cells} 个数；审核通过 {o['pass']} 项，不通过 {o['fail']} 项，"
            f"不适用 {o['not_applicable']} 项，无法执行 {o['could_not_run']} 项"
        )
        support.say(f"  {p.folder}（{p.files} 个文件）")
        if p.evaluation:
            support.say(f"  附 performance：{p.evaluation}")
        for notice in p.notices:
            support.say(f"  {notice}", "yellow")
    support.say(
        "\n每个文件夹里：site/index.html 网站（点任何数字看来源），disclosure.pdf 和 disclosure.docx 公开说明，"
        "tables.xlsx 报表，data/ 开放数据，manifest.json 文件清单；做过绩效自评的另有 performance/ 自评报告和自评表。"
    )
