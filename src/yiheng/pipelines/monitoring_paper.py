"""The monitoring paper (绩效运行监控材料) as files: report, tables per project, charts.

1. watch the department-year on the day; 2. for the public, add inner rows up to totals; 3. draw tables, report and
charts; 4. stamp it; 5. write DOCX, PDF, XLSX and the site, which take the old folder's place at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from yiheng.facts import DepartmentYear, Paper
from yiheng.facts.disclosure import mask, public, scope
from yiheng.performance.providers import Provider
from yiheng.pipelines.assemble import Assembled, stamp
from yiheng.pipelines.evaluation_paper import HOUSE, KIND
from yiheng.pipelines.monitor import public_grounds, watch, watched_parts
from yiheng.pipelines.progress import Progress, Steps, silent
from yiheng.pipelines.swap import replacing
from yiheng.policy import Policy
from yiheng.reporting import docx, html, manifest, pdf, xlsx
from yiheng.reporting.fonts import FontSet
from yiheng.reporting.naming import labels_of
from yiheng.statements.monitoring import MonitoringPaper, monitoring_paper
from yiheng.statements.monitoring.watched import Watched

STEPS: Final = 6
"""Of writing the paper, besides the parts of watching."""
FILES: Final = {
    "monitoring.xlsx": "监控情况表（XLSX）",
    "monitoring.docx": "监控报告（DOCX）",
    "monitoring.pdf": "监控报告（PDF）",
}


def assemble_monitoring(
    watched: Watched, department_year: DepartmentYear, policy: Policy, audience: str
) -> Assembled:
    """The finished paper for an audience, public 对外公开 or internal 内部. Raises `PolicyNotInForce`."""
    rule = scope(policy, department_year)
    masked = mask(department_year, rule)
    shown = public(masked, rule) if audience == "public" else masked
    told = public_grounds(watched, rule) if audience == "public" else watched
    written = monitoring_paper(replace(told, department_year=shown), policy, audience)
    paper = Paper(
        key=f"{shown.unit.key}-monitoring-{watched.as_of.isoformat()}",
        title=written.title,
        owner=shown.unit.name,
        year=shown.year,
        kind=KIND,
        audience=audience,
        sections=written.sections,
        tables=written.tables,
        findings=watched.findings,
        charts=written.charts,
        synthetic=shown.synthetic,
        documents={r.key: r.get("title") for r in shown.records_of("document")},
        notices=tuple(_notices(written, watched)),
        stamp=stamp(shown, policy),
        table_labels={"owner": written.owner_label},
    )
    return Assembled(paper, shown, "", labels_of(shown, policy))


def _notices(written: MonitoringPaper, watched: Watched) -> Iterator[str]:
    """What no document stands behind, and by when the report is due."""
    for entry in written.defaults:
        note = f"：{entry.source.note}" if entry.source.note else ""
        yield f"{HOUSE}：{entry.title}{note}"
    if watched.deadline is not None:
        yield f"编报时限：{watched.deadline.day.isoformat()}，依据{watched.deadline.entry.cite()}"


def publish_monitoring(
    department_year: DepartmentYear,
    policy: Policy,
    as_of: dt.date,
    out: Path,
    *,
    audience: str = "public",
    provider: Provider | None = None,
    fonts: FontSet | None = None,
    progress: Progress = silent,
) -> tuple[Watched, Path]:
    """Write the paper of the day into a folder of its own under `out`, its PDF in `fonts`. The ledger must be open.

    Raises `ScoringError` as `watch` does, `PolicyNotInForce`, and `FileExistsError` where other content stands in the
    folder's place. What was there stays unless the new one is whole.
    """
    watching = watched_parts(department_year)
    steps = Steps(progress, watching + STEPS)
    watched = steps.run(
        "分析执行与绩效", lambda: watch(department_year, policy, as_of, provider, steps.inner), watching
    )
    assembled = steps.run(
        "编写报告与报表", lambda: assemble_monitoring(watched, department_year, policy, audience)
    )
    target = out / (assembled.paper.key + ("" if audience == "public" else f"-{audience}"))
    if target.exists() and not (target / manifest.NAME).is_file():
        raise FileExistsError(f"{target} 已有别的内容，不是监控材料；请换一个文件夹")
    with replacing(target) as draft:
        _write(assembled, draft, steps, fonts)
    steps.end()
    return watched, target


def _write(assembled: Assembled, draft: Path, steps: Steps, fonts: FontSet | None) -> None:
    paper, labels = assembled.paper, assembled.labels
    downloads = [(label, f"../{name}") for name, label in FILES.items()]
    steps.run("写出监控情况表 XLSX", lambda: xlsx.write(paper, draft / "monitoring.xlsx", labels))
    steps.run("写出监控报告 DOCX", lambda: docx.write(paper, draft / "monitoring.docx"))
    steps.run("写出监控报告 PDF", lambda: pdf.write(paper, draft / "monitoring.pdf", fonts))
    steps.run("写出网站", lambda: html.write(paper, draft / "site", labels, downloads))
    steps.run("登记文件清单", lambda: manifest.write(draft, paper.stamp))
