"""Score files: the same bytes again, another version compared, a changed file refused."""

import datetime as dt
import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from tests.scoring.examples import inputs_2020, sheets_2020

from yiheng.policy import Policy
from yiheng.scoring.department import Basis, Input, evaluate_department
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.evaluate import evaluate
from yiheng.scoring.framework import load_framework
from yiheng.scoring.inputs import read_inputs
from yiheng.scoring.lexicon import LEXICON, Lexicon
from yiheng.scoring.replay import canonical, difference_between, digest, replay, stamp_department, stamp_sheet
from yiheng.scoring.rules import load_rule

DAY = dt.date(2020, 12, 31)


@pytest.fixture(scope="module")
def files(policy: Policy, lexicon: Lexicon) -> list[str]:
    rule = load_rule(policy, "440300", DAY, "score.rule.shenzhen-2020")
    entry = policy.get(LEXICON, "440300", DAY)
    scores = [evaluate(sheet, rule, lexicon) for sheet in sheets_2020()]
    return [stamp_sheet(score, entry, "1.0", policy.digest) for score in scores]


@pytest.fixture(scope="module")
def department(policy: Policy) -> str:
    framework = load_framework(policy, "framework.department.shenzhen-2020", "440300", DAY)
    inputs = read_inputs(inputs_2020(), framework)
    return stamp_department(evaluate_department(framework, inputs), inputs, "1.0", policy.digest)


def test_same_version_same_bytes(files: list[str], department: str) -> None:
    for text in (*files, department):
        again = replay(text, "1.0")
        assert again.identical and again.text == text and again.differences == ()


def test_totals_are_in_the_files(files: list[str], department: str) -> None:
    totals = [json.loads(text)["result"]["total"] for text in (*files, department)]
    assert totals == ["94.15", "98.70", "90.67", "93.48", "97.92", "99.90", "90.49"]


def test_same_bytes_in_another_process(files: list[str], repository: Path) -> None:
    code = (
        "import sys; from yiheng.scoring.replay import replay; "
        "sys.stdin.reconfigure(encoding='utf-8'); sys.stdout.reconfigure(encoding='utf-8', newline=''); "
        "sys.stdout.write(replay(sys.stdin.read(), '1.0').text)"
    )
    env = {**os.environ, "PYTHONPATH": str(repository / "src"), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", code], input=files[2].encode(), capture_output=True, env=env, check=True
    )
    assert done.stdout == files[2].encode()


def test_another_version_never_differs_silently(files: list[str]) -> None:
    again = replay(files[0], "1.1")
    assert not again.identical
    assert again.differences == ("代码版本：文件为 1.0，当前为 1.1",)


def test_another_result_is_told_place_by_place(files: list[str]) -> None:
    data = json.loads(files[0])
    data["result"]["total"] = "94.14"
    data["result"]["rows"][1]["points"] = "4.66"
    again = replay(canonical(data), "1.0")
    assert again.differences == (
        "rows[1].points：文件为 '4.66'，重算为 '4.67'",
        "total：文件为 '94.14'，重算为 '94.15'",
    )
    assert not again.identical and again.text == files[0]


@pytest.mark.parametrize("part", ["facts", "rule", "lexicon"])
def test_a_changed_file_is_refused(files: list[str], part: str) -> None:
    data = json.loads(files[0])
    if part == "facts":
        data["facts"]["rows"][0]["actual"] = "322.5 万人"
    else:
        data["rules"][part]["title"] = "别的规则"
    with pytest.raises(ScoringError, match=f"{part} 与其校验值不符"):
        replay(canonical(data), "1.0")


@pytest.mark.parametrize(
    ("text", "message"),
    [("not json", "第 1 行"), ("[]", "格式是 None"), ('{"format": "yiheng-score/1"}', "不完整")],
)
def test_other_files_are_refused(text: str, message: str) -> None:
    with pytest.raises(ScoringError, match=message):
        replay(text, "1.0")


def test_difference_between_two_files(files: list[str]) -> None:
    data = json.loads(files[1])
    data["facts"]["rows"][0]["actual"] = "未完成"
    data["hashes"]["facts"] = digest(data["facts"])
    changed = replay(canonical(data), "1.0").text
    lines = difference_between(files[1], changed)
    assert any(line.startswith("facts.rows[0].actual：") for line in lines)
    assert any(line.startswith("result.total：文件为 '98.70'，重算为 None") for line in lines)
    assert difference_between(files[1], files[1]) == ()


def test_own_weights_travel_with_the_file(policy: Policy) -> None:
    national = load_framework(policy, "framework.department.national", "440300", DAY)
    weighted = national.weighted({criterion.id: Fraction(100, 28) for criterion in national.criteria})
    inputs = {c.id: Input(Basis.ENTERED, points=Fraction(3), scorer="甲", reason="理由", evidence="文件")
              for c in weighted.criteria}  # fmt: skip
    text = stamp_department(evaluate_department(weighted, inputs), inputs, "1.0", policy.digest)
    assert json.loads(text)["result"]["total"] == "84.00"
    assert replay(text, "1.0").identical
