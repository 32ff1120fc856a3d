"""`yiheng publish` killed in the middle (SIGKILL): the package before it is whole, and publishing again works."""

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.command import YIHENG, environment, loaded, run

from yiheng.reporting import manifest

PAPER = ("szybzx", "2020")
KEY = "szybzx-2020-accounts"
LATEST = 1.2
"""Seconds after the draft's first sight; a publication writes for about that long on an idle machine."""
PATIENCE = 60


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a package that was published in peace."""
    folder = tmp_path_factory.mktemp("out")
    run(loaded(), "publish", *PAPER, "--out", folder)
    return folder


def drafts(out: Path) -> list[Path]:
    return list(out.glob(".*.draft-*"))


def start(out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [YIHENG, "publish", *PAPER, "--out", str(out)],
        env=environment(loaded()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("moment", range(6))
def test_the_package_before_it_is_whole(out: Path, moment: int) -> None:
    delay = 0.0 if moment == 0 else random.Random(moment).uniform(0, LATEST)
    started = start(out)
    deadline = time.monotonic() + PATIENCE
    while not drafts(out) and started.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(delay)
    started.send_signal(signal.SIGKILL)
    started.wait()
    assert manifest.verify(out / KEY) == []
    if moment == 0:
        assert started.returncode == -signal.SIGKILL
        assert drafts(out), "killed before it wrote anything"


def test_the_next_publication_works_and_clears_up(out: Path) -> None:
    run(loaded(), "publish", *PAPER, "--out", out)
    assert manifest.verify(out / KEY) == []
    assert [p.name for p in out.iterdir()] == [KEY]
