"""A back-up holds everything, is taken back whole or not at all, and says when it is damaged."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.command import YIHENG
from tests.web import served

pytestmark = pytest.mark.django_db  # the part on PostgreSQL saves from it and restores into it


def yiheng(env: dict[str, str], *arguments: object, code: int = 0) -> str:
    done = subprocess.run(
        [YIHENG, *map(str, arguments)], env=env, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A back-up of the examples with people, and with files in the data folder."""
    return back_up(tmp_path_factory.mktemp("backup"), (*served.REAL, served.DEMO))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of one published paper."""
    return back_up(tmp_path_factory.mktemp("small"), served.REAL[:1])


def back_up(target: Path, examples: tuple[str, ...]) -> Path:
    path = target / "saved.zip"
    with served.loaded(examples=examples) as env:
        folder = Path(env["YIHENG_HOME"]) / "publications" / "demo"
        folder.mkdir(parents=True)
        (folder / "说明.txt").write_text("公开材料", encoding="utf-8")
        (folder / "附件.txt").write_text("附件", encoding="utf-8")
        yiheng(env, "backup", path)
        assert "已存在" in yiheng(env, "backup", path, code=2)
    return path


def manifest(path: Path) -> dict[str, object]:
    with zipfile.ZipFile(path) as archive:
        found: dict[str, object] = json.loads(archive.read("manifest.json"))
    return found


def changed(path: Path, target: Path, name: str, data: bytes) -> Path:
    """A copy of the back-up with other content in one member."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as to:
        for member in source.namelist():
            to.writestr(member, data if member == name else source.read(member))
    return target


def test_what_is_restored_is_what_was_saved(saved: Path, tmp_path: Path) -> None:
    with served.database(tmp_path / "home") as env:
        assert "核验通过" in yiheng(env, "restore", saved)
        again = tmp_path / "again.zip"
        yiheng(env, "backup", again)
        assert (tmp_path / "home" / "publications" / "demo" / "说明.txt").read_text("utf-8") == "公开材料"
        assert "示例市医疗保障局" in yiheng(env, "units")
        key = "from yiheng.people.models import User\n"
        check = f"print(User.objects.get(username='jing').check_password({served.PASSWORD!r}))"
        assert served.program(env, key + check).strip() == "True"
        assert "已有内容" in yiheng(env, "restore", saved, code=2)
    first, second = manifest(saved), manifest(again)
    assert first["tables"] == second["tables"] and first["files"] == second["files"]
    rows = {name: part["rows"] for name, part in first["tables"].items()}  # type: ignore[attr-defined]
    assert rows["ledger.payment.jsonl"] > 1000 and rows["people.user.jsonl"] == len(served.PEOPLE) + 3


def test_a_back_up_moves_between_kinds_of_database(saved: Path, tmp_path: Path) -> None:
    """From the database under test into SQLite, and the rows are the same."""
    env = served.environment(tmp_path / "home")
    assert "DATABASE_URL" not in env
    assert "核验通过" in yiheng(env, "restore", saved)
    yiheng(env, "backup", tmp_path / "again.zip")
    assert manifest(tmp_path / "again.zip")["tables"] == manifest(saved)["tables"]


@pytest.mark.parametrize(
    ("member", "said"),
    [("tables/ledger.payment.jsonl", "校验值不符"), ("files/publications/demo/说明.txt", "校验值不符")],
)
def test_a_changed_back_up_is_refused(saved: Path, tmp_path: Path, member: str, said: str) -> None:
    other = changed(saved, tmp_path / "other.zip", member, b"[]\n")
    env = served.environment(tmp_path / "home")
    assert said in yiheng(env, "restore", other, code=2)
    assert "还没有台账" in yiheng(env, "units", code=3)


def test_a_truncated_or_foreign_file_is_refused(saved: Path, tmp_path: Path) -> None:
    short = tmp_path / "short.zip"
    short.write_bytes(saved.read_bytes()[:-200])
    env = served.environment(tmp_path / "home")
    assert "不是医衡的备份文件" in yiheng(env, "restore", short, code=2)
    assert "没有备份文件" in yiheng(env, "restore", tmp_path / "none.zip", code=2)


def test_a_back_up_of_a_later_version_is_refused(saved: Path, tmp_path: Path) -> None:
    said = manifest(saved)
    said["migrations"] = [*said["migrations"], ["ledger", "9999_later"]]  # type: ignore[misc]
    other = changed(saved, tmp_path / "later.zip", "manifest.json", json.dumps(said).encode())
    env = served.environment(tmp_path / "home")
    assert "请先升级再恢复" in yiheng(env, "restore", other, code=2)


RESTORE = """
import os, signal, sys
from pathlib import Path
from yiheng.pipelines.backup import restore
path, at, number, how = sys.argv[1:]
def end(step, done, total):
    if step == at and done == int(number):
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(5, "Input/output error")
restore(Path(path), progress=end)
"""


def interrupted(env: dict[str, str], saved: Path, at: str, number: int, how: str) -> None:
    start = "import django; django.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", start + RESTORE, str(saved), at, str(number), how],
        env=env | {"DJANGO_SETTINGS_MODULE": "yiheng.settings"}, capture_output=True, encoding="utf-8", timeout=300,
    )  # fmt: skip
    ended = -signal.SIGKILL if how == "kill" else 1
    assert done.returncode == ended, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("at", "number", "rows"),
    [
        ("恢复文件", 1, False),
        ("恢复数据表", 25, False),
        ("放回文件", 1, True),
        ("升级数据表", 0, True),
        ("核验恢复结果", 0, True),
    ],
)
def test_a_restore_that_is_killed_serves_nothing_until_it_is_restored_again(
    small: Path, tmp_path: Path, at: str, number: int, rows: bool
) -> None:
    with served.database(tmp_path / "home") as env:
        (tmp_path / "home").mkdir()
        interrupted(env, small, at, number, "kill")
        for command in (["units"], ["backup", tmp_path / "half.zip"]):
            assert "恢复没有完成，请重新恢复" in yiheng(env, *command, code=2)
        if rows:
            said = manifest(small) | {"created_at": "2020-01-01T00:00:00+08:00"}
            other = changed(small, tmp_path / "other.zip", "manifest.json", json.dumps(said).encode())
            assert "请用同一个备份文件" in yiheng(env, "restore", other, code=2)
        assert "核验通过" in yiheng(env, "restore", small)
        again = tmp_path / "again.zip"
        yiheng(env, "backup", again)
        assert "已有内容" in yiheng(env, "restore", small, code=2)
    first, second = manifest(small), manifest(again)
    assert first["tables"] == second["tables"] and first["files"] == second["files"]
    assert not [path.name for path in (tmp_path / "home").iterdir() if path.name.startswith(".restore")]


def test_a_restore_that_fails_before_its_rows_leaves_the_installation_empty(
    small: Path, tmp_path: Path
) -> None:
    with served.database(tmp_path / "home") as env:
        (tmp_path / "home").mkdir()
        interrupted(env, small, "恢复数据表", 25, "fail")
        assert not [path.name for path in (tmp_path / "home").iterdir() if path.name.startswith(".restore")]
        interrupted(env, small, "放回文件", 1, "fail")
        assert "恢复没有完成" in yiheng(env, "units", code=2)
        assert "核验通过" in yiheng(env, "restore", small)


def test_a_full_disk_leaves_no_half_back_up(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk."""
    with served.loaded() as env:
        path = tmp_path / "full.zip"
        # Nothing may be written behind the limit: byte code would be.
        limited = ["bash", "-c", 'ulimit -f 64; exec "$0" backup "$1"', str(YIHENG), str(path)]
        done = subprocess.run(
            limited, env=env | {"PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, encoding="utf-8", timeout=120
        )  # fmt: skip
        assert done.returncode != 0
        assert list(tmp_path.iterdir()) == []
        assert "示例市医疗保障局" in yiheng(env, "units")
        assert shutil.disk_usage(tmp_path).free and os.path.isdir(env["YIHENG_HOME"])
