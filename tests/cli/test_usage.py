"""Help and wrong calls: Chinese, with what to do, and a documented exit code."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.command import data, environment, run

COMMANDS = (
    "load", "units", "statements", "check", "explain", "publish", "reproduce", "info",
    "workbook new", "workbook export", "policy show", "policy validate", "policy import",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_chinese(tmp_path: Path, command: str) -> None:
    text = run(tmp_path, *command.split(), "--help").stdout
    assert text.startswith(f"用法：yiheng {command} [选项]")
    assert "--help" in text
    assert "显示本说明。" in text
    for english in ("Usage", "Options", "Arguments", "Show this", "required", "…\n"):
        assert english not in text


def test_the_root_lists_all_commands_and_exit_codes(tmp_path: Path) -> None:
    done = run(tmp_path, code=2)
    for name in {command.split()[0] for command in COMMANDS}:
        assert f"\n  {name} " in done.stderr
    assert "退出码：0 完成；" in done.stderr
    assert run(tmp_path, "--help").stdout == done.stderr


def test_arguments_that_repeat_are_written_twice(tmp_path: Path) -> None:
    assert run(tmp_path, "load", "--help").stdout.startswith("用法：yiheng load [选项] PATH [PATH …]\n")


def test_brackets_in_help_are_not_lost(tmp_path: Path) -> None:
    assert "公开03表[合计, 项目支出]" in run(tmp_path, "explain", "--help").stdout
    assert "说明[totals.revenue.total]" in run(tmp_path, "explain", "--help").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nosuch"], "没有命令“nosuch”。"),
        (["policy", "shwo"], "没有命令“shwo”。"),
        (["check"], "缺少参数 UNIT。"),
        (["check", "szybzx", "二〇二〇"], "YEAR 应是整数。"),
        (["check", "szybzx", "2020", "多"], "多出参数：多。"),
        (["check", "szybzx", "2020", "--wrong"], "没有选项 --wrong。"),
        (["check", "szybzx", "2020", "--kind"], "选项 --kind 后面要写值。"),
        (["check", "szybzx", "2020", "--json=1"], "选项 --json 后面不写值。"),
    ],
)
def test_a_wrong_call_says_what_and_how(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = run(tmp_path, *arguments, code=2)
    assert done.stderr.startswith(message)
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["units"],
        ["statements", "szybzx", "2020"],
        ["check", "szybzx", "2020", "--json"],
        ["explain", "szybzx", "2020", "公开03表[合计, 项目支出]"],
        ["publish", "szybzx", "2020"],
        ["publish", "--all"],
        ["workbook", "export", "out.xlsx"],
    ],
)
def test_without_a_database_it_says_how_to_load(tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path / "home", *arguments, cwd=tmp_path, code=3)
    assert "还没有台账" in done.stderr
    assert "yiheng load" in done.stderr
    assert not (tmp_path / "home" / "yiheng.sqlite3").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["home"]


def test_a_folder_that_cannot_be_written_is_no_crash(home: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "文件"
    blocked.write_text("不是文件夹", encoding="utf-8")
    done = run(home, "publish", "szybzx", 2020, "--out", blocked, code=2)
    assert f"{blocked}" in done.stderr
    assert "程序出错" not in done.stderr


def test_settings_that_are_wrong_are_named(tmp_path: Path) -> None:
    blocked = tmp_path / "文件"
    blocked.write_text("", encoding="utf-8")
    done = run(blocked / "home", "info", code=2)
    assert "YIHENG_HOME" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_tables_of_an_earlier_version_are_brought_up_to_date(tmp_path: Path) -> None:
    """A data folder that an earlier version made opens as it is; what later migrations add is added."""
    settings = environment(tmp_path) | {"DJANGO_SETTINGS_MODULE": "yiheng.settings"}
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0", "ledger", "0001"]
    subprocess.run(migrate, env=settings, check=True)
    database = tmp_path / "yiheng.sqlite3"
    assert "performance" not in applied(database)
    assert data(tmp_path, "units") == []
    assert "performance" in applied(database)


def applied(database: Path) -> set[str]:
    """The apps with an applied migration."""
    with sqlite3.connect(database) as connection:
        return {app for (app,) in connection.execute("SELECT app FROM django_migrations")}
