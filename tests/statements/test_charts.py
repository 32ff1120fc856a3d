"""The points of a chart lead to where the paper prints the same amount from the same facts."""

from typing import Any

import pytest
from tests.examples import reader
from tests.statements.ledger import WAN, fact, of_centre
from tests.statements.narratives import figures, parsed, written

from yiheng.facts import Block, Cell, CellKind, Chart, Column, Row, Table, Term
from yiheng.facts.address import Directory
from yiheng.money import Amount
from yiheng.statements import statements
from yiheng.statements.chart_sources import Printed
from yiheng.statements.charts import charts
from yiheng.statements.paper import narrative

HEALTH, OTHER = fact("spending", 5, function="2101501"), fact("spending", 5, function="2296013")
TEMPLATE = "[{id: c, kind: structure, title: 构成, measure: spending, each: {dim: function, level: 3}}]"


def table(*facts: Any) -> Table:
    """A table of one column; each row prints one fact."""
    rows = tuple(Row(((f.dims["function"],),), f.dims["function"]) for f in facts)
    cells = tuple((Cell(CellKind.MONEY, "5", amount=Amount(f.amount), terms=(Term(1, f),)),) for f in facts)
    return Table(
        "表1", "支出", "万元", (Block("", (Column(("支出",), CellKind.MONEY, "万元"),), rows, cells),)
    )


def drawn(printed: Printed) -> Chart:
    (chart,) = charts(
        parsed("[{id: a, level: 1, heading: 一}]", TEMPLATE).charts,
        figures(of_centre(HEALTH, OTHER)),
        printed,
    )
    return chart


def test_a_point_leads_to_the_cell_that_is_made_of_the_same_facts() -> None:
    (series,) = drawn(Printed((table(HEALTH, OTHER),))).series
    assert series.addresses == ("表1[2101501, 支出]", "表1[2296013, 支出]")


def test_an_equal_amount_of_other_facts_is_no_source() -> None:
    (series,) = drawn(Printed((table(OTHER),))).series
    assert series.addresses == ("", "表1[2296013, 支出]")


def test_a_figure_in_a_sentence_is_a_source_too() -> None:
    held = of_centre(HEALTH)
    text = written(
        held,
        "[{id: s, level: 1, heading: 一, sentences: [{id: t, text: '支出{n}', figures: {n: {measure: spending}}}]}]",
    )
    spec = parsed(
        "[{id: a, level: 1, heading: 一}]",
        "[{id: c, kind: structure, title: 构成, items: [{label: 支出, measure: spending}]}]",
    )
    (chart,) = charts(spec.charts, figures(held), Printed((), text))
    assert chart.series[0].addresses == (text[0].sentences[0].figures[0].address,)


def test_what_is_not_known_is_left_out_and_never_zero() -> None:
    items = "[{label: 支出, measure: spending}, {label: 收入, measure: revenue}]"
    template = f"[{{id: c, kind: comparison, title: 比较, items: {items}}}]"
    held = of_centre(fact("spending", 5), fact("spending", 4, year=2019), fact("revenue", 6))
    (chart,) = charts(parsed("[{id: a, level: 1, heading: 一}]", template).charts, figures(held))
    assert [s.points for s in chart.series] == [
        (("支出", 4 * WAN),),
        (("支出", 5 * WAN), ("收入", 6 * WAN)),
    ]


@pytest.mark.parametrize("name", reader.REAL)
def test_points_of_real_papers_lead_to_cells_of_their_amount(name: str) -> None:
    held, policy = reader.example(name), reader.policy()
    tables = statements(held, policy).tables
    directory = Directory(tables)
    told = narrative(held, tables, policy)
    sentences = [sentence for section in told.sections for sentence in section.sentences]
    said = {figure.address: figure.amount for sentence in sentences for figure in sentence.figures}
    points = [
        (value, address)
        for chart in told.charts
        for series in chart.series
        for (_, value), address in zip(series.points, series.addresses, strict=True)
    ]
    for value, address in points:
        if address:
            amount = said[address] if address in said else directory.resolve(address).cell.amount
            assert amount is not None and amount.fen == value, address
    # Last year's total budget is printed in no cell of the two budgets.
    assert sum(not address for _, address in points) <= 1
