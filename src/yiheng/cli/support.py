"""What every command needs: Django with the right database, errors as one Chinese message, progress, exit codes.

Exit codes (退出码): 0 done; 1 checks failed, cells unexplained, or publication stopped; 2 wrong input or usage;
3 no data yet; 130 cancelled.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from yiheng.cli.chinese import Command
from yiheng.policy import Policy

if TYPE_CHECKING:
    from yiheng.ledger.queries import Paper

HOW_TO_LOAD = "请先装载数据，例如：yiheng load 数据包文件夹或工作簿.xlsx"
FAILED, WRONG, NO_DATABASE, CANCELLED = 1, 2, 3, 130
SETTINGS = "yiheng.settings"

P = ParamSpec("P")
T = TypeVar("T")

Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出，供程序读取。")]
Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="类别",
        help="budget 部门预算、accounts 部门决算、performance 绩效；只有一种时可省略。",
    ),
]
Internal = Annotated[
    bool, typer.Option("--internal", help="内部稿：来源显示到支付、合同等明细；默认是对外公开稿。")
]
UnitArgument = Annotated[
    str, typer.Argument(metavar="UNIT", help="单位：编码、名称、简称或短键，例如 szybzx。")
]
YearArgument = Annotated[int, typer.Argument(metavar="YEAR", help="年度，例如 2020。")]

WIDE = 140
"""Columns of output that goes to a file or another program, where no terminal sets a limit."""
console = Console(width=None if sys.stdout.isatty() else WIDE)
errors = Console(stderr=True, width=None if sys.stderr.isatty() else WIDE)


def fail(message: str, code: int = WRONG) -> NoReturn:
    """Say what is wrong on the error stream and end with the code."""
    warn(message, "red")
    raise typer.Exit(code)


def say(text: str, style: str | None = None) -> None:
    """Print words as they are: no mark-up, no colouring of numbers, lines left to the terminal."""
    _print(console, text, style)


def warn(text: str, style: str | None = None) -> None:
    """As `say`, on the error stream."""
    _print(errors, text, style)


def _print(to: Console, text: str, style: str | None) -> None:
    if style is None:
        to.file.write(
            f"{text}\n"
        )  # a long explanation is a quarter of a megabyte, and Rich measures each character
    else:
        to.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def show(data: Any) -> None:
    """Print JSON, readable and in Chinese."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def friendly(command: Callable[P, T], *, ledger: bool = True) -> Callable[P, T]:
    """Let a command end with a Chinese message instead of a trace, whatever a room refuses.

    Without `ledger` the command does without Django's models, which take half a second to start.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        from yiheng.pipelines.progress import Cancelled

        try:
            if ledger:
                start()
            else:
                os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
            return command(*args, **kwargs)
        except (typer.Exit, typer.Abort, BrokenPipeError):
            raise  # ended on purpose, or the reader of our output has gone
        except (Cancelled, KeyboardInterrupt):
            fail("已取消；没有留下半成品。", CANCELLED)
        except Exception as refused:
            from yiheng.pipelines.refused import explained

            fail(explained(refused, location) or _unforeseen(refused))

    return run


def _unforeseen(refused: Exception) -> str:
    """Keep the trace of an error that no room foresaw, for whoever mends it."""
    from django.conf import settings

    path = Path(settings.YIHENG_HOME) / "last-error.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(traceback.format_exc(), encoding="utf-8")
    return f"程序出错（{type(refused).__name__}：{refused}）。详情已写入 {path}，请把它交给维护人员。"


def add(app: typer.Typer, name: str, command: Callable[P, None], *, ledger: bool = True) -> None:
    """Add a command with Chinese help and Chinese errors; see `friendly`."""
    app.command(name, cls=Command)(friendly(command, ledger=ledger))


def start() -> None:
    """Start Django with our settings, unless the environment names others. No database is touched yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()


def open_database(*, create: bool = False, half_restored: bool = False) -> None:
    """Open the user's database and bring its tables up to this version. Without one, `create` makes it; otherwise the
    message says how to load. One whose restoring has not ended is opened only by what can bear it (`half_restored`).
    """
    from django.core.management import call_command

    from yiheng.pipelines.backup.lock import restoring
    from yiheng.pipelines.backup.marked import WORDS, unfinished

    if restoring():
        fail("正在从备份恢复，这时不能使用。请等恢复结束再试。")
    if unfinished() and not half_restored:
        fail(WORDS)
    if not create and not database_ready():
        fail(f"还没有台账（{location()}）。{HOW_TO_LOAD}", NO_DATABASE)
    make_folder()
    if create or _outdated():
        call_command("migrate", verbosity=0)


def make_folder() -> None:
    """Make the folders of the data and of the embedded database."""
    from django.conf import settings

    Path(settings.YIHENG_HOME).mkdir(parents=True, exist_ok=True)
    if _embedded():
        Path(_database()["NAME"]).parent.mkdir(parents=True, exist_ok=True)


def _outdated() -> bool:
    """Whether the tables are those of an earlier version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def database_ready() -> bool:
    """Whether the user's database is there and has the ledger's tables."""
    from django.db import connection

    if _embedded() and not Path(_database()["NAME"]).exists():
        return False
    return "ledger_departmentyear" in connection.introspection.table_names()


def location() -> str:
    """Where the database is, without user and password."""
    database = _database()
    if _embedded():
        return f"SQLite {database['NAME']}"
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"PostgreSQL {database['HOST'] or '本机'}{port}/{database['NAME']}"


def _database() -> dict[str, Any]:
    from django.conf import settings

    found: dict[str, Any] = settings.DATABASES["default"]
    return found


def _embedded() -> bool:
    return str(_database()["ENGINE"]).endswith("sqlite3")


@contextmanager
def temporary_database() -> Iterator[None]:
    """A database of its own for one command, gone afterwards; the user's own is not touched."""
    from django.db import connections

    from yiheng import settings

    with tempfile.TemporaryDirectory(prefix="yiheng-") as folder:
        connections.close_all()
        del connections["default"]
        _database().update(settings.database(f"sqlite:///{folder}/yiheng.sqlite3"))
        open_database(create=True)
        try:
            yield
        finally:
            connections.close_all()


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """A bar on the terminal for long work; nothing where the output is not a terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        yield Bar(bar)


class Bar:
    """A progress callback that a command may take off the screen to ask something."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("准备", total=None)

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show the step; see `pipelines.progress.Progress`."""
        self._bar.update(self._task, description=step, completed=done, total=total)

    def hide(self) -> None:
        """Take the bar away, so that a question can be read and answered."""
        self._bar.stop()


def policy() -> Policy:
    """The rules in force, with the user's own folder (YIHENG_HOME/policy) on top where it exists."""
    from yiheng.pipelines import installation

    return installation.policy()


def chosen(unit: str, year: int, kind: str) -> Paper:
    """The department-year that the user means; without a kind the only one that the ledger has."""
    from yiheng.ledger import queries

    key = queries.resolve_unit(unit).key
    return queries.Paper(key, year, known_kind(kind) if kind else _only_kind(key, year))


def known_kind(text: str) -> str:
    """The kind by its key or its Chinese name."""
    from yiheng.pipelines.assemble import KIND_TITLES

    found = [key for key, title in KIND_TITLES.items() if text in (key, title)]
    if not found:
        listed = "、".join(f"{key} {title}" for key, title in KIND_TITLES.items())
        fail(f"不认识的类别“{text}”；可用：{listed}。")
    return found[0]


def _only_kind(key: str, year: int) -> str:
    from yiheng.ledger import queries
    from yiheng.ledger.errors import NoDepartmentYear
    from yiheng.pipelines.assemble import KIND_TITLES

    of_unit = [e for e in queries.department_years() if e.unit.key == key]
    present = [e.kind for e in of_unit if e.year == year]
    if len(present) > 1:
        fail(f"该单位 {year} 年有多种部门年度：{'、'.join(present)}。请用 --kind 指明一种。")
    if not present:
        wanted = f"{queries.resolve_unit(key).name}{year}年的预算、决算或绩效"
        raise NoDepartmentYear(wanted, [f"{e.year}年{KIND_TITLES[e.kind]}" for e in of_unit])
    return present[0]


def day(text: str, example: str) -> dt.date:
    """The day that --as-of names."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        fail(f"--as-of 的日期“{text}”不对，请按 {example} 的写法填写。")


def exit_unless(ok: bool) -> None:
    """End with the code for failed checks."""
    if not ok:
        raise typer.Exit(FAILED)
