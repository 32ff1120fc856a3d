"""Sheets from plain rows: round trip, and every bad cell named at once."""

import pytest
from tests.scoring.examples import sheets_2020

from yiheng.scoring.errors import ScoringError
from yiheng.scoring.records import plain_sheet, read_sheets, sheet_of


def test_round_trip() -> None:
    for sheet in sheets_2020():
        assert sheet_of(plain_sheet(sheet)) == sheet


def test_a_transcribed_page_is_evidence_and_judge() -> None:
    row = sheets_2020()[2].rows[8]
    assert row.evidence == "附件2-3 第3258行"
    assert row.judgement is not None and row.judgement.printed


def plain() -> tuple[dict[str, str], list[dict[str, str]]]:
    head = {key: value for key, value in plain_sheet(sheets_2020()[0]).items() if isinstance(value, str)}
    lines = plain_sheet(sheets_2020()[0])["rows"]
    assert isinstance(lines, list)
    return head, [dict(line) for line in lines]


def test_every_problem_at_once() -> None:
    head, bad = plain()
    bad[0]["target"] = " "
    bad[1]["weight"] = "十"
    bad[2]["sheet"] = "nope"
    bad[3] |= {"judged_points": "5", "evidence": ""}
    bad[4]["dated"] = "2020-13-01"
    with pytest.raises(ScoringError) as caught:
        read_sheets([{**head, "budget": "1.234", "year": "二〇二〇"}], bad)
    text = str(caught.value)
    for part in (
        "缺少 target",
        "'十'",
        "“nope”不存在",
        "评分人、理由、佐证",
        "2020-13-01",
        "1.234",
        "二〇二〇",
    ):
        assert part in text, part


def test_a_missing_amount_is_not_zero() -> None:
    head, lines = plain()
    (sheet,) = read_sheets([{**head, "executed": ""}], lines)
    assert sheet.funds.executed is None and sheet.funds.budget == 186852000000
