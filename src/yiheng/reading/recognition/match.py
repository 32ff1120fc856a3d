"""Read tables → known tables (表的识别): template by title, label and header; columns and rows by their aliases.

A table is taken for a template only when its title says so, or its printed label and its columns do, and it has the
columns that the template needs. Otherwise it stays unnamed: its inner structure is still there to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from yiheng.facts.document import ReadBlock, ReadCell, ReadColumn, ReadDocument, ReadTable
from yiheng.facts.known import KnownBlock, KnownColumn, KnownTable, money_unit
from yiheng.money import PrintedKind
from yiheng.policy import Policy
from yiheng.reading.recognition import names
from yiheng.reading.recognition.named_weights import with_named_weights
from yiheng.reading.recognition.rows import NameToCode, is_total, known_rows, with_periods
from yiheng.reading.recognition.templates import Template, templates
from yiheng.reading.recognition.transposed import transposed

_TOTALS = ("小计", "合计", "总计")
_INDEX = frozenset({"行次", "序号", "栏次", "行号"})
_YEAR = re.compile(r"20\d{2}")
_CARRIED = re.compile(r"(上年|年初|以前年度).*(结转|结余)")


def known_tables(
    document: ReadDocument, policy: Policy, kind: str = "", unit: str = ""
) -> tuple[KnownTable, ...]:
    """Every table of the document, under its canonical name where it is sure."""
    listed = [t for t in templates(policy) if not kind or kind == "form" or kind in t.kinds or not t.kinds]
    chosen = [_turned(table, listed, unit) for table in document.tables]
    codes = NameToCode.of(document, policy)
    parts = [t for t in listed if t.by_header]
    known = _continued([_known(table, template, parts, codes) for table, template in chosen])
    return tuple(map(with_named_weights, known))


def _turned(table: ReadTable, listed: Sequence[Template], unit: str) -> tuple[ReadTable, Template | None]:
    """The table as its form has it, and its template."""
    for template in _titled(table, listed, unit):
        turned = transposed(table, template)
        if turned is not None and _fits(turned, template):
            return turned, template
    return table, template_of(table, listed, unit)


def _continued(tables: list[KnownTable]) -> tuple[KnownTable, ...]:
    """Parts of a form that go on in a further table of the same title, under the same header, made one."""
    for i in range(1, len(tables)):
        before, table = tables[i - 1], tables[i]
        if not table.read.title or (table.read.title, table.read.label) != (
            before.read.title,
            before.read.label,
        ):
            continue
        moved = table.blocks[0] if table.blocks else None
        last = before.blocks[-1] if before.blocks else None
        if moved is not None and moved.part and last is not None and _goes_on(last, moved):
            joined = replace(last, rows=(*last.rows, *moved.rows), cells=(*last.cells, *moved.cells))
            tables[i - 1] = replace(before, blocks=tuple(joined if b is last else b for b in before.blocks))
            table = replace(table, blocks=tuple(b for b in table.blocks if b is not moved))
        tables[i] = replace(table, continued=moved is not None and bool(moved.figures or moved.part))
    return tuple(tables)


def _goes_on(last: KnownBlock, moved: KnownBlock) -> bool:
    same = [c.name for c in last.columns] == [c.name for c in moved.columns]
    return last.part == moved.part and same and not any(is_total(row.label) for row in last.rows)


def template_of(table: ReadTable, listed: Sequence[Template], unit: str = "") -> Template | None:
    """The template of a table, None where none is sure."""
    fitting = [t for t in _titled(table, listed, unit) if _fits(table, t)]
    if not fitting and not (table.title and names.title(table.title, table.owner or unit)):
        label = names.plain(table.label)
        fitting = [t for t in listed if label and label in t.labels and t.columns and _fits(table, t)]
    if len(fitting) > 1:
        economic = _is_economic(table)
        fitting = [t for t in fitting if (t.keys == "economic") == economic] or fitting
    return fitting[0] if fitting else None


def _titled(table: ReadTable, listed: Sequence[Template], unit: str) -> list[Template]:
    """The templates of which the table has a title."""
    title = names.title(table.title, table.owner or unit) if table.title else ""
    bare = names.title(table.title) if table.title else ""
    return [t for t in listed if title and not t.by_header and (title in t.titles or bare in t.titles)]


def _fits(table: ReadTable, template: Template) -> bool:
    found = {name for block in table.blocks for name in _column_names(block, template)}
    return all(name in found for name in template.needs)


def _is_economic(table: ReadTable) -> bool:
    codes = [row.code for block in table.blocks for row in block.rows if row.code[:1].isdigit()]
    return sum(code[:1] in "35" for code in codes) * 2 > len(codes) if codes else False


def _known(
    table: ReadTable, template: Template | None, parts: Sequence[Template], codes: NameToCode
) -> KnownTable:
    blocks = [
        _block(table, block, template or _part(block, parts), codes)
        for block in table.blocks
        if block.columns
    ]
    return KnownTable(
        template.name if template else "",
        table,
        money_unit(table.unit),
        _joined([block for block in blocks if block.rows]),
    )


def _part(block: ReadBlock, parts: Sequence[Template]) -> Template | None:
    """The part of a form that the header of a block shows."""
    return next((t for t in parts if set(t.needs) <= set(_column_names(block, t))), None)


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
    part = template.name if template and template.by_header else ""
    return KnownBlock(side, columns, with_periods(made, columns, cells), cells, part)


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
    if bare:
        return True
    numbers = [cell.printed for cell in cells if cell.printed.kind is PrintedKind.NUMBER]
    values = [number.value or 0 for number in numbers if not number.places]
    return 2 < len(values) == len(numbers) and all(b == a + 1 for a, b in pairwise(values))


Fit = tuple[int, int]
"""How well an alias fits a header: share of the header that it names (in 120ths), and its number of parts."""


def _column_names(block: ReadBlock, template: Template | None) -> list[str]:
    """The canonical name of each column; empty where none, or where two columns fit it equally well.

    Of columns that tell the same of several years the latest has the name.
    """
    if template is None:
        return [""] * len(block.columns)
    found = [_column_name(column, template) for column in block.columns]
    best: dict[str, Fit] = {}
    for name, fit in found:
        best[name] = max(best.get(name, (0, 0)), fit)
    result = [name if fit == best[name] else "" for name, fit in found]
    years = [max(map(int, _YEAR.findall("".join(column.path))), default=0) for column in block.columns]
    for name in {name for name in result if name and result.count(name) > 1}:
        same = [c for c, other in enumerate(result) if other == name]
        latest = max(years[c] for c in same)
        kept = [c for c in same if years[c] == latest]
        for c in same:
            result[c] = name if [c] == kept and len({years[o] for o in same}) == len(same) else ""
    return result


def _column_name(column: ReadColumn, template: Template) -> tuple[str, Fit]:
    path = [names.item(part) for part in column.path if part.strip()]
    if not path:
        return "", (0, 0)
    carried = len(path) > 1 and any(_CARRIED.search(part) for part in path[:-1])
    best: tuple[str, Fit] = ("", (0, 0))
    for name, aliases in template.columns.items():
        for alias in aliases:
            fit = _fit(path, alias)
            if fit > best[1]:
                best = (name, fit)
    if best[0] and carried and not _CARRIED.search(best[0]):
        return f"上年结转/{best[0]}", best[1]
    return best


def _fit(path: Sequence[str], alias: Sequence[str]) -> Fit:
    """How well the alias fits; (0, 0) where it does not. A group's 小计 stands for the group."""
    total = path[-1] in _TOTALS
    if alias[-1] == path[-1]:
        beside = not total or len(alias) < 2 or path[-2:-1] == list(alias[-2:-1])
        if beside and _subsequence(alias, path):
            return 120 * len(alias) // len(path), len(alias)
    if total and len(path) > 1 and alias[-1] == path[-2] and _subsequence(alias, path[:-1]):
        return 120 * (len(alias) + 1) // len(path), len(alias)
    return 0, 0


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
