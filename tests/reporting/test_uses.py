"""Where else the facts behind a figure are printed: its own paper without its own place, and other papers."""

from dataclasses import replace

from tests.reporting import sample2

from yiheng.reporting.explain import leaves
from yiheng.reporting.labels import Labels
from yiheng.reporting.trace import trace
from yiheng.reporting.uses import Traced, uses


def test_the_uses_stand_by_table_the_same_figure_first() -> None:
    paper = sample2.paper()
    found = trace(paper)
    asked = found.entries[found.places["公开03表[2050803, 其中/项目支出]"]]
    groups = uses(asked, paper, [Traced(paper, found)])
    told = [(g.place, [(use.entry.address, use.same) for use in g.found]) for g in groups]
    assert told == [
        ("情况说明", [("说明[支出合计]", False), ("说明[完成率]", False)]),
        (
            "公开03表 支出决算表",
            [
                ("公开03表[2050803, 本年支出合计]", True),
                ("公开03表[合计, 本年支出合计]", False),
                ("公开03表[合计, 其中/项目支出]", False),
            ],
        ),
        ("公开01表 收入支出决算总表", [("公开01表[教育支出, 决算数]", True)]),
    ]
    assert all(found.entries[use.number] is use.entry for group in groups for use in group.found)


def test_another_paper_lists_the_very_cell_as_well() -> None:
    """The own place is left out in the own paper only: the same address of another paper is another place."""
    paper = sample2.paper()
    other = replace(paper, key="other")
    asked = trace(paper).entries[trace(paper).places["公开03表[合计, 本年支出合计]"]]
    (here, there) = (
        {use.entry.address for group in uses(asked, paper, [Traced(p, trace(p))]) for use in group.found}
        for p in (paper, other)
    )
    assert there - here == {asked.address}


def test_what_all_rows_share_is_said_once() -> None:
    found = trace(sample2.paper())
    entry = found.entries[found.places["公开03表[合计, 本年支出合计]"]]
    rows = leaves(entry, Labels())
    assert len(rows.all) == len(entry.terms) > 1 and rows.common
    assert not any(set(rows.common) & set(row.traits) for row in rows.all)
