"""The process of background jobs lives and dies with the server that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.web import served

STARTS = """
import time
from yiheng.web.companion import Companion
companion = Companion()
companion.start()
while not companion._process:
    time.sleep(0.05)
print(companion._process.pid, flush=True)
while True:
    time.sleep(0.2)
    print(companion._process.pid, flush=True)
"""


def lives(process: int) -> bool:
    """Whether the process works; one that ended and that nobody has fetched does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0]
    except OSError:
        return False
    return state != "Z"


def until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are read from /proc")
def test_the_companion_starts_again_and_ends_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    with served.database(tmp_path) as env:
        served.command(env, "worker", "--once")  # the tables are there before both begin
        parent = subprocess.Popen(
            [sys.executable, "-c", STARTS], env=env, stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert parent.stdout is not None
        said = parent.stdout
        companions: set[int] = set()
        try:
            first = int(said.readline())
            companions.add(first)
            assert lives(first)
            os.kill(first, signal.SIGKILL)
            assert until(lambda: int(said.readline()) != first, 30), "no other one was started"
            second = int(said.readline())
            companions.add(second)
            assert lives(second)
            parent.kill()
            parent.wait(10)
            assert until(lambda: not lives(second), 30), "it outlived its parent"
        finally:
            parent.kill()
            for each in companions:
                if lives(each):
                    os.kill(each, signal.SIGKILL)
