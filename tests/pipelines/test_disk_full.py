"""The disk is full during a write: nothing is half there, the person is told so in Chinese, and later it works."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.command import DEMO, YIHENG
from tests.pipelines.filling import ROWS
from tests.web import served

from yiheng.reporting import manifest

PATH = {"PYTHONPATH": str(served.REPOSITORY)}
WRITING = [
    "写出报表 XLSX", "写出说明 DOCX", "写出说明 PDF", "写出网站", "写出开放数据", "登记文件清单",
]  # fmt: skip


@pytest.mark.django_db
def test_a_database_that_is_full_during_a_load(tmp_path: Path) -> None:
    """With room for the words of the refusal and without; a job that could not even be refused is not lost."""
    moments = [(8, "n300"), (16, "n599")]
    (tmp_path / "home").mkdir()
    with served.database(tmp_path / "home") as env:
        code = f"from tests.pipelines.filling import loading; loading({str(tmp_path)!r}, {moments!r})"
        found = json.loads(served.program(env | PATH, code))
    assert found["before"] == {"lines": 2, "versions": 2, "loads": 1, "logged": 1}
    for seen in found["seen"]:
        assert seen["state"] == "failed"
        assert "磁盘空间不足，数据库写不下了" in seen["error"] and "没有留下半成品" in seen["error"]
        assert seen["found"] == found["before"]
    kept = found["kept"]
    assert kept["found"] == found["before"]
    assert kept["state"] == "running" or "磁盘空间不足" in kept["error"], "kept for later, or told"
    assert found["state"] == "done"
    assert found["after"] == {"lines": 2 + ROWS, "versions": 2 + ROWS, "loads": 2, "logged": 2}
    assert found["log"] == []


def test_a_disk_that_is_full_in_each_step_of_preparing_a_publication() -> None:
    with served.loaded(examples=(DEMO,)) as env:
        code = f"from tests.pipelines.filling import publishing; publishing({WRITING!r})"
        found = json.loads(served.program(env | PATH, code))
    for step in WRITING:
        seen = found[step]
        assert "磁盘空间不足" in seen["error"], (step, seen["error"])
        assert (seen["state"], seen["drafts"], seen["folders"]) == ("failed", 0, []), step
    assert (found[""]["state"], found[""]["drafts"]) == ("done", 1)
    assert found[""]["folders"] == ["demo-2024-budget"], "no draft is left behind"


def test_publishing_from_the_command_line(tmp_path: Path) -> None:
    """What was published before stays whole; a limit on the size of files stands for the full disk."""
    with served.loaded(examples=(DEMO,)) as env:
        publish = [str(YIHENG), "publish", "demo", "2024", "--kind", "budget", "--out", str(tmp_path)]
        served.command(env, *publish[1:])
        before = manifest.digest(tmp_path / "demo-2024-budget" / manifest.NAME)
        limited = ["bash", "-c", 'ulimit -f 64; exec "$0" "$@"', *publish]
        # Nothing else may be written behind the limit: byte code would be.
        quiet = env | {"PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(limited, env=quiet, capture_output=True, encoding="utf-8", timeout=120)
        assert done.returncode == 2 and "磁盘空间不足" in done.stderr, done.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["demo-2024-budget"]
        assert manifest.verify(tmp_path / "demo-2024-budget") == []
        assert manifest.digest(tmp_path / "demo-2024-budget" / manifest.NAME) == before
        served.command(env, *publish[1:])
    assert manifest.verify(tmp_path / "demo-2024-budget") == []
