"""The printed cells beside the leaves hold exactly what was transcribed independently (gold): no cell more or less."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.examples.reader import printed, printed_errors

GOLD = {
    "szybzx-2020-accounts": "accounts-2020-szybzx.json",
    "szyb-2021-budget": "budget-2021-szyb.json",
    "szybzx-2023-budget": "budget-2023-szybzx.json",
}
WORDS = {
    "科目编码",
    "科目名称",
    "项目",
    "行次",
    "line",
    "lines",
    "printed",
    "columns_inferred",
    "task",
    "content",
    "label",
}
"""Keys of a transcribed row that hold no figure of its own."""
WORD_COLUMNS = {
    "科目编码", "科目名称", "预算单位", "单位", "实施单位", "品目编码", "采购品目", "项目名称", "年度", "预算执行时间",
    "收入项目", "支出项目", "支出项目类别",
}  # fmt: skip
BLANKS = {"", None, "-"}

Cell = tuple[str, int, str]
"""Table, line of the document, printed text."""


@pytest.mark.parametrize("name", GOLD)
def test_printed_cells_are_the_transcribed_ones(name: str, shared: Path) -> None:
    gold = json.loads((shared / "gold" / GOLD[name]).read_text(encoding="utf-8"))
    found = Counter(_accounts(gold) if "accounts" in name else _budget(gold))
    ours = Counter(
        (row["table"], int(row["place"].removeprefix("第").removesuffix("行")), row["printed"])
        for row in printed(name)
        if row["printed"] not in BLANKS
    )
    assert ours == found


@pytest.mark.parametrize("name", GOLD)
def test_blank_cells_are_kept_only_where_the_paper_forgot_a_figure(name: str) -> None:
    blank = [row for row in printed(name) if row["printed"] in BLANKS]
    assert len(blank) == sum(row["printed"] in BLANKS for row in printed_errors(name))


def _accounts(gold: Mapping[str, Any]) -> Iterator[Cell]:
    for table in gold["tables"]:
        rows = [
            row for part in table.values() if isinstance(part, list) for row in part if isinstance(row, dict)
        ]
        rows += [table["totals"]] if "totals" in table else []
        for row in rows:
            yield from (
                (table["code"], _line(row), v) for k, v in row.items() if k not in WORDS and v not in BLANKS
            )


def _budget(gold: Mapping[str, Any]) -> Iterator[Cell]:
    for table in gold["tables"]:
        if "see" in table:
            continue
        columns = table["columns"]
        for row, line in zip(table["rows"], table["row_lines"], strict=True):
            for column, text in zip(columns, row, strict=True):
                if column not in WORD_COLUMNS and text not in BLANKS:
                    yield table["table"], line[0] if isinstance(line, list) else line, text
    for form in gold["overall_targets"]:
        for row in (*form["tasks"], form["total"]):
            yield from (
                (form["table"], _line(row), v) for k, v in row.items() if k not in WORDS and v not in BLANKS
            )
    for form in gold["project_targets"]:
        for name, text in form["fields"].items():
            if name.endswith("金额（元）"):
                yield form["table"], form["lines"][0], text


def _line(row: Mapping[str, Any]) -> int:
    line = row.get("line", row.get("lines"))
    return line[0] if isinstance(line, list) else line
