"""`yiheng allocate`: the proposal on the terminal, as JSON and as a workbook."""

from __future__ import annotations

from pathlib import Path

from python_calamine import CalamineWorkbook
from tests.command import data, run


def test_the_proposal_of_2020(tmp_path: Path) -> None:
    done = run(tmp_path, "allocate", "szybzx", 2020)
    for words in ("2021年预算安排建议", "11,511,500.00", "取两者中较低的比例 50%", "系统默认", "只作建议"):
        assert words in done.stdout
    assert data(tmp_path, "allocate", "szybzx", 2020)["total"]["amount"] == "1961402476.22"


def test_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "out" / "建议.xlsx"
    run(tmp_path, "allocate", "szybzx", 2020, "--out", path)
    (sheet,) = CalamineWorkbook.from_path(path).sheet_names
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    table = {row[0]: row for row in rows}
    assert table["医疗保障经办管理"][1:7] == [23023000, "57.4362…%", "90.67", "50%", 11511500, -11511500]
    assert table["合计（6 个有建议的项目）"][5] == 1961402476.22
    assert any("score.profile.allocation" in str(row[0]) for row in rows)
    assert [p.name for p in path.parent.iterdir()] == ["建议.xlsx"]


def test_where_nothing_can_be_proposed(tmp_path: Path) -> None:
    assert "没有项目" in run(tmp_path, "allocate", "gzyb", 2023, code=3).stderr
