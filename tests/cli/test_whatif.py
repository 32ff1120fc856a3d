"""`yiheng whatif` on the terminal: keys, the way to more points, and what is odd about a supposition."""

from __future__ import annotations

from pathlib import Path

from tests.command import run


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


def test_a_year_without_sheets(tmp_path: Path) -> None:
    assert "没有项目自评表" in run(tmp_path, "whatif", "gzyb", 2023, code=3).stderr
