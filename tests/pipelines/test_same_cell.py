"""Several people in one cell at the same moment: one writes, the others are told of it (并发修改)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.web import served

ROUNDS = 6


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["editing", "typing"])
def test_of_several_people_in_one_cell_one_writes_and_the_others_are_told(tmp_path: Path, way: str) -> None:
    """Whoever writes into another cell of the row meanwhile is not disturbed."""
    (tmp_path / "home").mkdir()
    with served.database(tmp_path / "home") as env:
        code = f"from tests.pipelines.killing import {way}; {way}({str(tmp_path)!r}, {ROUNDS})"
        found = json.loads(served.program(env | {"PYTHONPATH": str(served.REPOSITORY)}, code))
    assert len(found["seen"]) == ROUNDS
    for number, seen in enumerate(found["seen"], 1):
        *same, other = seen["outcomes"]
        assert sorted(same) == ["conflict", "conflict", "saved"], seen
        assert seen["amount"] == number * 1000 + same.index("saved"), "the value of the one who was told so"
        assert (other, seen["note"], seen["versions"]) == ("saved", f"第 {number} 轮", 2)
    assert found["log"] == found.get("rows", []) == []
