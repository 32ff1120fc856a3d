"""Publishing (公开): one department-year in, its complete package out.

1. assemble the paper for the audience; 2. the same of its evaluation, where it has one; 3. stop on errors that are not
accepted; 4. write tables (XLSX), document (DOCX, PDF), site (HTML) and open data (CSV) into a draft folder, and what
there is of the evaluation into `performance/` below it; 5. read the finished documents again, those of the evaluation
too, audit them as anybody else's, and stop on what is not known already; 6. list every file with its hash; 7. put the
draft in the place of the previous package in one step. A department-year of performance alone has nothing but its
evaluation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yiheng import checks
from yiheng.facts import DepartmentYear, Finding, Outcome, Paper, Severity
from yiheng.facts.table import CellKind, Status
from yiheng.pipelines.assemble import Assembled, assemble, key_of
from yiheng.pipelines.evaluation_paper import KIND, assemble_evaluation, parts
from yiheng.pipelines.progress import Progress, Steps, silent
from yiheng.pipelines.said import said
from yiheng.pipelines.selfaudit import self_audit
from yiheng.pipelines.swap import replacing
from yiheng.policy import Policy
from yiheng.reporting import docx, html, manifest, opendata, pdf, xlsx
from yiheng.reporting.fonts import FontSet
from yiheng.scoring.errors import ScoringError

FILES = {
    "tables.xlsx": "报表（XLSX）",
    "disclosure.docx": "公开说明（DOCX）",
    "disclosure.pdf": "公开说明（PDF）",
    "data/datapackage.json": "开放数据（CSV）",
    "manifest.json": "文件清单与哈希",
}
STEPS = 10
"""Of a package with everything; one that needs fewer jumps to the end."""
EVALUATION_STEPS = 6
"""Of an evaluation by itself, besides the parts of judging it."""
BUDGET = "budget"
PERFORMANCE = "performance"
"""Folder of the evaluation inside a package."""
AUDITED = ("disclosure.docx", "disclosure.pdf")
AUDITED_EVALUATION = ("evaluation.docx", "evaluation.pdf")
"""Files that are read again and audited before the package takes its place."""
EVALUATION = {
    "evaluation.xlsx": "绩效自评表（XLSX）",
    "evaluation.docx": "绩效自评报告（DOCX）",
    "evaluation.pdf": "绩效自评报告（PDF）",
}


class PublicationStopped(Exception):
    """Checks found errors that the department-year does not accept, in its data or in the finished documents. Nothing
    was written.
    """

    def __init__(self, key: str, title: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{title}：有 {len(findings)} 项错误未处理，不能公开")
        self.key = key
        self.title = title
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
    evaluation: str = ""
    """Title of the evaluation that came along."""
    failed: tuple[Finding, ...] = ()
    """What the checks found and did not stop: warnings, and errors that the department-year accepts."""


def publish(
    department_year: DepartmentYear,
    policy: Policy,
    out: Path,
    *,
    audience: str = "public",
    fonts: FontSet | None = None,
    progress: Progress = silent,
) -> Published:
    """Write the package of the department-year into a folder of its own under `out`, its PDF in `fonts`.

    Raises `PublicationStopped` before anything is written, `PolicyNotInForce`, and `OSError`: `FileExistsError` where
    other content stands in the package's place. The previous package stays as it was unless the new one is whole.
    """
    steps = Steps(progress, STEPS)
    target = _target(department_year, out, audience)
    alone = department_year.kind == KIND
    assembled = None
    if not alone:
        assembled = steps.run("计算报表与说明", lambda: assemble(department_year, policy, audience))
    evaluated, refused = steps.run("评价绩效", lambda: _evaluated(department_year, policy, audience, ""))
    papers = [found for found in (assembled, evaluated) if found is not None]
    stops = (*refused, *(stop for found in papers for stop in found.stops))
    if stops or not papers:
        title = papers[0].paper.title if papers else department_year.title or department_year.unit.name
        raise PublicationStopped(target.name, title, stops or (_nothing(department_year),))
    with replacing(target) as draft, said() as warned:
        if assembled is not None:
            _write(assembled, draft, steps, evaluated is not None, fonts)
        if evaluated is not None:
            folder = draft if alone else draft / PERFORMANCE
            one = Steps(silent, 0)
            steps.run(
                "写出绩效自评材料",
                lambda: _write_evaluation(evaluated, folder, one, fonts, back=not alone),
            )
        written = [(assembled, [draft / name for name in AUDITED])] if assembled else []
        if evaluated is not None:
            written.append((evaluated, [folder / name for name in AUDITED_EVALUATION]))
        steps.run("审校成稿", lambda: _audit(written, policy, target.name))
        steps.run("登记文件清单", lambda: manifest.write(draft, papers[0].paper.stamp))
        files = sum(1 for path in draft.rglob("*") if path.is_file())
    steps.end()
    return _published(papers[0].paper, target, files, evaluated if assembled else None, warned)


def publish_evaluation(
    department_year: DepartmentYear,
    policy: Policy,
    out: Path,
    *,
    framework: str = "",
    audience: str = "public",
    fonts: FontSet | None = None,
    progress: Progress = silent,
) -> Published:
    """Write the evaluation alone, whatever the department-year is compiled for. Raises as `publish` does."""
    target = _target(replace(department_year, kind=KIND), out, audience)
    judging = parts(department_year)
    steps = Steps(progress, judging + EVALUATION_STEPS)
    evaluated, refused = steps.run(
        "评价绩效",
        lambda: _evaluated(department_year, policy, audience, framework, steps.inner),
        judging,
    )
    stops = (*refused, *(evaluated.stops if evaluated else (_nothing(department_year),)))
    if stops or evaluated is None:
        raise PublicationStopped(target.name, department_year.title or department_year.unit.name, stops)
    with replacing(target) as draft, said() as warned:
        _write_evaluation(evaluated, draft, steps, fonts, back=False)
        written = [(evaluated, [draft / name for name in AUDITED_EVALUATION])]
        steps.run("审校成稿", lambda: _audit(written, policy, target.name))
        steps.run("登记文件清单", lambda: manifest.write(draft, evaluated.paper.stamp))
        files = sum(1 for path in draft.rglob("*") if path.is_file())
    steps.end()
    return _published(evaluated.paper, target, files, None, warned)


def _target(department_year: DepartmentYear, out: Path, audience: str) -> Path:
    target = out / (key_of(department_year) + ("" if audience == "public" else f"-{audience}"))
    if target.exists() and not _is_package(target):
        raise FileExistsError(f"{target} 已有别的内容，不是公开包；请换一个文件夹")
    return target


def _evaluated(
    department_year: DepartmentYear,
    policy: Policy,
    audience: str,
    framework: str,
    progress: Progress = silent,
) -> tuple[Assembled | None, tuple[Finding, ...]]:
    """The evaluation; what scoring refuses to judge stands in the way of publication. A budget comes before it."""
    if department_year.kind == BUDGET:
        return None, ()
    try:
        return assemble_evaluation(department_year, policy, audience, framework, progress), ()
    except ScoringError as error:
        return None, tuple(_refusal("绩效评价无法计算", line) for line in str(error).splitlines())


def _nothing(department_year: DepartmentYear) -> Finding:
    return _refusal(
        "没有可评价的内容",
        f"{department_year.unit.name} {department_year.year} 年没有自评表、整体评价或满意度调查",
    )


def _refusal(title: str, message: str) -> Finding:
    remedy = "请在“自评表”“自评指标”“整体评价得分”等表补录或改正"
    return Finding(
        "score.evaluation", title, Severity.ERROR, Outcome.FAIL, "绩效评价", message=message, next_step=remedy
    )


def _is_package(folder: Path) -> bool:
    return folder.is_dir() and ((folder / manifest.NAME).is_file() or not any(folder.iterdir()))


def _write(assembled: Assembled, draft: Path, steps: Steps, evaluated: bool, fonts: FontSet | None) -> None:
    paper, labels = assembled.paper, assembled.labels
    downloads = [(label, f"../{name}") for name, label in FILES.items()]
    if evaluated:
        downloads.append(("绩效自评（网页）", f"../{PERFORMANCE}/site/index.html"))
        downloads += [(label, f"../{PERFORMANCE}/{name}") for name, label in EVALUATION.items()]
    steps.run("写出报表 XLSX", lambda: xlsx.write(paper, draft / "tables.xlsx", labels))
    steps.run("写出说明 DOCX", lambda: docx.write(paper, draft / "disclosure.docx"))
    steps.run("写出说明 PDF", lambda: pdf.write(paper, draft / "disclosure.pdf", fonts))
    steps.run("写出网站", lambda: html.write(paper, draft / "site", labels, downloads))
    steps.run("写出开放数据", lambda: opendata.write(paper, draft / "data", labels))


def _audit(written: Sequence[tuple[Assembled, Sequence[Path]]], policy: Policy, key: str) -> None:
    """Raise `PublicationStopped` for what the finished documents show and nobody has accepted."""
    found = [
        finding
        for done, files in written
        for finding in self_audit(done.paper, done.department_year, files, policy)
    ]
    if found:
        raise PublicationStopped(key, written[0][0].paper.title, tuple(found))


def _write_evaluation(
    evaluated: Assembled, folder: Path, steps: Steps, fonts: FontSet | None, *, back: bool
) -> None:
    """The report, the sheets and the site of an evaluation; `back` leads to the package around it."""
    paper, labels = evaluated.paper, evaluated.labels
    folder.mkdir(exist_ok=True)
    downloads = [(label, f"../{name}") for name, label in EVALUATION.items()]
    if back:
        downloads.append(("返回预决算公开（网页）", "../../site/index.html"))
    steps.run("写出自评表 XLSX", lambda: xlsx.write(paper, folder / "evaluation.xlsx", labels))
    steps.run("写出自评报告 DOCX", lambda: docx.write(paper, folder / "evaluation.docx"))
    steps.run("写出自评报告 PDF", lambda: pdf.write(paper, folder / "evaluation.pdf", fonts))
    steps.run("写出网站", lambda: html.write(paper, folder / "site", labels, downloads))


def _published(
    paper: Paper, folder: Path, files: int, evaluated: Assembled | None, warned: Sequence[str]
) -> Published:
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
        (*paper.notices, *warned),
        files,
        evaluated.paper.title if evaluated else "",
        tuple(f for f in paper.findings if f.outcome is Outcome.FAIL),
    )
