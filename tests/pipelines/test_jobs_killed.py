"""Background jobs whose worker is killed (SIGKILL): taken over by the next one, nothing lost and nothing doubled."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest
from tests.command import DEMO
from tests.pipelines.killing import AFTER, COMMIT, FINISH
from tests.web import served

from yiheng.pipelines.load import STEPS

pytestmark = pytest.mark.django_db
KILLED = -signal.SIGKILL
PUBLISHING = [
    "计算报表与说明", "评价绩效", "写出报表 XLSX", "写出说明 DOCX", "写出说明 PDF", "写出网站", "写出开放数据",
    "审校成稿", "登记文件清单", "完成", FINISH, COMMIT,
]  # fmt: skip
PATH = {"PYTHONPATH": str(served.REPOSITORY)}


def test_a_worker_killed_in_each_step_of_publishing() -> None:
    with served.loaded(examples=(DEMO,)) as env:
        code = f"from tests.pipelines.killing import publishing; publishing({[*PUBLISHING, AFTER]!r})"
        found = json.loads(served.program(env | PATH, code))
    for at in PUBLISHING:
        assert found["seen"][at] == {"code": KILLED, "state": "running", "found": 0}, at
    assert found["seen"][AFTER] == {"code": KILLED, "state": "done", "found": 1}
    assert (found["state"], found["codes"]) == ("done", [0, 0])
    assert found["result"]["preparation"] == found["preparation"]
    assert (found["defects"], found["log"], found["ends"]) == ([], [], 1)
    assert found["folders"] == ["demo-2024-budget"], "no draft is left behind"


def test_a_worker_killed_in_each_step_of_loading(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    planning, writing = [*STEPS[:5]], [*STEPS, FINISH, COMMIT, AFTER]
    with served.database(tmp_path / "home") as env:
        code = f"from tests.pipelines.killing import loading; loading({str(tmp_path)!r}, {planning!r}, {writing!r})"
        found = json.loads(served.program(env | PATH, code))
    assert found["before"]["lines"] == {"y1": 123456789, "y2": 11}
    for at in (*planning, *writing[:-1]):
        assert found["seen"][at]["code"] == KILLED, at
        assert found["seen"][at]["found"] == found["before"], at
    state, difference = found["asked"]
    assert state == "asking"
    assert "变更 1 行" in difference
    assert (found["state"], found["codes"], found["result"]["status"]) == ("done", [0, 0], "loaded")
    assert found["after"]["lines"] == {"y1": 500, "y2": 11, "y3": 11}
    assert found["after"]["loads"] == found["before"]["loads"] + 1
    assert found["after"]["versions"] == found["before"]["versions"] + 2
    assert found["seen"][AFTER]["found"] == found["after"], (
        "what was committed is neither lost nor done again"
    )
    assert found["log"] == []


def test_each_job_is_done_once_however_many_workers_there_are(tmp_path: Path) -> None:
    """Also the one that takes longer than the lease: its worker beats meanwhile."""
    (tmp_path / "home").mkdir()
    with served.database(tmp_path / "home") as env:
        code = f"from tests.pipelines.killing import sharing; sharing({str(tmp_path)!r})"
        found = json.loads(served.program(env | PATH, code))
    assert found["codes"] == [0, 0, 0]
    assert found["done"] == found["jobs"]
    assert found["states"] == ["done"]
