"""Score files: everything a score rests on, computed again to the same bytes; nothing else is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import yiheng
from yiheng.ledger import queries
from yiheng.pipelines import scorefile
from yiheng.pipelines.evaluate import evaluate
from yiheng.pipelines.load import load
from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError

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
