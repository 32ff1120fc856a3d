"""The figures of three published papers: read, printed again the same, and added up by the interval rule."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from yiheng.money import MoneyUnit, PrintedKind, agrees, format_amount, parse_printed

PAPERS = ["accounts-2020-szybzx", "budget-2021-szyb", "budget-2023-szybzx"]
LOOKS_LIKE_A_FIGURE = re.compile(r"-?(0|[1-9][0-9,]*)(\.[0-9]+)?")


def strings(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from strings(child)
    elif isinstance(node, str):
        yield node


def load(shared: Path, paper: str) -> Any:
    return json.loads((shared / "gold" / f"{paper}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_printed_figure_is_read_and_printed_the_same(shared: Path, paper: str) -> None:
    figures = [text for text in strings(load(shared, paper)["tables"]) if LOOKS_LIKE_A_FIGURE.fullmatch(text)]
    assert len(figures) > 200
    for text in figures:
        printed = parse_printed(text, MoneyUnit.WAN)
        assert printed.kind is PrintedKind.NUMBER, text
        again = format_amount(
            printed.fen or 0, MoneyUnit.WAN, printed.places, grouping="," in text or len(text) < 4
        )
        assert again == text


def test_income_of_2023_adds_up(shared: Path) -> None:
    # 2023 budget, table 1, income side: 343,074 of appropriations and its three kinds.
    rows = load(shared, "budget-2023-szybzx")["tables"][0]["rows"]
    total, *kinds = (parse_printed(row[1], MoneyUnit.WAN) for row in rows[:4])
    assert total.fen == 343_074_000_000
    assert agrees(total.interval(), [kind.part_interval() for kind in kinds])
    wrong = parse_printed("343,076", MoneyUnit.WAN)
    assert not agrees(wrong.interval(), [kind.part_interval() for kind in kinds])
