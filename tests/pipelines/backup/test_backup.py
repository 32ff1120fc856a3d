"""A back-up holds everything, is taken back whole or not at all, and says when it is damaged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.command import YIHENG
from tests.pipelines.backup.saving import back_up, changed, manifest, yiheng
from tests.web import served

pytestmark = pytest.mark.django_db  # the part on PostgreSQL saves from it and restores into it


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A back-up of the examples with people, and with files in the data folder."""
    return back_up(tmp_path_factory.mktemp("backup"), (*served.REAL, served.DEMO))


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
