"""The printed tables of three real papers, computed again from their leaf rows (复算).

Every printed figure is the computed one, or lies inside the rounding interval of the computed one (尾差), or is
listed as printed wrongly. Source: 深圳市医疗保险基金管理中心2020年度部门决算, 深圳市医疗保障局2021年部门预算,
深圳市医疗保险基金管理中心2023年部门预算.
"""

from collections import Counter
from functools import cache

import pytest
from tests.examples.reader import REAL, example, policy, printed, printed_errors

from yiheng.facts import CellKind, Status
from yiheng.facts.address import Directory
from yiheng.money import MoneyUnit, PrintedKind, parse_printed
from yiheng.statements import statements

TARGET_TABLES = {"表12": "szybzx-2023-budget", "表14": "szyb-2021-budget", "表15": "szyb-2021-budget"}
"""Performance target forms: they print money too, but are no statutory money tables."""


@cache
def directory(name: str) -> Directory:
    return Directory(statements(example(name), policy()).tables)


@cache
def classes(name: str) -> dict[str, list[str]]:
    """Addresses of the printed cells by class: equal, tail, wrong, blank."""
    found: dict[str, list[str]] = {"equal": [], "tail": [], "wrong": [], "blank": []}
    for row in printed(name):
        ref = directory(name).resolve(f"{row['table']}[{row['row']}, {row['column']}]")
        found[_class(ref, row["printed"])].append(ref.address)
    return found


def _class(ref, text: str) -> str:
    assert ref.cell.kind is CellKind.MONEY, ref.address
    assert ref.cell.amount is not None, (ref.address, ref.cell.status)
    unit = MoneyUnit.of(ref.table.unit)
    original, computed = parse_printed(text, unit), parse_printed(ref.cell.text or "0", unit)
    if original.kind is not PrintedKind.NUMBER:
        return "blank"
    if original.fen == computed.fen:
        return "equal"
    return "tail" if original.interval().meets(ref.cell.amount.interval) else "wrong"


@pytest.mark.parametrize(
    ("name", "equal", "tail"),
    [("szybzx-2020-accounts", 180, 47), ("szyb-2021-budget", 318, 42), ("szybzx-2023-budget", 1007, 15)],
)
def test_printed_cells_are_computed_again(name: str, equal: int, tail: int) -> None:
    found = classes(name)
    assert (len(found["equal"]), len(found["tail"])) == (equal, tail)


def test_exactly_these_cells_are_printed_wrongly() -> None:
    assert classes("szybzx-2020-accounts")["wrong"] == classes("szybzx-2023-budget")["wrong"] == []
    assert classes("szyb-2021-budget")["wrong"] == [
        "表6[收入/本年收入合计, 2021年预算数]",
        "表6[支出/本年支出合计, 2021年预算数]",
    ]


def test_the_blank_total_row_of_the_fund_table_is_computed() -> None:
    """公开08表 leaves its 合计 row blank although the rows below it print 678.23."""
    assert classes("szyb-2021-budget")["blank"] == classes("szybzx-2023-budget")["blank"] == []
    blank = classes("szybzx-2020-accounts")["blank"]
    assert blank == [
        "公开08表[合计, 本年收入]",
        "公开08表[合计, 本年支出/小计]",
        "公开08表[合计, 本年支出/项目支出]",
    ]
    assert {directory("szybzx-2020-accounts").resolve(a).cell.text for a in blank} == {"678.23"}


@pytest.mark.parametrize("name", REAL)
def test_the_list_of_printing_errors_is_exactly_what_was_found(name: str) -> None:
    found = classes(name)
    listed = {row["address"]: row for row in printed_errors(name)}
    assert sorted(listed) == sorted(found["wrong"] + found["blank"])
    for address, row in listed.items():
        assert directory(name).resolve(address).cell.text == row["right"]


def test_the_numeric_cells_add_up_to_what_the_papers_print() -> None:
    """227 + 320 + 999 money cells of the statutory tables; with 24 + 18 + 23 of the target forms 1,611."""
    numeric: Counter[str] = Counter()
    targets: Counter[str] = Counter()
    for name in REAL:
        for row in printed(name):
            if parse_printed(row["printed"], MoneyUnit.WAN).kind is PrintedKind.NUMBER:
                is_target = TARGET_TABLES.get(row["table"]) == name
                (targets if is_target else numeric)[name if not is_target else row["table"]] += 1
    assert numeric == {"szybzx-2020-accounts": 227, "szyb-2021-budget": 320, "szybzx-2023-budget": 999}
    assert targets == {"表14": 24, "表15": 18, "表12": 23}
    assert numeric.total() == 1546
    assert numeric.total() + targets.total() == 1611


@pytest.mark.parametrize("name", REAL)
def test_a_printed_cell_is_listed_once(name: str) -> None:
    addresses = [
        directory(name).resolve(f"{r['table']}[{r['row']}, {r['column']}]").address for r in printed(name)
    ]
    assert [a for a, n in Counter(addresses).items() if n > 1] == []


@pytest.mark.parametrize("name", REAL)
def test_no_computed_amount_stands_where_the_paper_prints_none(name: str) -> None:
    """The other way round: a money cell that is not listed as printed is blank, zero, or a dash."""
    listed = {
        directory(name).resolve(f"{r['table']}[{r['row']}, {r['column']}]").address for r in printed(name)
    }
    extra = [
        (ref.address, ref.cell.text)
        for table in directory(name).tables
        for ref in table.money_cells()
        if ref.address not in listed and ref.cell.amount is not None and ref.cell.amount.fen != 0
    ]
    assert extra == []


def test_tables_that_no_paper_shows_are_not_attested() -> None:
    tables = {t.code: t for t in directory("szyb-2021-budget").tables}
    assert [code for code, t in tables.items() if t.status is Status.NOT_ATTESTED] == ["表2", "表4", "表5"]
    assert all(not tables[code].blocks and tables[code].reason for code in ("表2", "表4", "表5"))


def test_empty_tables_say_that_nothing_occurred() -> None:
    assert directory("szybzx-2020-accounts").table("公开09表").status is Status.NOTHING
    assert directory("szybzx-2020-accounts").table("公开09表").notes[-1] == "本表无发生额。"
    assert directory("szyb-2021-budget").table("表9").status is Status.NOTHING
    assert directory("szybzx-2023-budget").table("表11").status is Status.NOTHING


def test_zero_prints_as_the_paper_of_the_year_does() -> None:
    """2020 leaves empty cells blank, 2021 and 2023 print 0, the target form of 2023 a dash."""
    assert directory("szybzx-2020-accounts").resolve("公开03表[合计, 经营支出]").cell.text == ""
    assert directory("szyb-2021-budget").resolve("表8[合计, 基本支出]").cell.text == "0"
    assert (
        directory("szybzx-2023-budget").resolve("表12[基本支出, 预算金额（万元）/其中：其他资金]").cell.text
        == "-"
    )


def test_a_coarse_leaf_marks_the_row_below_which_nothing_is_printed() -> None:
    """21011 行政事业单位医疗 is printed at 款 in 2020 and 2023; its 项 are withheld."""
    for name, table in (("szybzx-2020-accounts", "公开03表"), ("szybzx-2023-budget", "表3")):
        rows = [r for b in directory(name).table(table).blocks for r in b.rows]
        assert [r.code for r in rows if r.role == "gap"] == ["21011"]


def test_a_cell_that_is_itself_a_leaf_is_given() -> None:
    place = directory("szybzx-2020-accounts").resolve
    assert place("公开03表[2050803, 项目支出]").cell.given
    assert not place("公开03表[合计, 基本支出]").cell.given
    assert not place("公开09表[合计, 合计]").cell.given
