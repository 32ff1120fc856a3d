"""A small paper with one of everything that the outputs must show: kinds of cells, states, findings, charts.

The leaves are lines of 公开03表 of the 2020 final accounts of 深圳市医疗保险基金管理中心, in 万元 with two
decimals; the totals are their sums, worked by hand: 基本支出 413.04 + 195.15 + 4,613.41 + 490.41 = 5,712.01;
项目支出 13.86 + 1,466.25 + 678.23 = 2,158.34; together 7,870.35.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from yiheng.facts import (
    Block,
    Cell,
    CellKind,
    Chart,
    Column,
    Fact,
    Figure,
    Finding,
    Gap,
    Outcome,
    Paper,
    Row,
    Section,
    Sentence,
    Series,
    Severity,
    Source,
    Status,
    Table,
    Term,
)
from yiheng.money import Amount, completion, format_amount
from yiheng.reporting.labels import Labels

CENT_WAN = 10_000
"""0.01 万元 in fen: the step to which the printed leaves are known."""
WAN = 1_000_000
EVIL = '<script>alert("x")</script>&项目'
DOCUMENT = "szybzx-2020"

LABELS = Labels(
    values={
        "function": {
            "2050803": "培训支出",
            "2080505": "机关事业单位基本养老保险缴费支出",
            "210": "卫生健康支出",
            "21015": "医疗保障管理事务",
            "2101550": "事业运行",
            "2210201": "住房公积金",
            "2296013": "用于城乡医疗救助的彩票公益金支出",
        },
        "economic": {"302": "商品和服务支出", "30217": "公务接待费"},
        "category": {"basic": "基本支出", "project": "项目支出"},
        "fund": {"general": "一般公共预算", "gov_fund": "政府性基金预算"},
        "project": {"p1": EVIL},
    },
    units={"szybzx": "深圳市医疗保险基金管理中心"},
    measures={"spending": "支出决算", "budget": "支出预算", "vehicles": "车辆"},
    views={"function": "按功能分类", "joint": "完整明细", "item": "按分项"},
)


def leaf(key: str, function: str, category: str, wan: str, fund: str = "general") -> Fact:
    """A leaf of the expenditure account as printed."""
    fen = int(wan.replace(",", "").replace(".", "")) * CENT_WAN
    source = Source("支付（支出决算）", key, DOCUMENT, f"公开03表 {function} 行")
    dims = {"function": function, "category": category, "fund": fund}
    return Fact(key, "spending", "function", "szybzx", 2020, dims, fen, CENT_WAN, source)


LEAVES = (
    leaf("s1", "2050803", "project", "13.86"),
    leaf("s2", "2080505", "basic", "413.04"),
    leaf("s3", "2080506", "basic", "195.15"),
    leaf("s4", "2101550", "basic", "4613.41"),
    leaf("s5", "2101550", "project", "1466.25"),
    leaf("s6", "2210201", "basic", "490.41"),
    leaf("s7", "2296013", "project", "678.23", "gov_fund"),
)
BUDGET = Fact(
    "b1",
    "budget",
    "joint",
    "szybzx",
    2020,
    {"function": "2101550", "economic": "30217", "category": "project", "fund": "general", "project": "p1"},
    120_000_050,
    0,
    Source("支出预算", "b1"),
)
PAYMENT = Fact(
    "z1",
    "spending",
    "joint",
    "szybzx",
    2020,
    {"function": "2101550", "category": "project", "project": "p1"},
    98_765_43,
    0,
    Source("支付", "z1", query="项目支付合计", parameters=(("项目", "p1"), ("截至", "2020-12-31"))),
    on=dt.date(2020, 11, 1),
    on_precision="month",
)
VEHICLES = Fact(
    "v1", "vehicles", "item", "szybzx", 2020, {"item": "一般公务用车"}, 3, 0, Source("已公布数", "v1"), "辆"
)

MONEY_COLUMNS = {
    "total": Column(("本年支出合计",), CellKind.MONEY, "万元"),
    "basic": Column(("其中", "基本支出"), CellKind.MONEY, "万元"),
    "project": Column(("其中", "项目支出"), CellKind.MONEY, "万元"),
}


def money(facts: Iterable[Fact], rule: str) -> Cell:
    """A money cell of these leaves, printed in 万元 with two decimals."""
    terms = tuple(Term(1, fact) for fact in facts)
    if not terms:
        return Cell(CellKind.MONEY, "", Status.NOTHING, Amount(0), (), rule)
    amount = Amount.sum(Amount(t.fact.amount, t.fact.quantum) for t in terms)
    return Cell(CellKind.MONEY, format_amount(amount.fen), Status.VALUE, amount, terms, rule)


def words(text: str, source: Source | None = None) -> Cell:
    return Cell(CellKind.TEXT, text, source=source)


def spending_table() -> Table:
    """公开03表: codes, names, a column group, a total row and a coarse row."""
    named = (
        ("", "合计", 0, "total"),
        ("2050803", "培训支出", 1, ""),
        ("2080505", "机关事业单位基本养老保险缴费支出", 1, ""),
        ("2080506", "机关事业单位职业年金缴费支出", 1, ""),
        ("2101550", "事业运行", 1, ""),
        ("2210201", "住房公积金", 1, ""),
        ("2296013", "用于城乡医疗救助的彩票公益金支出", 1, ""),
    )
    rows, cells = [], []
    for code, label, level, role in named:
        names = (code, label) if code else (label,)
        rows.append(Row((names,), label, code, level, 0 if level else -1, role))
        picked = [fact for fact in LEAVES if not code or fact.dims["function"] == code]
        line = [words(code), words(label)]
        for key in MONEY_COLUMNS:
            chosen = [fact for fact in picked if key == "total" or fact.dims["category"] == key]
            line.append(money(chosen, f"指标 支出决算 · 按功能分类 · 科目 {code or '全部'} · 类别 {key}"))
        cells.append(tuple(line))
    columns = (
        Column(("功能分类科目编码",), CellKind.TEXT),
        Column(("科目名称",), CellKind.TEXT),
        *MONEY_COLUMNS.values(),
    )
    return Table(
        "公开03表",
        "支出决算表",
        "万元",
        (Block("", columns, tuple(rows), tuple(cells)),),
        notes=("注：本表反映部门本年度各项支出。",),
        owner="深圳市医疗保险基金管理中心",
        year=2020,
    )


def totals_table() -> Table:
    """Two blocks beside each other, the right one longer, with the states that are not zero."""
    columns = (Column(("项目",), CellKind.TEXT), Column(("决算数",), CellKind.MONEY, "万元"))
    left = Block(
        "收入",
        columns,
        (Row((("一般公共预算",),), "一般公共预算"),),
        ((words("一般公共预算"), Cell(CellKind.MONEY, "", Status.UNAVAILABLE, rule="指标 收入决算")),),
        title="收入",
    )
    right = Block(
        "支出",
        columns,
        (Row((("教育支出",),), "教育支出"), Row((("秘密项目",),), "秘密项目"), Row((("上年数",),), "上年数")),
        (
            (words("教育支出"), money(LEAVES[:1], "指标 支出决算 · 科目 205")),
            (words("秘密项目"), Cell(CellKind.MONEY, "", Status.WITHHELD)),
            (words("上年数"), Cell(CellKind.MONEY, "", Status.NOT_ATTESTED, rule="2021 年表式没有本栏")),
        ),
        title="支出",
    )
    return Table(
        "公开01表", "收入支出决算总表", "万元", (left, right), owner="深圳市医疗保险基金管理中心", year=2020
    )


def form_table() -> Table:
    """A stacked form: words with sources, an amount in 元 that is exact, a count."""
    place = Source("绩效指标", "i1", DOCUMENT, "附件2 第3行")
    head = Block(
        "概况",
        (
            Column(("项目名称",), CellKind.TEXT),
            Column(("项目金额",), CellKind.MONEY, "元"),
            Column(("车辆",), CellKind.COUNT, "辆"),
        ),
        (Row((("p1", EVIL),), EVIL),),
        (
            (
                words(EVIL, place),
                Cell(
                    CellKind.MONEY,
                    "1,200,000.50",
                    amount=Amount(120_000_050),
                    terms=(Term(1, BUDGET),),
                    rule="预算",
                ),
                Cell(CellKind.COUNT, "3", amount=Amount(3), terms=(Term(1, VEHICLES),), rule="车辆保有量"),
            ),
        ),
        title="一、项目概况",
    )
    targets = Block(
        "指标",
        (Column(("一级指标",), CellKind.TEXT), Column(("指标值",), CellKind.TEXT)),
        (Row((("产出指标",),), "产出指标"),),
        ((words("产出指标"), words("≥500人次", place)),),
        title="二、绩效指标",
    )
    return Table("附件2", "项目支出绩效自评表", "元", (head, targets), layout="stacked", year=2020)


def empty_table() -> Table:
    return Table(
        "公开09表",
        "国有资本经营预算支出表",
        "万元",
        (),
        status=Status.NOTHING,
        reason="本表无发生额。",
        year=2020,
    )


def sections() -> tuple[Section, ...]:
    spent = spending_table().blocks[0].cells[0][2]
    assert spent.amount is not None
    rate = completion(spent.amount, Amount(8000 * WAN))
    sentence = Sentence(
        "spending.total",
        (
            "2020 年度支出合计 ",
            Figure(
                "total",
                "说明[支出合计]",
                "7,870.35万元",
                "amount",
                spent.amount,
                None,
                tuple(spent.terms),
                "支出决算合计",
            ),
            "，完成预算的 ",
            Figure(
                "rate",
                "说明[完成率]",
                "98.38%",
                "rate",
                None,
                rate,
                tuple(spent.terms),
                "支出决算 ÷ 调整预算数",
            ),
            "，其中 <b>公务用车</b> ",
            Figure("cars", "说明[车辆]", "3辆", "count", Amount(3), None, (Term(1, VEHICLES),), "车辆保有量"),
            "。",
            Gap("reason", "说明[变动原因]", "变动原因", "请在“变动原因”表中填写"),
        ),
    )
    return (
        Section("p1", 0, "第一部分 部门概况"),
        Section("s1", 1, "一、收支情况", (sentence,), ("公开03表",)),
        Section("s2", 2, "（一）总表", (), ("公开01表", "公开09表")),
    )


def findings() -> tuple[Finding, ...]:
    cell = "公开03表[合计, 其中/基本支出]"
    return (
        Finding("accounts.sum", "合计等于各行之和", Severity.ERROR, Outcome.PASS, "公开03表", cells=(cell,)),
        Finding(
            "accounts.split",
            "合计等于基本支出加项目支出",
            Severity.ERROR,
            Outcome.FAIL,
            "公开03表[合计]",
            "7,870.35",
            "7,870.36",
            "-0.01",
            "两边不相等。",
            "核对 公开03表 的合计行。",
            (Source("支付（支出决算）", "s4", DOCUMENT, "公开03表 2101550 行"),),
            (cell,),
        ),
        Finding(
            "accounts.tail",
            "款等于项之和",
            Severity.WARNING,
            Outcome.PASS,
            "公开03表[21015]",
            "8,946.88",
            "8,946.89",
            "-0.01",
            rounding_tail=True,
            cells=("公开03表[2101550, 本年支出合计]",),
        ),
        Finding(
            "accounts.car", "车辆数一致", Severity.HINT, Outcome.FAIL, "附件2", accepted="原件如此，已核实。"
        ),
        Finding("accounts.sme", "中小企业份额", Severity.WARNING, Outcome.NOT_APPLICABLE, "公开03表"),
        Finding(
            "accounts.prev",
            "与上年结转一致",
            Severity.ERROR,
            Outcome.COULD_NOT_RUN,
            "公开01表",
            message="上年数未录入。",
        ),
    )


def charts() -> tuple[Chart, ...]:
    return (
        Chart(
            "structure",
            "structure",
            "支出结构",
            "万元",
            (
                Series(
                    "支出",
                    (("基本支出", 571_201 * CENT_WAN), ("项目支出", 215_834 * CENT_WAN)),
                    ("公开03表[合计, 其中/基本支出]", "公开03表[合计, 其中/项目支出]"),
                ),
            ),
            "按支出类别。",
        ),
        Chart(
            "progress",
            "progress",
            "支出进度",
            "万元",
            (
                Series(
                    "累计支出", (("2020-03", 1000 * WAN), ("2020-06", 3000 * WAN), ("2020-12", 7870 * WAN))
                ),
                Series("年度预算", (("2020-12", 8000 * WAN),)),
            ),
        ),
    )


def paper(audience: str = "public", synthetic: bool = True) -> Paper:
    """The whole paper."""
    return Paper(
        "sample-2020-accounts",
        "深圳市医疗保险基金管理中心 2020 年度部门决算（节选）",
        "深圳市医疗保险基金管理中心",
        2020,
        "accounts",
        audience,
        sections(),
        (totals_table(), spending_table(), empty_table(), form_table()),
        findings(),
        charts(),
        synthetic,
        {DOCUMENT: "深圳市医疗保险基金管理中心2020年度部门决算"},
        ("沿用 2020 年表式。",),
        {"rules": "a" * 64, "facts": "b" * 64, "code": "0.1.0"},
    )
