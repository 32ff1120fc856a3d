"""Performance forms as they stand in a document (绩效表): header fields, funds, indicators, total, form by form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from yiheng.checks.audit.subject import Subject
from yiheng.facts.document import Place, ReadCell
from yiheng.facts.known import KnownBlock, KnownRow, KnownTable
from yiheng.money import PrintedKind

_TOTALS = frozenset({"总分", "合计", "总计", "总得分", "合计得分"})
_SCORES = frozenset({"评分情况", "评分表"})
_PARTS = frozenset({"资金执行", "年度主要任务", "绩效自评指标", "绩效目标指标"})
_FIELDS = re.compile(
    r"^(项目名称|项目编码|项目编号|主管部门|实施单位|项目单位|项目金额|本年度项目金额|项目总金额|部门.*名称|一级预算单位)"
)


class FieldValue(NamedTuple):
    """A field of the form's head with what is filled in."""

    label: str
    cell: ReadCell


class Line(NamedTuple):
    """A row of a part of a form; cells by canonical column."""

    row: KnownRow
    cells: dict[str, ReadCell]

    def text(self, column: str) -> str:
        return self.cells[column].text.strip() if column in self.cells else ""

    def number(self, column: str) -> Decimal | None:
        """The figure of a column; None where it holds none."""
        printed = self.cells[column].printed if column in self.cells else None
        return printed.value if printed is not None and printed.kind is PrintedKind.NUMBER else None

    def place(self, column: str) -> Place:
        return self.cells[column].place if column in self.cells else self.row.place


@dataclass
class Form:
    """One form: a project's targets or self-evaluation, or the targets of the whole department."""

    table: KnownTable
    fields: dict[str, FieldValue] = field(default_factory=dict)
    funds: list[Line] = field(default_factory=list)
    indicators: list[Line] = field(default_factory=list)
    tasks: list[Line] = field(default_factory=list)
    total: Line | None = None
    scored: bool = False
    """Its indicators have an actual, a weight and a score."""

    @property
    def name(self) -> str:
        """The project's name, else the title of the form."""
        named = self.fields.get("项目名称")
        return named.cell.text.strip() if named else self.table.shown

    @property
    def whole(self) -> bool:
        """Targets of a whole department or unit."""
        return (
            "整体" in self.table.read.title
            or bool(self.tasks)
            or any("部门" in f for f in self.fields if "名称" in f)
        )

    @property
    def shown(self) -> str:
        title = self.table.read.title or "绩效表"
        named = self.fields.get("项目名称")
        name = named.cell.text.strip() if named else ""
        return f"{title}（{name}）" if name and name not in title else title


def forms(subject: Subject) -> tuple[Form, ...]:
    """The performance forms of the document, worked out once."""
    made = subject.memo.get("forms")
    if not isinstance(made, tuple):
        made = tuple(_forms(subject.tables))
        subject.memo["forms"] = made
    return made


def _forms(tables: Sequence[KnownTable]) -> Iterator[Form]:
    current: Form | None = None
    for table in tables:
        for block in table.blocks:
            fields = _fields(block)
            part = _part(block)
            opens = bool(fields) or (part == "资金执行" and current is not None and current.indicators)
            if opens and (current is None or _complete(current, fields)):
                if current is not None:
                    yield current
                current = Form(table)
            if fields and current is not None:
                current.fields.update(fields)
            elif block.part in _SCORES and current is not None and current.indicators and _only_total(block):
                current.total = current.total or _lines(block)[0]
            elif part in _PARTS:
                current = current or Form(table)
                _add(current, block)
    if current is not None:
        yield current


def _part(block: KnownBlock) -> str:
    """The part of a form; a list of projects with their execution is none, though its header looks like one."""
    if block.part == "资金执行" and not (
        block.rows and _SOURCE.search(re.sub(r"\s", "", block.rows[0].label))
    ):
        return ""
    return block.part


_SOURCE = re.compile(r"总额|年度资金|资金合计|资金总计|^合计$|^总计$")


def _complete(form: Form, fields: dict[str, FieldValue]) -> bool:
    return bool(form.indicators) or any(name in form.fields for name in fields)


def _fields(block: KnownBlock) -> dict[str, FieldValue]:
    """Pairs of label and value at the head of a form."""
    found: dict[str, FieldValue] = {}
    if block.part:
        return found
    for row, cells in zip(block.rows, block.cells, strict=True):
        label = re.sub(r"[\s：:]", "", row.label)
        if cells and _FIELDS.match(label):
            found[re.sub(r"[（(].*", "", label)] = FieldValue(row.label, cells[0])
    return found


def _only_total(block: KnownBlock) -> bool:
    """A part of its own that holds the total of the form."""
    return len(block.rows) == 1 and is_total(block.rows[0])


def is_total(row: KnownRow) -> bool:
    """总分, 合计 and the like, also with what they come to: 合计（100分）."""
    return re.sub(r"\s|[(（]\d{1,4}分[)）]$", "", row.label) in _TOTALS


def _lines(block: KnownBlock) -> list[Line]:
    names = [column.name for column in block.columns]
    return [
        Line(row, {name: cell for name, cell in zip(names, cells, strict=True) if name})
        for row, cells in zip(block.rows, block.cells, strict=True)
    ]


def score_tables(subject: Subject) -> Iterator[tuple[KnownTable, list[Line]]]:
    """Tables of scores that are no form of a project (指标体系、评价情况表)."""
    for table in subject.tables:
        for block in table.blocks:
            if block.part in _SCORES and len(block.rows) > 3:
                yield table, _lines(block)


def _add(form: Form, block: KnownBlock) -> None:
    lines = _lines(block)
    if block.part == "资金执行":
        form.funds += [line for line in lines if line.row.label.strip()]
    elif block.part == "年度主要任务":
        form.tasks += lines
    elif block.part in ("绩效自评指标", "绩效目标指标"):
        form.scored = form.scored or block.part == "绩效自评指标"
        for line in lines:
            if is_total(line.row):
                form.total = line
            elif line.row.label.strip() or line.text("指标值"):
                form.indicators.append(line)
