"""The sheets beside the tables: 目录, 审核结果, 来源 and 原始数."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from yiheng.facts import YUAN_UOM, Fact, Finding, Outcome, Paper, Severity
from yiheng.reporting import wording
from yiheng.reporting.describe import describe
from yiheng.reporting.document import STAMP_NAMES, SYNTHETIC
from yiheng.reporting.entry import Entry, table_name
from yiheng.reporting.labels import Labels
from yiheng.reporting.rules import rule_text
from yiheng.reporting.trace import Trace, ranges
from yiheng.reporting.xlsx.cells import A4, Book, put, put_link
from yiheng.reporting.xlsx.tables import Places

# Sheet columns with their widths in characters.
_TABLES: Final = {"序号": 6, "报表": 48, "单位": 8, "状态": 14}
_FINDINGS: Final = {"结果": 12, "级别": 8, "检查": 36, "位置": 36, "左边": 16, "右边": 16, "相差": 12}
_ADVICE: Final = {"说明": 40, "下一步": 30, "接受理由": 24, "规则": 24}
_FIGURES: Final = {
    "编号": 7,
    "位置": 40,
    "地址": 40,
    "印出": 14,
    "单位": 7,
    "计算值": 20,
    "可能区间": 26,
    "状态": 12,
}
_ORIGINS: Final = {"规则": 40, "口径": 14, "来源文件": 30, "出处": 40, "原始数编号": 22}
_FACTS: Final = {"编号": 7, "指标": 16, "口径": 14, "年度": 7, "单位": 28, "维度": 60, "数值": 18, "计量": 7}
_KNOWN: Final = {"精度": 24, "日期": 12, "来源文件": 36, "出处": 36}
_LEDGER: Final = {"台账表": 18, "行": 18, "查询": 30}

_HEAD: Final[Mapping[str, Any]] = {"bold": True, "border": 1, "bg_color": "#E9EEF3", "align": "center"}
_BODY: Final[Mapping[str, Any]] = {"valign": "top", "text_wrap": True}
_LINK: Final[Mapping[str, Any]] = {**_BODY, "font_color": "#0B4F8A", "underline": 1}
_YUAN: Final[Mapping[str, Any]] = {**_BODY, "num_format": "#,##0.00"}
_PLACES_SHOWN: Final = 10
_FIRST: Final = (Outcome.FAIL, Outcome.COULD_NOT_RUN, Outcome.NOT_APPLICABLE, Outcome.PASS)


@dataclass(frozen=True, slots=True)
class _Link:
    """Words that lead to a cell: sheet, row, column."""

    words: str
    target: tuple[str, int, int]


Value = str | int | Decimal | _Link
"""What a list shows: words, counts, amounts in yuan, links."""


def write_contents(
    book: Book, sheet: Worksheet, paper: Paper, names: Sequence[str], others: Sequence[str]
) -> None:
    """The first sheet: what the workbook is, and links to all its sheets."""
    put(sheet, 0, 0, paper.title, book.look(font_size=16, bold=True))
    lines = [paper.owner, *([SYNTHETIC] if paper.synthetic else []), *paper.notices]
    for row, line in enumerate(lines, 1):
        put(sheet, row, 0, line, book.look(font_color="#9C1C17" if line == SYNTHETIC else "#333333"))
    rows: list[tuple[Value, ...]] = []
    for number, (table, name) in enumerate(zip(paper.tables, names, strict=True), 1):
        title = table_name(table, paper.table_labels.get(table.code, ""))
        rows.append((number, _Link(title, (name, 0, 0)), table.unit, table.status.value))
    rows += [("", _Link(name, (name, 0, 0)), "", "") for name in others]
    row = _list(book, sheet, len(lines) + 2, _TABLES, rows) + 1
    for name, value in paper.stamp.items():
        put(
            sheet,
            row,
            1,
            f"{STAMP_NAMES.get(name, name)}：{value}",
            book.look(font_size=8, font_color="#555555"),
        )
        row += 1
    sheet.hide_gridlines(2)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def write_findings(book: Book, sheet: Worksheet, findings: Sequence[Finding]) -> None:
    """All findings, failures first; above them how many there are of each outcome."""
    counted = "　".join(f"{o.label} {sum(f.outcome is o for f in findings)} 项" for o in Outcome)
    put(sheet, 0, 0, f"审核结果：{counted}", book.look(bold=True))
    columns = {**_FINDINGS, **_ADVICE}
    after = _list(book, sheet, 1, columns, (_finding(f) for f in sorted(findings, key=_urgency)))
    _page(sheet, 1, len(columns), after)


def write_sources(book: Book, sheet: Worksheet, trace: Trace, places: Places, labels: Labels) -> None:
    """Every figure: address (a link to its cell), value, rule, views, documents and places, and its facts."""
    columns = {**_FIGURES, **_ORIGINS}
    after = _list(book, sheet, 0, columns, _figures(trace, places, labels))
    _page(sheet, 0, len(columns), after)


def write_facts(book: Book, sheet: Worksheet, trace: Trace, labels: Labels, internal: bool) -> None:
    """Every leaf once; the ledger rows are named in internal papers only."""
    columns = {**_FACTS, **_KNOWN, **(_LEDGER if internal else {})}
    rows = (_fact(number, fact, labels, internal) for number, fact in enumerate(trace.facts, 1))
    _page(sheet, 0, len(columns), _list(book, sheet, 0, columns, rows))


def _urgency(finding: Finding) -> tuple[int, bool, bool, int]:
    severity = list(Severity).index(finding.severity)
    return _FIRST.index(finding.outcome), bool(finding.accepted), not finding.rounding_tail, severity


def _finding(finding: Finding) -> tuple[Value, ...]:
    outcome = finding.outcome.label + ("（尾差）" if finding.rounding_tail else "")
    sides = (finding.left, finding.right, finding.difference)
    advice = (finding.message, finding.next_step, finding.accepted, finding.rule)
    return (outcome, finding.severity.label, finding.title, finding.place, *sides, *advice)


def _figures(trace: Trace, places: Places, labels: Labels) -> Iterator[tuple[Value, ...]]:
    for number, (entry, terms) in enumerate(zip(trace.entries, trace.terms, strict=True)):
        place = places.get(number)
        address: Value = _Link(entry.address, place) if place else entry.address
        shown = (entry.printed, entry.unit, entry.value, entry.interval, entry.status.value)
        yield (
            number + 1,
            entry.where,
            address,
            *shown,
            rule_text(entry.rule, labels),
            *_origins(entry, labels),
            _numbers(terms),
        )


def _fact(number: int, fact: Fact, labels: Labels, internal: bool) -> tuple[Value, ...]:
    line = describe(fact, labels)
    value = Decimal(fact.amount).scaleb(-wording.FEN_PLACES) if fact.uom == YUAN_UOM else fact.amount
    about = (number, line.measure, line.view, fact.year, line.unit, line.dims_text, value, fact.uom)
    known = (line.precision, line.on, line.document, line.place)
    return (*about, *known, *((fact.source.table, fact.source.row, line.query) if internal else ()))


def _origins(entry: Entry, labels: Labels) -> tuple[str, str, str]:
    """Views, documents and places of the figure's facts, each said once."""
    sources = [term.fact.source for term in entry.terms] + ([entry.source] if entry.source else [])
    views = dict.fromkeys(labels.view(term.fact.view) for term in entry.terms)
    documents = dict.fromkeys(labels.document(source.document) for source in sources if source.document)
    found = list(dict.fromkeys(source.place for source in sources if source.place))
    rest = f" 等 {len(found)} 处（见原始数）" if len(found) > _PLACES_SHOWN else ""
    return "、".join(views), "；".join(documents), "；".join(found[:_PLACES_SHOWN]) + rest


def _numbers(terms: Sequence[int]) -> str:
    added, taken = _runs(n for n in terms if n > 0), _runs(-n for n in terms if n < 0)
    return f"{added}；减 {taken}" if taken else added


def _runs(numbers: Iterable[int]) -> str:
    return "、".join(f"{a}–{b}" if b > a else str(a) for a, b in ranges(sorted(set(numbers))))


def _list(
    book: Book, sheet: Worksheet, top: int, columns: Mapping[str, int], rows: Iterable[tuple[Value, ...]]
) -> int:
    """Header and rows; gives back the first row below."""
    for column, (name, width) in enumerate(columns.items()):
        put(sheet, top, column, name, book.look(**_HEAD))
        sheet.set_column(column, column, width)
    body, link, yuan = book.look(**_BODY), book.look(**_LINK), book.look(**_YUAN)
    row = top + 1
    for values in rows:
        for column, value in enumerate(values):
            if isinstance(value, _Link):
                put_link(sheet, row, column, value.target, value.words, link)
            elif value != "":
                put(sheet, row, column, value, yuan if isinstance(value, Decimal) else body)
        row += 1
    return row


def _page(sheet: Worksheet, head: int, width: int, after: int) -> None:
    sheet.freeze_panes(head + 1, 0)
    sheet.autofilter(head, 0, max(after - 1, head), width - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&C第 &P 页，共 &N 页")
