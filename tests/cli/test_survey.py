"""`yiheng survey`: a margin, and drawing a sample, from the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.command import data, package, run

FRAME = {
    "key": "cyk-1", "unit": "szybzx", "year": "2020", "survey": "szybzx-2020-survey-insured", "group": "参保人",
    "method": "简单随机抽样", "size": "300", "sample": "25", "seed": "2020-cbr",
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the surveys of 2020 and a frame that is made up."""
    folder = tmp_path_factory.mktemp("survey")
    source = package("szybzx-2020-accounts", folder)
    with (source / "survey_frames.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FRAME)
        writer.writeheader()
        writer.writerow(FRAME)
    run(folder / "home", "load", source)
    keys = "\n".join(f"C{number:03}" for number in range(300))
    (folder / "名单.csv").write_text(f"编码\n{keys}\n", encoding="utf-8")
    return folder


def test_a_sample_is_drawn_and_drawn_again(home: Path) -> None:
    arguments = ("survey", "szybzx", 2020, "--of", FRAME["survey"], "--draw", home / "名单.csv")
    first, again = data(home / "home", *arguments), data(home / "home", *arguments)
    assert first == again
    assert (first["sample"], len(set(first["keys"])), first["seed"]) == (25, 25, "2020-cbr")
    done = run(home / "home", *arguments, "--out", home / "样本.csv")
    assert "由 300 个编码中抽取 25 个" in done.stdout and "请把校验值填进" in done.stdout
    with (home / "样本.csv").open(encoding="utf-8", newline="") as file:
        assert [row["编码"] for row in csv.DictReader(file)] == first["keys"]


def test_a_margin_and_the_correction(home: Path) -> None:
    surveys = {
        s["key"]: s for s in data(home / "home", "survey", "szybzx", 2020, "--margin", "5%")["surveys"]
    }
    # 384.146 × 300 ÷ 683.146 = 168.70; without a frame 384.15.
    assert surveys[FRAME["survey"]]["needed"]["answers"] == 169
    assert surveys["szybzx-2020-survey-staff"]["needed"]["answers"] == 385
    assert surveys[FRAME["survey"]]["corrected"] and not surveys["szybzx-2020-survey-staff"]["corrected"]
    assert "作了有限总体修正" in run(home / "home", "survey", "szybzx", 2020).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--draw", "nothing.csv"), "请用 --of 指明一份"),
        (("--draw", "nothing.csv", "--of", "szybzx-2020-survey-staff"), "还没有登记"),
        (("--draw", "nothing.csv", "--of", FRAME["survey"]), "文件不存在"),
        (("--margin", "五"), "请写成百分比"),
        (("--margin", "0%"), "允许误差应大于 0"),
        (("--of", "x"), "只与 --draw 一起用"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_said(home: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run(home / "home", "survey", "szybzx", 2020, *arguments, code=2)
    assert words in done.stderr and done.stdout == ""
