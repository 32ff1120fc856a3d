"""Read tables → known tables (表的识别): template by title, label and header; columns and rows by their aliases.

A table is taken for a template only when its title says so, or its printed label and its columns do, and it has the
columns that the template needs. Otherwise it stays unnamed: its inner structure is still there to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from yiheng.facts.document import ReadBlock, ReadCell, ReadColumn, ReadDocument, ReadTable
from yiheng.facts.known import KnownBlock, KnownColumn, KnownTable, money_unit
from yiheng.money import PrintedKind
from yiheng.policy import Policy
from yiheng.reading.recognition import names
from yiheng.reading.recognition.rows import NameToCode, known_rows, with_periods
from yiheng.reading.recognition.templates import Template, templates

_TOTALS = ("小计", "合计", "总计")
_INDEX = frozenset({"行次", "序号", "栏次", "行号"})
_CARRIED = re.compile(r"(上年|年初|以前年度).*(结转|结余)")


def known_tables(
    document: ReadDocument, policy: Policy, kind: str = "", unit: str = ""
) -> tuple[KnownTable, ...]:
    """Every table of the document, under its canonical name where it is sure."""
    listed = [t for t in templates(policy) if not kind or kind == "form" or kind in t.kinds or not t.kinds]
    chosen = [(table, template_of(table, listed, unit)) for table in document.tables]
    codes = NameToCode.of(document, policy)
    return tuple(_known(table, template, codes) for table, template in chosen)


def template_of(table: ReadTable, listed: Sequence[Template], unit: str = "") -> Template | None:
    """The template of a table, None where none is sure."""
    title = names.title(table.title, table.owner or unit) if table.title else ""
    bare = names.title(table.title) if table.title else ""
    by_title = [t for t in listed if title and (title in t.titles or bare in t.titles)]
    fitting = [t for t in by_title if _fits(table, t)]
    if not fitting and not title:
        label = names.plain(table.label)
        fitting = [t for t in listed if label and label in t.labels and t.columns and _fits(table, t)]
    if len(fitting) > 1:
        economic = _is_economic(table)
        fitting = [t for t in fitting if (t.keys == "economic") == economic] or fitting
    return fitting[0] if fitting else None


def _fits(table: ReadTable, template: Template) -> bool:
    found = {name for block in table.blocks for name in _column_names(block, template)}
    return all(name in found for name in template.needs)


def _is_economic(table: ReadTable) -> bool:
    codes = [row.code for block in table.blocks for row in block.rows if row.code[:1].isdigit()]
    return sum(code[:1] in "35" for code in codes) * 2 > len(codes) if codes else False


def _known(table: ReadTable, template: Template | None, codes: NameToCode) -> KnownTable:
    blocks = [_block(table, block, template, codes) for block in table.blocks if block.columns]
    return KnownTable(
        template.name if template else "",
        table,
        money_unit(table.unit),
        _joined([block for block in blocks if block.rows]),
    )


def _block(table: ReadTable, block: ReadBlock, template: Template | None, codes: NameToCode) -> KnownBlock:
    side = _side(block, len(table.blocks))
    named = _column_names(block, template)
    kept = [
        c for c, column in enumerate(block.columns) if not (column.path and column.path[-1].strip() in _INDEX)
    ]
    rows = [r for r in range(len(block.rows)) if not _is_index(block.rows[r].label, block.cells[r])]
    cells = tuple(tuple(block.cells[r][c] for c in kept) for r in rows)
    columns = tuple(KnownColumn(named[c], block.columns[c].path, block.columns[c].unit) for c in kept)
    keys = template.keys if template else ""
    aliases = _aliases(template, side)
    made = known_rows([block.rows[r] for r in rows], cells, keys, aliases, codes, side)
    return KnownBlock(side, columns, with_periods(made, columns, cells), cells)


def _aliases(template: Template | None, side: str) -> Mapping[str, str]:
    if template is None:
        return {}
    return template.rows.get(side) or template.rows.get("", {})


def _side(block: ReadBlock, beside: int) -> str:
    heads = [block.name, *(column.path[0] for column in block.columns if column.path)]
    for head in heads if beside > 1 else [block.name]:
        bare = names.plain(head)
        if bare in ("收入", "本年收入", "收入项目", "收入预算", "收入决算"):
            return "收入"
        if bare in ("支出", "本年支出", "支出项目", "支出预算", "支出决算"):
            return "支出"
    return ""


def _is_index(label: str, cells: Sequence[ReadCell]) -> bool:
    """A row that numbers the columns (栏次 1 2 3)."""
    bare = names.plain(label)
    if bare and bare not in ("栏次", "行次", "栏", "行"):
        return False
    values = [cell.printed.value for cell in cells if cell.printed.kind is PrintedKind.NUMBER]
    if bare:
        return True
    return len(values) > 2 and all(b == a + 1 for a, b in pairwise(values) if a and b)


def _column_names(block: ReadBlock, template: Template | None) -> list[str]:
    """The canonical name of each column; empty where none, or where two columns would have the same one."""
    if template is None:
        return [""] * len(block.columns)
    found = [_column_name(column, template) for column in block.columns]
    best: dict[str, int] = {}
    for name, length in found:
        best[name] = max(best.get(name, 0), length)
    result = [name if length == best[name] else "" for name, length in found]
    return ["" if name and result.count(name) > 1 else name for name in result]


def _column_name(column: ReadColumn, template: Template) -> tuple[str, int]:
    path = [names.item(part) for part in column.path if part.strip()]
    if not path:
        return "", 0
    carried = len(path) > 1 and any(_CARRIED.search(part) for part in path[:-1])
    found = ("", 0)
    for name, aliases in template.columns.items():
        for alias in aliases:
            length = _alias_length(path, alias)
            if length > found[1]:
                found = (name, length)
    if found[0] and carried and not _CARRIED.search(found[0]):
        return f"上年结转/{found[0]}", found[1]
    return found


def _alias_length(path: Sequence[str], alias: Sequence[str]) -> int:
    """How many parts of the header the alias names, 0 where it does not fit; a group's 小计 stands for the group."""
    for end in (path, path[:-1]) if path[-1] in _TOTALS and len(path) > 1 else (path,):
        if end and alias[-1] == end[-1] and _subsequence(alias, end):
            return 2 * len(alias) + (end is path)
    return 0


def _subsequence(short: Sequence[str], long: Sequence[str]) -> bool:
    rest = iter(long)
    return all(part in rest for part in short)


def _joined(blocks: list[KnownBlock]) -> tuple[KnownBlock, ...]:
    """Blocks that only continue each other (the same columns, rows with codes) made one."""
    if len(blocks) < 2 or any(block.name for block in blocks):
        return tuple(blocks)
    first = blocks[0]
    same = all(
        [c.path[-1:] for c in block.columns] == [c.path[-1:] for c in first.columns] for block in blocks
    )
    coded = all(any(row.code for row in block.rows) for block in blocks)
    if not (same and coded):
        return tuple(blocks)
    rows = tuple(row for block in blocks for row in block.rows)
    cells = tuple(row for block in blocks for row in block.cells)
    return (KnownBlock("", first.columns, tuple(row._replace(head=-1) for row in rows), cells),)
