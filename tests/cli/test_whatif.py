"""`yiheng whatif` on the terminal: keys, the way to more points, and what is odd about a supposition."""

from __future__ import annotations

from pathlib import Path

from tests.command import data, run


def test_the_table_names_keys_and_the_cheapest_way(tmp_path: Path) -> None:
    shown = run(tmp_path, "whatif", "szybzx", 2020, "--set", "szybzx-2020-f2-3-02=3000笔").stdout
    for words in (
        "医疗保障经办管理（szybzx-2020-f2-3）：90.67 → 88.17",
        "等级 良（按 score.rule.project 划分），距“优”还差 1.83 分，高出本等下限 8.17 分",
        "怎样补分（由易到难）",
        "全年执行数达到 23,023,000.00 元",
        "szybzx-2020-f2-3-04",
    ):
        assert words in shown


def test_weights_that_do_not_add_up_and_open_rows_are_said(tmp_path: Path) -> None:
    heavier = run(tmp_path, "whatif", "szybzx", 2020, "--weight", "szybzx-2020-f2-5-02=15").stdout
    assert "分值合计 102.5，应为 100" in heavier
    national = run(tmp_path, "whatif", "szybzx", 2020, "--rule", "score.rule.project").stdout
    assert "等级未定：最低 84.15（良），最高 94.15（优）。待评：成本控制率（szybzx-2020-f2-1-05）" in national


def test_the_whole_department_by_its_inputs(tmp_path: Path) -> None:
    shown = run(tmp_path, "whatif", "szybzx", 2020, "--input", "key_work.unfinished=1").stdout
    # One of the key works unfinished takes 4 of 8 points: 90.49 − 4.
    for words in (
        "部门整体（framework.department.shenzhen-2020）：90.49 → 86.49",
        "重点工作完成情况：8 → 4",
        "哪里失分",
    ):
        assert words in shown
    assert "怎样补分" not in shown
    refused = run(tmp_path, "whatif", "szybzx", 2020, "--input", "nothing=1", code=2)
    assert "没有这项输入" in refused.stderr


def test_a_year_without_sheets(tmp_path: Path) -> None:
    """Guangzhou 2023 has an evaluation of the whole and no sheet of a project."""
    shown = data(tmp_path, "whatif", "gzyb", 2023, "--input", "efficiency.procurement=10")
    assert shown["sheets"] == []
    (changed,) = shown["department"]["changed"]
    assert (changed["before"], changed["after"]) == (8.93, 10)
    assert [row["id"] for row in shown["department"]["open"]] == ["effectiveness"]
    assert "请写成 键=值" in run(tmp_path, "whatif", "gzyb", 2023, "--input", "x", code=2).stderr
