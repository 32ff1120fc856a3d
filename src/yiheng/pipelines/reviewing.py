"""Reviewing uploaded documents (审校上传的文件): an audit whose findings, pictures and marks are kept for the screens.

1. audit the files together; 2. write for each what the review shows: the audit itself, pictures of the pages with
findings, the PDF with its marks; 3. tell what there is, for the list of reviewed documents. Later: read one back with
the decisions of now, and export it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from yiheng.facts.audit import Decision, DocumentAudit
from yiheng.pipelines import audit
from yiheng.pipelines.audit import Audited
from yiheng.pipelines.audit_kept import kept, restored
from yiheng.pipelines.progress import Progress
from yiheng.pipelines.swap import replacing
from yiheng.policy import Policy
from yiheng.reporting import manifest, review
from yiheng.reporting.review import words
from yiheng.reporting.review.pictures import draw_pages

REVIEWS: Final = "reviews"
"""Folder of the reviews below that of the job; in it one folder for each file, numbered."""
AUDIT, ANNOTATED, PAGES = "audit.json", "annotated.pdf", "pages"


def review_files(
    files: Sequence[Path], folder: Path, policy: Policy, today: dt.date, progress: Progress
) -> list[dict[str, Any]]:
    """Audit the files and write their reviews under `folder`; an entry for each, as `ReviewedDocument` has it."""
    report = audit.run(files, policy, today, progress)
    entries = []
    with replacing(folder / REVIEWS) as draft:
        for number, file in enumerate(report.files):
            progress(f"写出 {file.path.name}", number, len(report.files))
            name = f"{number + 1:03}"
            _write(file, draft / name)
            entries.append({"folder": f"{REVIEWS}/{name}", **_entry(file)})
    return entries


def read_review(folder: Path, decisions: Mapping[str, Decision]) -> DocumentAudit:
    """The review of one document as it was found, with the decisions of now. Raises `OSError`."""
    return restored(json.loads((folder / AUDIT).read_text(encoding="utf-8")), decisions)


def page_picture(folder: Path, page: int) -> Path:
    """The picture of a page with findings; it may be missing."""
    return folder / PAGES / f"page-{page:04}.png"


def export_findings(audits: Sequence[DocumentAudit], target: Path) -> None:
    """Write the findings with their decisions as a workbook (问题清单)."""
    review.write_findings(audits, target)


def decisions_data(done: DocumentAudit) -> dict[str, Any]:
    """The decisions as the file that `yiheng audit --decisions` reads."""
    found = [
        {**review.decision_data(done.decisions[f.key]), "rule": f.rule, "quote": f.quote}
        for f in done.shown
        if f.key in done.decisions
    ]
    return {"file": done.document.name, "decisions": found}


def _write(file: Audited, folder: Path) -> None:
    folder.mkdir()
    done = file.audit
    if done is None:
        return
    if done.document.format == "pdf":
        wanted = {finding.place.page for finding in done.shown if finding.place.page}
        if wanted:
            draw_pages(file.path, wanted, folder / PAGES)
        review.annotate(done, file.path, folder / ANNOTATED)
    text = json.dumps(kept(done), ensure_ascii=False)
    (folder / AUDIT).write_text(text, encoding="utf-8")


def _entry(file: Audited) -> dict[str, Any]:
    done = file.audit
    if done is None:
        return {"name": file.path.name, "sha256": manifest.digest(file.path), "problem": str(file.problem)}
    severities = Counter(finding.severity.value for finding in done.shown)
    return {
        "name": file.path.name,
        "sha256": done.document.sha256,
        "identity": words.identity_line(done),
        "errors": severities["error"],
        "warnings": severities["warning"],
        "hints": severities["hint"],
        "checks": words.outcome_line(done),
    }
