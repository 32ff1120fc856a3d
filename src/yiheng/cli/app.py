"""Entry point of the command line; each group of commands is a module beside this one."""

import json
from typing import Annotated, Any

import typer

import yiheng
from yiheng.cli import data, papers, reproduce, rules, support

app = typer.Typer(
    name="yiheng",
    help="医衡：医疗保障部门的预算、决算与绩效，一次录入，处处同源。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
for group in (data, papers, reproduce, rules):
    group.register(app)


@app.command()
def info(
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出。")] = False,
) -> None:
    """显示版本、数据文件夹和数据库位置。"""
    from django.conf import settings

    support.start()
    found = {
        "version": yiheng.__version__,
        "home": str(settings.YIHENG_HOME),
        "database": _location(settings.DATABASES["default"]),
    }
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    typer.echo(f"医衡 {found['version']}")
    typer.echo(f"数据文件夹（YIHENG_HOME）：{found['home']}")
    typer.echo(f"数据库：{found['database']}")


def _location(database: dict[str, Any]) -> str:
    """Where the database is, without user and password."""
    if database["ENGINE"].endswith("sqlite3"):
        return f"SQLite {database['NAME']}"
    host = database["HOST"] or "本机"
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"PostgreSQL {host}{port}/{database['NAME']}"


def main() -> None:
    """Run the command line."""
    app()
