"""`yiheng open-year`: shown first, written once confirmed, refused where the year is there."""

from __future__ import annotations

from pathlib import Path

from tests.command import copied, data, run


def test_a_year_is_opened_out_of_the_last_one(tmp_path: Path) -> None:
    home = copied(tmp_path / "home", ("szyb-2021-budget",))
    shown = run(home, "open-year", "szyb", 2022, code=2)
    assert "由 2021 年度开立 2022 年度，将写入" in shown.stdout and "绩效指标：新增" in shown.stdout
    assert "没有写入。核对无误后加 --yes 再运行" in shown.stderr
    assert not any(p["year"] == 2022 for u in data(home, "units") for p in u["papers"])
    done = data(home, "open-year", "szyb", 2022, "--yes")
    assert done["written"] and done["from"] == 2021 and done["changes"]["indicators"]["add"] > 0
    assert any(p["year"] == 2022 for u in data(home, "units") for p in u["papers"])
    assert "已经开立" in run(home, "open-year", "szyb", 2022, "--yes", code=2).stderr
    assert "2030年部门预算" in run(home, "open-year", "szyb", 2031, "--yes", code=2).stderr
