"""`yiheng evaluate`: the published evaluations from the command line, without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.command import data, run


@pytest.fixture(scope="module")
def shenzhen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return data(tmp_path_factory.mktemp("empty"), "evaluate", "szybzx", 2020)


def test_the_six_sheets_and_the_department_of_2020(shenzhen: Any) -> None:
    totals = [(p["computed_total"], p["printed_total"]) for p in shenzhen["projects"]]
    assert totals == [
        (94.15, 94.14), (98.7, 98.7), (90.67, 90.67), (93.48, 98.48), (97.92, 98.17), (99.9, 99.9),
    ]  # fmt: skip
    assert shenzhen["department"]["total"] == 90.49
    assert all(p["name"] and p["rows"] for p in shenzhen["projects"])


def test_guangzhou_2023(tmp_path: Path) -> None:
    department = data(tmp_path, "evaluate", "gzyb", 2023)["department"]
    assert (department["total"], department["weight"]) == (48.93, 50)
    assert not (tmp_path / "yiheng.sqlite3").exists()


def test_what_people_read_names_every_odd_score(tmp_path: Path) -> None:
    done = run(tmp_path, "evaluate", "szybzx", 2020)
    for words in (
        "医疗救助专项财政补贴年底补助人数：仅截断时一致，印出 4.66，计算 4.67",
        "参保 18 周岁以上低保人数：原件印错，印出 12.03，计算 11.78",
        "与印出的总分相差 5.00",
        "得分 90.49，满分 100",
        "假定：由印出的得分反推",
    ):
        assert words in done.stdout
    assert "您的台账没有改动" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("gzyb", 2023, "--framework", "shenzhen-2020"), 2, "不适用于广州市"),
        (("szybzx", 2020, "--framework", "nonsense"), 2, "framework.department.nonsense"),
        (("szybzx", 2011), 3, "也没有 2011 年的数据包"),
        (("nowhere", 2020), 2, "没有单位“nowhere”"),
        (("szybzx", 2023), 3, "没有可评价的内容"),
    ],
    ids=str,
)
def test_what_cannot_be_judged_is_said(
    tmp_path: Path, arguments: tuple[Any, ...], code: int, words: str
) -> None:
    done = run(tmp_path, "evaluate", *arguments, code=code)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_score_file_is_replayed_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "out" / "scores.json"
    run(tmp_path, "evaluate", "gzyb", 2023, "--out", file)
    before = file.read_bytes()
    assert "逐字节一致" in run(tmp_path, "replay", file).stdout
    assert data(tmp_path, "replay", file)["identical"] is True
    file.write_bytes(before.replace(b'"8.93"', b'"9.93"'))
    assert "文件为 '9.93'，重算为 '8.93'" in run(tmp_path, "replay", file, code=1).stdout


def test_a_target_is_shown_as_it_is_understood(tmp_path: Path) -> None:
    found = data(tmp_path, "indicators", "--parse", "≥14 万宗")
    assert (found["type"], found["text"], found["values"]) == ("comparison", "≥14万宗", ["140000"])
    assert data(tmp_path, "indicators", "--parse", "3咕")["unknown_units"] == ["咕"]
    listed = data(tmp_path, "indicators", "满意")["indicators"]
    assert listed and all("满意" in i["name"] + i["definition"] + i["formula"] for i in listed)
    framework = data(
        tmp_path, "indicators", "--framework", "shenzhen-2020", "--place", "440300", "--year", 2020
    )
    assert len(framework["criteria"]) == 21
    measures = data(tmp_path, "indicators", "--measures")
    assert measures["house_default"] and len(measures["measures"]) == 10
    assert "execution.rate" in run(tmp_path, "indicators", "--measures").stdout


def test_surveys_and_what_if(tmp_path: Path) -> None:
    surveys = data(tmp_path, "survey", "szybzx", 2020)["surveys"]
    assert [s["composite"] for s in surveys] == ["97.786%", "99.180%", "99.296%"]
    (sheet,) = data(tmp_path, "whatif", "szybzx", 2020, "--set", "szybzx-2020-f2-1-02=6504人")["sheets"]
    assert (sheet["before"], sheet["after"]) == (94.15, 99.48)
    refused = run(tmp_path, "whatif", "szybzx", 2020, "--set", "没有=1", "--weight", "x", code=2)
    assert "请写成 键=值" in refused.stderr


def test_monitoring_keeps_a_secret(tmp_path: Path) -> None:
    done = run(tmp_path, "monitor", "demo", 2024, "--as-of", "2024-07-31")
    assert "58.20%" in done.stdout and "有关项目" in done.stdout and "系统默认" in done.stdout
    assert "青鸾" not in done.stdout
    assert "2024-07-31 的写法" in run(tmp_path, "monitor", "demo", 2024, "--as-of", "七月", code=2).stderr


def test_a_monitoring_report_is_written_where_the_user_says(tmp_path: Path) -> None:
    done = run(tmp_path, "monitor", "szybzx", 2020, "--as-of", "2020-08-31", "--out", tmp_path / "out")
    folder = tmp_path / "out" / "szybzx-monitoring-2020-08-31"
    assert f"已写出监控材料 {folder}" in done.stdout and "日期不够细" in done.stdout
    assert {"monitoring.docx", "monitoring.pdf", "monitoring.xlsx", "site"} <= {
        p.name for p in folder.iterdir()
    }
