"""Auditing documents (审校): any published documents in, their findings out.

1. find the documents in what was named; 2. read each, a bundle (汇编) paper by paper; 3. recognise what it is and lay
it aside; 4. run the rules in force for its place and year, with the other documents of its unit beside it; 5. add what
reviewers decided before; 6. write the review, where it is asked for: a folder for each document and one workbook of
all findings.

One broken file never stops the rest: it is reported with its reason and counts as not read, never as clean.
"""

from __future__ import annotations

import datetime as dt
import gc
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from yiheng.checks.audit import Subject, evaluations
from yiheng.facts.audit import Decision, DocumentAudit, split, together
from yiheng.facts.document import ReadDocument
from yiheng.pipelines.audit_data import document_data
from yiheng.pipelines.audit_shelf import Shelf
from yiheng.pipelines.progress import Progress, silent
from yiheng.pipelines.swap import replacing
from yiheng.policy import Policy
from yiheng.reading.documents import SUFFIXES, read_papers
from yiheng.reading.narrative import claims
from yiheng.reading.problems import Problem, Unreadable, unreadable
from yiheng.reading.recognition import known_tables, recognise
from yiheng.reporting import review

FINDINGS: Final = "findings.xlsx"
_SELDOM: Final = 50_000
"""Objects made beyond those let go of before Python looks for cycles among them."""


@dataclass(frozen=True)
class Audited:
    """One file: its audit, or the problem for which it could not be read."""

    path: Path
    audit: DocumentAudit | None
    problem: Problem | None = None


@dataclass(frozen=True)
class AuditReport:
    """The audit of all files that were named, in that order."""

    files: tuple[Audited, ...]

    @property
    def audits(self) -> tuple[DocumentAudit, ...]:
        return tuple(file.audit for file in self.files if file.audit is not None)

    @property
    def unread(self) -> tuple[Audited, ...]:
        return tuple(file for file in self.files if file.audit is None)

    def data(self) -> dict[str, Any]:
        """As `audit --json` prints it; docs/audit-json.md describes each key."""
        return {"documents": [document_data(f.path, f.audit, f.problem) for f in self.files]}


def find(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files named, and the documents in the folders named, each once. Raises `FileNotFoundError`."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix.lower() in SUFFIXES)
            found.update(dict.fromkeys(p for p in inside if not p.name.startswith((".", "~$"))))
        elif path.exists():
            found[path] = None
        else:
            raise FileNotFoundError(f"没有这个文件或文件夹：{path}")
    return tuple(found)


def run(
    paths: Sequence[Path],
    policy: Policy,
    today: dt.date,
    progress: Progress = silent,
    decisions: Mapping[str, Decision] | None = None,
) -> AuditReport:
    """Audit the files; `decisions` are those of earlier reviews. `progress` may cancel.

    Nothing is written but a temporary file, for which there may be no room (`OSError`).
    """
    with seldom_collected(), Shelf(policy) as shelf:
        laid: list[list[int] | Problem] = []
        for done, path in enumerate(paths):
            progress(f"读取 {path.name}", done, 2 * len(paths))
            laid.append(_laid(path, shelf))
        files = []
        for done, (path, found) in enumerate(zip(paths, laid, strict=True), len(paths)):
            progress(f"审校 {path.name}", done, 2 * len(paths))
            if isinstance(found, Problem):
                files.append(Audited(path, None, found))
                continue
            parts = [_part(shelf.take(number), len(found) > 1, today, decisions) for number in found]
            files.append(Audited(path, together(parts)))
    progress("完成", 2 * len(paths), 2 * len(paths))
    return AuditReport(tuple(files))


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Looks for cycles seldom: what is read and judged has none, and looking would walk through all rules each time."""
    before = gc.get_threshold()
    if not 0 < before[0] < _SELDOM:
        # Switched off, or another audit beside this one has set it and puts it back.
        yield
        return
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def subject_of(document: ReadDocument, policy: Policy) -> Subject:
    """A document that was read, with what is recognised in it."""
    identity = recognise(document, policy)
    tables = known_tables(document, policy, identity.kind, identity.unit)
    return Subject(document, identity, policy, tables=tables, claims=claims(document, identity, policy))


def audit_subject(
    subject: Subject, today: dt.date, decisions: Mapping[str, Decision] | None = None
) -> DocumentAudit:
    """The audit of one document that was recognised."""
    findings, silent = split(evaluations(subject, today))
    return DocumentAudit(
        replace(subject.document, body=()), subject.identity, findings, decisions or {}, silent
    )


def _part(
    subject: Subject, bundled: bool, today: dt.date, decisions: Mapping[str, Decision] | None
) -> DocumentAudit:
    """The audit of a paper; a bundle's own title page and contents list, which come without text, are asked nothing."""
    if bundled and not subject.document.body:
        return DocumentAudit(subject.document, subject.identity, (), decisions or {})
    return audit_subject(subject, today, decisions)


def kept_decisions(out: Path, paths: Iterable[Path]) -> dict[str, Decision]:
    """What reviewers decided in earlier reviews under `out`. Raises `review.DecisionsUnreadable`."""
    found: dict[str, Decision] = {}
    for folder in review_folders(out, paths).values():
        kept = folder / review.DECISIONS
        if kept.is_file():
            found |= review.read_decisions(kept)
    return found


def review_folders(out: Path, paths: Iterable[Path]) -> dict[Path, Path]:
    """The folder of each document's review: named like its file, numbered where two files share a name."""
    folders: dict[Path, Path] = {}
    for path in paths:
        name, number = path.stem, 1
        while out / name in folders.values():
            number += 1
            name = f"{path.stem}-{number}"
        folders[path] = out / name
    return folders


def write(report: AuditReport, out: Path, progress: Progress = silent) -> tuple[Path, ...]:
    """Write the reviews under `out`; what reviewers decided stays beside them. Raises `OSError`."""
    out.mkdir(parents=True, exist_ok=True)
    folders = review_folders(out, (file.path for file in report.files))
    written = []
    for done, file in enumerate(report.files):
        progress(f"写出 {file.path.name}", done, len(report.files))
        if file.audit is None:
            continue
        with replacing(folders[file.path]) as draft:
            _write_one(file.audit, file.path, folders[file.path], draft)
        written.append(folders[file.path] / "index.html")
    review.write_findings(report.audits, out / FINDINGS)
    progress("写完", len(report.files), len(report.files))
    return (*written, out / FINDINGS)


def _write_one(done: DocumentAudit, source: Path, before: Path, draft: Path) -> None:
    paged = source if done.document.format == "pdf" else None
    review.write_review(done, draft, paged)
    if paged is not None:
        review.annotate(done, paged, draft / "annotated.pdf")
    if (before / review.DECISIONS).is_file():
        shutil.copyfile(before / review.DECISIONS, draft / review.DECISIONS)


def _laid(path: Path, shelf: Shelf) -> list[int] | Problem:
    """The numbers of the file's papers on the shelf."""
    numbers = []
    try:
        for document in read_papers(path):
            numbers.append(shelf.lay(subject_of(document, shelf.policy)))
            del document
    except Unreadable as error:
        return error.problem
    except (RecursionError, MemoryError) as error:
        return unreadable(
            path.name, "不能读取", f"文件结构异常（{type(error).__name__}）", "请核对文件来源，打开后另存"
        ).problem
    return numbers
