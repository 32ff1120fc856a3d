"""Charts of a narrative: the largest parts, two years beside each other, spending against time."""

import datetime as dt
from dataclasses import replace

from tests.statements.ledger import fact, of_centre
from tests.statements.narratives import figures, parsed, two_years

from yiheng.facts import Chart, DepartmentYear
from yiheng.statements.charts import charts


def drawn(held: DepartmentYear, template: str) -> tuple[Chart, ...]:
    spec = parsed("[{id: a, level: 1, heading: 一}]", template)
    return charts(spec.charts, figures(held))


def test_a_structure_shows_the_largest_parts_and_adds_up_the_rest() -> None:
    codes = (
        "2050803",
        "2080505",
        "2101501",
        "2130599",
        "2210201",
        "2296013",
        "2010101",
        "2030101",
        "2040101",
        "2060101",
    )
    held = of_centre(*(fact("spending", n, function=code) for n, code in enumerate(codes, 1)))
    (chart,) = drawn(
        held, "[{id: c, kind: structure, title: 构成, measure: spending, each: {dim: function, level: 3}}]"
    )
    (series,) = chart.series
    assert [fen // 1_000_000 for _, fen in series.points] == [10, 9, 8, 7, 6, 5, 4, 6]
    assert series.points[-1][0] == "其他各项"


def test_a_comparison_needs_both_years() -> None:
    template = "[{id: c, kind: comparison, title: 比较, items: [{label: 支出, measure: spending}]}]"
    assert drawn(two_years(5, None), template) == ()
    (chart,) = drawn(two_years(5, 3), template)
    assert [(s.name, s.points) for s in chart.series] == [
        ("2019年", (("支出", 3_000_000),)), ("2020年", (("支出", 5_000_000),)),
    ]  # fmt: skip


def test_progress_needs_dated_payments() -> None:
    template = "[{id: c, kind: progress, title: 进度, measure: spending, budget: budget_adjusted}]"
    assert drawn(two_years(5, None), template) == ()
    paid = [
        replace(fact("spending", n, key=f"k{n}"), on=dt.date(2020, n, 1), on_precision="month")
        for n in (1, 3)
    ]
    (chart,) = drawn(of_centre(*paid, fact("budget", 12), fact("spending", 7, key="rest")), template)
    spent, even = chart.series
    assert [fen // 1_000_000 for _, fen in spent.points] == [1, 1] + [4] * 10
    assert [fen // 1_000_000 for _, fen in even.points] == list(range(1, 13))
    assert chart.note == "另有7万元没有月份（如内部往来抵销），未计入本图。"
