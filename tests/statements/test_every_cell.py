"""Every cell of the nine accounts tables against a sum worked out without templates.

Random joint ledgers; each cell must be the sum over the facts that belong to it by the words of its row and column,
carry exactly these facts as its sources, and satisfy every identity of the register.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples.reader import policy
from tests.statements.ledger import fact, of_centre

from yiheng.checks import register, run
from yiheng.facts import Block, Column, DepartmentYear, Fact, Outcome, Row, Severity, Table
from yiheng.money import Amount
from yiheng.statements import statements

FUNCTIONS = ("2050803", "2080501", "2080505", "2101501", "2101506", "2130599", "2210201", "2296013")
PEOPLE, OFFICE = ("30101", "30102", "30305"), ("30201", "30217", "30231", "31013", "39999")
FUNDS = ("general", "gov_fund", "state_capital", "none")
FISCAL = ("general", "gov_fund", "state_capital")
INCOME = {
    "一、一般公共预算财政拨款收入": {"fund": "general"},
    "二、政府性基金预算财政拨款收入": {"fund": "gov_fund"},
    "三、国有资本经营预算财政拨款收入": {"fund": "state_capital"},
    "四、上级补助收入": {"source": "superior"},
    "五、事业收入": {"source": "institution"},
    "六、经营收入": {"source": "business"},
    "七、附属单位上缴收入": {"source": "subordinate"},
    "八、其他收入": {"source": "other"},
}
SOURCE_OF = {"上级补助收入": "superior", "事业收入": "institution", "经营收入": "business",
             "附属单位上缴收入": "subordinate", "其他收入": "other"}  # fmt: skip
CATEGORY_OF = {"基本支出": "basic", "项目支出": "project", "上缴上级支出": "remit_up", "经营支出": "operating",
               "对附属单位补助支出": "subsidy_down"}  # fmt: skip
ITEM_OF = {"30212": "abroad", "30217": "reception", "31013": "vehicle_purchase", "30231": "vehicle_running"}
ITEM_COLUMNS = {
    "合计": set(ITEM_OF.values()), "因公出国（境）费": {"abroad"}, "公务用车购置费": {"vehicle_purchase"},
    "小计": {"vehicle_purchase", "vehicle_running"}, "公务用车运行费": {"vehicle_running"}, "公务接待费": {"reception"},
}  # fmt: skip

WAN_AMOUNTS = st.integers(min_value=0, max_value=900)


@st.composite
def spending(draw: st.DrawFn) -> Fact:
    category = draw(st.sampled_from(("basic", "project", "project", "operating")))
    fund = "none" if category == "operating" else draw(st.sampled_from(("general", "general", *FUNDS)))
    dims = {"function": draw(st.sampled_from(FUNCTIONS)), "fund": fund, "category": category}
    dims["economic"] = draw(st.sampled_from(PEOPLE + OFFICE))
    return fact("spending", draw(WAN_AMOUNTS), quantum=draw(st.sampled_from((0, 1_000_000))), **dims)


@st.composite
def revenue(draw: st.DrawFn) -> Fact:
    fund = draw(st.sampled_from(FUNDS))
    source = "appropriation" if fund != "none" else draw(st.sampled_from(tuple(SOURCE_OF.values())))
    return fact(
        "revenue", draw(WAN_AMOUNTS), function=draw(st.sampled_from(FUNCTIONS)), fund=fund, source=source
    )


@st.composite
def balance(draw: st.DrawFn) -> Fact:
    measure = draw(st.sampled_from(("opening_balance", "reserve_use", "surplus_allocation")))
    fund = draw(st.sampled_from(FISCAL))
    return fact(
        measure, draw(WAN_AMOUNTS), function=draw(st.sampled_from(FUNCTIONS)), fund=fund, category="project"
    )


def year_of(facts: list[Fact]) -> DepartmentYear:
    """With 三公 from the economic codes, as the ledger derives it, and last year's total, which no table shows."""
    derived = [
        fact("three_public_spending", f.amount // 1_000_000, view="item", item=ITEM_OF[f.dims["economic"]])
        for f in facts
        if f.measure == "spending" and f.dims["economic"] in ITEM_OF and f.dims["fund"] == "general"
    ]
    before = fact("spending", 7, view="total", year=2019)
    keyed = [*facts, *derived, before]
    return of_centre(*(_named(f, n) for n, f in enumerate(keyed)))


def _named(one: Fact, number: int) -> Fact:
    return replace(one, key=f"f{number}")


YEARS = st.lists(st.one_of(spending(), revenue(), balance()), min_size=1, max_size=30).map(year_of)
"""Ledgers with all measures or few of them."""


# -- what belongs to a cell, by the words that stand at its row and column ---------------------------------------------

Terms = Iterator[tuple[int, Callable[[Fact], bool]]]


def is_in(measure: str, **dims: str | tuple[str, ...] | set[str]) -> Callable[[Fact], bool]:
    def belongs(one: Fact) -> bool:
        if one.measure != measure or one.year != 2020:
            return False
        for dim, wanted in dims.items():
            codes = (wanted,) if isinstance(wanted, str) else tuple(wanted)
            value = one.dims.get(dim, "")
            if not any(value.startswith(c) if dim in ("function", "economic") else value == c for c in codes):
                return False
        return True

    return belongs


def closing(**dims: str | tuple[str, ...]) -> Terms:
    yield 1, is_in("revenue", **dims)
    yield 1, is_in("opening_balance", **dims)
    yield -1, is_in("spending", **dims)


def terms_of(table: Table, block: Block, row: Row, column: Column) -> Terms:
    code = {"function": row.code} if row.code and row.kind == "function" else {}
    name = column.path[-1]
    match table.code:
        case "公开01表" if block.name == "收入":
            yield from (
                total_income(row.label)
                if row.label not in INCOME
                else [(1, is_in("revenue", **INCOME[row.label]))]
            )
        case "公开01表":
            yield from total_outlay(row.label) if not code else [(1, is_in("spending", **code))]
        case "公开02表":
            chosen = {"财政拨款收入": {"fund": FISCAL}, "本年收入合计": {}}
            dims = chosen[name] if name in chosen else {"source": SOURCE_OF[name]}
            yield 1, is_in("revenue", **code, **dims)
        case "公开03表":
            yield (
                1,
                is_in("spending", **code, **({"category": CATEGORY_OF[name]} if name in CATEGORY_OF else {})),
            )
        case "公开04表" if block.name == "收入":
            yield from fiscal_income(row)
        case "公开04表":
            fund = {"合计": FISCAL, "一般公共预算财政拨款": "general", "政府性基金预算财政拨款": "gov_fund",
                    "国有资本经营预算财政拨款": "state_capital"}[name]  # fmt: skip
            yield from (
                fiscal_outlay(row.label, fund) if not code else [(1, is_in("spending", fund=fund, **code))]
            )
        case "公开05表":
            dims = {"category": CATEGORY_OF[name]} if name in CATEGORY_OF else {}
            yield 1, is_in("spending", fund="general", **code, **dims)
        case "公开06表":
            economic = {"人员经费合计": ("301", "303"), "公用经费合计": ("302", "307", "310", "399")}.get(
                row.label, row.code
            )
            yield 1, is_in("spending", fund="general", category="basic", economic=economic)
        case "公开07表":
            measure = "three_public_spending" if column.path[0] == "决算数" else "three_public_adjusted"
            yield 1, is_in(measure, item=ITEM_COLUMNS[name])
        case "公开08表":
            yield from fund_balance(name, {"fund": "gov_fund", **code})
        case "公开09表":
            dims = {"category": CATEGORY_OF[name]} if name in CATEGORY_OF else {}
            yield 1, is_in("spending", fund="state_capital", **code, **dims)


def total_income(label: str) -> Terms:
    parts = {
        "本年收入合计": "revenue",
        "使用非财政拨款结余": "reserve_use",
        "年初结转和结余": "opening_balance",
    }
    measures = list(parts.values()) if label == "总计" else [parts[label]]
    return ((1, is_in(measure)) for measure in measures)


def total_outlay(label: str) -> Terms:
    if label == "年末结转和结余":
        yield from closing()
        yield 1, is_in("reserve_use")
        yield -1, is_in("surplus_allocation")
    elif label == "总计":
        yield from total_income(label)
    else:
        yield 1, is_in({"本年支出合计": "spending", "结余分配": "surplus_allocation"}[label])


def fiscal_income(row: Row) -> Terms:
    funds = {"一般公共预算": "general", "政府性基金": "gov_fund", "国有资本经营": "state_capital"}
    fund: str | tuple[str, ...] = next((f for words, f in funds.items() if words in row.path[-1][0]), FISCAL)
    if row.label == "总计":
        yield 1, is_in("revenue", fund=FISCAL)
    opening = row.label == "总计" or row.path[-1][0].startswith("年初")
    yield 1, is_in("opening_balance" if opening else "revenue", fund=fund)


def fiscal_outlay(label: str, fund: str | tuple[str, ...]) -> Terms:
    if label == "年末财政拨款结转和结余":
        yield from closing(fund=fund)
    elif label == "总计":
        yield 1, is_in("revenue", fund=fund)
        yield 1, is_in("opening_balance", fund=fund)
    else:
        yield 1, is_in("spending", fund=fund)


def fund_balance(column: str, dims: dict[str, str]) -> Terms:
    if column == "年末结转和结余":
        yield from closing(**dims)
    elif column in ("年初结转和结余", "本年收入"):
        yield 1, is_in("opening_balance" if column.startswith("年初") else "revenue", **dims)
    else:
        yield (
            1,
            is_in("spending", **dims, **({"category": CATEGORY_OF[column]} if column in CATEGORY_OF else {})),
        )


# -- the tests ---------------------------------------------------------------------------------------------------------


@given(YEARS)
@settings(max_examples=40)
def test_every_cell_is_the_sum_of_exactly_its_facts(department_year: DepartmentYear) -> None:
    held = {f.measure for f in department_year.facts if f.year == 2020}
    for table in statements(department_year, policy()).tables:
        for ref in table.money_cells():
            expected = sorted(
                (sign, f.key)
                for sign, belongs in terms_of(table, ref.block, ref.row, ref.column)
                for f in department_year.facts
                if belongs(f)
            )
            if ref.cell.amount is None:
                assert not {"spending", "revenue"} <= held, ref.address
                continue
            assert sorted((t.sign, t.fact.key) for t in ref.cell.terms) == expected, ref.address
            signed = [Amount(t.fact.amount, t.fact.quantum) for t in ref.cell.terms]
            parts = [a if t.sign > 0 else -a for a, t in zip(signed, ref.cell.terms, strict=True)]
            assert ref.cell.amount == Amount.sum(parts), ref.address


@given(YEARS)
@settings(max_examples=40)
def test_every_identity_holds_on_what_is_computed(department_year: DepartmentYear) -> None:
    computed = statements(department_year, policy())
    checks = [
        c for c in register(policy(), department_year, computed.family.name) if c.severity is Severity.ERROR
    ]
    failed = [f for f in run(checks, department_year, computed.tables, ()) if f.outcome is Outcome.FAIL]
    assert failed == []


@given(YEARS)
@settings(max_examples=25)
def test_every_row_that_has_parts_is_their_sum(department_year: DepartmentYear) -> None:
    for table in statements(department_year, policy()).tables:
        for block in table.blocks:
            for r, row in enumerate(block.rows):
                below = [i for i, other in enumerate(block.rows) if other.parent == r]
                for i in range(len(block.columns)):
                    whole = block.cells[r][i].amount
                    if below and whole is not None:
                        parts = [block.cells[b][i].amount for b in below]
                        assert whole.fen == sum(p.fen for p in parts if p is not None), (
                            table.code,
                            row.address,
                        )
