"""Score files: everything a score rests on, computed again to the same bytes; nothing else is read."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

import yiheng
from yiheng.ledger import queries
from yiheng.money import Rounding
from yiheng.pipelines import scorefile
from yiheng.pipelines.evaluate import evaluate
from yiheng.pipelines.load import load
from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.evaluate import evaluate as judge
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.rules import ScoreRule
from yiheng.scoring.sheet import Sheet

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def text(db: None) -> str:
    assert load([EXAMPLES / "szybzx-2020-accounts"], "测试").ok
    policy = Policy.load()
    return scorefile.stamp(evaluate(queries.department_year("szybzx", 2020, "accounts"), policy), policy)


def test_the_same_code_gives_the_same_bytes(text: str) -> None:
    done = scorefile.replay_file(text)
    assert done.identical
    assert done.text == text
    assert len(done.scores) == 7
    assert all(found.identical for _, found in done.scores)


def test_another_version_says_what_differs(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yiheng, "__version__", "999")
    done = scorefile.replay_file(text)
    assert not done.identical
    assert all(
        found.differences[0].endswith("当前为 999") and len(found.differences) == 1
        for _, found in done.scores
    )


def test_a_result_that_was_changed_is_found(text: str) -> None:
    data = json.loads(text)
    data["scores"][0]["score"]["result"]["total"] = "99.99"
    done = scorefile.replay_file(scorefile.canonical(data))
    assert not done.identical
    name, found = done.scores[0]
    assert name == "财政对医疗保障的补助"
    assert found.differences == ("total：文件为 '99.99'，重算为 '94.15'",)


def test_a_fact_that_was_changed_is_refused(text: str) -> None:
    assert "305.63" in text
    with pytest.raises(ScoringError, match="财政对医疗保障的补助：评分文件被改动过：facts"):
        scorefile.replay_file(text.replace("305.63", "315.63"))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "yiheng-scores/1"}', '{"scores": [1]}'])
def test_what_is_no_score_file_is_refused(text: str) -> None:
    with pytest.raises(ScoringError, match="evaluate --out"):
        scorefile.replay_file(text)


def test_code_that_scores_otherwise_is_found_by_row_and_step(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def otherwise(sheet: Sheet, rule: ScoreRule, lexicon: Lexicon) -> SheetScore:
        return judge(sheet, dataclasses.replace(rule, mode=Rounding.DOWN), lexicon)

    monkeypatch.setattr(yiheng, "__version__", "999")
    monkeypatch.setattr("yiheng.scoring.replay.evaluate", otherwise)
    done = scorefile.replay_file(text)
    assert not done.identical
    found = dict(done.scores)["财政对医疗保障的补助"].differences
    # 3056300 ÷ 3225000 × 10 = 9.476 and 3035 ÷ 6504 × 10 = 4.666: cut off, each is less by 0.01.
    assert found[0].startswith("代码版本：文件为 ") and found[0].endswith("，当前为 999")
    assert "rows[1].points：文件为 '4.67'，重算为 '4.66'" in found
    assert "total：文件为 '94.15'，重算为 '94.13'" in found
    assert any(line.startswith("rows[1].steps") for line in found)
