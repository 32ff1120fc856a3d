"""Publishing (公开): one department-year in, its complete package out.

1. read the department-year from the ledger; 2. assemble the paper for the audience; 3. stop on errors that are not
accepted; 4. write tables (XLSX), document (DOCX, PDF), site (HTML) and open data (CSV) into a draft folder; 5. list
every file with its hash; 6. put the draft in the place of the previous package in one step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from yiheng import checks
from yiheng.facts import DepartmentYear, Finding, Paper
from yiheng.facts.table import CellKind, Status
from yiheng.pipelines.assemble import Assembled, assemble, key_of
from yiheng.pipelines.progress import Progress, silent
from yiheng.pipelines.swap import replacing
from yiheng.policy import Policy
from yiheng.reporting import docx, html, manifest, opendata, pdf, xlsx

_T = TypeVar("_T")

FILES = {
    "tables.xlsx": "报表（XLSX）",
    "disclosure.docx": "公开说明（DOCX）",
    "disclosure.pdf": "公开说明（PDF）",
    "data/datapackage.json": "开放数据（CSV）",
    "manifest.json": "文件清单与哈希",
}


class PublicationStopped(Exception):
    """Checks found errors that the department-year does not accept. Nothing was written."""

    def __init__(self, paper: Paper, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{paper.title}：有 {len(findings)} 项错误未处理，不能公开")
        self.paper = paper
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, for the summary."""

    key: str
    title: str
    folder: Path
    tables: int
    cells: int
    outcomes: dict[str, int]
    notices: tuple[str, ...]
    files: int


def publish(
    department_year: DepartmentYear,
    policy: Policy,
    out: Path,
    *,
    audience: str = "public",
    progress: Progress = silent,
) -> Published:
    """Write the package of the department-year into a folder of its own under `out`.

    Raises `PublicationStopped` before anything is written, `PolicyNotInForce`, and `OSError`: `FileExistsError` where
    other content stands in the package's place. The previous package stays as it was unless the new one is whole.
    """
    steps = _Steps(progress)
    target = out / (key_of(department_year) + ("" if audience == "public" else f"-{audience}"))
    if target.exists() and not _is_package(target):
        raise FileExistsError(f"{target} 已有别的内容，不是公开包；请换一个文件夹")
    assembled = steps.run("计算报表与说明", lambda: assemble(department_year, policy, audience))
    if assembled.stops:
        raise PublicationStopped(assembled.paper, assembled.stops)
    with replacing(target) as draft:
        _write(assembled, draft, steps)
        files = sum(1 for path in draft.rglob("*") if path.is_file())
    return _published(assembled.paper, target, files)


def _is_package(folder: Path) -> bool:
    return folder.is_dir() and ((folder / manifest.NAME).is_file() or not any(folder.iterdir()))


def _write(assembled: Assembled, draft: Path, steps: _Steps) -> None:
    paper, labels = assembled.paper, assembled.labels
    downloads = tuple((label, f"../{name}") for name, label in FILES.items())
    steps.run("写出报表 XLSX", lambda: xlsx.write(paper, draft / "tables.xlsx", labels))
    steps.run("写出说明 DOCX", lambda: docx.write(paper, draft / "disclosure.docx"))
    steps.run("写出说明 PDF", lambda: pdf.write(paper, draft / "disclosure.pdf"))
    steps.run("写出网站", lambda: html.write(paper, draft / "site", labels, downloads))
    steps.run("写出开放数据", lambda: opendata.write(paper, draft / "data", labels))
    steps.run("登记文件清单", lambda: manifest.write(draft, paper.stamp))


class _Steps:
    """Runs the steps one after the other and reports each."""

    TOTAL = 7

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done = 0

    def run(self, name: str, step: Callable[[], _T]) -> _T:
        self._progress(name, self._done, self.TOTAL)
        result = step()
        self._done += 1
        self._progress(name, self._done, self.TOTAL)
        return result


def _published(paper: Paper, folder: Path, files: int) -> Published:
    printed = [t for t in paper.tables if t.status is not Status.NOT_ATTESTED]
    cells = sum(
        1 for t in printed for ref in t.money_cells() if ref.cell.kind is CellKind.MONEY and ref.cell.text
    )
    return Published(
        paper.key,
        paper.title,
        folder,
        len(printed),
        cells,
        checks.counts(paper.findings),
        paper.notices,
        files,
    )
