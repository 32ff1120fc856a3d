"""`yiheng evaluate --json` prints what docs/evaluate-json.md says, and every number as the decimal that it is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.command import run

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "evaluate-json.md"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    return run(tmp_path_factory.mktemp("empty"), "evaluate", "szybzx", 2020, "--json").stdout


def keys(value: Any) -> set[str]:
    """All keys in it, but those of `groups`, which are names of indicators."""
    if isinstance(value, dict):
        return set(value) | {key for name, below in value.items() if name != "groups" for key in keys(below)}
    return {key for below in value for key in keys(below)} if isinstance(value, list) else set()


def test_every_key_is_documented(printed: str) -> None:
    documented = set(re.findall(r"`([a-z_0-9]+)`", DOCUMENT.read_text(encoding="utf-8")))
    found = keys(json.loads(printed))
    assert len(found) > 40
    assert found <= documented


def test_no_number_has_a_binary_tail(printed: str) -> None:
    numbers = re.findall(r"[-0-9]+\.([0-9]+)(?=[,\s])", re.sub(r'"(?:[^"\\]|\\.)*"', '""', printed))
    assert len(numbers) > 200
    assert max(map(len, numbers)) <= 4


def test_verdicts_and_severities_are_documented(printed: str) -> None:
    data, text = json.loads(printed), DOCUMENT.read_text(encoding="utf-8")
    verdicts = {row["verdict"] for project in data["projects"] for row in project["rows"]}
    assert {"equal", "truncated", "printed_wrongly"} <= verdicts
    for word in verdicts | {finding["severity"] for finding in data["findings"]}:
        assert f"`{word}`" in text
