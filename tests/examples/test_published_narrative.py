"""The sentences of the three real papers: our figures beside those that were published.

Amounts agree exactly or by rounding (尾差); a printed percentage is ours at its number of decimals, or attainable, or
cut off; and one is wrong in the paper.
"""

from functools import cache

import pytest
from tests.examples.reader import REAL, example, policy

from yiheng.facts import Figure, Gap
from yiheng.facts.address import Directory
from yiheng.money import MoneyUnit, PercentMatch, match_percent, parse_printed
from yiheng.statements import statements
from yiheng.statements.paper import Narrative, narrative, validate

ACCOUNTS, SYSTEM, CENTRE = REAL
EQUAL, ATTAINABLE, WRONG = PercentMatch.EQUAL, PercentMatch.ATTAINABLE, PercentMatch.WRONG


@cache
def written(name: str) -> Narrative:
    department_year = example(name)
    return narrative(department_year, statements(department_year, policy()).tables, policy())


@cache
def figures(name: str) -> dict[str, Figure]:
    found = [f for section in written(name).sections for s in section.sentences for f in s.figures]
    assert len({f.address for f in found}) == len(found)
    return {f.address.removeprefix("说明[").removesuffix("]"): f for f in found}


PERCENTAGES = [
    (ACCOUNTS, "totals.revenue.rate", "1,041.53%", EQUAL),
    (ACCOUNTS, "totals.spending.rate", "1,041.52%", EQUAL),
    (ACCOUNTS, "outlay.parts.basic_share", "2.83%", EQUAL),
    (ACCOUNTS, "outlay.parts.project_share", "97.17%", EQUAL),
    (ACCOUNTS, "general.completion.done", "98.92%", EQUAL),
    (ACCOUNTS, "general.class.205.done", "72.18%", ATTAINABLE),
    (ACCOUNTS, "general.class.208.done", "99.87%", EQUAL),
    (ACCOUNTS, "general.class.210.done", "98.92%", EQUAL),
    (ACCOUNTS, "general.class.221.done", "99.87%", ATTAINABLE),
    (ACCOUNTS, "three_public.total.done", "85.29%", EQUAL),
    (ACCOUNTS, "three_public.vehicle.done", "87%", EQUAL),
    (ACCOUNTS, "gov_fund.total.rate", "239.3%", EQUAL),
    (ACCOUNTS, "gov_fund.completion.done", "100%", EQUAL),
    (ACCOUNTS, "performance.projects.szybzx-2020-p2.done", "86.8%", EQUAL),
    (ACCOUNTS, "performance.projects.szybzx-2020-p3.done", "57.4%", EQUAL),
    (ACCOUNTS, "performance.projects.szybzx-2020-p6.done", "98.89%", EQUAL),
    (ACCOUNTS, "operating_cost.total.rate", "125.08%", EQUAL),
    (ACCOUNTS, "procurement.total.sme_share", "100%", EQUAL),
    (SYSTEM, "totals.income.rate", "24%", EQUAL),
    (CENTRE, "totals.income.rate", "34.19%", EQUAL),
    (CENTRE, "unit.szybzx.project.szybzx-2023-p1.rate", "2%", EQUAL),
    (CENTRE, "unit.szybzx.project.szybzx-2023-p3.rate", "118%", EQUAL),
    (CENTRE, "unit.szybzx.project.szybzx-2023-p4.rate", "95%", EQUAL),
    (CENTRE, "unit.szybzx.project.szybzx-2023-p8.rate", "50%", EQUAL),
    (CENTRE, "unit.szybzx.project.szybzx-2023-p9.rate", "30%", EQUAL),
    (CENTRE, "operating_cost.total.rate", "12%", EQUAL),
    (CENTRE, "three_public.total.rate", "563%", WRONG),
]


@pytest.mark.parametrize(("name", "figure", "printed", "match"), PERCENTAGES)
def test_published_percentages(name: str, figure: str, printed: str, match: PercentMatch) -> None:
    rate = figures(name)[figure].rate
    assert rate is not None
    if rate.value < 0:
        rate = type(rate)(-rate.value, -rate.interval)
    assert match_percent(parse_printed(printed), rate) is match


def test_the_rate_of_the_three_public_budget_is_taken_on_the_printed_base() -> None:
    """The 2023 paper took 45 on a base rounded to 8 and printed 563 %; on 7.68 it is 585.94 %."""
    assert figures(CENTRE)["three_public.total.rate"].text == "增长585.94%"
    assert figures(CENTRE)["three_public.total.change"].text == "增加45万元"
    assert figures(SYSTEM)["totals.income.rate"].text == "增长23.53%"


AMOUNTS = [
    (ACCOUNTS, "totals.revenue.total", "201,787.94"),
    (ACCOUNTS, "totals.revenue.parts2", "678.23"),
    (ACCOUNTS, "totals.spending.closing", "0.37"),
    (ACCOUNTS, "totals.revenue.change", "184,110.91"),
    (ACCOUNTS, "outlay.parts.project", "196,075.56"),
    (ACCOUNTS, "general.total.initial", "195,973.26"),
    (ACCOUNTS, "general.total.adjusted", "203,296.04"),
    (ACCOUNTS, "general.class.210.total", "199,996.88"),
    (ACCOUNTS, "basic.total.change", "3,132.76"),
    (ACCOUNTS, "basic.office.office", "337.09"),
    (ACCOUNTS, "gov_fund.total.change", "478.33"),
    (ACCOUNTS, "performance.projects.szybzx-2020-p3.total", "1,322.36"),
    (ACCOUNTS, "operating_cost.total.change", "187.32"),
    (ACCOUNTS, "procurement.total.total", "842.29"),
    (ACCOUNTS, "assets.fixed.value", "564.51"),
    (SYSTEM, "totals.income.total", "262,506"),
    (SYSTEM, "totals.income.change", "50,004"),
    (SYSTEM, "totals.outlay.parts1", "13,948"),
    (SYSTEM, "totals.outlay.parts2", "1,889"),
    (SYSTEM, "totals.outlay.parts4", "246,260"),
    (SYSTEM, "unit.szyb-main.total.total", "15,945"),
    (SYSTEM, "unit.szyb-main.total.parts1", "8,580"),
    (SYSTEM, "unit.szybzx.total.total", "246,560"),
    (SYSTEM, "procurement.total.parts1", "114"),
    (SYSTEM, "procurement.total.parts3", "2,987"),
    (SYSTEM, "three_public.total.total", "48"),
    (SYSTEM, "operating_cost.total.total", "1,889"),
    (CENTRE, "totals.income.total", "344,720"),
    (CENTRE, "totals.income.change", "87,830"),
    (CENTRE, "totals.outlay.parts1", "6,208"),
    (CENTRE, "procurement.total.parts3", "4,208"),
    (CENTRE, "three_public.total.total", "52.68"),
    (CENTRE, "operating_cost.total.change", "66"),
]


@pytest.mark.parametrize(("name", "figure", "printed"), AMOUNTS)
def test_published_amounts_agree_by_their_rounding(name: str, figure: str, printed: str) -> None:
    amount = figures(name)[figure].amount
    assert amount is not None
    assert parse_printed(printed, MoneyUnit.WAN).interval().meets(amount.interval)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("institutions.staff.establishment", "352人"),
        ("institutions.staff.headcount", "298人"),
        ("institutions.staff.retired", "7人"),
        ("assets.stock.vehicles", "12辆"),
        ("assets.planned.vehicles", "0辆"),
        ("assets.stock.special", "0台（套）"),
    ],
)
def test_published_counts(figure: str, text: str) -> None:
    assert figures(SYSTEM)[figure].text == text


CELLS = [
    (ACCOUNTS, "totals.revenue.total", "公开02表[合计, 本年收入合计]"),
    (ACCOUNTS, "totals.revenue.parts1", "公开01表[收入/一、一般公共预算财政拨款收入, 决算数]"),
    (ACCOUNTS, "totals.spending.closing", "公开01表[支出/年末结转和结余, 决算数]"),
    (ACCOUNTS, "outlay.parts.basic", "公开03表[合计, 基本支出]"),
    (ACCOUNTS, "outlay.parts.project", "公开03表[合计, 项目支出]"),
    (ACCOUNTS, "fiscal.parts.outlay", "公开04表[支出/本年支出合计, 合计]"),
    (ACCOUNTS, "general.total.total", "公开05表[合计, 小计]"),
    (ACCOUNTS, "general.class.210.total", "公开05表[210, 小计]"),
    (ACCOUNTS, "basic.staff.staff", "公开06表[人员经费合计, 决算数]"),
    (ACCOUNTS, "basic.office.office", "公开06表[公用经费合计, 决算数]"),
    (ACCOUNTS, "three_public.total.budget", "公开07表[全部, 预算数/合计]"),
    (ACCOUNTS, "three_public.vehicle.total", "公开07表[全部, 决算数/公务用车购置及运行费/小计]"),
    (ACCOUNTS, "gov_fund.total.income", "公开08表[合计, 本年收入]"),
    (SYSTEM, "totals.income.total", "表1[收入/收入总计, 2021年预算数]"),
    (SYSTEM, "totals.outlay.parts4", "表3[合计, 项目支出]"),
    (SYSTEM, "unit.szybzx.total.total", "表3[szybzx, 支出总额]"),
    (
        SYSTEM,
        "unit.szyb-main.project.0102025-2019-YBXM-1531-01.total",
        "表13[szyb-main/医药支付和管理, 预算金额/合计]",
    ),
    (SYSTEM, "procurement.total.total", "表11[合计, 金额]"),
    (SYSTEM, "three_public.total.total", "表12[合计/2021, “三公”经费财政拨款预算总额]"),
    (SYSTEM, "misc.gov_fund.total", "表8[合计, 支出总计]"),
    (SYSTEM, "misc.transfer.total", "表10[合计, 项目金额]"),
    (CENTRE, "totals.income.parts3", "表1[收入/单位资金, 2023年预算数]"),
    (CENTRE, "totals.outlay.parts1", "表8[szybzx/301, 支出总计]"),
    (CENTRE, "three_public.total.change", "表9[szybzx/增减变化金额, 总计]"),
    (CENTRE, "unit.szybzx.project.szybzx-2023-p9.total", "表5[szybzx/szybzx-2023-p9, 单位资金/其他收入]"),
]


@pytest.mark.parametrize(("name", "figure", "address"), CELLS)
def test_a_figure_and_its_cell_are_the_same_facts(name: str, figure: str, address: str) -> None:
    cell = Directory(statements(example(name), policy()).tables).resolve(address).cell
    found = figures(name)[figure]
    assert found.amount == cell.amount
    assert {(t.sign, t.fact.key) for t in found.terms} == {(t.sign, t.fact.key) for t in cell.terms}


@pytest.mark.parametrize("name", REAL)
def test_every_figure_is_the_sum_of_its_facts(name: str) -> None:
    for figure in figures(name).values():
        if figure.amount is not None:
            assert figure.amount.fen == sum(t.sign * t.fact.amount for t in figure.terms), figure.address
            assert figure.terms or figure.amount.fen == 0


@pytest.mark.parametrize("name", REAL)
def test_direction_words_follow_the_exact_difference(name: str) -> None:
    changes = [f for f in figures(name).values() if f.kind == "change"]
    assert changes
    for figure in changes:
        assert figure.amount is not None
        word = "增加" if figure.amount.fen > 0 else "减少" if figure.amount.fen < 0 else "持平"
        assert figure.text.startswith(word), figure.address


def test_a_change_without_a_reason_is_the_only_gap() -> None:
    """The 2021 paper gives no reason for the smaller reserve of the bureau (预算准备金 减少20)."""
    gaps = {
        name: [g for section in written(name).sections for s in section.sentences for g in s.gaps]
        for name in REAL
    }
    assert gaps[ACCOUNTS] == gaps[CENTRE] == []
    (gap,) = gaps[SYSTEM]
    assert isinstance(gap, Gap)
    assert gap.address == "说明[unit.szyb-main.project.0102025-2019-YBXM-0460-01.reason]"
    assert gap.what == "缺少变动原因：预算准备金（支出预算）"


def test_sections_stand_in_the_order_of_the_papers() -> None:
    headings = {name: [s.heading for s in written(name).sections] for name in REAL}
    assert headings[ACCOUNTS][:3] == ["一、主要概况", "（一）部门职责", "（二）机构设置"]
    assert [h for h in headings[ACCOUNTS] if h.startswith("（")][2:] == [
        "（一）收入支出决算总体情况说明",
        "（二）收入决算情况说明",
        "（三）支出决算情况说明",
        "（四）财政拨款收入支出决算总体情况说明",
        "（五）一般公共预算财政拨款支出决算情况说明",
        "（六）一般公共预算财政拨款基本支出决算情况说明",
        "（七）一般公共预算财政拨款“三公”经费支出决算情况说明",
        "（八）政府性基金预算财政拨款收入支出决算情况说明",
        "（九）国有资本经营预算财政拨款支出情况说明",
        "（十）预算绩效情况说明",
        "（十一）其他重要事项情况说明",
    ]
    assert [h for h in headings[SYSTEM] if h.startswith("第")][0::8] == [
        "第一部分 部门概况",
        "第九部分 2021年部门预算相关附表",
    ]


def test_packaged_templates_are_sound() -> None:
    found = [p for e in policy().entries if e.type == "narrative" for p in validate(e, policy())]
    assert found == []
