"""One wrong figure is one finding, which names it alone where what the document prints tells it from the others."""

from __future__ import annotations

import pytest
from tests.checks.audit.papers import block, document, failed, table

UNITS = [  # by hand: 2,500 + 635,000 + 30,500 = 668,000; shares 0.37 %, 95.06 %, 4.57 %
    ("", "合计", ["668,000.00", "100%"]),
    ("", "局机关（本级）", ["2,500.00", "0.37%"]),
    ("", "医疗保险中心", ["635,000.00", "95.06%"]),
    ("", "医疗救助中心", ["30,500.00", "4.57%"]),
]


def by_units(row: int, column: int, text: str) -> list[tuple[str, str, str]]:
    rows = [(code, label, list(cells)) for code, label, cells in UNITS]
    rows[row][2][column] = text
    return failed(document(table("收支分布情况表", block(["决算收支数", "占比"], rows))), "self_evaluation")


def test_shares_that_agree_are_silent() -> None:
    assert by_units(0, 1, "100%") == []


@pytest.mark.parametrize(
    ("row", "wrong", "right"),
    [
        (0, "688,000.00", "668,000.00"),
        (1, "3,500.00", "2,500.00"),
        (2, "655,000.00", "635,000.00"),
        (3, "35,500.00", "30,500.00"),
        (2, "653,000.00", "635,000.00"),  # two digits exchanged
    ],
)
def test_shares_tell_which_figure_of_a_sum_is_wrong(row: int, wrong: str, right: str) -> None:
    assert [found[1:] for found in by_units(row, 0, wrong)] == [(wrong, right)]


def test_a_wrong_share_is_told_by_itself() -> None:
    assert by_units(2, 1, "95.60%") == [("audit.table.share", "95.60%", "95.06%")]
