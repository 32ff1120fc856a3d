"""What the commands of performance share: the department-year that the user names, refusals, tables and files."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table as Grid

from yiheng.cli import support
from yiheng.cli.reproduce import SHIPPED

if TYPE_CHECKING:
    from yiheng.facts import DepartmentYear
    from yiheng.policy import Policy

Examples = Annotated[
    Path, typer.Option("--examples", help="数据包文件夹；台账里没有该部门年度时由此读入临时台账。")
]


def department_year(
    unit: str, year: int, kind: str, policy: Policy, examples: Path = SHIPPED
) -> DepartmentYear:
    """As `opened`, for commands that ask the ledger nothing more."""
    with opened(unit, year, kind, policy, examples) as found:
        return found


@contextmanager
def opened(
    unit: str, year: int, kind: str, policy: Policy, examples: Path = SHIPPED
) -> Iterator[DepartmentYear]:
    """The department-year from the user's database; where that has none, from the packages that come along, in a
    database of their own. The database stays open meanwhile.

    Ends with a message that lists what there is where neither has it.
    """
    from yiheng.ledger.errors import LedgerError

    refusal = "还没有台账"
    if support.database_ready():
        try:
            found = read(unit, year, kind, policy)
        except LedgerError as error:
            refusal = str(error)
        else:
            yield found
            return
    folders = [folder for folder in _packages(examples) if year in _years(folder)]
    if not folders:
        support.fail(
            f"{refusal}。{examples} 里也没有 {year} 年的数据包。{support.HOW_TO_LOAD}", support.NO_DATABASE
        )
    with support.temporary_database():
        _load(folders)
        support.warn(f"台账里没有该部门年度，已由 {examples} 的数据包读入临时台账；您的台账没有改动。")
        yield read(unit, year, kind, policy)


def read(unit: str, year: int, kind: str, policy: Policy) -> DepartmentYear:
    """The department-year from the open database; without a kind the first of `written.PREFERRED` that is there."""
    from yiheng.ledger import queries
    from yiheng.performance.written import PREFERRED

    key = queries.resolve_unit(unit).key
    present = {
        entry.kind for entry in queries.department_years() if (entry.unit.key, entry.year) == (key, year)
    }
    asked = (
        support.known_kind(kind)
        if kind
        else next((k.value for k in PREFERRED if k in present), PREFERRED[0].value)
    )
    return queries.department_year(key, year, asked, policy=policy)


def _packages(examples: Path) -> list[Path]:
    return sorted(path.parent for path in examples.glob("*/department_years.csv"))


def _years(folder: Path) -> set[int]:
    with (folder / "department_years.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["year"]) for row in csv.DictReader(file)}


def _load(folders: list[Path]) -> None:
    from yiheng.pipelines.load import load

    with support.progress_bar() as progress:
        report = load(folders, "命令行", progress=progress, policy=support.policy())
    if not report.ok:
        support.fail(report.describe())


@contextmanager
def refusals() -> Iterator[None]:
    """End with the message of whatever `scoring` refuses to judge."""
    from yiheng.scoring.errors import ScoringError

    try:
        yield
    except ScoringError as error:
        support.fail(str(error))


def grid(title: str, columns: tuple[str, ...]) -> Grid:
    """An empty table whose words fold."""
    found = Grid(title=title, title_justify="left")
    for name in columns:
        found.add_column(name, overflow="fold")
    return found


def write(path: Path, text: str) -> None:
    """Write beside the place and move there in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(text.encode())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
