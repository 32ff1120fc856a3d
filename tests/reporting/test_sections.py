"""No heading of a public paper stands over nothing, and what is left out leaves no hole in the count."""

from dataclasses import replace

import pytest
from tests.reporting import sample2

from yiheng.facts import Gap, Paper, Section, Sentence
from yiheng.reporting.document import Paragraph, build
from yiheng.reporting.sections import shown

WORDS = (Sentence("s", ("正文。",)),)
GAP = (Sentence("g", (Gap("reason", "", "变动原因", "请录入变动原因。"),)),)


def paper(*sections: Section, audience: str = "public") -> Paper:
    return replace(sample2.paper(audience), sections=sections, tables=(), charts=())


def headings(*sections: Section, audience: str = "public") -> list[str]:
    return [section.heading for section in shown(paper(*sections, audience=audience)).sections]


def test_an_empty_section_is_left_out_and_the_rest_is_counted_again() -> None:
    assert headings(
        Section("a", 1, "一、收支", WORDS),
        Section("b", 1, "二、三公经费"),
        Section("c", 1, "三、绩效", WORDS),
        Section("d", 2, "（一）空", GAP),
        Section("e", 2, "（二）目标", WORDS),
        Section("f", 1, "四、名词", WORDS),
    ) == ["一、收支", "二、绩效", "（一）目标", "三、名词"]


def test_counting_begins_anew_below_each_heading() -> None:
    assert headings(
        Section("a", 0, "第一部分　概况", WORDS),
        Section("b", 1, "一、空"),
        Section("c", 1, "二、机构", WORDS),
        Section("d", 0, "第二部分　说明", WORDS),
        Section("e", 1, "一、收支", WORDS),
        Section("f", 1, "二、支出", WORDS),
    ) == ["第一部分　概况", "一、机构", "第二部分　说明", "一、收支", "二、支出"]


def test_a_part_whose_sections_are_all_empty_goes_with_them() -> None:
    assert headings(
        Section("a", 0, "第一部分　空"),
        Section("b", 1, "一、空"),
        Section("c", 0, "第二部分　说明", WORDS),
        Section("d", 0, "第十一部分　其他", WORDS),
    ) == ["第一部分　说明", "第十部分　其他"]


def test_a_heading_over_filled_sections_stays() -> None:
    sections = (Section("a", 0, "第一部分"), Section("b", 1, "一、甲", WORDS), Section("c", 1, "", WORDS))
    assert headings(*sections) == ["第一部分", "一、甲", ""]


@pytest.mark.parametrize(
    "filled", [Section("a", 1, "一、表", (), ("表1",)), Section("a", 1, "一、图", (), (), ("图",))]
)
def test_a_section_with_a_table_or_chart_stays(filled: Section) -> None:
    assert headings(filled) == [filled.heading]


def test_headings_without_a_number_stay_as_they_are() -> None:
    assert headings(Section("a", 1, "一、空"), Section("b", 1, "附言", WORDS)) == ["附言"]


def test_an_internal_paper_keeps_the_section_and_shows_the_gap() -> None:
    found = build(
        paper(Section("a", 1, "一、收支", WORDS), Section("b", 1, "二、三公经费"), audience="internal")
    )
    runs = [
        r for part in found.parts for item in part.items if isinstance(item, Paragraph) for r in item.runs
    ]
    assert [run.text for run in runs if run.gap] == ["【缺：“二、三公经费”的文字】"]


def test_nothing_changes_where_nothing_is_missing() -> None:
    whole = sample2.paper()
    assert shown(whole) is whole
