"""Command that audits published documents: audit."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yiheng.cli import support
from yiheng.cli.support import Json

if TYPE_CHECKING:
    from yiheng.facts.audit import AuditFinding, DocumentAudit
    from yiheng.pipelines.audit import Audited, AuditReport

_REASONS = 3
_GROUNDS = 4
_STYLES = {"error": "red", "warning": "yellow", "hint": "cyan"}


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    support.add(app, "audit", audit, ledger=False)


def audit(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件或文件夹", help="公开文件：PDF、DOCX、XLSX、网页、文本；文件夹则审校其中全部。"
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="写出审校结果的文件夹：复核网页、问题清单 XLSX、标注后的 PDF。"),
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="复核网页导出的裁定文件；--out 文件夹里的会自动读入。")
    ] = None,
    hints: Annotated[bool, typer.Option("--hints", help="在终端也列出提示（默认只列错误和警告）。")] = False,
    as_json: Json = False,
) -> None:
    """审校公开文件：读取、重算、勾稽，列出对不上的地方。有问题时退出码仍为 0。"""
    import datetime as dt

    from yiheng.pipelines import audit as job
    from yiheng.reporting import review

    paths = job.find(files)
    if not paths:
        support.fail("文件夹里没有可以审校的文件（PDF、DOCX、XLSX、网页、文本）。")
    today = dt.datetime.now(tz=dt.UTC).date()
    kept = job.kept_decisions(out, paths) if out is not None else {}
    kept |= review.read_decisions(decisions) if decisions is not None else {}
    with support.progress_bar() as bar:
        report = job.run(paths, support.policy(), today, bar, kept)
        written = job.write(report, out, bar) if out is not None else ()
    if as_json:
        support.show(report.data())
        return
    for file in report.files:
        _say_file(file, hints)
    if len(report.files) > 1:
        _say_overview(report)
    for path in written:
        support.say(f"已写出 {path}")


def _say_file(file: Audited, hints: bool) -> None:
    from yiheng.reporting.review import words

    support.say("")
    if file.audit is None:
        support.say(f"{file.path.name}", "bold")
        support.say(f"  未能审校：{file.problem}", "red")
        return
    done = file.audit
    support.say(f"{file.path.name}　{words.identity_line(done)}", "bold")
    for line in words.papers_lines(done):
        support.say(f"  {line}")
    support.say(f"  {_outcomes(done)}")
    for problem in done.document.problems:
        support.say(
            f"  未能读取：{problem.message}" + (f"　处理：{problem.remedy}" if problem.remedy else ""),
            "yellow",
        )
    shown = [f for f in done.shown if hints or f.severity.value != "hint"]
    for number, finding in enumerate(shown, 1):
        _say_finding(number, finding)
    left = len(done.shown) - len(shown)
    if left:
        support.say(f"  另有提示 {left} 条（加 --hints 列出）。")


def _outcomes(done: DocumentAudit) -> str:
    """The counts, with why something could not run."""
    from yiheng.reporting.review import words

    reasons = Counter(why for _, why in words.not_run(done) if why)
    why = f"（{'；'.join(reason for reason, _ in reasons.most_common(_REASONS))}）" if reasons else ""
    return words.outcome_line(done) + why


def _say_finding(number: int, finding: AuditFinding) -> None:
    from yiheng.reporting.review import words

    head = f"  {number}. [{finding.severity.label}] {words.where(finding.place)}　{finding.title}"
    support.say(head, _STYLES[finding.severity.value])
    if finding.quote:
        support.say(f"     原文：{finding.quote}")
    if figures := words.figures_line(finding):
        support.say(f"     {figures}")
    if finding.message:
        support.say(f"     {finding.message}")
    for ground in finding.sources[:_GROUNDS]:
        support.say(f"     依据：{words.ground_line(ground)}")
    if finding.remedy:
        support.say(f"     处理：{finding.remedy}")


def _say_overview(report: AuditReport) -> None:
    support.say("")
    support.say("汇总", "bold")
    for file in report.files:
        if file.audit is None:
            support.say(f"  {file.path.name}：未能审校")
            continue
        severities = Counter(f.severity.value for f in file.audit.shown)
        listed = f"错误 {severities['error']}，警告 {severities['warning']}，提示 {severities['hint']}"
        support.say(f"  {file.path.name}：{listed}")
