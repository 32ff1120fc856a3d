"""Small documents made by hand, for tests of audit rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

from yiheng.checks.audit import Subject, audit
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Identity
from yiheng.facts.document import (
    Place,
    ReadBlock,
    ReadCell,
    ReadColumn,
    ReadDocument,
    ReadParagraph,
    ReadRow,
    ReadTable,
)
from yiheng.money import MoneyUnit, parse_printed
from yiheng.policy import Policy
from yiheng.reading.recognition import known_tables

TODAY = dt.date(2026, 1, 1)
Row = tuple[str, str, Sequence[str]]
"""Code, label, cells."""


@cache
def policy() -> Policy:
    return Policy.load()


def block(
    columns: Sequence[str], rows: Sequence[Row], name: str = "", unit: str = "万元", line: int = 1
) -> ReadBlock:
    """Columns as group/name; a label that starts with blanks is indented by their number."""
    money = MoneyUnit.of(unit) if unit else None
    made = []
    for i, (code, label, _) in enumerate(rows):
        level = len(label) - len(label.lstrip())
        made.append(ReadRow(label.strip(), code, level, Place(line=line + i)))
    cells = tuple(
        tuple(
            ReadCell(parse_printed(text, money), Place(line=line + i, where=f"{i},{c}"))
            for c, text in enumerate(texts)
        )
        for i, (_, _, texts) in enumerate(rows)
    )
    return ReadBlock(name, tuple(ReadColumn(tuple(c.split("/"))) for c in columns), tuple(made), cells)


def table(
    title: str,
    *blocks: ReadBlock,
    index: int = 0,
    label: str = "",
    owner: str = "",
    unit: str = "万元",
    notes: Sequence[str] = (),
) -> ReadTable:
    return ReadTable(index, title, label, unit, owner, blocks, Place(line=index + 1), notes=tuple(notes))


def paragraph(index: int, text: str, level: int = 0) -> ReadParagraph:
    return ReadParagraph(index, text, level, ((0, Place(line=index + 1)),))


def document(*parts: ReadTable | str) -> ReadDocument:
    """Tables and paragraphs in order; a text that begins with # is a heading."""
    body: list[ReadTable | ReadParagraph] = []
    tables = 0
    for part in parts:
        if isinstance(part, str):
            body.append(paragraph(len(body), part.lstrip("# "), 1 if part.startswith("#") else 0))
        else:
            body.append(
                ReadTable(tables, *(getattr(part, f) for f in list(ReadTable.__dataclass_fields__)[1:]))
            )
            tables += 1
    return ReadDocument("测试.docx", "docx", tuple(body))


TAILS = "audit.table.rounding-tail"


def findings(
    made: ReadDocument, kind: str = "accounts", year: int = 2020, unit: str = ""
) -> tuple[AuditFinding, ...]:
    tables = known_tables(made, policy(), kind, unit)
    return audit(Subject(made, Identity(kind, unit, year), policy(), tables=tables), TODAY)


def failed(
    made: ReadDocument, kind: str = "accounts", year: int = 2020, unit: str = ""
) -> list[tuple[str, str, str]]:
    """(rule, printed, computed) of what failed; the note on rounding tails is no failure of a figure."""
    return [
        (f.rule, f.printed, f.computed)
        for f in findings(made, kind, year, unit)
        if f.outcome is Outcome.FAIL and f.rule != TAILS
    ]
