"""A score file does not depend on where it was made: another process, another database engine, the ledger exported
and loaded again. `-m db` repeats this on PostgreSQL against files that were made on SQLite.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.command import YIHENG, environment, loaded, run

from yiheng.ledger import queries
from yiheng.pipelines import scorefile
from yiheng.pipelines.evaluate import evaluate
from yiheng.pipelines.load import load
from yiheng.policy import Policy

ACCOUNTS = ("szybzx-2020-accounts",)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the score file of 2020 and the ledger that it came from, as a data package and as a workbook."""
    folder, home = tmp_path_factory.mktemp("made"), loaded(ACCOUNTS)
    run(home, "evaluate", "szybzx", 2020, "--out", folder / "scores.json")
    run(home, "workbook", "export", folder / "package")
    run(home, "workbook", "export", folder / "ledger.xlsx")
    return folder


@pytest.mark.django_db
@pytest.mark.parametrize("export", ["package", "ledger.xlsx"])
def test_the_exported_ledger_gives_the_same_bytes(made: Path, export: str) -> None:
    assert not queries.department_years()
    report = load([made / export], "测试")
    assert report.ok, report.describe()
    policy = Policy.load()
    again = scorefile.stamp(evaluate(queries.department_year("szybzx", 2020, "accounts"), policy), policy)
    assert again.encode() == (made / "scores.json").read_bytes()


def test_another_process_in_another_place_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    """What differs between machines: the order of sets, the language, the time zone, the folder, the home."""
    home = tmp_path / "elsewhere"
    run(home, "load", made / "package")
    strange = environment(home) | {
        "PYTHONHASHSEED": "4242",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C",
        "TZ": "Pacific/Apia",
    }
    done = subprocess.run(
        [YIHENG, "evaluate", "szybzx", "2020", "--out", "scores.json"],
        env=strange, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "scores.json").read_bytes() == (made / "scores.json").read_bytes()
    replayed = subprocess.run(
        [YIHENG, "replay", "scores.json"],
        env=strange, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert replayed.returncode == 0 and "逐字节一致" in replayed.stdout


def test_the_file_says_nothing_of_the_machine(made: Path) -> None:
    text = (made / "scores.json").read_text(encoding="utf-8")
    for word in (str(made), str(Path.home()), os.uname().nodename, str(loaded(ACCOUNTS))):
        assert word not in text
