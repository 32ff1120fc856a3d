"""The audit command as a user runs it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.command import YIHENG, environment

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "files" / "决算公开示例.html"


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(YIHENG), "audit", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment(home), timeout=120)


def test_findings_do_not_change_the_exit_code(tmp_path: Path) -> None:
    done = run(tmp_path, str(SAMPLE), str(SAMPLE))
    assert (done.returncode, done.stderr) == (0, "")
    assert "示例市医疗保障局 · 2024年 · 部门决算" in done.stdout
    assert "印出：450.00　应为：420.00　相差：30.00" in done.stdout


def test_json_holds_the_documented_keys(tmp_path: Path) -> None:
    done = run(tmp_path, str(SAMPLE), "--json")
    (document,) = json.loads(done.stdout)["documents"]
    documented = (Path(__file__).resolve().parents[2] / "docs" / "audit-json.md").read_text(encoding="utf-8")
    keys = {*document, *document["findings"][0]}
    assert {key for key in keys if f"`{key}`" not in documented} == set()
    assert set(document["checks"]) == {"pass", "fail", "not_applicable", "could_not_run"}
    needed = {
        "rule",
        "severity",
        "outcome",
        "page",
        "bbox",
        "quote",
        "printed",
        "computed",
        "difference",
        "sources",
    }
    assert needed | {"remedy"} <= set(document["findings"][0])


def test_a_missing_file_and_an_empty_folder_are_wrong_usage(tmp_path: Path) -> None:
    missing, empty = run(tmp_path, str(tmp_path / "x.pdf")), run(tmp_path, str(tmp_path))
    assert (missing.returncode, empty.returncode) == (2, 2)
    assert "没有这个文件或文件夹" in missing.stderr
    assert "没有可以审校的文件" in empty.stderr


def test_the_review_is_written(tmp_path: Path) -> None:
    done = run(tmp_path, str(SAMPLE), "--out", str(tmp_path / "out"))
    assert done.returncode == 0
    assert (tmp_path / "out" / "决算公开示例" / "index.html").is_file()
