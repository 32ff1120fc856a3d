"""`yiheng user` and `yiheng verify-log`: accounts on the server's own terminal, and the proof of the log."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yiheng.cli import chinese, support
from yiheng.cli.support import Json

if TYPE_CHECKING:
    from yiheng.people.models import User

app = typer.Typer(help="账号与岗位：在服务器上直接办理。", cls=chinese.Group, no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="USERNAME", help="登录名。")]


def register(root: typer.Typer) -> None:
    """Add the commands to the root."""
    support.add(app, "list", listed)
    support.add(app, "add", add)
    support.add(app, "post", post)
    support.add(app, "password", password)
    support.add(app, "factor", factor)
    root.add_typer(app, name="user")
    support.add(root, "verify-log", verify)


def listed(as_json: Json = False) -> None:
    """列出账号、岗位和另外授予的权限。"""
    from yiheng.people.models import User

    support.open_database()
    users = User.objects.order_by("username").prefetch_related("posts", "scopes")
    if as_json:
        support.show([_data(user) for user in users])
        return
    for user in users:
        kind = f"  {user.get_administrator_display()}" if user.administrator else ""
        support.say(f"{user.username}  {user.name}{kind}{'' if user.is_active else '  已停用'}")
        for held in (*user.posts.all(), *user.scopes.all()):
            support.say(f"    {held}")
    if not users:
        support.say("还没有账号。用 yiheng serve 启动后在网页上完成首次设置，或用 yiheng user add 建立。")


def _data(user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "name": user.name,
        "administrator": user.administrator,
        "active": user.is_active,
        "second_factor": user.totp_confirmed_at is not None,
        "posts": [{"role": post.role, "unit": post.unit} for post in user.posts.all()],
        "scopes": [{"unit": s.unit, "work": s.work, "right": s.right} for s in user.scopes.all()],
    }


def add(
    username: Name,
    name: Annotated[str, typer.Option("--name", help="姓名。")],
    administrator: Annotated[
        str,
        typer.Option(
            "--administrator",
            metavar="种类",
            help="system_admin 系统管理员、security_admin 安全管理员、audit_admin 审计管理员；业务人员不写。",
        ),
    ] = "",
    keep: Annotated[bool, typer.Option("--keep-password", help="首次登录时不要求修改密码。")] = False,
) -> None:
    """建立账号；密码从终端输入，或从标准输入读第一行。"""
    from yiheng.people.operations import create_user

    support.open_database(create=True)
    user = create_user(
        username=username,
        name=name,
        password=_password(),
        administrator=administrator,
        must_change_password=not keep,
        actor=_operator(),
    )
    support.say(f"已建立账号 {user}")


def post(
    username: Name,
    role: Annotated[
        str, typer.Argument(metavar="ROLE", help="角色，例如 preparer 经办、unit_head 单位负责人。")
    ],
    unit: support.UnitArgument,
) -> None:
    """任岗：角色的权限到达该单位及其下属单位。"""
    from yiheng.ledger import queries
    from yiheng.people.operations import appoint

    support.open_database()
    found = queries.resolve_unit(unit)
    given = appoint(_user(username), role=role, unit=found.key, actor=_operator())
    support.say(f"已任岗：{username} 为{found.name}的{given.get_role_display()}")


def password(username: Name) -> None:
    """重置密码：给出一个新的初始密码，首次登录时必须修改；原有的登录都结束。"""
    from yiheng.people.signin import reset_password

    support.open_database()
    support.say(f"新的初始密码（只显示这一次）：{reset_password(_user(username), actor=_operator())}")


def factor(username: Name) -> None:
    """停用动态口令，供手机遗失的人重新启用。"""
    from yiheng.people.second_factor import withdraw

    support.open_database()
    withdraw(_user(username), actor=_operator())
    support.say(f"已停用 {username} 的动态口令；请本人登录后重新启用。")


def verify(as_json: Json = False) -> None:
    """核对操作日志的校验链：没有一条被改动、删除或插入。"""
    from yiheng.people.logbook import chain_state

    support.open_database()
    state = chain_state()
    if as_json:
        support.show(
            {
                "entries": state.entries,
                "last_hash": state.last_hash,
                "defects": [{"entry": defect.entry, "reason": defect.reason} for defect in state.defects],
            }
        )
    elif state.defects:
        for defect in state.defects:
            support.warn(defect.reason, "red")
        support.warn("日志在数据库里被改动过。请保留现场，立即报告。", "red")
    else:
        support.say(
            f"{state.entries} 条日志首尾相接，没有一条被改动。最后一条的校验值：{state.last_hash or '（无）'}"
        )
    support.exit_unless(not state.defects)


def _user(username: str) -> User:
    from yiheng.people.models import User

    found = User.objects.filter(username=username).first()
    if found is None:
        support.fail(f"没有登录名为“{username}”的账号。用 yiheng user list 查看。")
    return found


def _operator() -> str:
    return f"命令行 {getpass.getuser()}"


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("密码", hide_input=True, confirmation_prompt="再输一次"))
    return sys.stdin.readline().rstrip("\n")
