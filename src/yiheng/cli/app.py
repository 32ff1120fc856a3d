"""Entry point of the command line; each group of commands is a module beside this one."""

import sys

import typer

import yiheng
from yiheng.cli import (
    allocate,
    audit,
    backup,
    chinese,
    data,
    evaluation,
    papers,
    people,
    performance,
    publish,
    reproduce,
    rules,
    serve,
    support,
    survey,
    whatif,
    worker,
)
from yiheng.cli.support import Json

app = typer.Typer(
    name="yiheng",
    help="医衡：医疗保障部门的预算、决算与绩效，一次录入，处处同源。",
    epilog="退出码：0 完成；1 审核不通过、公开被停止或复现有无法解释的数；2 输入或用法有误；3 还没有数据；130 已取消。",
    cls=chinese.Group,
    no_args_is_help=True,
    add_completion=False,
)
for group in (
    data,
    papers,
    publish,
    reproduce,
    rules,
    evaluation,
    performance,
    survey,
    whatif,
    allocate,
    audit,
    serve,
    worker,
    backup,
    people,
):
    group.register(app)


def info(as_json: Json = False) -> None:
    """显示版本、数据文件夹和数据库位置。"""
    from django.conf import settings

    found = {
        "version": yiheng.__version__,
        "home": str(settings.YIHENG_HOME),
        "database": support.location(),
    }
    if as_json:
        support.show(found)
        return
    support.say(f"医衡 {found['version']}")
    support.say(f"数据文件夹（YIHENG_HOME）：{found['home']}")
    support.say(f"数据库：{found['database']}")


support.add(app, "info", info)


def main() -> None:
    """Run the command line."""
    sys.exit(chinese.run(app, support.CANCELLED))
