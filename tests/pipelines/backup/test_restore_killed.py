"""A restore that is killed or fails is made good by restoring again; until then nothing is served."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.pipelines.backup.saving import back_up, changed, manifest, yiheng
from tests.web import served

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of one published paper."""
    return back_up(tmp_path_factory.mktemp("small"), served.REAL[:1])


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


FILES, ROWS, FILES_BACK = ("恢复文件", 1), ("恢复数据表", 25), ("放回文件", 1)
UPGRADE, PROOF = ("升级数据表", 0), ("核验恢复结果", 0)


@pytest.mark.parametrize(
    "phase",
    # Each phase on one kind of database: each takes half a dozen programs.
    [ROWS, UPGRADE] if os.environ.get("DATABASE_URL") else [FILES, FILES_BACK, PROOF],
    ids=lambda phase: phase[0],
)
def test_a_restore_that_is_killed_serves_nothing_until_it_is_restored_again(
    small: Path, tmp_path: Path, phase: tuple[str, int]
) -> None:
    with served.database(tmp_path / "home") as env:
        interrupted(env, small, *phase, "kill")
        assert "恢复没有完成，请重新恢复" in yiheng(env, "units", code=2)
        if phase == FILES_BACK:
            assert "恢复没有完成，请重新恢复" in yiheng(env, "backup", tmp_path / "half.zip", code=2)
            said = manifest(small) | {"created_at": "2020-01-01T00:00:00+08:00"}
            other = changed(small, tmp_path / "other.zip", "manifest.json", json.dumps(said).encode())
            assert "请用同一个备份文件" in yiheng(env, "restore", other, code=2)
        assert "核验通过" in yiheng(env, "restore", small)
        again = tmp_path / "again.zip"
        yiheng(env, "backup", again)
        if phase == FILES_BACK:
            assert "已有内容" in yiheng(env, "restore", small, code=2)
    first, second = manifest(small), manifest(again)
    assert first["tables"] == second["tables"] and first["files"] == second["files"]
    assert not [path.name for path in (tmp_path / "home").iterdir() if path.name.startswith(".restore")]


def test_a_restore_that_fails_before_its_rows_leaves_the_installation_empty(
    small: Path, tmp_path: Path
) -> None:
    with served.database(tmp_path / "home") as env:
        interrupted(env, small, "恢复数据表", 25, "fail")
        assert not [path.name for path in (tmp_path / "home").iterdir() if path.name.startswith(".restore")]
        interrupted(env, small, "放回文件", 1, "fail")
        assert "恢复没有完成" in yiheng(env, "units", code=2)
        assert "核验通过" in yiheng(env, "restore", small)
