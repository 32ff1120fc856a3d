"""`yiheng publish`: the package, its summary, and what stops it."""

import csv
import os
import pty
import signal
import subprocess
from pathlib import Path

import pytest
from tests.command import YIHENG, change, copied, data, environment, package, run

from yiheng.reporting import manifest

PAPER = "szybzx-2023-budget"
RULE = "check.views.function-project"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A real budget in which the projects no longer add up to what stands by function."""
    copy = package(PAPER, tmp_path)
    change(copy, "budget_lines", "amount", "9999", {"view": "project"})
    return copy


def accept(paper: Path, *findings: tuple[str, str]) -> None:
    """Let these be the package's accepted findings, by rule and place."""
    with (paper / "accepted_findings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["key", "unit", "year", "kind", "rule", "cell", "reason"])
        for number, (rule, place) in enumerate(findings):
            row = [f"jieshou-{number}", "szybzx", 2023, "budget", rule, place, "核对过：原件项目表漏列一行"]
            writer.writerow(row)


def test_a_package_is_written_and_counted(home: Path, tmp_path: Path) -> None:
    told = run(home, "publish", "szybzx", 2020, "--out", "公开", cwd=tmp_path).stdout
    folder = tmp_path / "公开" / "szybzx-2020-accounts"
    assert "深圳市医疗保险基金管理中心2020年度部门决算" in told
    assert "9 张表，230 个数；审核通过" in told
    assert f"公开/{folder.name}（" in told
    assert manifest.verify(folder) == []
    assert {p.name for p in folder.iterdir()} == {
        "tables.xlsx", "disclosure.docx", "disclosure.pdf", "site", "data", "manifest.json", "performance",
    }  # fmt: skip
    (shown,) = data(home, "publish", "szybzx", 2020, "--out", tmp_path / "公开")
    assert (shown["key"], shown["tables"], shown["cells"]) == ("szybzx-2020-accounts", 9, 230)
    assert shown["files"] == sum(1 for p in folder.rglob("*") if p.is_file())
    assert [p.name for p in folder.parent.iterdir()] == [folder.name]


def test_all_papers_of_the_ledger(home: Path, tmp_path: Path) -> None:
    shown = data(home, "publish", "--all", "--out", tmp_path)
    assert [p["key"] for p in shown] == [
        "szyb-2021-budget", "szybzx-2020-accounts", "szybzx-2023-budget", "demo-2024-accounts", "demo-2024-budget",
    ]  # fmt: skip
    assert all(manifest.verify(Path(p["folder"])) == [] for p in shown)
    assert all(p["notices"] for p in shown if p["key"].startswith("demo"))


def test_an_error_stops_the_publication_and_nothing_is_written(tmp_path: Path, paper: Path) -> None:
    home, out = copied(tmp_path / "home"), tmp_path / "公开"
    run(home, "load", paper)
    done = run(home, "publish", "szybzx", 2023, "--out", out, code=1)
    assert "不能公开" in done.stderr
    assert f"规则  {RULE}" in done.stderr
    assert "“已接受的问题”表" in done.stderr
    assert not out.exists() or list(out.iterdir()) == []
    (shown,) = data(home, "publish", "szybzx", 2023, "--out", out, code=1)
    assert RULE in {f["rule"] for f in shown["stopped"]}
    checked = run(home, "check", "szybzx", 2023, code=1).stdout
    assert f"规则  {RULE}" in checked


def test_accepted_findings_let_it_pass(tmp_path: Path, paper: Path) -> None:
    home, out = copied(tmp_path / "home"), tmp_path / "公开"
    run(home, "load", paper)
    stopped = data(home, "publish", "szybzx", 2023, "--out", out, code=1)[0]["stopped"]
    findings = [(f["rule"], f["place"]) for f in stopped]
    accept(paper, *findings)
    run(home, "load", paper)
    assert "已接受" in run(home, "check", "szybzx", 2023).stdout
    # The finished documents show more of it than the checks on the ledger ask about.
    audited = data(home, "publish", "szybzx", 2023, "--out", out, code=1)[0]["stopped"]
    assert {f["rule"].partition(".")[0] for f in audited} == {"audit"}
    shown = [(f["rule"], f["place"]) for f in audited]
    accept(paper, *findings, *shown)
    run(home, "load", paper, "--yes")
    run(home, "publish", "szybzx", 2023, "--out", out)
    page = (out / PAPER / "site" / "findings.html").read_text(encoding="utf-8")
    assert "核对过：原件项目表漏列一行" in page
    accept(paper, *findings[1:], *shown)
    run(home, "load", paper, "--yes")
    assert run(home, "publish", "szybzx", 2023, "--out", out, code=1).stderr.count("    规则  ") == 1
    assert (out / PAPER / "site" / "findings.html").read_text(encoding="utf-8") == page


@pytest.mark.parametrize("arguments", [[], ["szybzx"], ["szybzx", "2020", "--all"]])
def test_it_asks_for_one_paper_or_all(home: Path, tmp_path: Path, arguments: list[str]) -> None:
    done = run(home, "publish", *arguments, cwd=tmp_path, code=2)
    assert "请写明单位和年度" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_content_is_left_alone(home: Path, tmp_path: Path) -> None:
    letter = tmp_path / "szybzx-2020-accounts" / "信.txt"
    letter.parent.mkdir()
    letter.write_text("重要", encoding="utf-8")
    done = run(home, "publish", "szybzx", 2020, "--out", tmp_path, code=2)
    assert "已有别的内容，不是公开包" in done.stderr
    assert [p.name for p in letter.parent.iterdir()] == ["信.txt"]


def test_interrupted_from_the_keyboard_it_leaves_nothing(home: Path, tmp_path: Path) -> None:
    """On a terminal a bar shows the steps; an interrupt in the middle ends with code 130 and without a trace."""
    screen, terminal = pty.openpty()
    started = subprocess.Popen(
        [YIHENG, "publish", "szyb", "2021", "--out", str(tmp_path / "公开")],
        env=environment(home) | {"TERM": "xterm", "COLUMNS": "100"},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    shown = b""
    try:
        while "写出".encode() not in shown:
            shown += os.read(screen, 4096)
        started.send_signal(signal.SIGINT)
        while True:
            shown += os.read(screen, 4096)
    except OSError:  # the terminal's other end is closed
        pass
    finally:
        os.close(screen)
        code = started.wait(timeout=30)
    text = shown.decode(errors="replace")
    assert code == 130, text
    assert "已取消；没有留下半成品。" in text
    assert "Traceback" not in text
    assert not list((tmp_path / "公开").iterdir())
