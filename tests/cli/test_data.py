"""`yiheng load`, `units` and `workbook`: data in and out, with and without `--json`."""

from pathlib import Path

import pytest
from tests.command import change, copied, data, package, run

PAPER = "szybzx-2020-accounts"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A copy of a real package that a test may change."""
    return package(PAPER, tmp_path)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A data folder of the test's own, with an empty ledger."""
    return copied(tmp_path / "home")


def test_loading_twice_changes_nothing(own: Path, paper: Path) -> None:
    first = run(own, "load", paper).stdout
    assert first.startswith(f"{PAPER}：已装载\n")
    assert "支付：新增 41 行" in first
    assert run(own, "load", paper).stdout == f"{PAPER}：与台账一致，无需改动\n"
    again = data(own, "load", paper)
    assert (again["status"], again["problems"], again["rows"]["payments"]) == ("unchanged", [], 41)


def test_a_wrong_cell_is_told_with_its_place_and_nothing_is_loaded(own: Path, paper: Path) -> None:
    change(paper, "payments", "amount", "约十三万")
    done = run(own, "load", paper, code=2)
    assert done.stdout == ""
    assert "payments.csv" in done.stderr
    assert "第 2 行，“金额”列" in done.stderr
    assert "约十三万" in done.stderr
    assert "台账没有任何改动" in done.stderr
    (problem,) = data(own, "load", paper, code=2)["problems"]
    assert (problem["row"], problem["value"]) == (2, "约十三万")
    assert "还没有" not in run(own, "units").stdout
    assert data(own, "units") == []


def test_a_change_is_shown_and_waits_for_yes(own: Path, paper: Path) -> None:
    run(own, "load", paper)
    change(paper, "payments", "amount", "13.87")
    declined = run(own, "load", paper, code=2)
    assert "支付：变更 1 行，不变 40 行" in declined.stderr
    assert "加 --yes 再装载" in declined.stderr
    before = data(own, "explain", "szybzx", 2020, "公开03表[2050803, 项目支出]")
    assert before["printed"] == "13.86"
    assert data(own, "load", paper, code=2)["status"] == "declined"
    assert "变更 1 行" in run(own, "load", paper, "--yes").stdout
    assert data(own, "explain", "szybzx", 2020, "公开03表[2050803, 项目支出]")["printed"] == "13.87"


def test_a_path_that_is_not_there(own: Path, tmp_path: Path) -> None:
    done = run(own, "load", tmp_path / "无此文件.xlsx", code=2)
    assert "没有这个文件或文件夹" in done.stderr
    assert "Traceback" not in done.stderr


def test_units_are_listed_with_their_papers(home: Path) -> None:
    lines = run(home, "units").stdout.splitlines()
    assert "szybzx  （无编码）  深圳市医疗保险基金管理中心  市医保中心" in lines
    assert "    2020 accounts  深圳市医疗保险基金管理中心2020年度部门决算" in lines
    found = {unit["unit"]: unit for unit in data(home, "units")}
    assert [(p["year"], p["kind"]) for p in found["szybzx"]["papers"]] == [
        (2020, "accounts"),
        (2023, "budget"),
    ]
    assert (found["szyb"]["code"], found["szyb-main"]["parent"]) == ("0102025", "szyb")
    assert all(paper["synthetic"] for paper in found["demo"]["papers"])


def test_the_template_and_an_export_that_loads_again(home: Path, tmp_path: Path) -> None:
    assert run(home, "workbook", "new", tmp_path / "空.xlsx").stdout == f"已写出 {tmp_path / '空.xlsx'}\n"
    assert (tmp_path / "空.xlsx").stat().st_size > 10_000
    book = tmp_path / "导出.xlsx"
    assert "行。" in run(home, "workbook", "export", book, "--unit", "szybzx", "--year", 2020).stdout
    written = data(home, "workbook", "export", tmp_path / "包", "--unit", "市医保中心", "--year", 2020)
    assert written["rows"]["payments"] == 41
    assert (tmp_path / "包" / "datapackage.json").is_file()
    for path in (book, tmp_path / "包"):
        assert data(home, "load", path)["status"] == "unchanged"


def test_an_export_never_takes_the_place_of_other_content(home: Path, tmp_path: Path) -> None:
    (tmp_path / "信.txt").write_text("重要", encoding="utf-8")
    assert "已有别的内容" in run(home, "workbook", "export", tmp_path, code=2).stderr
    assert (tmp_path / "信.txt").read_text(encoding="utf-8") == "重要"


@pytest.mark.parametrize("name", ["台账.csv", "台账.zip", "台账.xls"])
def test_an_export_is_a_workbook_or_a_folder(home: Path, tmp_path: Path, name: str) -> None:
    told = run(home, "workbook", "export", tmp_path / name, code=2).stderr.replace("\n", "")
    assert "台账.xlsx" in told and "数据包文件夹" in told and "zip" in told
    assert not list(tmp_path.iterdir())


def test_an_export_of_nothing(home: Path, tmp_path: Path) -> None:
    done = run(home, "workbook", "export", tmp_path / "包", "--unit", "szybzx", "--year", 1999, code=2)
    assert "现有：" in done.stderr
    assert not (tmp_path / "包").exists()
    done = run(home, "workbook", "export", tmp_path / "包", "--format", "ods", code=2)
    assert "可用：xlsx、package" in done.stderr
