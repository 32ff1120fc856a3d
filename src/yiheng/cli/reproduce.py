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
    support.add(app, "reproduce", reproduce)


def reproduce(
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="单位；省略时复现全部。")] = "",
    year: Annotated[int, typer.Argument(metavar="YEAR", help="年度。")] = 0,
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

    if everything and unit:
        support.fail("单位和 --all 只写一个。")
    papers = list(printed_papers(examples)) if examples.is_dir() else []
    if not papers:
        support.fail(f"{examples} 里没有带印出表格的数据包。请用 --examples 指明文件夹。")
    rules = support.policy()
    with _ledger(papers), support.progress_bar() as progress:
        from yiheng.ledger import queries

        chosen = _chosen(papers, unit, year, support.known_kind(kind) if kind else "")
        done = []
        for number, paper in enumerate(chosen):
            read = queries.department_year(paper.unit, paper.year, paper.kind, policy=rules)
            progress(f"复现 {read.title}", number, len(chosen))
            done.append(run(paper, read, rules))
    if as_json:
        support.show([r.data() for r in done])
    else:
        _print(done)
    support.exit_unless(all(r.cells["unexplained"] == 0 for r in done))


def _chosen(papers: list[PrintedPaper], unit: str, year: int, kind: str) -> list[PrintedPaper]:
    from yiheng.ledger import queries

    key = queries.resolve_unit(unit).key if unit else ""
    found = [p for p in papers if key in ("", p.unit) and year in (0, p.year) and kind in ("", p.kind)]
    if not found:
        listed = "；".join(f"{p.unit} {p.year} {p.kind}" for p in papers)
        support.fail(f"没有所要的印出表格。现有：{listed}。")
    return found


@contextmanager
def _ledger(papers: list[PrintedPaper]) -> Iterator[None]:
    """The user's database where it holds these papers; else a temporary one, loaded from the packages."""
    if _held(papers):
        yield
        return
    with support.temporary_database():
        _load([p.folder for p in papers])
        yield


def _load(folders: list[Path]) -> None:
    from yiheng.pipelines.load import load

    with support.progress_bar() as progress:
        report = load(folders, "命令行 reproduce", progress=progress, policy=support.policy())
    if not report.ok:
        support.fail(report.describe())


def _held(papers: list[PrintedPaper]) -> bool:
    from yiheng.ledger import queries

    if not support.database_ready():
        return False
    present = {(e.unit.key, e.year, e.kind) for e in queries.department_years()}
    return all((p.unit, p.year, p.kind) in present for p in papers)


def _print(done: list[Reproduction]) -> None:
    from yiheng.checks.reproduction import Verdict
    from yiheng.pipelines.assemble import KIND_TITLES

    grid = Grid(title="复现", title_justify="left")
    for name in ("单位", "年度", "类别", "印出数字", *(v.label for v in Verdict), "其中为原始数"):
        grid.add_column(name, justify="left" if name in ("单位", "类别") else "right", overflow="fold")
    for r in done:
        counted = (str(r.cells[v.value]) for v in Verdict)
        kind = KIND_TITLES.get(r.kind, r.kind)
        grid.add_row(r.unit_name, str(r.year), kind, str(r.numeric), *counted, str(r.given))
    support.console.print(grid)
    for r in done:
        for c in r.compared:
            if c.verdict is Verdict.WITHHELD:
                support.say(f"{r.year} {c.verdict.label}：{c.address}  {c.reason}")
            elif c.verdict in (Verdict.PRINTED_WRONGLY, Verdict.UNEXPLAINED):
                printed = f"印出“{c.printed}”" if c.printed else "印出空白"
                computed = f"，重算为 {c.computed}" if c.computed else ""
                support.say(f"{r.year} {c.verdict.label}：{c.address}  {printed}{computed}。{c.reason}")
