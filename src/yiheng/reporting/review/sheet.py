"""The findings of an audit as a workbook (问题清单)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook

from yiheng.facts.audit import AuditFinding, Decision, DocumentAudit
from yiheng.reporting.review.words import ground_line, identity_line, not_run, outcome_line, where
from yiheng.reporting.xlsx.cells import Book, put

_HEAD: Final[Mapping[str, Any]] = {"bold": True, "border": 1, "bg_color": "#E9EEF3", "align": "center"}
_BODY: Final[Mapping[str, Any]] = {"valign": "top", "text_wrap": True, "border": 1}
_FINDINGS: Final = {
    "序号": 6, "文件": 28, "级别": 7, "位置": 16, "问题": 26, "原文": 40, "印出": 16, "应为": 16, "相差": 14,
    "说明": 36, "依据": 44, "处理": 30, "裁定": 10, "理由": 30, "规则": 26,
}  # fmt: skip
_FILES: Final = {"文件": 36, "是什么": 44, "审校结果": 60, "错误": 8, "警告": 8, "提示": 8}
_NOT_RUN: Final = {"文件": 36, "检查": 36, "为什么无法执行": 60}


def write_findings(audits: Sequence[DocumentAudit], path: Path) -> None:
    """Write the sheets 问题, 文件 and 无法执行."""
    with Workbook(path) as workbook:
        book = Book(workbook)
        _sheet(book, "问题", _FINDINGS, list(_findings(audits)))
        _sheet(book, "文件", _FILES, list(_files(audits)))
        _sheet(book, "无法执行", _NOT_RUN, [(a.document.name, *why) for a in audits for why in not_run(a)])


def _sheet(book: Book, name: str, columns: Mapping[str, int], rows: Sequence[Sequence[str | int]]) -> None:
    sheet, head, body = book.add_sheet(name), book.look(**_HEAD), book.look(**_BODY)
    for c, (title, width) in enumerate(columns.items()):
        sheet.set_column(c, c, width)
        put(sheet, 0, c, title, head)
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row):
            put(sheet, r, c, value, body)
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _findings(audits: Sequence[DocumentAudit]) -> Iterator[tuple[str | int, ...]]:
    number = 0
    for done in audits:
        for finding in done.shown:
            number += 1
            yield number, done.document.name, *_row(finding, done.decisions.get(finding.key))


def _row(finding: AuditFinding, decision: Decision | None) -> tuple[str, ...]:
    return (
        finding.severity.label, where(finding.place), finding.title, finding.quote, finding.printed,
        finding.computed, finding.difference, finding.message, "\n".join(map(ground_line, finding.sources)),
        finding.remedy, decision.verdict.label if decision else "", decision.reason if decision else "",
        finding.rule,
    )  # fmt: skip


def _files(audits: Sequence[DocumentAudit]) -> Iterator[tuple[str | int, ...]]:
    for done in audits:
        by = [sum(f.severity.value == name for f in done.shown) for name in ("error", "warning", "hint")]
        yield done.document.name, identity_line(done), outcome_line(done), *by
