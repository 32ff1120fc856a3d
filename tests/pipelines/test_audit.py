"""Auditing files: what is found, what is not read, what reviewers decided."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from yiheng.pipelines import audit
from yiheng.pipelines.progress import Cancelled
from yiheng.policy import Policy
from yiheng.reading.documents import format_of
from yiheng.reading.problems import Unreadable
from yiheng.reporting import review

TODAY = dt.date(2025, 10, 1)
PLANTED = ("450.00", "420.00")
"""The wrong 本年支出合计 of 2101506 in the sample, and what its columns add up to."""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.load()


@pytest.fixture
def sample(repository: Path) -> Path:
    return repository / "docs" / "guide" / "files" / "决算公开示例.html"


def test_the_planted_error_is_found_once_and_named(sample: Path, policy: Policy) -> None:
    report = audit.run([sample], policy, TODAY)
    (done,) = report.audits
    assert (done.identity.kind, done.identity.unit, done.identity.year) == (
        "accounts",
        "示例市医疗保障局",
        2024,
    )
    named = [f for f in done.shown if PLANTED[0] in f.printed]
    assert [(f.printed, f.computed) for f in named] == [PLANTED]


def test_without_the_error_nothing_is_found(sample: Path, policy: Policy, tmp_path: Path) -> None:
    right = tmp_path / "right.html"
    text = sample.read_text(encoding="utf-8").replace(PLANTED[0], PLANTED[1]).replace("36.60%", "33.60%")
    right.write_text(text, encoding="utf-8")
    (done,) = audit.run([right], policy, TODAY).audits
    assert [(f.rule, f.quote) for f in done.shown] == []
    assert done.counts["pass"] > 20


def test_a_broken_file_does_not_stop_the_rest(sample: Path, policy: Policy, tmp_path: Path) -> None:
    broken = tmp_path / "b.docx"
    broken.write_bytes(b"PK\x03\x04")
    report = audit.run([broken, sample], policy, TODAY)
    assert [file.path.name for file in report.unread] == ["b.docx"]
    assert len(report.audits) == 1
    first, second = report.data()["documents"]
    assert "b.docx" in first["error"] and first["checks"]["pass"] == 0
    assert second["checks"]["pass"] > 0


def test_documents_in_a_folder_are_found(sample: Path, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.docx", "c.txt", "~$b.docx", ".d.pdf", "e.png"):
        (tmp_path / name).write_bytes(b"x")
    assert [p.name for p in audit.find([tmp_path, sample])] == ["a.pdf", "b.docx", "c.txt", sample.name]
    with pytest.raises(FileNotFoundError, match="没有这个文件"):
        audit.find([tmp_path / "nothing"])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"", "没有任何内容"),
        ("a.pdf", b"hello", "文件内容不是 PDF"),
        ("a.docx", b"hello", "文件内容不是 DOCX"),
        ("a.pdf", b"PK\x03\x04 torn", "压缩结构不完整"),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable, match=reason):
        format_of(tmp_path / name)


def test_the_format_is_told_by_content(sample: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "a.txt"
    wrong.write_bytes(sample.read_bytes())
    assert format_of(wrong) == "html"
    (tmp_path / "b.bin").write_bytes(b"%PDF-1.7\n")
    assert format_of(tmp_path / "b.bin") == "pdf"


def test_decisions_are_read_back_and_kept(sample: Path, policy: Policy, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = audit.run([sample], policy, TODAY)
    written = audit.write(first, out)
    assert [path.relative_to(out).as_posix() for path in written] == [
        "决算公开示例/index.html",
        "findings.xlsx",
    ]
    finding = first.audits[0].shown[0]
    row = {"key": finding.key, "verdict": "dismissed", "reason": "虚构"}
    kept = out / "决算公开示例" / review.DECISIONS
    kept.write_text(json.dumps({"decisions": [row]}), encoding="utf-8")
    second = audit.run([sample], policy, TODAY, decisions=audit.kept_decisions(out, [sample]))
    audit.write(second, out)
    assert kept.is_file()
    found = second.data()["documents"][0]["findings"][0]
    assert (found["decision"]["verdict"], found["decision"]["reason"]) == ("dismissed", "虚构")


def test_two_files_of_one_name_get_folders_of_their_own(tmp_path: Path) -> None:
    paths = [tmp_path / "one" / "a.pdf", tmp_path / "two" / "a.pdf"]
    assert [p.name for p in audit.review_folders(tmp_path, paths).values()] == ["a", "a-2"]


def test_a_cancelled_audit_ends(sample: Path, policy: Policy) -> None:
    def stop(step: str, done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        audit.run([sample], policy, TODAY, stop)
