"""Tables that print the columns of their form as rows (转置): items of “三公” down, years or 预算数 | 决算数 across.

They are turned to what the form has, every cell with the place where it is printed. What is not surely an item of the
form, or a part of one, leaves the table as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from yiheng.facts.document import ReadBlock, ReadCell, ReadColumn, ReadRow, ReadTable
from yiheng.money import PrintedKind
from yiheng.reading.recognition import names
from yiheng.reading.recognition.templates import Template

_FEWEST = 3
"""Items that must be found among the rows."""
_SUBTOTAL = "小计"
_COUNT = re.compile(r"[(（](个|人|人次|人数|次|批次?|辆|台|台套|套)[)）]|团组|人次|批次|保有量|购置数")
_RATE = re.compile(r"率|%|％|幅度|占比|比例")


class _Item(NamedTuple):
    """A row of the table that is a column of the form."""

    row: int
    name: str
    """Canonical name of the item."""
    path: tuple[str, ...]


def transposed(table: ReadTable, template: Template) -> ReadTable | None:
    """The table with its items across, as the template has them; None where it is not printed the other way round."""
    if template.keys != "free" or len(table.blocks) != 1:
        return None
    (block,) = table.blocks
    names_ = _items_of(template)
    if len(names_) < _FEWEST or any(names.item(part) in names_ for c in block.columns for part in c.path):
        return None
    items = _items(block, names_)
    columns = [c for c in range(len(block.columns)) if _tells_amounts(block, c)]
    if items is None or not columns or len({item.name for item in items}) < _FEWEST:
        return None
    grouped = any("/" in name for name in template.columns)
    turned = _side_by_side(block, items, columns) if grouped else _by_row(block, items, columns)
    return replace(table, blocks=(turned,))


def _items_of(template: Template) -> Mapping[str, str]:
    """Names of items as compared → canonical item."""
    return {
        alias[-1]: name.rpartition("/")[2] for name, aliases in template.columns.items() for alias in aliases
    }


def _items(block: ReadBlock, known: Mapping[str, str]) -> list[_Item] | None:
    """The rows that are items, parts of an item below it; None where a row with figures is neither."""
    labels = [row.label or "".join(row.groups[-1:]) for row in block.rows]
    found: list[tuple[int, str]] = []
    parts: dict[int, int] = {}
    for r, label in enumerate(labels):
        name = known.get(names.item(label), "")
        if name and name not in {n for _, n in found}:
            found.append((r, name))
        elif _COUNT.search(label) or not _prints(block.cells[r]):
            continue
        elif found and _is_below(label, labels[found[-1][0]]):
            parts[r] = found[-1][0]
        else:
            return None
    return [*_paths(labels, found, parts)]


def _is_below(label: str, above: str) -> bool:
    """其中：… below any row, （1） below 1."""
    return names.is_part(label) or names.number_of(label)[0] > names.number_of(above)[0] > 0


def _paths(labels: Sequence[str], found: Sequence[tuple[int, str]], parts: Mapping[int, int]) -> list[_Item]:
    rows = {name: r for r, name in found}
    above = {r: _holder(name, rows) for r, name in found}
    holding = {*parts.values(), *(r for r in above.values() if r is not None)}
    made = []
    for r, name in [*found, *((r, "") for r in parts)]:
        holder = parts.get(r, above.get(r))
        path = (labels[r],) if holder is None else (labels[holder], labels[r])
        made.append(_Item(r, name, (*path, _SUBTOTAL) if r in holding else path))
    return sorted(made)


def _holder(name: str, rows: Mapping[str, int]) -> int | None:
    """The row of the item that this one is part of: 公务用车 of 公务用车购置费."""
    return next((r for other, r in rows.items() if other != name and name.startswith(other)), None)


def _prints(cells: Sequence[ReadCell]) -> bool:
    return any(cell.printed.kind is PrintedKind.NUMBER for cell in cells)


def _tells_amounts(block: ReadBlock, column: int) -> bool:
    head = "".join(block.columns[column].path)
    return _prints([row[column] for row in block.cells]) and not _RATE.search(head) and "行次" not in head


def _by_row(block: ReadBlock, items: Sequence[_Item], columns: Sequence[int]) -> ReadBlock:
    """Each column of the print (a year) a row."""
    rows = tuple(
        ReadRow("".join(block.columns[c].path), place=block.cells[items[0].row][c].place) for c in columns
    )
    cells = tuple(tuple(block.cells[item.row][c] for item in items) for c in columns)
    return ReadBlock(block.name, tuple(ReadColumn(item.path) for item in items), rows, cells)


def _side_by_side(block: ReadBlock, items: Sequence[_Item], columns: Sequence[int]) -> ReadBlock:
    """One row: the items under 预算数, then those under 决算数."""
    heads = [("".join(block.columns[c].path[-1:]), c) for c in columns]
    made = tuple(ReadColumn((head, *item.path)) for head, _ in heads for item in items)
    cells = tuple(block.cells[item.row][c] for _, c in heads for item in items)
    return ReadBlock(block.name, made, (ReadRow("", place=cells[0].place),), (cells,))
