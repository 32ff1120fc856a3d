"""The manifest lists every file, and verifying finds each kind of tampering."""

import hashlib
import json
from pathlib import Path

import pytest

from yiheng.reporting import manifest


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "b.txt").write_bytes(b"abc")
    (tmp_path / "data" / "预算.csv").write_bytes("金额\n1\n".encode())
    manifest.write(tmp_path, {"rules": "r", "code": "1"})
    return tmp_path


def test_it_lists_files_in_order_with_length_and_digest(package: Path) -> None:
    content = json.loads((package / manifest.NAME).read_text(encoding="utf-8"))
    assert [f["path"] for f in content["files"]] == ["b.txt", "data/预算.csv"]
    # FIPS 180-4 gives the digest of "abc".
    assert content["files"][0]["sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert content["files"][0]["bytes"] == 3
    assert content["stamp"] == {"code": "1", "rules": "r"}


def test_an_untouched_folder_has_no_problems(package: Path) -> None:
    assert manifest.verify(package) == []


def test_writing_again_gives_the_same_bytes(package: Path) -> None:
    before = (package / manifest.NAME).read_bytes()
    manifest.write(package, {"code": "1", "rules": "r"})
    assert (package / manifest.NAME).read_bytes() == before


def test_a_change_of_equal_length_is_found(package: Path) -> None:
    (package / "b.txt").write_bytes(b"abd")
    (problem,) = manifest.verify(package)
    assert "b.txt" in problem and "已被改动" in problem
    assert hashlib.sha256(b"abd").hexdigest() in problem


def test_all_problems_are_reported_at_once(package: Path) -> None:
    (package / "b.txt").unlink()
    (package / "data" / "预算.csv").write_bytes(b"longer than before")
    (package / "extra.pdf").write_bytes(b"")
    assert [problem.split("：")[0] for problem in manifest.verify(package)] == [
        "缺少文件 b.txt",
        "多出文件 extra.pdf",
        "文件 data/预算.csv 已被改动",
    ]


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"files": 3}', '{"files": [{"path": "b.txt"}]}', '{"files": [1]}']
)
def test_an_unreadable_manifest_is_said_to_be_one(package: Path, content: str) -> None:
    (package / manifest.NAME).write_text(content, encoding="utf-8")
    (problem,) = manifest.verify(package)
    assert "不是可读的文件清单" in problem


def test_a_folder_without_manifest_cannot_be_verified(tmp_path: Path) -> None:
    assert "没有 manifest.json" in manifest.verify(tmp_path)[0]
