"""Reproduction: how a printed cell is judged beside the computed one."""

import pytest
from tests.facts.tables import WAN, money, row, table

from yiheng.checks.reproduction import KnownError, PrintedCell, Verdict, compare, tally
from yiheng.facts import Cell, CellKind, Table
from yiheng.money import Amount, format_amount

ERROR = KnownError("甲[合计, 数]", "0", "7", "原件印0")


def computed(fen: int, quantum: int = 0) -> Table:
    cell = Cell(CellKind.MONEY, format_amount(fen, places=0), amount=Amount(fen, quantum))
    return table("甲", ["数"], (row("合计"), [cell]), (row("空"), [money(None)]))


def judged(text: str, made: Table, *errors: KnownError, at: str = "合计") -> Verdict:
    (comparison,) = compare([made], [PrintedCell("甲", at, "数", text, "第1行")], errors, ())
    return comparison.verdict


@pytest.mark.parametrize(
    ("text", "made", "verdict"),
    [
        ("7", computed(7 * WAN), Verdict.EQUAL),
        ("7", computed(7 * WAN, WAN), Verdict.EQUAL),
        ("7.0", computed(7 * WAN), Verdict.EQUAL),
        ("8", computed(7 * WAN, WAN), Verdict.UNEXPLAINED),
        ("7.00", computed(7 * WAN - 4_000, 1_000), Verdict.EQUAL),
        ("9", computed(7 * WAN), Verdict.UNEXPLAINED),
        ("-", computed(7 * WAN), Verdict.UNEXPLAINED),
        ("", computed(7 * WAN), Verdict.UNEXPLAINED),
    ],
)
def test_a_printed_figure_is_equal_or_unexplained(text: str, made: Table, verdict: Verdict) -> None:
    assert judged(text, made) is verdict


def test_the_sum_of_rounded_leaves_may_differ_by_its_rounding() -> None:
    leaves = Amount.sum([Amount(3 * WAN, WAN), Amount(4 * WAN, WAN)])
    cell = Cell(CellKind.MONEY, "7", amount=leaves)
    made = table("甲", ["数"], (row("合计"), [cell]))
    assert judged("8", made) is Verdict.ROUNDING_TAIL
    assert judged("9", made) is Verdict.UNEXPLAINED


def test_only_the_named_error_is_printed_wrongly() -> None:
    """The class is no way out: cell, printed text and right text must all be the ones that were listed."""
    assert judged("0", computed(7 * WAN), ERROR) is Verdict.PRINTED_WRONGLY
    assert judged("1", computed(7 * WAN), ERROR) is Verdict.UNEXPLAINED
    assert judged("0", computed(8 * WAN), ERROR) is Verdict.UNEXPLAINED
    assert judged("0", computed(0), ERROR) is Verdict.EQUAL


def test_a_cell_that_is_not_there_is_unexplained() -> None:
    assert judged("7", computed(7 * WAN), at="小计") is Verdict.UNEXPLAINED
    assert judged("7", computed(7 * WAN), at="空") is Verdict.UNEXPLAINED


def test_gaps_and_secret_projects_are_withheld() -> None:
    gap = (row("21011", code="21011")._replace(role="gap"), [money(1)])
    secret = (row("secret-1", kind="project")._replace(label="有关项目"), [money(1)])
    found = compare([table("甲", ["数"], gap, secret)], (), (), ["有关项目"])
    assert [(c.address, c.verdict, c.numeric) for c in found] == [
        ("甲[21011]", Verdict.WITHHELD, False),
        ("甲[secret-1]", Verdict.WITHHELD, False),
    ]
    assert tally(found)["withheld"] == 2
