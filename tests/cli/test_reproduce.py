"""`yiheng reproduce`: the printed cells of the three real papers, counted as they stand in the documents."""

from pathlib import Path
from typing import Any

import pytest
from tests.command import DEMO, change, data, loaded, package, run

# equal, rounding tail, printed wrongly, withheld, unexplained; then the cells that print a figure.
EXPECTED = {
    ("szyb", 2021): (318, 42, 2, 0, 0, 362),
    ("szybzx", 2020): (180, 47, 3, 3, 0, 227),
    ("szybzx", 2023): (1007, 15, 0, 6, 0, 1022),
}
MONEY_OF_TARGET_TABLES = 42 + 23
"""Of 2021 tables 14 and 15, and of 2023 table 12; the rest are the 1,546 cells of the statutory money tables."""


@pytest.fixture(scope="module")
def found(home: Path) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = data(home, "reproduce", "--all")
    return shown


def test_every_printed_cell_is_classified(found: list[dict[str, Any]]) -> None:
    counted = {(r["unit"], r["year"]): (*r["cells"].values(), r["numeric_cells"]) for r in found}
    assert counted == EXPECTED
    assert all(
        list(r["cells"]) == ["equal", "rounding_tail", "printed_wrongly", "withheld", "unexplained"]
        for r in found
    )


def test_they_add_up_to_the_figures_of_the_papers(found: list[dict[str, Any]]) -> None:
    assert sum(r["numeric_cells"] for r in found) == 1611
    assert sum(r["numeric_cells"] for r in found) - MONEY_OF_TARGET_TABLES == 1546


def test_details_name_every_cell_that_is_not_equal(found: list[dict[str, Any]]) -> None:
    for r in found:
        classes = [d["class"] for d in r["details"]]
        assert {c: classes.count(c) for c in r["cells"] if c != "equal"} == {
            c: n for c, n in r["cells"].items() if c != "equal"
        }
    wrong = [
        (r["year"], d["cell"], d["printed"])
        for r in found
        for d in r["details"]
        if d["class"] == "printed_wrongly"
    ]
    assert sorted(wrong) == [
        (2020, "公开08表[合计, 本年支出/小计]", ""),
        (2020, "公开08表[合计, 本年支出/项目支出]", ""),
        (2020, "公开08表[合计, 本年收入]", ""),
        (2021, "表6[支出/本年支出合计, 2021年预算数]", "0"),
        (2021, "表6[收入/本年收入合计, 2021年预算数]", "0"),
    ]


def test_one_paper_as_a_table(home: Path) -> None:
    text = run(home, "reproduce", "szybzx", 2020).stdout
    assert "│ 深圳市医疗保险基金管理中心 │ 2020 │ 部门决算 │      227 │  180 │" in text
    assert "2020 原件印错：公开08表[合计, 本年收入]  印出空白，重算为 678.23。" in text
    assert "2021" not in text


@pytest.mark.parametrize("which", ["no database", "a database without these papers"])
def test_without_these_papers_it_reads_the_examples_for_itself(tmp_path: Path, which: str) -> None:
    own = tmp_path if which == "no database" else loaded((DEMO,))
    before = sorted(p.name for p in own.iterdir())
    (shown,) = data(own, "reproduce", "市医保中心", 2020)
    assert (*shown["cells"].values(), shown["numeric_cells"]) == EXPECTED["szybzx", 2020]
    if which == "no database":
        assert not (tmp_path / "yiheng.sqlite3").exists()
    else:
        assert sorted(p.name for p in own.iterdir()) == before
        assert {unit["unit"].split("-")[0] for unit in data(own, "units")} == {"demo"}


def test_a_figure_that_the_leaves_do_not_give_is_unexplained(tmp_path: Path) -> None:
    paper = package("szybzx-2020-accounts", tmp_path / "examples")
    cell = {"table": "公开03表", "row": "合计", "column": "本年支出合计", "printed": "201,787.57"}
    change(paper / "printed", "cells", "printed", "201,797.57", cell)
    done = run(tmp_path / "home", "reproduce", "--examples", paper.parent, code=1)
    assert "2020 无法解释：公开03表[合计, 本年支出合计]  印出“201,797.57”，重算为 201,787.58。" in done.stdout


def test_papers_that_were_not_transcribed(home: Path, tmp_path: Path) -> None:
    assert "现有：szyb 2021 budget" in run(home, "reproduce", "szybzx", 2019, code=2).stderr
    done = run(home, "reproduce", "--examples", tmp_path, code=2)
    assert "没有带印出表格的数据包" in done.stderr
