"""`yiheng info` (版本与数据位置)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

import yiheng
from yiheng.cli import support

YIHENG = Path(sys.executable).with_name("yiheng")


def run(home: Path, *arguments: str) -> str:
    """What the installed command prints with `home` as its data folder."""
    return subprocess.run(
        [YIHENG, "info", *arguments],
        env={"YIHENG_HOME": str(home), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout


def test_it_says_where_the_data_lies(tmp_path: Path) -> None:
    assert run(tmp_path).splitlines() == [
        f"医衡 {yiheng.__version__}",
        f"数据文件夹（YIHENG_HOME）：{tmp_path}",
        f"数据库：SQLite {tmp_path / 'yiheng.sqlite3'}",
    ]


def test_it_says_the_same_as_json(tmp_path: Path) -> None:
    assert json.loads(run(tmp_path, "--json")) == {
        "version": yiheng.__version__,
        "home": str(tmp_path),
        "database": f"SQLite {tmp_path / 'yiheng.sqlite3'}",
    }


@pytest.mark.parametrize(
    ("host", "port", "shown"), [("db", "5433", "PostgreSQL db:5433/y"), ("", "", "PostgreSQL 本机/y")]
)
def test_it_shows_neither_user_nor_password(
    monkeypatch: pytest.MonkeyPatch, host: str, port: str, shown: str
) -> None:
    database = {"ENGINE": "django.db.backends.postgresql", "NAME": "y", "USER": "u", "PASSWORD": "p"}
    monkeypatch.setitem(settings.DATABASES, "default", database | {"HOST": host, "PORT": port})
    assert support.location() == shown
