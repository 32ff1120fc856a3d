"""The command line in Chinese: help pages, usage lines and what Typer itself refuses (用法说明与用法错误)."""

from __future__ import annotations

import re
import sys
from typing import Any, Final

import typer
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import Abort, TyperException

Context = Any
"""Typer keeps its own copy of Click and exports no name for the context of a command."""

HELP: Final = "显示本说明。"
_USAGE: Final = "用法："
_REFUSALS: Final = (
    (r"No such command '(.+)'\.", "没有命令“{}”"),
    (r"No such option: (\S+)", "没有选项 {}"),
    (r"Missing argument '(.+)'\.", "缺少参数 {}"),
    (r"Missing option '(.+)'\.", "缺少选项 {}"),
    (r"Missing command\.", "缺少命令"),
    (r"Got unexpected extra argument\(s\) \((.+)\)", "多出参数：{}"),
    (r"Invalid value for '(.+)': Input should be a valid integer", "{} 应是整数"),
    (r"Option '(.+)' requires an argument", "选项 {} 后面要写值"),
    (r"Option '(.+)' does not take a value", "选项 {} 后面不写值"),
)
"""What Typer says when a command is called wrongly, and how we say it."""


def refusal(message: str) -> str:
    """The Chinese for a message of Typer; one that is not known stays as it is."""
    for pattern, words in _REFUSALS:
        if found := re.match(pattern, message):
            return words.format(*found.groups())
    return message


def usage(command: TyperCommand | TyperGroup, ctx: Context) -> str:
    """How to call the command, in one line."""
    params = command.get_params(ctx)
    pieces = [piece for p in params if p.param_type_name == "argument" for piece in p.get_usage_pieces(ctx)]
    tail = ["命令 …"] if isinstance(command, TyperGroup) else [_piece(piece) for piece in pieces]
    return " ".join([f"{_USAGE}{ctx.command_path} [选项]", *tail])


def _piece(piece: str) -> str:
    """An argument of the usage line as we write it: PATH [PATH …] for {PATH}..., [PATH …] for [PATH]...."""
    name = piece.removesuffix("...").replace("{", "").replace("}", "")
    if not piece.endswith("..."):
        return name
    return f"{name[:-1]} …]" if name.startswith("[") else f"{name} [{name} …]"


def page(command: TyperCommand | TyperGroup, ctx: Context) -> str:
    """The help page of a command."""
    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    params: list[Any] = list(command.get_params(ctx))
    lists: list[tuple[str, list[tuple[str, str]]]] = [
        ("参数", [(p.display_name_raw, p.help or "") for p in params if p.param_type_name == "argument"]),
        ("选项", [_option(p) for p in params if p.param_type_name == "option"]),
    ]
    if isinstance(command, TyperGroup):
        lists.append(("命令", [(name, sub.help or "") for name, sub in command.commands.items()]))
    with console.capture() as captured:
        console.print(Text(usage(command, ctx)), Text(""), Text(command.help or ""), sep="\n")
        for title, rows in lists:
            if rows:
                console.print(Text(f"\n{title}", style="bold"), _listed(rows), sep="\n")
        if command.epilog:
            console.print(Text(f"\n{command.epilog}"))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _option(param: Any) -> tuple[str, str]:
    value = "" if param.is_flag else f" {param.metavar or '值'}"
    return ", ".join(param.opts) + value, HELP if param.name == "help" else param.help or ""


def _listed(rows: list[tuple[str, str]]) -> Grid:
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, words in rows:
        grid.add_row(Text(f"  {name}"), Text(words))
    return grid


class Command(TyperCommand):
    """A command whose help is Chinese."""

    def get_usage(self, ctx: Context) -> str:
        return usage(self, ctx)

    def format_help(self, ctx: Context, formatter: Any) -> None:
        formatter.write(page(self, ctx))


class Group(TyperGroup):
    """A group of commands whose help is Chinese."""

    def get_usage(self, ctx: Context) -> str:
        return usage(self, ctx)

    def format_help(self, ctx: Context, formatter: Any) -> None:
        formatter.write(page(self, ctx))


def run(app: typer.Typer, cancelled: int) -> int:
    """Run the command line and return its exit code, `cancelled` where the user stopped it."""
    errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    try:
        ended = typer.main.get_command(app).main(standalone_mode=False)
    except Abort:
        errors.print("已取消。", style="red")
        return cancelled
    except TyperException as refused:
        message, ctx = refused.format_message(), getattr(refused, "ctx", None)
        if message.startswith(_USAGE):  # called without anything: the message is the help page
            errors.print(message)
            return refused.exit_code
        errors.print(f"{refusal(message)}。", style="red")
        if ctx is not None:
            errors.print(f"{ctx.get_usage()}\n详见 {ctx.command_path} --help")
        return refused.exit_code
    return ended if isinstance(ended, int) else 0
