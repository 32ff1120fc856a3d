"""The transcribed tables of the five published documents beside what is read from their text: right, wrong, unknown.

python -m tests.reading.gold          prints the counts and every cell that is not right
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from yiheng.facts.document import ReadBlock, ReadDocument, ReadTable
from yiheng.reading.structure import structure
from yiheng.reading.text import read_text

REPO = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("YIHENG_SHARED", REPO.parent / "shared"))
DOCUMENTS = {
    "accounts-2020-szybzx": "2020-szybzx-final-accounts",
    "budget-2021-szyb": "2021-szyb-budget",
    "budget-2023-szybzx": "2023-szybzx-budget",
    "eval-2023-gzyb": "2023-gzyb-department-self-evaluation",
    "eval-2023-szyb": "2023-szyb-department-evaluation",
}


class GoldRow(NamedTuple):
    """A transcribed row."""

    table: str
    """Number of the table without blanks."""
    title: str
    side: int
    key: str
    """Code, or label without blanks."""
    values: tuple[str, ...]


@dataclass
class Count:
    """Cells of one document."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def all(self) -> int:
        return self.right + len(self.wrong) + len(self.unknown)


def bare(text: object) -> str:
    return "".join(str(text or "").split()).replace("(", "（").replace(")", "）")


def gold(name: str) -> dict[str, Any]:
    return json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def document(name: str) -> ReadDocument:
    return structure(read_text(SHARED / "documents" / f"{DOCUMENTS[name]}.txt"))


def gold_rows(name: str) -> list[GoldRow]:
    """Every row of the statistical tables, forms and surveys of a document."""
    data = gold(name)
    rows = list(_accounts(data) if name.startswith("accounts") else _lists(data))
    return [row for row in (*rows, *_forms(data)) if row.key or any(row.values)]


def _accounts(data: dict[str, Any]) -> Iterator[GoldRow]:
    for table in data["tables"]:
        number, title = bare(table["code"]), table["title"]
        for side, part in enumerate(("收入", "支出")):
            columns = table.get("支出_columns") if side else None
            for row in table.get(part, ()):
                values = [row.get(c) for c in columns or ("决算数", "金额") if c in row]
                yield GoldRow(number, title, side, bare(row["项目"]), tuple(bare(v) for v in values))
        if "rows" not in table:
            continue
        if number == "公开06表":
            yield from _economic(table, number, title)
            continue
        columns = [c for c in table["columns"] if not c.startswith("科目")]
        for row in table["rows"]:
            key = row.get("科目编码") or bare(row.get("科目名称"))
            yield GoldRow(number, title, -1, key, tuple(bare(row.get(c)) for c in columns))


def _economic(table: dict[str, Any], number: str, title: str) -> Iterator[GoldRow]:
    for row in table["rows"]:
        yield GoldRow(number, title, -1, row["科目编码"], (bare(row["决算数"]),))
    for key in ("人员经费合计", "公用经费合计"):
        yield GoldRow(number, title, -1, key, (bare(table["totals"][key]),))


_LABELS = (
    "预算单位", "科目编码", "科目名称", "支出项目类别", "单位", "品目编码", "采购品目",
    "年度", "实施单位", "项目名称", "所属单位", "评价因素",
)  # fmt: skip


def _lists(data: dict[str, Any]) -> Iterator[GoldRow]:
    for table in data["tables"]:
        if "columns" not in table:
            continue
        number, title = bare(table.get("table") or table.get("no")), table["title"]
        columns = table["columns"]
        if columns[0] == "收入项目":
            for row in table["rows"]:
                for side in (0, 1):
                    label, value = row[2 * side : 2 * side + 2]
                    if label or value:
                        yield GoldRow(number, title, side, bare(label), (bare(value),))
            continue
        labels = [n for n, c in enumerate(columns) if c in _LABELS]
        codes = [n for n in labels if columns[n].endswith("编码")]
        for row in table["rows"]:
            words = [row[n] for n in (*codes, *reversed(labels)) if row[n]]
            values = [row[n] for n in range(len(columns)) if n not in labels]
            yield GoldRow(number, title, -1, bare(words[0]) if words else "", tuple(map(bare, values)))


def _forms(data: dict[str, Any]) -> Iterator[GoldRow]:
    for form in data.get("annex2", ()):
        number = bare(form["annex"])
        for row in form["funds"]:
            values = [row[c] for c in ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")]
            yield GoldRow(number, "", -1, bare(row["项"]), tuple(map(bare, values)))
        for row in form["indicators"]:
            values = [row[c] for c in ("年度指标值", "实际完成值", "分值", "得分")]
            yield GoldRow(number, "", -1, bare(row["三级指标"]), tuple(map(bare, values)))
    for table in (data.get("surveys") or {}).get("tables", ()):
        for row in table["rows"]:
            values = [row[c] for c in table["columns"]]
            yield GoldRow(
                bare(table["表号"]), table["title"], -1, bare(row["问题"]), tuple(map(bare, values))
            )
    for target in data.get("overall_targets", ()):
        for row in target["tasks"]:
            values = [v for k, v in row.items() if k not in ("task", "content", "line", "lines")]
            yield GoldRow(target["table"], "", -1, bare(row["task"]), tuple(map(bare, values)))
        for row in target["indicators"]:
            yield GoldRow(target["table"], "", -1, bare(row["level3"]), (bare(row["target"]),))
    for target in data.get("project_targets", ()):
        for row in target["indicators"]:
            yield GoldRow(
                target["table"],
                target["fields"].get("项目名称", ""),
                -1,
                bare(row["level3"]),
                (bare(row["target"]),),
            )


def tables_for(found: ReadDocument, row: GoldRow) -> list[ReadTable]:
    """The tables that carry the number of a gold table, or its title where it has none."""
    number = bare(row.table)
    same = [t for t in found.tables if bare(t.label) == number]
    if number == "表15":
        same = [t for t in found.tables if "一级项目支出绩效目标" in t.title and _holds(t, row.title)]
    return same or [t for t in found.tables if row.title and bare(t.title) == bare(row.title)]


def _holds(table: ReadTable, name: str) -> bool:
    return any(bare(c.text) == bare(name) for _, _, _, c in table.cells())


def compare(name: str) -> Count:
    """Count the cells of a document."""
    found = document(name)
    count = Count()
    used: set[tuple[int, int, int]] = set()
    for row in gold_rows(name):
        cells = _find(found, row, used)
        for n, value in enumerate(row.values):
            where = f"{row.table} {row.key}[{n}] = {value!r}"
            text = None if cells is None or n >= len(cells) else bare(cells[n])
            if text is None or text.startswith("？"):
                count.unknown.append(where)
            elif text == value:
                count.right += 1
            else:
                count.wrong.append(f"{where}, read {text!r}")
    return count


def _find(found: ReadDocument, row: GoldRow, used: set[tuple[int, int, int]]) -> list[str] | None:
    for table in tables_for(found, row):
        blocks = list(enumerate(table.blocks))
        for b, block in [blocks[row.side]] if 0 <= row.side < len(blocks) else blocks:
            for r, read in enumerate(block.rows):
                key = (table.index, b, r)
                if key not in used and row.key in (read.code, bare(read.label), bare(read.code + read.label)):
                    used.add(key)
                    return _values(block, r, len(row.values))
    return None


def _values(block: ReadBlock, r: int, count: int) -> list[str]:
    """The cells; where a block has columns of words before its figures, the last ones."""
    texts = [cell.text for cell in block.cells[r]]
    words = [
        c
        for c, column in enumerate(block.columns)
        if column.path and bare(column.path[-1]) in ("主要内容", "项目名称")
    ]
    return [text for c, text in enumerate(texts) if c not in words][: max(count, 1)]


def main() -> None:
    verbose = "-v" in sys.argv
    for name in DOCUMENTS:
        count = compare(name)
        share = count.right / count.all if count.all else 1.0
        print(
            f"{name}: {count.all} 格，对 {count.right}（{share:.2%}），错 {len(count.wrong)}，未知 {len(count.unknown)}"
        )
        if verbose:
            for line in [*(f"  错 {w}" for w in count.wrong), *(f"  未知 {u}" for u in count.unknown)]:
                print(line)


if __name__ == "__main__":
    main()
