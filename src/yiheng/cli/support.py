"""What every command needs: Django with the right database, errors as one Chinese message, progress, exit codes.

Exit codes (退出码): 0 done; 1 checks failed, cells unexplained, or publication stopped; 2 wrong input or usage;
3 no database yet; 130 cancelled.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from yiheng.policy import Policy

HOW_TO_LOAD = "请先装载数据，例如：yiheng load 数据包文件夹或工作簿.xlsx"
FAILED, WRONG, NO_DATABASE, CANCELLED = 1, 2, 3, 130
SETTINGS = "yiheng.settings"

P = ParamSpec("P")
T = TypeVar("T")

Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出，供程序读取。")]
Kind = Annotated[
    str,
    typer.Option("--kind", help="budget 部门预算、accounts 部门决算、performance 绩效；只有一种时可省略。"),
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
    console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def warn(text: str, style: str | None = None) -> None:
    """As `say`, on the error stream."""
    errors.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def show(data: Any) -> None:
    """Print JSON, readable and in Chinese."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def friendly(command: Callable[P, T]) -> Callable[P, T]:
    """Let a command end with a Chinese message instead of a trace, whatever a room refuses."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        start()
        from yiheng.facts.address import AddressError
        from yiheng.pipelines.progress import Cancelled
        from yiheng.policy import PolicyError, PolicyUnknown

        try:
            return command(*args, **kwargs)
        except (typer.Exit, typer.Abort):
            raise
        except (Cancelled, KeyboardInterrupt):
            fail("已取消；没有留下半成品。", CANCELLED)
        except (AddressError, PolicyError, PolicyUnknown) as refused:
            fail(str(refused))
        except Exception as refused:
            if _is_ledger_error(refused):
                fail(str(refused))
            fail(
                f"程序出错（{type(refused).__name__}：{refused}）。详情已写入 {_report()}，请把它交给维护人员。"
            )

    return run


def _report() -> Path:
    """Keep the trace of an error that no room foresaw, for whoever mends it."""
    from django.conf import settings

    path = Path(settings.YIHENG_HOME) / "last-error.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(traceback.format_exc(), encoding="utf-8")
    return path


def _is_ledger_error(refused: Exception) -> bool:
    from yiheng.ledger.errors import LedgerError

    return isinstance(refused, LedgerError)


def start() -> None:
    """Start Django with our settings, unless the environment names others. No database is touched yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()


def open_database(*, create: bool = False) -> None:
    """Open the user's database. Without one, `create` makes it; otherwise the message says how to load."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    database = settings.DATABASES["default"]
    embedded = database["ENGINE"].endswith("sqlite3")
    if embedded and not create and not Path(database["NAME"]).exists():
        fail(f"还没有数据库（{database['NAME']}）。{HOW_TO_LOAD}", NO_DATABASE)
    if embedded:
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    if create:
        call_command("migrate", verbosity=0)
    elif "ledger_departmentyear" not in connection.introspection.table_names():
        fail(f"数据库里还没有台账。{HOW_TO_LOAD}", NO_DATABASE)


def database_exists() -> bool:
    """Whether the user already has a database: one named by DATABASE_URL, or the embedded file."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    return not database["ENGINE"].endswith("sqlite3") or Path(database["NAME"]).exists()


@contextmanager
def temporary_database() -> Iterator[Path]:
    """A database of its own for one command, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="yiheng-") as home:
        from django.conf import settings

        settings.DATABASES["default"]["NAME"] = str(Path(home) / "yiheng.sqlite3")
        open_database(create=True)
        yield Path(home)
        from django.db import connections

        connections.close_all()


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on the terminal for long work; nothing where the output is not a terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("准备", total=None)

        def report(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield report


def policy() -> Policy:
    """The rules in force, with the user's own folder (YIHENG_HOME/policy) on top where it exists."""
    from django.conf import settings

    own = Path(settings.YIHENG_HOME) / "policy"
    return Policy.load(own if own.is_dir() else None)


def chosen_kind(unit_key: str, year: int, kind: str) -> str:
    """The kind asked for, or the only one that the ledger has. Several: the message lists them."""
    from yiheng.ledger import queries

    if kind:
        return kind
    present = [e for e in queries.department_years() if e.unit.key == unit_key and e.year == year]
    if len(present) > 1:
        listed = "、".join(e.kind for e in present)
        fail(f"该单位 {year} 年有多种部门年度：{listed}。请用 --kind 指明一种。")
    return present[0].kind if present else "budget"


def exit_unless(ok: bool) -> None:
    """End with the code for failed checks."""
    if not ok:
        raise typer.Exit(FAILED)
