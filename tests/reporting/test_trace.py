"""One fact, many places: the trace numbers figures and finds all uses of a fact."""

from tests.reporting import sample2

from yiheng.facts import CellRef
from yiheng.reporting.trace import ranges, trace


def test_every_fact_stands_once_and_knows_its_uses() -> None:
    found = trace(sample2.paper())
    assert [fact.key for fact in found.facts] == ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "v1", "b1"]
    used = {found.entries[number].address for number in found.uses[0]}
    assert used == {
        "说明[支出合计]",
        "说明[完成率]",
        "公开03表[合计, 本年支出合计]",
        "公开03表[合计, 其中/项目支出]",
        "公开03表[2050803, 本年支出合计]",
        "公开03表[2050803, 其中/项目支出]",
        "公开01表[教育支出, 决算数]",
    }


def test_figures_of_sentences_come_in_reading_order() -> None:
    found = trace(sample2.paper())
    assert [found.entries[number].printed for number in found.figures] == ["7,870.35万元", "98.38%", "3辆"]


def test_a_blank_cell_opens_only_where_its_absence_needs_explaining() -> None:
    paper = sample2.paper()
    found = trace(paper)
    spending, totals = paper.table("公开03表"), paper.table("公开01表")
    assert found.number_of(CellRef(spending, spending.blocks[0], 1, 3)) is None
    withheld = found.number_of(CellRef(totals, totals.blocks[1], 1, 1))
    assert withheld is not None and found.entries[withheld].status.value == "不予公开"


def test_numbers_join_into_runs() -> None:
    assert list(ranges([5, 1, 2, 3, 9, 8])) == [(1, 3), (5, 5), (8, 9)]
    assert list(ranges([])) == []
