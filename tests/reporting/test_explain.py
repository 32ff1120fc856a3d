"""The explanation of a figure, as text and as data, comes from the object that is printed."""

import json

from tests.reporting import sample2

from yiheng.facts import CellRef, Figure
from yiheng.reporting import explain
from yiheng.reporting.labels import Labels

LABELS = sample2.LABELS.with_documents(sample2.paper().documents)


def ref(row: int, column: int) -> CellRef:
    table = sample2.spending_table()
    return CellRef(table, table.blocks[0], row, column)


def figure(number: int) -> Figure:
    return sample2.sections()[1].sentences[0].figures[number]


def test_a_total_lists_its_leaves_and_its_interval() -> None:
    data = explain.data(ref(0, 3), LABELS)
    # 413.04 + 195.15 + 4,613.41 + 490.41 = 5,712.01 万元, each known to 0.01 万元: together ± 200 元.
    assert data["address"] == "公开03表[合计, 其中/基本支出]"
    assert (data["printed"], data["unit"], data["value"]) == ("5,712.01", "万元", "57120100.00")
    assert data["interval"] == {
        "low": "57119900",
        "low_closed": True,
        "high": "57120300",
        "high_closed": False,
    }
    assert [term["key"] for term in data["terms"]] == ["s2", "s3", "s4", "s6"]
    assert data["terms"][0]["dims"]["功能分类科目"] == "2080505 机关事业单位基本养老保险缴费支出"
    assert data["terms"][0]["document"] == "深圳市医疗保险基金管理中心2020年度部门决算"
    assert not data["given"]
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data


def test_text_says_what_all_leaves_share_only_once() -> None:
    text = explain.text(ref(0, 3), LABELS)
    assert "计算值  57,120,100.00 元" in text
    assert "区间    57,119,900.00 元（含）至 57,120,300.00 元（不含）" in text
    assert text.count("支出类别 基本支出") == 1
    assert text.count("＋") == 4
    assert "4,130,400.00 元" in text and "公开03表 2080505 行" in text


def test_a_leaf_is_said_to_be_given() -> None:
    data = explain.data(ref(1, 2), LABELS)
    assert data["given"] and "原始数" in explain.text(ref(1, 2), LABELS)


def test_nothing_and_no_rows_are_said_in_words() -> None:
    data = explain.data(ref(1, 3), LABELS)
    assert data["status"] == "无发生额" and data["terms"] == []
    assert "没有选中任何原始数" in explain.text(ref(1, 3), LABELS)


def test_a_rate_shows_more_places_than_it_prints() -> None:
    data = explain.data(figure(1), LABELS)
    # 7,870.35 / 8,000 = 98.379375 %
    assert (data["printed"], data["value"]) == ("98.38%", "98.379375%")
    assert "98.378938%（含）至 98.379813%（不含）" in explain.text(figure(1))


def test_a_count_keeps_its_counting_word() -> None:
    data = explain.data(figure(2), LABELS)
    assert (data["value"], data["value_text"], data["interval"]) == (3, "3 辆", None)


def test_codes_without_names_are_shown_as_they_are() -> None:
    text = explain.text(ref(0, 3), Labels())
    assert "2080505" in text and "szybzx-2020" in text
