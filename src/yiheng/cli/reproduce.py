"""`yiheng reproduce`: recompute the printed tables of published papers from their leaves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table as Grid

import yiheng
from yiheng.cli import support
from yiheng.cli.support import Json, Kind

if TYPE_CHECKING:
    from yiheng.pipelines.reproduce import PrintedPaper, Reproduction

SHIPPED = Path(yiheng.__file__).resolve().parents[2] / "examples"
"""The transcribed papers that come with the source."""


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command("reproduce")(support.friendly(reproduce))


def reproduce(
    unit: Annotated[str, typer.Argument(metavar="[UNIT]", help="单位；省略时复现全部。")] = "",
    year: Annotated[int, typer.Argument(metavar="[YEAR]", help="年度。")] = 0,
    kind: Kind = "",
    everything: Annotated[bool, typer.Option("--all", help="复现全部已转录的公开文件（默认）。")] = False,
    examples: Annotated[
        Path, typer.Option("--examples", help="数据包文件夹，内有 printed/cells.csv。")
    ] = SHIPPED,
    as_json: Json = False,
) -> None:
    """由明细重算公开文件的每张表，逐格比较：一致、舍入尾差、原件印错、不予公开、无法解释。"""
    from yiheng.pipelines.reproduce import printed_papers
    from yiheng.pipelines.reproduce import reproduce as run

    papers = list(printed_papers(examples)) if examples.is_dir() else []
    if not papers:
        support.fail(f"{examples} 里没有带印出表格的数据包。请用 --examples 指明文件夹。")
    rules = support.policy()
    with _ledger(papers):
        from yiheng.ledger import queries

        key = queries.resolve_unit(unit).key if unit and not everything else ""
        chosen = [p for p in papers if _wanted(p, key, year, kind)]
        if not chosen:
            listed = "；".join(f"{p.unit} {p.year} {p.kind}" for p in papers)
            support.fail(f"没有 {unit} {year or ''} 的印出表格。现有：{listed}。")
        done = [run(p, queries.department_year(p.unit, p.year, p.kind, policy=rules), rules) for p in chosen]
    if as_json:
        support.show([r.data() for r in done])
    else:
        _print(done)
    support.exit_unless(all(r.cells["unexplained"] == 0 for r in done))


def _wanted(paper: PrintedPaper, key: str, year: int, kind: str) -> bool:
    return (
        (not key or paper.unit == key)
        and (not year or paper.year == year)
        and (not kind or paper.kind == kind)
    )


@contextmanager
def _ledger(papers: list[PrintedPaper]) -> Iterator[None]:
    """The user's database where there is one with these papers; else a temporary one, loaded from the packages."""
    if support.database_exists():
        support.open_database()
        yield
        return
    with support.temporary_database():
        from yiheng.pipelines.load import load

        report = load([p.folder for p in papers], "命令行 reproduce", policy=support.policy())
        if not report.ok:
            support.fail(report.describe())
        yield


def _print(done: list[Reproduction]) -> None:
    from yiheng.checks.reproduction import Verdict

    grid = Grid(title="复现", title_justify="left")
    for name in ("单位", "年度", "类别", "印出数字", *(v.label for v in Verdict), "其中为原始数"):
        grid.add_column(name, justify="left" if name in ("单位", "类别") else "right", overflow="fold")
    for r in done:
        counted = (str(r.cells[v.value]) for v in Verdict)
        grid.add_row(r.unit_name, str(r.year), r.kind, str(r.numeric), *counted, str(r.given))
    support.console.print(grid)
    for r in done:
        for c in r.compared:
            if c.verdict in (Verdict.PRINTED_WRONGLY, Verdict.UNEXPLAINED, Verdict.WITHHELD):
                printed = (
                    f"印出“{c.printed}”，应为 {c.computed}。" if c.verdict is not Verdict.WITHHELD else ""
                )
                support.say(f"{r.year} {c.verdict.label}：{c.address}  {printed}{c.reason}")
