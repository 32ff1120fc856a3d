"""What of a workbook somebody may take away, by the kinds of work that they read and fill in."""

from __future__ import annotations

from yiheng.facts.sheets import SheetRow
from yiheng.people.models import Work
from yiheng.pipelines.intake import SHEETS
from yiheng.pipelines.sheet_rights import WORKS, handed

PAYMENT = SheetRow(
    "payments", 0, {"key": "p1", "payee": "张三丰", "summary": "付 13812345678 的讲课费", "amount": 100}
)
LINE = SheetRow("budget_lines", 0, {"key": "b1", "note": "联系 13812345678", "amount": 200})


def test_every_sheet_belongs_to_some_work() -> None:
    assert set(WORKS) == {sheet.name for sheet in SHEETS}


def test_what_is_filled_in_is_handed_out_as_it_is() -> None:
    of = handed({Work.EXECUTION}, {Work.EXECUTION})
    assert list(of("payments", [PAYMENT])) == [PAYMENT]


def test_what_is_only_read_has_personal_data_masked() -> None:
    (row,) = handed({Work.BUDGET, Work.EXECUTION}, {Work.BUDGET})("payments", [PAYMENT])
    assert row.values == {"key": "p1", "payee": "张**", "summary": "付 138****5678 的讲课费", "amount": 100}


def test_what_may_not_be_read_is_left_out() -> None:
    of = handed({Work.BUDGET}, ())
    assert not of("payments", [PAYMENT]) and not of("indicators", [PAYMENT])
    assert [row.values["note"] for row in of("budget_lines", [LINE])] == ["联系 138****5678"]
